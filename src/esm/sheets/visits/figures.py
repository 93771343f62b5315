"""What was done in visits, as a report."""

from __future__ import annotations

from collections.abc import Sequence
from gettext import gettext as _

from esm.domain.visits.figures import Breakdown, VisitCounts, VisitFigures
from esm.sheets.sheet import code_words
from esm.sheets.sheet.sheet import Cell, Column, Fact, Report, Sheet
from esm.sheets.sheet.wording import word


def visit_figures_report(figures: VisitFigures) -> Report:
    """Return how many visits and other contacts a period had; `contacts` is the sum of the four that follow it."""
    period, total = figures.period.name, figures.total
    told_period = _("{period} (so far)").format(period=period) if figures.period.is_open(figures.as_of) else period
    facts = (
        Fact("as_of", _("As of"), figures.as_of),
        Fact("period", _("Period"), period, table=False),
        Fact("told_period", _("Two-month period from"), told_period, data=False),
        *(Fact(key, label, value) for (key, label), value in zip(_count_labels(), _count_values(total), strict=True)),
        Fact("minuted", _("Visits with minutes"), total.minutes_share, data=False),
        Fact("with_minutes", _("Visits with minutes"), total.with_minutes, table=False),
    )
    return Report(
        _("Visits and contacts"),
        facts,
        (
            _breakdown_sheet(
                "by_month", _("By month (12 months)"), _key_columns(_("Month")), _labelled_rows(figures.by_month)
            ),
            _breakdown_sheet(
                "by_department",
                _("By department"),
                _key_columns(_("Department")),
                _labelled_rows(figures.by_department),
            ),
            _breakdown_sheet(
                "by_subdistrict",
                _("By subdistrict"),
                _key_columns(_("Subdistrict")),
                _labelled_rows(figures.by_subdistrict),
            ),
            _breakdown_sheet(
                "by_cadre",
                _("By cadre"),
                (Column("key", _("Staff no.")), Column("cadre", _("Cadre"))),  # two may have one name
                [(number, figures.cadres[str(number)], counts) for number, counts in figures.by_cadre],
                table=False,
            ),
        ),
        (_("An enterprise visited by several cadres, or in several months, is in each row and once in the total."),),
    )


def _count_labels() -> tuple[tuple[str, str], ...]:
    return (
        ("contacts", _("Contacts")), ("visits", _("Visits made")), ("joint", _("Further visitors, same day")),
        ("remote", _("Not on site")), ("not_met", _("Nobody met")), ("enterprises", _("Enterprises visited")),
    )  # fmt: skip


def _count_values(counts: VisitCounts) -> tuple[int, ...]:
    return tuple(getattr(counts, key) for key, _label in _count_labels())


def _labelled_rows(rows: Breakdown) -> list[tuple[str | None, str, VisitCounts]]:
    return [(name, word(code_words.NOT_STATED.template) if name is None else name, counts) for name, counts in rows]


def _key_columns(heading: str) -> tuple[Column, ...]:
    return Column("key", heading, table=False), Column("label", heading, data=False)


def _breakdown_sheet(
    key: str,
    title: str,
    names: tuple[Column, ...],
    rows: Sequence[tuple[str | None, str, VisitCounts]],
    *,
    table: bool = True,
) -> Sheet:
    columns = (
        *names,
        *(Column(name, label) for name, label in _count_labels()),
        Column("minuted", _("With minutes"), data=False),
        Column("with_minutes", _("With minutes"), table=False),
    )
    body: list[tuple[Cell, ...]] = [
        (name, label, *_count_values(counts), counts.minutes_share, counts.with_minutes) for name, label, counts in rows
    ]
    return Sheet(key, title, columns, body, (), _("No contact is on record."), table)
