"""The enterprises: the roster's words, their dated groups and their scope."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, fields, replace
from datetime import date
from operator import attrgetter
from typing import Any

from esm.domain.register import scope_status
from esm.domain.register.enterprise_record import Changes, Enterprise
from esm.domain.values.industry import full_code
from esm.storage.database import bulk, successive_records
from esm.storage.database.connection import Reading, Writing
from esm.storage.database.phrases import as_list
from esm.storage.database.row_values import day, differences, iso, record
from esm.storage.register import register_history, scope_stretches

COLUMNS = tuple(field.name for field in fields(Enterprise))
DATED = ("tier", "subdistrict", "industry_code")
UNDATED = tuple(name for name in COLUMNS if name not in DATED)
SCOPED = ("above_scale", "industry_code", "revenue", "employees", "qualified", "enrolled_on", "exited_on")
CONTACT = frozenset({"contact_name", "contact_title", "contact_phone"})
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
    found = {row[1]: StoredEnterprise(row[0], record(Enterprise, row[1:])) for row in rows}
    return found if asked is None else {uscc: found[uscc] for uscc in asked if uscc in found}


def on_day(
    reading: Reading, on: date, uscc: str | None = None, *, register_is_silent: bool = False, enrolled: bool = False
) -> list[tuple[Enterprise, scope_status.ScopeBasis | None]]:
    """Return the enterprises with the groups and the register of a day, by code, and who puts them in scope then.

    `register_is_silent` leaves out those of which the register says today whether they are above-scale, and said then;
    `enrolled` those that were not on it that day.
    """
    columns = ", ".join(f"{'profile' if name in DATED else 'enterprise'}.{name}" for name in COLUMNS)
    rows = reading.rows(
        f"""SELECT {columns}, scope.basis
            FROM enterprise
            JOIN profile ON profile.enterprise_id = enterprise.id AND holds(profile, :on)
            LEFT JOIN scope ON scope.enterprise_id = enterprise.id AND holds(scope, :on)
            WHERE {"TRUE" if uscc is None else "enterprise.uscc = :uscc"}
              AND {"(above_scale IS NULL OR basis = 'predicted')" if register_is_silent else "TRUE"}
              AND {"enrolled(enterprise, scope, :on)" if enrolled else "TRUE"}
            ORDER BY enterprise.uscc""",
        on=on, uscc=uscc,
    )  # fmt: skip
    found = [(record(Enterprise, row[:-1]), row[-1] and scope_status.ScopeBasis(row[-1])) for row in rows]
    earlier = register_history.told_otherwise_later(reading, on)
    return [(replace(each, above_scale=earlier.get(each.uscc, each.above_scale)), basis) for each, basis in found]


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
    return reading.rows(sql, on=on)


def ids(reading: Reading, uscc: str | None = None) -> dict[str, int]:
    """Return the row's id of every code, or of one."""
    where = "" if uscc is None else "WHERE uscc = :uscc"
    return dict(reading.rows(f"SELECT uscc, id FROM enterprise {where}", uscc=uscc))


def is_subdistrict(reading: Reading, name: str) -> bool:
    """Return whether an enterprise lies or lay in this subdistrict."""
    return bool(reading.value("SELECT EXISTS (SELECT 1 FROM profile WHERE subdistrict = :name)", name=name))


def subdistricts(reading: Reading) -> list[str]:
    """Return every subdistrict in which an enterprise lies or lay; reads all enterprises."""
    rows = reading.rows("SELECT DISTINCT subdistrict FROM profile WHERE subdistrict IS NOT NULL ORDER BY subdistrict")
    return [name for (name,) in rows]


def subdistricts_of(reading: Reading, on: date) -> dict[str, str | None]:
    """Return the subdistrict of each enterprise on a day, by code."""
    return dict(reading.rows(
        """SELECT uscc, subdistrict FROM enterprise
           JOIN profile ON profile.enterprise_id = enterprise.id AND holds(profile, :on)""", on=on,
    ))  # fmt: skip


def verified_on(reading: Reading, uscc: str, today: date) -> date | None:
    """Return when the contact of an enterprise was last told, or met by a visit that counts."""
    found: str | None = reading.value(
        """SELECT later_of(coalesce(verified_on, ''), coalesce((
             SELECT max(done_on) FROM visit
             WHERE visit.enterprise_id = enterprise.id AND counts(visit) AND done_on <= :today), ''))
           FROM enterprise WHERE uscc = :uscc""",
        uscc=uscc, today=today,
    )  # fmt: skip
    return day(found or None)


