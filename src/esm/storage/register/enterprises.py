"""The enterprises: the roster's words, their dated groups and their scope."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, fields, replace
from datetime import date
from decimal import Decimal
from operator import attrgetter
from typing import Any

from esm.domain.register import enterprise_scope
from esm.domain.register.enterprises import Enterprise
from esm.domain.values.industry import full_code
from esm.storage.database import bulk
from esm.storage.database.connection import Reading, Writing
from esm.storage.database.row_values import BEGINNING, day, iso
from esm.storage.database.phrases import as_list
from esm.storage.register import enterprise_scopes

COLUMNS = tuple(field.name for field in fields(Enterprise))
DATED = ("tier", "subdistrict", "industry_code")
UNDATED = tuple(name for name in COLUMNS if name not in DATED)
SCOPED = ("above_scale", "industry_code", "revenue", "employees", "qualified", "enrolled_on", "exited_on")
YUAN_A_UNIT = 10_000  # rosters state revenue in 10 000 yuan
TO_STORED: Mapping[str, Callable[[Any], Any]] = {
    "qualified": int, "above_scale": int, "enrolled_on": iso, "exited_on": iso,
    "revenue": lambda units: int(units * YUAN_A_UNIT),
}  # fmt: skip
FROM_STORED: Mapping[str, Callable[[Any], Any]] = {
    "qualified": bool, "above_scale": bool, "enrolled_on": day, "exited_on": day,
    "revenue": lambda yuan: Decimal(yuan) / YUAN_A_UNIT,
}  # fmt: skip
_PLACES_TO_STORED = [(UNDATED.index(name), stored) for name, stored in TO_STORED.items()]
_PROFILE = ("enterprise_id", *DATED, "start_on")
_undated_values = attrgetter(*UNDATED)


@dataclass(frozen=True, slots=True)
class StoredEnterprise:
    """An enterprise with its row's id."""

    id: int
    enterprise: Enterprise


def load(reading: Reading, usccs: Iterable[str] | None = None) -> dict[str, StoredEnterprise]:
    """Return the enterprises by code: all of them, or those asked for in that order."""
    asked = None if usccs is None else list(usccs)
    chosen = "" if asked is None else "WHERE among(uscc, :usccs)"
    rows = reading.rows(
        f"SELECT id, {', '.join(COLUMNS)} FROM enterprise_today {chosen} ORDER BY uscc", usccs=as_list(asked or ())
    )
    found = {row[1]: StoredEnterprise(row[0], _enterprise(row[1:])) for row in rows}
    return found if asked is None else {uscc: found[uscc] for uscc in asked if uscc in found}


def on_day(
    reading: Reading, on: date, uscc: str | None = None, *, register_is_silent: bool = False
) -> list[tuple[Enterprise, enterprise_scope.ScopeBasis | None]]:
    """Return the enterprises with the groups of a day, by code, and who says that they are in scope then.

    `register_is_silent` leaves out those of which the register says today whether they are above-scale, and said then.
    """
    columns = ", ".join(f"{'profile' if name in DATED else 'enterprise'}.{name}" for name in COLUMNS)
    rows = reading.rows(
        f"""SELECT {columns}, scope.basis
            FROM enterprise
            JOIN profile ON profile.enterprise_id = enterprise.id
              AND holds(profile, :on)
            LEFT JOIN scope ON scope.enterprise_id = enterprise.id
              AND holds(scope, :on)
            WHERE {"TRUE" if uscc is None else "enterprise.uscc = :uscc"}
              AND {"(above_scale IS NULL OR basis = 'predicted')" if register_is_silent else "TRUE"}
            ORDER BY enterprise.uscc""",
        on=iso(on), uscc=uscc,
    )  # fmt: skip
    return [(_enterprise(row[:-1]), row[-1] and enterprise_scope.ScopeBasis(row[-1])) for row in rows]


def find(reading: Reading, name: str, limit: int = 20) -> list[tuple[str, str]]:
    """Return (code, name) of the enterprises that `name` may mean: its code, id or a part of its name."""
    exact = reading.rows(
        """SELECT uscc, name FROM enterprise WHERE uscc = :code OR id = :id OR name = :name
           ORDER BY uscc LIMIT :limit""",
        code=name.upper(), name=name, limit=limit,
        id=int(name) if name.isascii() and name.isdigit() and len(name) < 18 else -1,
    )  # fmt: skip
    if exact:
        return exact
    pattern = "%" + name.replace("\\", "\\\\").replace("%", "\\%").replace("_", "\\_") + "%"
    return reading.rows(
        "SELECT uscc, name FROM enterprise WHERE is_like(name, :pattern) ORDER BY uscc LIMIT :limit",
        pattern=pattern, limit=limit,
    )  # fmt: skip


def names(reading: Reading) -> list[tuple[str, str]]:
    """Return (code, name) of all enterprises, by code."""
    return reading.rows("SELECT uscc, name FROM enterprise ORDER BY uscc")


def on_register(reading: Reading, on: date) -> list[tuple[str, str]]:
    """Return (code, name) of the enterprises that have not left the register by a day, by code."""
    sql = "SELECT uscc, name FROM enterprise WHERE exited_on IS NULL OR exited_on > :on ORDER BY uscc"
    return reading.rows(sql, on=iso(on))


def ids(reading: Reading, uscc: str | None = None) -> dict[str, int]:
    """Return the row's id of every code, or of one."""
    where = "" if uscc is None else "WHERE uscc = :uscc"
    return dict(reading.rows(f"SELECT uscc, id FROM enterprise {where}", uscc=uscc))


