"""The money that arrived, as sheets."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from gettext import gettext as _

from esm.domain.policies.policy import ReliefKind
from esm.domain.policies.records import ReliefSums
from esm.sheets.sheet import code_words, sheet
from esm.sheets.sheet.code_words import term
from esm.sheets.sheet.sheet import Column, Fact, Money, Report, Sheet
from esm.sheets.sheet.usual_columns import Groups, group_sheet, name_or


def relief_report(sums: ReliefSums) -> Report:
    """Return the money that arrived, in all and by each group."""
    facts = (
        Fact("since", _("Since"), sums.since, table=sums.since is not None),
        Fact("until", _("Until"), sums.until),
        *sheet.facts(_columns(), sums.total),
    )
    loans = _("Loans must be repaid; they are not part of the relief.")
    return Report(_("Relief"), facts, relief_breakdowns(sums), (loans,) if sums.total.loans else ())


def relief_breakdowns(sums: ReliefSums) -> tuple[Sheet, ...]:
    """Return the money that arrived by each group."""
    known = name_or(_("(not stated)"))
    return (
        _sum_sheet(
            "by_policy",
            (_("By policy"), _("Policy")),
            sums.by_policy,
            lambda code: f"{code} {sums.titles[code or '']}",
        ),
        _sum_sheet("by_kind", (_("By kind"), _("Kind")), sums.by_kind, lambda kind: term(ReliefKind(kind or "")).label),
        _sum_sheet("by_industry", (_("By industry"), _("Industry section")), sums.by_industry, code_words.section),
        _sum_sheet("by_subdistrict", (_("By subdistrict"), _("Subdistrict")), sums.by_subdistrict, known),
        _sum_sheet("by_year", (_("By year"), _("Year")), sums.by_year, known),
    )


def in_ten_thousands(sheet: Sheet) -> Sheet:
    """Return sums as a report shows them: people read 10 000 yuan with two decimals, machines yuan to the fen."""
    columns, rows = list(sheet.columns), [list(row) for row in sheet.rows]
    told = {"amount": _("Relief (10 000 yuan)"), "loans": _("Loans (10 000 yuan)")}
    for key, label in told.items():
        at = next(number for number, column in enumerate(columns) if column.key == key)
        columns[at] = replace(columns[at], table=False)
        columns.insert(at + 1, Column(f"told_{key}", label, data=False))
        for row in rows:
            amount = row[at]
            row.insert(at + 1, amount.ten_thousands if isinstance(amount, Money) else None)
    return replace(sheet, columns=tuple(columns), rows=[tuple(row) for row in rows])


def _sum_sheet(key: str, titles: tuple[str, str], groups: Groups, label: Callable[[str | None], str]) -> Sheet:
    found = group_sheet(key, titles, groups, label, _columns())
    return replace(found, empty=_("No payment is on record."))


def _columns() -> tuple[Column, ...]:
    return (
        Column("amount", _("Relief (yuan)")),
        Column("loans", _("Loans (yuan)")),
        Column("enterprises", _("Enterprises")),
        Column("cases", _("Payments")),
    )
