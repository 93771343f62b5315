"""Findings of the two checkers: one sheet for machines and workbooks, grouped by kind for people."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from gettext import gettext as _

from esm.domain.values.grouping import grouped
from esm.domain.visits.audit import AuditScope
from esm.domain.visits.check_findings import Finding, FindingKind, counts_by_kind
from esm.errors import Message, say
from esm.sheets.sheet.code_words import term
from esm.sheets.sheet.message_translation import sentences, tell
from esm.sheets.sheet.report_excerpt import excerpt
from esm.sheets.sheet.sheet import Column, Fact, Report, Sheet, cells
from esm.sheets.sheet.usual_columns import coded

_KINDS = 4  # with a table on one page of a screen
_LINES, _AROUND = 44, 6  # of that page for tables, and of each around its rows
_CHARACTERS = 60  # of a name or a sentence there
_BROKEN_PROMISES = (FindingKind.UNSERVED, FindingKind.OVERDUE)
_ASIDE = ("department", "subdistrict")


def finding_sheet(findings: Sequence[Finding], in_scope: int | None = None) -> Sheet:
    """Return what the coverage checker found; its keys are the contract of `esm check --format json`.

    `in_scope` is how many enterprises were looked at: of none nothing can be said.
    """
    columns = _columns()
    notes = (_counts(findings),) if findings else ()
    empty = (
        tell(say(
            "Nothing found: looked at {count:enterprise|enterprises} in scope, each served and visited on time.",
            count=in_scope,
        ))
        if in_scope
        else _("There was nothing to check: no enterprise is in scope.")
    )  # fmt: skip
    return Sheet("findings", _("Check"), columns, cells(columns, findings), notes, empty)


def prompt_sheet(prompts: Sequence[Finding], scope: AuditScope, seed: str | None) -> Sheet:
    """Return what is worth a phone call; with the seed of the sample, so that anybody can draw it again."""
    sheet = finding_sheet(prompts)
    told = (_("These are prompts for a phone call; they are neither proof nor a score."),) if prompts else ()
    drawn = (
        ()
        if seed is None or not scope.looked_at
        else (_("The sample was drawn with the seed {seed}.").format(seed=seed),)
    )
    empty = _("No anomalies were found in the visits that were looked at.") if scope.looked_at else ""
    notes = (*sheet.notes, *told, *drawn, sentences(map(tell, audit_scope_messages(scope))))
    return replace(sheet, title=_("Visits to verify by phone"), notes=notes, empty=empty)


def audit_scope_messages(scope: AuditScope) -> tuple[Message, ...]:
    """Return how many visits were looked at, and how many were not and why."""
    looked_at = say("Looked at: {count:visit|visits} since {day}.", count=scope.looked_at, day=scope.since)
    if not scope.looked_at:
        looked_at = say("There was nothing to look at: no visit since {day} was entered here.", day=scope.since)
    left_out = say(
        "Left out: {count:visit|visits} of the first import, which took over history; --imported includes them.",
        count=scope.left_out,
    )
    return (looked_at, left_out) if scope.left_out else (looked_at,)


def by_kind(sheet: Sheet, findings: Sequence[Finding]) -> Report:
    """Return the findings of a sheet as people read them: one table a kind, with its number and the worst first."""
    parts = [_group_sheet(kind, own) for kind, own in grouped(findings, lambda each: each.kind).items()]
    return Report(sheet.title, (), tuple(parts), sheet.notes)


def page_by_kind(sheet: Sheet, findings: Sequence[Finding]) -> Report:
    """Return the findings on one page of a screen: the number of each kind, then the worst of some, promises first."""
    groups = grouped(findings, lambda each: each.kind)
    chosen = sorted(groups, key=lambda kind: kind not in _BROKEN_PROMISES)[:_KINDS]
    rows = _LINES // len(chosen) - _AROUND
    parts = [_page_sheet(kind, own, rows if kind in chosen else 0) for kind, own in groups.items()]
    told = _("{count}: {kinds}").format(count=len(findings), kinds=_kinds(findings))
    return excerpt(Report(sheet.title, (Fact("found", _("Found"), told),), tuple(parts), sheet.notes[1:]))


def _page_sheet(kind: FindingKind, findings: Sequence[Finding], short: int) -> Sheet:
    """Return the findings of one kind; where days tell how bad they are, their sentence makes room for the names."""
    columns = {column.key: column for column in _columns()}
    columns["days"] = replace(columns["days"], label=_("For days"))
    columns["subject"] = replace(columns["subject"], cell=lambda found: _cut(found.subject))
    columns["detail"] = replace(columns["detail"], cell=lambda found: _cut(tell(found.detail)))
    has_days = any(each.days for each in findings)
    keys = ("subject", "days", "cadre", *_ASIDE, "detail") if has_days else ("subject", "detail", "cadre", *_ASIDE)
    shown = tuple(
        replace(columns[key], table=True, needs_room=key in _ASIDE or (has_days and key == "detail"))
        for key in keys
        if any(map(columns[key].getter, findings))
    )
    return Sheet(kind, _title(kind, findings), shown, cells(shown, findings), short=short, is_dense=True)


def _cut(text: str) -> str:
    return text if len(text) <= _CHARACTERS else f"{text[: _CHARACTERS - 1]}…"


def _group_sheet(kind: FindingKind, findings: Sequence[Finding]) -> Sheet:
    """Return the findings of one kind; what they all have in common is said once."""
    details = {tell(each.detail) for each in findings}
    common = tuple(details) if len(details) == 1 and len(findings) > 1 else ()
    shown = {"detail": not common, "days": bool(common)}
    columns = tuple(
        replace(column, table=shown.get(column.key, column.table) and any(map(column.getter, findings)))
        for column in sorted(_columns(), key=lambda column: column.key in shown)
        if column.key != "kind"
    )
    return Sheet(kind, _title(kind, findings), columns, cells(columns, findings), common)


def _title(kind: FindingKind, findings: Sequence[Finding]) -> str:
    return _("{label}: {words}").format(label=term(kind).label, words=len(findings))


def _columns() -> tuple[Column, ...]:
    return (
        Column("kind", _("Kind"), coded("kind")),
        Column("uscc", _("Credit code"), table=False),
        Column("staff_no", _("Staff no."), table=False),
        Column("subject", _("Concerns")),
        Column("detail", _("Details"), lambda found: tell(found.detail)),
        Column("days", _("Days so far"), table=False),
        Column("subdistrict", _("Subdistrict"), needs_room=True),
        Column("cadre", _("Cadre")),
        Column("department", _("Department"), needs_room=True),
    )


def _counts(findings: Sequence[Finding]) -> str:
    return _("Found: {count}: {kinds}").format(count=len(findings), kinds=_kinds(findings))


def _kinds(findings: Sequence[Finding]) -> str:
    kinds = [
        _("{kind} {number}").format(kind=term(kind).label, number=count) for kind, count in counts_by_kind(findings)
    ]
    return _(", ").join(kinds)
