"""What an office's own sheets tell of several things at once, put into rows of one thing each.

A row that names an enterprise and a cadre by name, with their titles and telephones, becomes a row of the enterprise,
one of each cadre and one of the pairing or visit (docs/rules.md, Import). Each keeps the cells it came from.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from esm.domain.exchange.import_summary import Assumption, Question
from esm.domain.pairing.columns import PAIRINGS
from esm.domain.policies.columns import POLICIES
from esm.domain.register.columns import CADRES, ENTERPRISES
from esm.domain.requests.columns import REQUESTS
from esm.domain.visits.columns import COMPANIONS, VISITS
from esm.errors import Message, Problem, say
from esm.usecases.exchange.roster.doubtful_visits import doubtful_text, took_place
from esm.usecases.exchange.roster.identities import Identities, OnRecord, unnamed
from esm.usecases.exchange.roster.named_cadres import NamedCadres, persons_in
from esm.usecases.exchange.roster.plausible_revenue import implausible_revenue
from esm.usecases.exchange.roster.policy_rows import NamedPolicies
from esm.usecases.exchange.roster.register_rows import cadre_row, decided_by_exits, enterprise_row
from esm.usecases.exchange.roster.request_rows import is_numbered, raised_at, request_row
from esm.usecases.exchange.roster.roster_rows import RosterRow, SheetRows, Unnamed, Unresolved, merged_rows, retold


@dataclass(slots=True)
class Resolved:
    """What the sheets say once everybody is known: rows of other things, by the key of their sheet, and what to ask."""

    derived: dict[str, list[RosterRow]] = field(default_factory=lambda: defaultdict(list))
    problems: list[Problem] = field(default_factory=list)
    assumed: list[Assumption] = field(default_factory=list)
    questions: list[Question] = field(default_factory=list)
    notes: list[Message] = field(default_factory=list)


def resolve(sheets: Sequence[SheetRows], known: OnRecord, today: date, *, number_cadres: bool) -> Resolved:
    """Put the rows of each sheet in terms of codes and numbers, in place; a row that cannot be is refused."""
    people = Identities(known)
    cadres, listed = NamedCadres(people, today, may_number=number_cadres), NamedPolicies(known.policies)
    resolver = _Resolver(people, known, today, Resolved(), cadres, listed)
    for spec in (ENTERPRISES, CADRES, None):
        for sheet in sheets:
            if sheet.found.spec is spec or (spec is None and sheet.found.spec not in (ENTERPRISES, CADRES)):
                resolver.put_in_terms_of_keys(sheet)
    resolver.finish()
    return resolver.resolved


@dataclass(slots=True)
class _Resolver:
    people: Identities
    known: OnRecord
    today: date
    resolved: Resolved
    cadres: NamedCadres
    policies: NamedPolicies
    _supposed: Counter[tuple[str, str, str]] = field(default_factory=Counter)

    def put_in_terms_of_keys(self, sheet: SheetRows) -> None:
        """Replace the rows of a sheet; those by code go first, so that those by name find them."""
        spec = sheet.found.spec
        sheet.has_rows = bool(sheet.rows)
        rows = sorted(sheet.rows, key=lambda row: any(key not in row.values for key in spec.unique))
        kept, before, missing = [], len(sheet.problems), set[str | None]()
        odd = list(implausible_revenue(sheet, self.today))
        if odd:
            sheet.problems += odd
            sheet.refused, sheet.rows = [*sheet.refused, *rows], []
            return
        for row in rows:
            try:
                kept += self._row(sheet, row)
            except Unresolved as fault:
                missing.add(fault.missing if isinstance(fault, Unnamed) else None)
                sheet.problems.append(row.problem(fault.key, fault.reason))
                sheet.refused.append(row)
                if fault.question:
                    self._ask(fault, sheet.problems[-1])
        if not kept and missing and missing <= sheet.unnamed.keys() and not self.cadres.may_number:
            sheet.problems[before:] = [sheet.unnamed[key] for key in sheet.unnamed if key in missing]
        sheet.rows = sorted(kept, key=lambda row: row.number)
        sheet.notes += decided_by_exits(sheet)

    def _ask(self, fault: Unresolved, where: Problem) -> None:
        asked = Question(fault.question, where.file, where.sheet, where.cell, where.value, where.reason)
        self.resolved.questions.append(asked)

    def _row(self, sheet: SheetRows, row: RosterRow) -> list[RosterRow]:
        match sheet.found.spec.key:
            case ENTERPRISES.key:
                return [enterprise_row(row, self.people, self.resolved.questions)]
            case CADRES.key:
                return [cadre_row(row, self.cadres, self.resolved.questions)]
            case REQUESTS.key:
                return self._request(sheet, row)
            case POLICIES.key:
                return [self.policies.row(row, sheet.found)]
            case VISITS.key:
                return self._visit(sheet, row)
        is_told = self._is_list(row) or any("." in key for key in row.values)
        is_pairing = is_told and sheet.found.spec is PAIRINGS
        return self._pairing(row) if is_pairing else [self._by_name(sheet, row) if is_told else row]

    def _visit(self, sheet: SheetRows, row: RosterRow) -> list[RosterRow]:
        """Return the visit of a row; none, and a note, where it did not take place."""
        done = took_place(row)
        if done is None:
            place = {"file": row.file, "sheet": row.sheet, "row": row.number, "text": row.values["completion"]}
            self.resolved.notes.append(say("{file}, {sheet}: row {row} is no visit: {text}", **place))
            return []
        row = row._replace(values={**row.values, **done})
        doubtful_text(sheet, row)
        is_told = {"problem", "has_problem"} & row.values.keys() or any("." in key for key in row.values)
        return [self._by_name(sheet, row) if is_told or self._is_list(row) else row]

    def _request(self, sheet: SheetRows, row: RosterRow) -> list[RosterRow]:
        """Return the request of a row of a ledger, none where it says that there is none."""
        asked = request_row(row, self._with_code(row), sheet.found, self.cadres)
        if asked is None:
            place = {"file": row.file, "sheet": row.sheet, "row": row.number}
            text = row.values["subject"]
            self.resolved.notes.append(
                say("{file}, {sheet}: row {row} says that there is no request, and is none: {text}", text=text, **place)
            )
            return []
        self._supposed[row.file, row.sheet, "subject"] += not sheet.found.is_of_esm and is_numbered(row)
        return [asked]

    def _by_name(self, sheet: SheetRows, row: RosterRow) -> RosterRow:
        """Return a row in terms of code and number; of a visit, who went along and what was raised stand apart."""
        values = self._with_code(row)
        if "cadre.name" in values or self._is_list(row):
            values = self._with_visitors(row, values)
        if sheet.found.spec is VISITS:
            raised = raised_at(row, values, sheet.found)
            self._supposed[row.file, row.sheet, "problem"] += len(raised) > 1
            self.resolved.derived[REQUESTS.key] += raised
        return row._replace(values={key: value for key, value in values.items() if "." not in key})

    def _is_list(self, row: RosterRow) -> bool:
        number = row.values.get("staff_no")
        return number is not None and number not in self.people.cadres and len(persons_in(number)) > 1

    def _with_code(self, row: RosterRow) -> dict[str, Any]:
        """Return the values with the enterprise's code. Raises Unresolved where no name or another's tells it."""
        values = dict(row.values)
        name = values.pop("enterprise.name", None)
        if name is None:
            return values
        if "uscc" not in values:
            code = self.people.code(name)
            if isinstance(code, Message):
                raise unnamed("enterprise.name", code, "uscc")
            values["uscc"] = code
        else:
            fault = self.people.contradicts_code(values["uscc"], name)
            if fault is not None:
                raise Unresolved("enterprise.name", fault)
        return values

    def _with_visitors(self, row: RosterRow, values: dict[str, Any]) -> dict[str, Any]:
        """Return the values with the staff number of the first whom they name; on a visit the others went along."""
        first, *others = self.cadres.named_in(row, "cadre", may_number=False)
        others += self.cadres.named_in(row, "companion", may_number=False)
        values["staff_no"] = first
        if others and row.kind != VISITS.key:
            raise Unresolved("cadre.name", say("names several cadres; only one is allowed here"))
        for number, other in enumerate(dict.fromkeys(others), start=1):
            along = {
                "uscc": values.get("uscc"), "visited_on": values.get("done_on"), "visited_by": first, "number": number,
                "companion": other,
            }  # fmt: skip
            self.resolved.derived[COMPANIONS.key].append(row._replace(kind=COMPANIONS.key, values=along))
        return values

    def _pairing(self, row: RosterRow) -> list[RosterRow]:
        """Return the pairing that a row tells, after its enterprise and its cadres; none where it names nobody."""
        firm = {key.removeprefix("enterprise."): value for key, value in row.values.items() if "enterprise." in key}
        values = {key: value for key, value in row.values.items() if "." not in key}
        if "uscc" in values and values["uscc"] not in self.people.enterprises and "name" in firm:
            self.people.add_enterprise(values["uscc"], firm["name"])
        values["uscc"] = self._with_code(row)["uscc"]
        named = self.cadres.named_in(row, "cadre", may_number=True)
        serving = named[0] if named else None
        deputies = [*named[1:], *self.cadres.named_in(row, "deputy", may_number=True), *values.get("deputy", ())]
        if set(firm) - {"name"} or values["uscc"] not in self.known.enterprises:
            firm.setdefault("name", self.people.enterprises.get(values["uscc"]))
            told = retold(row, ENTERPRISES.key, {"uscc": values["uscc"], **firm}, "enterprise.")
            self.resolved.derived[ENTERPRISES.key].append(enterprise_row(told, self.people, self.resolved.questions))
        if serving is None:
            self._supposed[row.file, row.sheet, "staff_no"] += 1
            return []
        values["staff_no"] = serving
        if deputies:
            values["deputy"] = tuple(dict.fromkeys(deputies))
            at = next((row.letters[key] for key in ("deputy.name", "deputy", "cadre.name") if key in row.letters), "")
            row = row._replace(letters={**row.letters, "deputy": at})
        return self._from_day(row, values)

    def _from_day(self, row: RosterRow, values: dict[str, Any]) -> list[RosterRow]:
        """Return the pairing from its day on; without one the pairing of today goes on or ends for the new one."""
        made = row._replace(values=values)
        if "start_on" in values:
            return [made]
        held = self.known.serving.get(values["uscc"])
        if held is not None and held.staff_no == values["staff_no"]:
            return [row._replace(values={**values, "start_on": held.start_on})]
        if held is not None and held.is_pinned:
            reason = say("the enterprise is pinned to {staff_no}: unpin it first", staff_no=held.staff_no)
            raise Unresolved("staff_no", reason)
        self._supposed[row.file, row.sheet, "start_on"] += 1
        begun = row._replace(values={**values, "start_on": self.today})
        if held is None or held.start_on == self.today:
            return [begun]
        ended = {"uscc": values["uscc"], "staff_no": held.staff_no, "start_on": held.start_on, "end_on": self.today}
        return [row._replace(values=ended), begun]

    def finish(self) -> None:
        """Put the rows of one enterprise or cadre together, and say what was supposed."""
        resolved = self.resolved
        resolved.derived[CADRES.key] += self.cadres.rows
        for spec in (ENTERPRISES, CADRES):
            merged, problems = merged_rows(resolved.derived[spec.key], spec.unique[0])
            resolved.derived[spec.key] = merged
            resolved.problems += problems
        for (file, sheet, key), count in (+self._supposed).items():
            value = self.today if key == "start_on" else None
            resolved.assumed.append(Assumption(file, sheet, key, value, count, _CONSEQUENCES[key]))
        resolved.assumed += [*self.cadres.assumed(), *self.policies.assumed()]
        resolved.questions += [*self.cadres.questions, *self.policies.questions]
        resolved.notes += self.policies.notes()


_CONSEQUENCES: Mapping[str, Message] = {
    "start_on": say("the pairing begins today, and an earlier one of the enterprise ends"),
    "staff_no": say("no cadre is named: the enterprise is not paired by this file"),
    "problem": say("numbered points in one cell: each is a request of its own"),
    "subject": say("numbered points in one cell: each row of the ledger stays one request"),
}
