"""What each command prints on the example district, kept in files: `pytest --update-goldens` renews them."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest
from tests.conftest import Ran

from esm.storage import database, journal

ROOT = Path(__file__).parents[1]
GOLDENS = Path(__file__).parent / "goldens"
Esm = Callable[..., Ran]


COMMANDS = {
    "assign": ["assign", "--dry-run", "--capacity", "2"],
    "assign-explain": ["assign", "--explain", "ENTERPRISE"],
    "assign-explain-unserved": ["assign", "--explain", "UNSERVED"],
    "assign-what-if": ["assign", "--what-if", "cadres+17", "--what-if", "capacity=2 weight_load=3"],
    "unpair": ["unpair", "ENTERPRISE", "--dry-run"],
    "recuse": ["recuse", "JP024", "ENTERPRISE", "--kind", "relative", "--reason", "亲属 relative", "--dry-run"],
    "handover": ["handover", "JP024", "--dry-run"],
    "config-list": ["config", "list"],
    "report-cadres": ["report", "cadres"],
    "schedule": ["schedule", "--dry-run", "--until", "2026-12-31"],
    "due": ["due", "--limit", "12"],
    "due-json": ["due", "--limit", "3", "--format", "json"],
    "due-csv": ["due", "--limit", "3", "--format", "csv"],
    "due-md": ["due", "--limit", "3", "--format", "md"],
    "check": ["check"],
    "report": ["report", "coverage"],
    "report-json": ["report", "--as-of", "2026-08-31", "--format", "json"],
    "scale": ["scale"],
    "scale-csv": ["scale", "--list", "nursery", "--format", "csv"],
    "enterprise-list": ["enterprise", "list", "--tier", "A"],
    "cadre-list": ["cadre", "list"],
    "visit-list": ["visit", "list", "--since", "2026-11-16"],
    "visit-log": ["visit", "log", "ENTERPRISE", "--minutes", "Orders are full. 订单饱满。", "--dry-run"],
    "visit-planned": ["visit", "list", "--planned", "--until", "2026-11-25", "--limit", "5"],
    "visit-form": ["visit", "form", "ENTERPRISE"],
    "brief": ["brief", "ENTERPRISE"],
    "brief-html": ["brief", "ENTERPRISE", "--format", "html"],
    "burden": ["report", "burden"],
    "report-visits": ["report", "visits"],
    "check-visits": ["check", "--visits", "--since", "2026-11-01", "--sample", "3", "--seed", "golden"],
    "calendar-show": ["calendar", "show", "2026"],
    "help": ["--help"],
    "help-visit-log": ["visit", "log", "--help"],
}


@pytest.mark.parametrize("lang", ["en", "zh"])
@pytest.mark.parametrize("name", COMMANDS)
def test_a_command_prints_what_it_printed(
    esm: Esm, districts: dict[str, Path], request: pytest.FixtureRequest, name: str, lang: str
) -> None:
    with database.reading(districts[lang]) as reading:
        served = reading.value(
            "SELECT uscc FROM service JOIN enterprise ON enterprise.id = enterprise_id ORDER BY uscc"
        )
        unserved = reading.value(
            """SELECT uscc FROM clock WHERE end_on IS NULL
               AND enterprise_id NOT IN (SELECT enterprise_id FROM pairing WHERE end_on IS NULL) ORDER BY uscc"""
        )
        head = journal.head(reading.connection)
    meant = {"ENTERPRISE": served, "UNSERVED": unserved}
    words = [meant.get(word, word) for word in COMMANDS[name]]
    if words[-1] == "--help":  # help texts are in the language that was set when they were loaded
        ran = subprocess.run(
            [sys.executable, "-m", "esm", "--lang", lang, *words],
            capture_output=True, text=True, check=True, env={"PATH": "", "COLUMNS": "80"},
        )  # fmt: skip
        printed = ran.stdout
    else:
        printed = esm(*words, db=districts[lang], lang=lang).out
    golden = GOLDENS / lang / f"{name}.txt"
    if request.config.getoption("--update-goldens"):
        golden.parent.mkdir(parents=True, exist_ok=True)
        golden.write_text(printed, encoding="utf-8")
    assert printed == golden.read_text(encoding="utf-8")
    with database.reading(districts[lang]) as reading:
        assert journal.head(reading.connection) == head, "a golden must not change the district"
