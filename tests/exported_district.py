"""A district as `esm export` writes it, read back with nothing but the CSV reader, for counting once more."""

from __future__ import annotations

import csv
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from tests.district import ALWAYS, Cadre, District, Enterprise, Pairing, Plan, Profile, Span, Visit

Row = dict[str, str]


@dataclass(frozen=True, slots=True)
class ExportedEnterprise(Enterprise):
    """An enterprise with the code and the name that it was exported with."""

    exported_uscc: str = ""
    exported_name: str = ""

    @property
    def uscc(self) -> str:
        return self.exported_uscc

    @property
    def name(self) -> str:
        return self.exported_name


def rows(folder: Path, name: str) -> list[Row]:
    """Return the rows of an exported sheet, none where it has no file."""
    file = folder / f"{name}.csv"
    if not file.exists():
        return []
    with file.open(encoding="utf-8-sig", newline="") as stream:
        return [{key: _bare(text) for key, text in row.items()} for row in csv.DictReader(stream)]


def _bare(text: str) -> str:
    """Return a text without the formula that keeps a spreadsheet from taking it for a number or a day."""
    return text[2:-1].replace('""', '"') if text.startswith('="') else text


def read(folder: Path) -> District:
    """Return the district with its scopes, profiles, people, pairings, visits and plans."""
    visits = tuple(
        Visit(row["uscc"], row["staff_no"], date.fromisoformat(row["done_on"]), row["channel"], row["outcome"])
        for row in rows(folder, "visits")
    )
    began_on = min(visit.done_on for visit in visits if (visit.channel, visit.outcome) == ("on_site", "met"))
    return District(
        enterprises=tuple(_enterprises(folder)),
        cadres=tuple(_cadres(folder)),
        pairings=tuple(Pairing(row["uscc"], row["staff_no"], _span(row)) for row in rows(folder, "pairings")),
        visits=visits,
        plans=tuple(
            Plan(row["uscc"], date.fromisoformat(row["planned_on"]), date.fromisoformat(row["made_on"]))
            for row in rows(folder, "plans")
            if not row["visited_on"]
        ),
        settings={"records_began_on": began_on.isoformat()},
    )


def _enterprises(folder: Path) -> list[Enterprise]:
    scopes, pauses = _spans(folder, "scopes"), _spans(folder, "pauses")
    profiles: dict[str, list[Profile]] = {}
    for row in rows(folder, "profiles"):
        told = Profile(row["tier"], row["subdistrict"] or None, row["industry_code"] or None, _span(row))
        profiles.setdefault(row["uscc"], []).append(told)
    return [
        ExportedEnterprise(
            number, scopes.get(row["uscc"], ()), tuple(profiles[row["uscc"]]), pauses.get(row["uscc"], ()),
            exported_uscc=row["uscc"], exported_name=row["name"],
        )
        for number, row in enumerate(rows(folder, "enterprises"))
    ]  # fmt: skip


def _cadres(folder: Path) -> list[Cadre]:
    postings: dict[str, list[tuple[str | None, Span]]] = {}
    for row in rows(folder, "postings"):
        postings.setdefault(row["staff_no"], []).append((row["department"] or None, _span(row)))
    return [
        Cadre(row["staff_no"], _day(row["active_from"]), _day(row["left_on"]), tuple(postings[row["staff_no"]]))
        for row in rows(folder, "cadres")
    ]


def _spans(folder: Path, name: str) -> Mapping[str, tuple[Span, ...]]:
    found: dict[str, tuple[Span, ...]] = {}
    for row in rows(folder, name):
        found[row["uscc"]] = (*found.get(row["uscc"], ()), _span(row))
    return found


def _span(row: Row) -> Span:
    return Span(_day(row["start_on"]) or ALWAYS, _day(row["end_on"]))


def _day(text: str) -> date | None:
    return date.fromisoformat(text) if text else None
