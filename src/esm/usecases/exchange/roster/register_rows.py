"""Rows of enterprises and cadres as an office writes them: names with marks, states that decide scope, no numbers."""

from __future__ import annotations

import re
from typing import Any

from esm.domain.exchange.import_summary import Question
from esm.domain.register.cadres import Cadre, PostState
from esm.domain.register.enterprise_record import RegistrationStatus
from esm.domain.register.name_extraction import hint_of, written_name
from esm.domain.values import phones
from esm.domain.values.person_list import WrittenPerson, people
from esm.errors import Listed, Message, say
from esm.usecases.exchange.roster.identities import Identities, unnamed
from esm.usecases.exchange.roster.named_cadres import NamedCadres
from esm.usecases.exchange.roster.roster_rows import RosterRow, SheetRows, Unnamed, Unresolved

_BRACKETED = re.compile(r"[(（].+[)）]$")


def enterprise_row(row: RosterRow, known: Identities, questions: list[Question]) -> RosterRow:
    """Return the row of an enterprise with its code, its bare name and its scope. Raises Unresolved.

    What esm itself wrote stays to the letter; a sheet of its own has the day on which contacts were verified.
    """
    values = dict(row.values)
    status, told_in = values.pop("status", None), "status"
    if "name" in values and "verified_on" not in row.letters:
        written = written_name(values["name"])
        if written.name != values["name"]:
            words = say("the name is read as {name}", name=written.name)
            questions.append(_question("name", row, "name", words))
        values["name"] = written.name
        if status is None and written.status is not None:
            status, told_in = written.status, "name"
        if written.phone:
            values.setdefault("contact_phone", written.phone)
    _with_contact(row, values, questions)
    if status is None:
        status, told_in = _status_in_remark(row, values, questions), "remark"
    else:
        _require_no_other(values.pop("remark", ""), status)
    if "uscc" not in values:
        code = known.code(values["name"])
        if isinstance(code, Message):
            raise unnamed("uscc" if "uscc" in row.letters else "name", code, "uscc")
        values["uscc"] = code
    _apply(row, values, (status, told_in), questions)
    known.add_enterprise(values["uscc"], values["name"])
    return row._replace(values=values)


def _with_contact(row: RosterRow, values: dict[str, Any], questions: list[Question]) -> None:
    """Put a telephone that stands beside the contact's name where it belongs; of several people the first is it."""
    found = people(values.get("contact_name", "")) if "verified_on" not in row.letters else ()
    if isinstance(found, tuple) and len(found) > 1:
        first, *others = found
        values["contact_name"] = f"{first} {first.phone}".strip()
        words = say(
            "several people are named: the contact is {name}; not imported: {others}", name=str(first),
            others=Listed(map(str, others)),
        )  # fmt: skip
        questions.append(_question("contacts", row, "contact_name", words))
    phone, name = phones.taken_out(values.get("contact_name", ""))
    if phone and name:
        values["contact_name"] = name
        values.setdefault("contact_phone", phone)


def _status_in_remark(row: RosterRow, values: dict[str, Any], questions: list[Question]) -> RegistrationStatus | None:
    remark = values.pop("remark", None)
    if remark is None:
        return None
    found = RegistrationStatus.parse(remark)
    hint = None if found else hint_of(remark)
    if hint is RegistrationStatus.STRUCK_OFF and "exited_on" not in values:
        words = say(
            "has it left the register? Fill in 经营状态 (status) or 退库日期 (exited_on), or skip this "
            "column with --map"
        )
        raise Unresolved("remark", words, question="status")
    if hint is RegistrationStatus.IDLE:
        questions.append(_question("at_a_standstill", row, "remark", _STILL_IN_SCOPE))
    elif found is None:
        questions.append(
            _question("remark", row, "remark", say("this remark is not imported: {remark}", remark=remark))
        )
    return found


