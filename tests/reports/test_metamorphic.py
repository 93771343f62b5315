"""What must not matter to any figure: the order of rows, names, files, languages, formats, and the four years."""

from __future__ import annotations

import csv
import json
import random
import shutil
from collections.abc import Callable, Iterator
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import pytest
from openpyxl import Workbook
from tests.conftest import Esm
from tests.district import code

from esm.domain.exchange import sheet_catalogue

TODAY = date(2026, 11, 23)
REFERRED = {"cadres", "enterprises", "requests", "request_events", "policies"}
Rows = list[dict[str, str]]
Sheets = dict[str, Rows]
NAMED = {"enterprise", "cadre", "name", "subject", "detail", "title", "explanation", "reason", "text"}
QUESTIONS: tuple[tuple[str, ...], ...] = (
    ("due", "--within", "400"), ("check",), ("report", "coverage"), ("report", "coverage", "--period", "2026-09"),
    ("report", "visits"), ("report", "requests"), ("report", "policies"), ("report", "cadres"),
    ("schedule", "--dry-run"),
)  # fmt: skip


def made(seed: int) -> Sheets:
    """Draw a district: what happened in it lies in the two years before today."""
    dice = random.Random(seed)  # noqa: S311 - an example, not a secret

    def day(first: int, last: int) -> str:
        return str(TODAY - timedelta(days=dice.randrange(last, first)))

    cadres = [{"staff_no": f"10{n:02}", "name": f"尹{n}", "department": dice.choice(["商务局", "税务局", ""]),
               "capacity": "4", "active_from": "2020-01-01"} for n in range(5)]  # fmt: skip
    firms = [{"uscc": code(n), "name": f"江畔{n}号有限公司", "industry_code": dice.choice(["C3983", "F5171", ""]),
              "subdistrict": dice.choice(["东街道", "西街道", ""]), "tier": dice.choice("ABC"),
              "above_scale": "yes" if n % 6 else "no", "enrolled_on": day(700, 30)} for n in range(18)]  # fmt: skip
    pairs = [{"uscc": firm["uscc"], "staff_no": cadres[n % 5]["staff_no"],
              "start_on": str(max(date.fromisoformat(firm["enrolled_on"]), TODAY - timedelta(days=300)))}
             for n, firm in enumerate(firms) if n % 6 and n < 15]  # fmt: skip
    keys = {(firm["uscc"], dice.choice(cadres)["staff_no"], day(400, 0)) for firm in firms for _ in range(3)}
    together = [(uscc, other["staff_no"], on) for uscc, _staff_no, on in sorted(keys)[:4] for other in cadres[:2]]
    visits = [{"uscc": uscc, "staff_no": staff_no, "done_on": on, "outcome": "met",
               "channel": dice.choice(["on_site", "on_site", "phone"]), "minutes": dice.choice(["订单饱满", ""])}
              for uscc, staff_no, on in sorted({*keys, *together})]  # fmt: skip
    asked = [{"request_no": str(n), "uscc": code(n), "received_on": day(300, 60), "request_class": "tax.refund",
              "nature": "help", "subject": f"退税{n}"} for n in range(1, 9)]  # fmt: skip
    steps = [{"request_no": row["request_no"], "number": str(number), "move": move, "done_on": row["received_on"],
              "outcome": "solved" if move == "close" else ""}
             for row in asked
             for number, move in enumerate(["accept", "close"][: int(row["request_no"]) % 3], start=1)]  # fmt: skip
    policies = [{"code": "P1", "title": "稳岗补贴", "industries": "C", "tiers": ""},
                {"code": "P2", "title": "减税", "industries": "", "tiers": "A;B"}]  # fmt: skip
    told = [{"policy": "P1", "uscc": firm["uscc"], "done_on": day(50, 1)} for firm in firms[:6]]
    return {"cadres": cadres, "enterprises": firms, "pairings": pairs, "visits": visits, "requests": asked,
            "request_events": steps, "policies": policies, "briefings": told}  # fmt: skip


def written(sheets: Sheets, folder: Path, *, lang: str = "en") -> Iterator[str]:
    """Write each sheet as a CSV file, headed in a language; yield the files."""
    folder.mkdir()
    for spec in sheet_catalogue.BOOK:
        rows = sheets.get(spec.key)
        if rows:
            heads = {column.key: column.chinese if lang == "zh" else column.key for column in spec.columns}
            file = folder / f"{spec.chinese if lang == 'zh' else spec.key}.csv"
            with file.open("w", encoding="utf-8", newline="") as opened:
                lines = csv.writer(opened)
                lines.writerows([[heads[key] for key in rows[0]], *(row.values() for row in rows)])
            yield str(file)


