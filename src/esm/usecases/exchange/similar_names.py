"""What to ask a person after an import: new names that may mean somebody on record. Nothing is merged."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from esm.domain.register import similar_names
from esm.domain.register.similar_names import NameQuestions
from esm.usecases.exchange.roster.identities import OnRecord


@dataclass(frozen=True, slots=True)
class Names:
    """Who is on record: the names of enterprises by code and of cadres by staff number, and the subdistricts."""

    enterprises: Mapping[str, str]
    cadres: Mapping[str, str]
    subdistricts: Mapping[str, str]


def names(known: OnRecord) -> Names:
    """Return the names on record."""
    people = {staff_no: cadre.name for staff_no, cadre in known.cadres.items()}
    return Names(known.enterprises, people, {name: name for name in known.subdistricts})


def questions(known: OnRecord, before: Names) -> NameQuestions:
    """Return what in the names on record is new since `before`, and like something else."""
    now = names(known)
    new_cadres = _new(now.cadres, before.cadres)
    pairs = similar_names.namesakes(new_cadres, _others(before.cadres, new_cadres))
    new_firms = _new(now.enterprises, before.enterprises)
    return NameQuestions(
        tuple(similar_names.similar_enterprises(new_firms, _others(before.enterprises, new_firms))),
        tuple((known.cadres[one], known.cadres[other]) for one, other in pairs),
        tuple(similar_names.subdistrict_variants(_new(now.subdistricts, before.subdistricts), before.subdistricts)),
    )


def _new(now: Mapping[str, str], before: Mapping[str, str]) -> dict[str, str]:
    """Return who is new or has another name."""
    return {key: name for key, name in now.items() if before.get(key) != name}


def _others(before: Mapping[str, str], new: Mapping[str, str]) -> dict[str, str]:
    return {key: name for key, name in before.items() if key not in new}