def _require_no_other(remark: str, status: RegistrationStatus) -> None:
    """Refuse a remark that speaks of another end than the state beside it. Raises Unresolved."""
    said = RegistrationStatus.parse(remark) or hint_of(remark)
    if said is RegistrationStatus.STRUCK_OFF and status is not said:
        raise Unresolved(
            "remark", say("the state is {status}, and the remark says otherwise", status=status.label),
            question="status",
        )  # fmt: skip


_STILL_IN_SCOPE = say("remains in scope until this is decided: `esm enterprise pause`, or an exit")


def _apply(row: RosterRow, values: dict[str, Any], told: tuple[object, str], questions: list[Question]) -> None:
    """Let the state decide scope: struck off is out, at a standstill is asked about; a day of exit goes before both.

    `told` is the state and the column that tells it.
    """
    status, column = told
    if "exited_on" in values:
        return
    if status is RegistrationStatus.STRUCK_OFF:
        values["above_scale"] = False
        questions.append(_question("struck_off", row, column, say("struck off or off the register: not in scope")))
    elif status is RegistrationStatus.IDLE:
        questions.append(_question("at_a_standstill", row, column, _STILL_IN_SCOPE))


def decided_by_exits(sheet: SheetRows) -> list[Message]:
    """Return which rows of an office's sheet are on the register and have a day of exit, which decides."""
    rows = [str(row.number) for row in sheet.rows if row.values.get("above_scale") and "exited_on" in row.values]
    if not rows or sheet.found.is_of_esm:
        return []
    return [
        say(
            "{file}, {sheet}: on the register and with a day of exit – the day decides: rows {rows}",
            file=sheet.file, sheet=sheet.sheet, rows=Listed(rows),
        )
    ]  # fmt: skip


def cadre_row(row: RosterRow, cadres: NamedCadres, questions: list[Question]) -> RosterRow:
    """Return the row of a cadre with a staff number and the bare name. Raises Unresolved where it has none."""
    values = dict(row.values)
    if values.pop("in_post", None) is PostState.LEFT and "left_on" not in values:
        left_on = cadres.left_on(row)
        values.update({} if left_on is None else {"left_on": left_on})
    person = _person(row)
    if person.name and person.name != values["name"] and (person.phone or person.remark):
        values["name"] = person.name
        questions.append(_question("name", row, "name", say("the name is read as {name}", name=person.name)))
        if person.phone:
            values.setdefault("phone", person.phone)
    elif _BRACKETED.search(values["name"]) and not cadres.is_called(values.get("staff_no", ""), values["name"]):
        questions.append(
            _question("name", row, "name", say("are the words in brackets part of the name? They were kept"))
        )
    if "staff_no" not in values:
        about: dict[str, Any] = {key: values[key] for key in ("department", "phone") if key in values}
        values["staff_no"] = cadres.namesake(row, "name", person, about) or _new_number(row, cadres, person, about)
    cadres.known.add_cadre(Cadre(**values))
    cadres.claimed.add(values["staff_no"])
    return row._replace(values=values)


def _person(row: RosterRow) -> WrittenPerson:
    """Return the one whom a name means; a telephone is none of the name, nor a bracket where no number tells who."""
    name = row.values["name"]
    has_more = phones.taken_out(name)[0] or ("staff_no" not in row.values and _BRACKETED.search(name))
    found = people(name) if has_more else ()
    return found[0] if isinstance(found, tuple) and len(found) == 1 else WrittenPerson(name)


def _new_number(row: RosterRow, cadres: NamedCadres, person: WrittenPerson, about: dict[str, Any]) -> str:
    if not cadres.may_number:
        reason = say("a staff number is required here: no cadre on record has this name; --number-cadres gives numbers")
        raise Unnamed("staff_no" if "staff_no" in row.letters else "name", reason, missing="staff_no")
    return cadres.give_number(row, person, about)


def _question(kind: str, row: RosterRow, key: str, words: Message) -> Question:
    place = key if key in row.letters else "name"
    return Question(kind, row.file, row.sheet, row.cells.get(place, ""), str(row.values.get("name", "")), words)