def add(
    writing: Writing, new: Sequence[Enterprise], today: date, verified: Mapping[str, date | None] | None = None
) -> None:
    """Store new enterprises. A blank `enrolled_on` of one that is above-scale is today.

    Its contact is verified on the day that `verified` tells by its code, or else today.
    """
    stretches = [enterprise_scopes.stretches_after((), enterprise, today, entry_is_news=True) for enterprise in new]
    entered = list(map(_enrolled_with_scope, new, stretches))
    known = verified or {}
    ids = restore(
        writing, entered,
        {each.uscc: known.get(each.uscc) or (today if _has_contact(each) else None) for each in entered},
    )  # fmt: skip
    bulk.insert(
        writing.connection, "profile", _PROFILE,
        [_profile_row(key, enterprise, BEGINNING) for key, enterprise in zip(ids, entered, strict=True)],
    )  # fmt: skip
    writing.insert(
        "scope",
        [
            enterprise_scopes.as_row(key, stretch)
            for key, found in zip(ids, stretches, strict=True)
            for stretch in found
        ],
    )


def restore(writing: Writing, new: Sequence[Enterprise], verified: Mapping[str, date | None]) -> list[int]:
    """Store enterprises whose groups and stretches in scope are told by themselves; return their ids."""
    rows = []
    for each in new:
        row = [*_undated_values(each), iso(verified.get(each.uscc))]
        for place, stored in _PLACES_TO_STORED:
            if row[place] is not None:
                row[place] = stored(row[place])
        rows.append(row)
    return bulk.insert(writing.connection, "enterprise", (*UNDATED, "verified_on"), rows)


def edit(
    writing: Writing, stored: StoredEnterprise, values: Mapping[str, Any], today: date
) -> dict[str, tuple[object, object]]:
    """Change what differs; return it as field -> (old, new). Groups and scope change from today on."""
    values = dict(values)
    if values.get("industry_code") is not None:
        values["industry_code"] = full_code(values["industry_code"])
    old = stored.enterprise
    changes = {name: (getattr(old, name), value) for name, value in values.items() if value != getattr(old, name)}
    if not changes:
        return {}
    new = _with_changes(old, {name: value for name, (_, value) in changes.items()})
    if new.exited_on != old.exited_on:
        changes["exited_on"] = (old.exited_on, new.exited_on)
    columns = _columns((name, getattr(new, name)) for name in changes)
    if changes.keys() & {"contact_name", "contact_title", "contact_phone"}:
        columns["verified_on"] = iso(today)
    writing.change("enterprise", stored.id, columns)
    if changes.keys() & set(DATED):
        _change_profile(writing, stored.id, old, new, today)
    if changes.keys() & set(SCOPED):
        _revise_scope(writing, stored, new, today, entry_is_news="enrolled_on" in changes)
    return changes


def _enrolled_with_scope(new: Enterprise, stretches: Sequence[enterprise_scope.Scope]) -> Enterprise:
    """Return the enterprise as enrolled when it entered scope, where the roster does not say when it was."""
    is_told = new.enrolled_on is not None or not stretches
    return new if is_told else replace(new, enrolled_on=stretches[-1].start_on)


def _revise_scope(
    writing: Writing, stored: StoredEnterprise, new: Enterprise, today: date, *, entry_is_news: bool
) -> None:
    entered_on = enterprise_scopes.revise(
        writing, stored.id, new, today, exited_before=stored.enterprise.exited_on, entry_is_news=entry_is_news
    )
    if entered_on is not None and new.enrolled_on is None:
        writing.change("enterprise", stored.id, {"enrolled_on": iso(entered_on)})


def _enterprise(row: tuple[Any, ...]) -> Enterprise:
    values = dict(zip(COLUMNS, row, strict=True))
    for name, told in FROM_STORED.items():
        if values[name] is not None:
            values[name] = told(values[name])
    return Enterprise(**values)


def _columns(values: Iterable[tuple[str, Any]]) -> dict[str, Any]:
    """Return the values of the main table's columns as SQLite keeps them."""
    columns = {name: value for name, value in values if name not in DATED}
    for name, stored in TO_STORED.items():
        if columns.get(name) is not None:
            columns[name] = stored(columns[name])
    return columns


def _with_changes(old: Enterprise, values: Mapping[str, Any]) -> Enterprise:
    merged = {name: getattr(old, name) for name in COLUMNS} | dict(values)
    entered, exited = merged["enrolled_on"], merged["exited_on"]
    if "exited_on" not in values and None not in (entered, exited) and exited <= entered:
        merged["exited_on"] = None  # it has entered the register again
    return Enterprise(**merged)


def _has_contact(enterprise: Enterprise) -> bool:
    return enterprise.contact_name is not None or enterprise.contact_phone is not None


def _profile_row(enterprise_id: int, enterprise: Enterprise, start_on: str) -> tuple[Any, ...]:
    code = enterprise.industry_code
    return (
        enterprise_id, enterprise.tier, enterprise.subdistrict, None if code is None else full_code(code), start_on,
    )  # fmt: skip


def _change_profile(writing: Writing, enterprise_id: int, old: Enterprise, new: Enterprise, today: date) -> None:
    """Start a new dated record today; what was merely unknown so far is filled in where it was."""
    profile_id, start_on = writing.rows(
        "SELECT id, start_on FROM profile WHERE enterprise_id = :id AND end_on IS NULL", id=enterprise_id
    )[0]
    fills_only = all(getattr(old, name) in (None, getattr(new, name)) for name in DATED)
    if fills_only or start_on >= iso(today):
        writing.change("profile", profile_id, {name: getattr(new, name) for name in DATED})
    else:
        writing.change("profile", profile_id, {"end_on": iso(today)})
        bulk.insert(writing.connection, "profile", _PROFILE, [_profile_row(enterprise_id, new, iso(today))])