def verify(writing: Writing, enterprise_id: int, on: date) -> None:
    """Note that the contact was verified on a day, unless a later one is on record."""
    known: str | None = writing.value("SELECT verified_on FROM enterprise WHERE id = :id", id=enterprise_id)
    writing.change("enterprise", enterprise_id, {"verified_on": max(known or "", iso(on))})


def add(
    writing: Writing, new: Sequence[Enterprise], today: date, verified: Mapping[str, date | None] | None = None
) -> None:
    """Store new enterprises. A blank `enrolled_on` of one that is above-scale is today.

    Its contact is verified on the day that `verified` tells by its code, or else today.
    """
    stretches = [scope_stretches.stretches_after((), enterprise, today, entry_is_news=True) for enterprise in new]
    entered = list(map(_enrolled_with_scope, new, stretches))
    known = verified or {}
    ids = restore(
        writing, entered,
        {each.uscc: known.get(each.uscc) or (today if _has_contact(each) else None) for each in entered},
    )  # fmt: skip
    bulk.insert(
        writing.connection, "profile", _PROFILE,
        [_profile_row(key, enterprise, date.min) for key, enterprise in zip(ids, entered, strict=True)],
    )  # fmt: skip
    scopes = ((key, stretch) for key, own in zip(ids, stretches, strict=True) for stretch in own)
    writing.insert("scope", [scope_stretches.as_row(key, stretch) for key, stretch in scopes])


def restore(writing: Writing, new: Sequence[Enterprise], verified: Mapping[str, date | None]) -> list[int]:
    """Store enterprises whose groups and stretches in scope are told by themselves; return their ids."""
    rows = [(*_undated_values(each), verified.get(each.uscc)) for each in new]
    return bulk.insert(writing.connection, "enterprise", (*UNDATED, "verified_on"), rows)


def edit(
    writing: Writing, stored: StoredEnterprise, values: Mapping[str, Any], today: date, since: date | None = None
) -> Changes:
    """Change what differs; return it. Scope changes from today on, groups from `since` on, by default today."""
    if values.get("industry_code") is not None:
        values = {**values, "industry_code": full_code(values["industry_code"])}
    old = stored.enterprise
    changes = differences(old, values)
    if not changes and since is None:
        return {}
    new = _with_changes(old, {name: value for name, (_, value) in changes.items()})
    if new.exited_on != old.exited_on:
        changes["exited_on"] = (old.exited_on, new.exited_on)
    columns = {name: getattr(new, name) for name in changes if name not in DATED}
    if changes.keys() & CONTACT:
        columns["verified_on"] = today
    writing.change("enterprise", stored.id, columns)
    groups = {name: getattr(new, name) for name in DATED if name in (changes if since is None else values)}
    if groups:
        successive_records.change_from(writing, "profile", {"enterprise_id": stored.id}, DATED, groups, since or today)
    if changes.keys() & set(SCOPED):
        _revise_scope(writing, stored, new, today, entry_is_news="enrolled_on" in changes)
    return changes


def _enrolled_with_scope(new: Enterprise, stretches: Sequence[scope_status.Scope]) -> Enterprise:
    """Return the enterprise as enrolled when it entered scope, where the roster does not say when it was."""
    is_told = new.enrolled_on is not None or not stretches
    return new if is_told else replace(new, enrolled_on=stretches[-1].start_on)


def _revise_scope(
    writing: Writing, stored: StoredEnterprise, new: Enterprise, today: date, *, entry_is_news: bool
) -> None:
    entered_on = scope_stretches.revise(
        writing, stored.id, new, today, exited_before=stored.enterprise.exited_on, entry_is_news=entry_is_news
    )
    if entered_on is not None and new.enrolled_on is None:
        writing.change("enterprise", stored.id, {"enrolled_on": entered_on})


def _with_changes(old: Enterprise, values: Mapping[str, Any]) -> Enterprise:
    new = replace(old, **values)
    if "exited_on" in values or new.enrolled_on is None or new.exited_on is None or new.exited_on > new.enrolled_on:
        return new
    return replace(new, exited_on=None)  # it has entered the register again


def _has_contact(enterprise: Enterprise) -> bool:
    return enterprise.contact_name is not None or enterprise.contact_phone is not None


def _profile_row(enterprise_id: int, enterprise: Enterprise, start_on: date) -> tuple[Any, ...]:
    code = enterprise.industry_code and full_code(enterprise.industry_code)
    return enterprise_id, enterprise.tier, enterprise.subdistrict, code, start_on