def workbook(sheets: Sheets, file: Path, *, lang: str) -> str:
    """Write all sheets as one workbook."""
    book = Workbook()
    book.remove(book.worksheets[0])
    for spec in sheet_catalogue.BOOK:
        rows = sheets.get(spec.key)
        if rows:
            page = book.create_sheet(spec.chinese if lang == "zh" else spec.key)
            heads = {column.key: column.chinese if lang == "zh" else column.key for column in spec.columns}
            for line in ([heads[key] for key in rows[0]], *([value or None for value in row.values()] for row in rows)):
                page.append(line)
    book.save(file)
    return str(file)


def permuted(sheets: Sheets) -> Sheets:
    dice = random.Random(7)  # noqa: S311 - an example, not a secret
    return {key: dice.sample(rows, len(rows)) if key != "request_events" else rows for key, rows in sheets.items()}


def half(sheets: Sheets, *, first: bool) -> Sheets:
    """Return every other row of each sheet, what others refer to in the first half."""
    whole = {key: rows for key, rows in sheets.items() if first and key in REFERRED}
    return {key: rows[1 - first :: 2] for key, rows in sheets.items() if key not in REFERRED} | whole


def renamed(sheets: Sheets) -> Sheets:
    return {
        key: [{name: f"改名{n}" if name in NAMED and value else value for name, value in row.items()}
              for n, row in enumerate(rows)]
        for key, rows in sheets.items()
    }  # fmt: skip


def years_later(words: str, years: int) -> str:
    """Return a day so many years later; whatever is no day stays."""
    try:
        on = date.fromisoformat(words)
    except ValueError:
        return words
    return str(on.replace(year=on.year + years)) if len(words) == len("2026-11-23") else words


def later(sheets: Sheets) -> Sheets:
    return {
        key: [{name: years_later(value, 4) for name, value in row.items()} for row in rows]
        for key, rows in sheets.items()
    }


Variant = Callable[[Sheets, Path], list[list[str]]]
VARIANTS: dict[str, Variant] = {
    "rows permuted": lambda sheets, folder: [list(written(permuted(sheets), folder / "one"))],
    "names changed": lambda sheets, folder: [list(written(renamed(sheets), folder / "one"))],
    "an import split in two": lambda sheets, folder: [
        list(written(half(sheets, first=True), folder / "one")),
        list(written(half(sheets, first=False), folder / "two")),
    ],
    "Chinese headers": lambda sheets, folder: [list(written(sheets, folder / "one", lang="zh"))],
    "a workbook": lambda sheets, folder: [[workbook(sheets, folder / "one.xlsx", lang="en")]],
    "a Chinese workbook": lambda sheets, folder: [[workbook(sheets, folder / "one.xlsx", lang="zh")]],
    "all days four years later": lambda sheets, folder: [list(written(later(sheets), folder / "one"))],
}


def plain(answer: Any, years: int) -> Any:
    """Return an answer without names and words, its days so many years earlier."""
    if isinstance(answer, dict):
        return {key: plain(value, years) for key, value in answer.items() if key not in NAMED}
    if isinstance(answer, list):
        return [plain(value, years) for value in answer]
    if isinstance(answer, str):
        return years_later(answer if len(answer) != len("2026-11") else answer + "-01", -years)
    return answer


Answers = dict[tuple[str, ...], Any]


def answers(esm: Esm, db: Path, imports: list[list[str]], years: int = 0) -> Answers:
    """Return what the commands say of an empty database after these imports, without what may differ."""
    today = years_later(str(TODAY), years)
    for files in imports:
        ran = esm("import", *files, db=db, today=today)
        assert ran.code == 0, ran.err
    asked = [question for question in QUESTIONS if not (years and question[0] == "schedule")]
    found = {}
    for question in asked:
        words = [str(2026 + years) + word[4:] if word.startswith("2026-") else word for word in question]
        found[question] = plain(json.loads(esm(*words, "--format", "json", db=db, today=today).out), years)
    return found


@pytest.fixture(scope="module")
def known() -> dict[int, Answers]:
    """Return what is said of each district as it was drawn, as soon as one test has asked."""
    return {}


@pytest.mark.parametrize("variant", VARIANTS.values(), ids=VARIANTS)
@pytest.mark.parametrize("seed", [1, 2])
def test_what_must_not_matter_changes_no_answer(
    esm: Esm, path: Path, empty_database: Path, tmp_path: Path, known: dict[int, Answers], seed: int, variant: Variant
) -> None:
    sheets = made(seed)
    if seed not in known:
        plainly = Path(shutil.copy(empty_database, tmp_path / "before.db"))
        known[seed] = answers(esm, plainly, [list(written(sheets, tmp_path / "plain"))])
    before = known[seed]
    assert before[("report", "coverage")]["in_scope"] == 15
    years = 4 if variant is VARIANTS["all days four years later"] else 0
    after = answers(esm, path, variant(sheets, tmp_path), years)
    for question, answer in after.items():
        assert answer == before[question], question
