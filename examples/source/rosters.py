"""The cadres and the enterprises of the example district."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from decimal import Decimal
from random import Random
from typing import Any

from examples.source.words import WORDS, Row, Rows, Words, brand, new, person, pick

from esm.domain.register import above_scale_thresholds
from esm.domain.values import credit_code

TODAY = date(2026, 11, 23)
REGION = "339907"  # no district has this code, so no enterprise has these credit codes


def cadres(chance: Random) -> Rows:
    """Return 300 cadres: 9 have left, 1 will, 12 are new and 6 may serve two enterprises."""
    ranks = [1] * 90 + [2] * 90 + [3] * 70 + [4] * 35 + [5] * 15
    chance.shuffle(ranks)
    names: set[Words] = set()
    cadres = [_cadre(chance, number, rank, names) for number, rank in enumerate(ranks, 1)]
    special = chance.sample([cadre for cadre in cadres if cadre["rank"].en < "4"], 28)
    for place, cadre in enumerate(special[:9]):
        cadre["left_on"] = date(2026, 6 + place % 6, 1 + place)
    special[9]["left_on"] = date(2026, 12, 31)
    for cadre in special[10:22]:
        cadre["active_from"] = date(2026, chance.choice((7, 9)), 1)
    for cadre in special[22:]:
        cadre["capacity"] = 2
    return cadres


def _cadre(chance: Random, number: int, rank: int, names: set[Words]) -> Row:
    department = Words(*WORDS["departments"][number % len(WORDS["departments"])])
    titles = WORDS["bureau_titles" if department.zh.endswith("局") else "titles"]
    return {
        "staff_no": f"JP{number:03}",
        "name": new(names, lambda: person(chance)),
        "department": department,
        "title": Words(*titles[rank - 1]),
        "rank": Words(*WORDS["ranks"][rank - 1]),
        "subdistrict": pick(chance, "subdistricts") if chance.randrange(8) else None,
        "expertise": tuple(chance.choice(WORDS["expertise"])) if chance.randrange(6) else (),
        "phone": f"1990000{number:04}",
        "active_from": date(chance.randint(2016, 2025), chance.randint(1, 9), 1),
    }


def enterprises(chance: Random) -> Rows:
    """Return 320 enterprises above scale and 60 below, in no order."""
    industries = [each for each in WORDS["industries"] for _ in range(each[3])]
    builders = [each for each in WORDS["industries"] if each[0].startswith("E")]
    others = [each for each in WORDS["industries"] if each not in builders and each[0] != "K7010"]
    names: set[Words] = set()
    above = [_enterprise(chance, industry, names, is_above=True) for industry in industries]
    below = [
        _enterprise(chance, industry, names, is_above=False)
        for industry in [*builders, *builders, *chance.sample(others, 52)]
    ]
    _enrol(chance, above)
    for row in below[::5]:
        row["above_scale"] = None
    for row in chance.sample([row for row in below[8:] if row["above_scale"] is False], 3):
        row["revenue"] *= 4  # has grown past the line, and is not yet on the register
    rows = above + below
    chance.shuffle(rows)
    for number, row in enumerate(rows, 5001):
        row["contact_phone"] = f"1990000{number:04}"
    return rows


def _enterprise(chance: Random, industry: Sequence[Any], names: set[Words], *, is_above: bool) -> Row:
    code, word, english, _ = industry
    subdistrict, road, house = pick(chance, "subdistricts"), pick(chance, "roads"), chance.randint(1, 399)
    first17 = f"91{REGION}MA" + "".join(chance.choice(credit_code.ALPHABET) for _ in range(7))
    percent = chance.choice((105, 120, 150, 180, 220, 300, 420, 600, 900, 1500)) if is_above else chance.randint(30, 90)
    threshold = above_scale_thresholds.in_force(code, TODAY)
    line = (isinstance(threshold, above_scale_thresholds.Threshold) and threshold.line) or 4000
    revenue = Decimal(line * percent + chance.randrange(line * 5)) / 100
    return {
        "uscc": first17 + credit_code.check_character(first17),
        "name": new(names, lambda: brand(chance, word, english)),
        "industry_code": code,
        "subdistrict": subdistrict,
        "address": Words(f"江畔区{subdistrict.zh}{road.zh}{house}号", f"{house} {road.en}, {subdistrict.en}"),
        "revenue": revenue,
        "employees": int(revenue) // chance.randint(50, 130) + 8,
        "qualified": is_above if code.startswith("E") else None,
        "tier": "C",
        "above_scale": is_above,
        "contact_name": person(chance),
        "contact_title": pick(chance, "contact_titles"),
    }


def _enrol(chance: Random, rows: Rows) -> None:
    """Put the enterprises above scale on the register and grade them; some are special cases."""
    for row in rows:
        row["enrolled_on"] = date(chance.randint(2012, 2024), chance.choice((1, 1, 1, 3, 6, 9)), 1)
    for place, row in enumerate(sorted(rows, key=lambda row: -row["revenue"])[:120]):
        row["tier"] = "A" if place < 30 else "B"
    plain = [row for row in rows if row["tier"] == "C" and row["industry_code"][0] not in "EK"]
    chosen = chance.sample(plain, 54)
    for row in chosen[:6]:
        row["exited_on"] = date(2026, chance.randint(2, 10), 1)
    for row in chosen[6:18]:
        row["enrolled_on"] = date(2026, chance.randint(5, 10), 1)
    for row in chosen[18:43]:
        row["enrolled_on"] = date(2025, chance.randint(7, 12), 1)
    for row in chosen[43:51]:
        row["above_scale"] = None  # the register is silent, the thresholds will say yes
    for row in chosen[43:48]:
        row["enrolled_on"] = None
    for row in chosen[51:]:
        row["revenue"] = Decimal(chance.randint(90, 190))  # has fallen below every line
