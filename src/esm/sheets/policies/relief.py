"""The money that arrived, as sheets."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from gettext import gettext as _

from esm.domain.policies.policy import ReliefKind
from esm.domain.policies.records import ReliefSums
from esm.domain.policies.relief import ReliefSum
from esm.sheets.sheet import code_words
from esm.sheets.sheet.code_words import term
from esm.sheets.sheet.sheet import Cell, Column, Fact, Report, Sheet
from esm.sheets.sheet.wording import word

Sums = Sequence[tuple[str | None, ReliefSum]]


def relief_report(sums: ReliefSums) -> Report:
    """Return the money that arrived, in all and by each group."""
    facts = (
        Fact("since", _("Since"), sums.since, table=sums.since is not None),
        Fact("until", _("Until"), sums.until),
        Fact("amount", _("Relief (yuan)"), sums.total.amount),
        Fact("loans", _("Loans (yuan)"), sums.total.loans),
        Fact("enterprises", _("Enterprises"), sums.total.enterprises),
        Fact("cases", _("Payments"), sums.total.cases),
    )
    loans = _("Loans must be repaid; they are not part of the relief.")
    return Report(_("Relief"), facts, relief_breakdowns(sums), (loans,) if sums.total.loans else ())


def relief_breakdowns(sums: ReliefSums) -> tuple[Sheet, ...]:
    """Return the money that arrived by each group."""
    return (
        _sum_sheet("by_policy", _("By policy"), sums.by_policy, lambda code: f"{code} {sums.titles[code or '']}"),
        _sum_sheet("by_kind", _("By kind"), sums.by_kind, lambda kind: term(ReliefKind(kind or "")).label),
        _sum_sheet("by_industry", _("By industry"), sums.by_industry, code_words.section),
        _sum_sheet("by_subdistrict", _("By subdistrict"), sums.by_subdistrict, name_or_not_stated),
        _sum_sheet("by_year", _("By year"), sums.by_year, name_or_not_stated),
    )


def name_or_not_stated(name: str | None) -> str:
    """Return a name, or that nobody stated it."""
    return word(code_words.NOT_STATED.template) if name is None else name


def _sum_sheet(key: str, title: str, rows: Sums, label: Callable[[str | None], str]) -> Sheet:
    columns = (
        Column("key", title, table=False), Column("label", title, data=False),
        Column("amount", _("Relief (yuan)")), Column("loans", _("Loans (yuan)")),
        Column("enterprises", _("Enterprises")), Column("cases", _("Payments")),
    )  # fmt: skip
    body: list[tuple[Cell, ...]] = [
        (name, label(name), total.amount, total.loans, total.enterprises, total.cases) for name, total in rows
    ]
    return Sheet(key, title, columns, body, (), _("No payment has been received."))
