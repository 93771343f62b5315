"""What every command prints on the example district, kept in files: `pytest --update-goldens` renews them.

A golden is a line of `GOLDENS`, or several: the last one is what is kept, those before it prepare the district. Each
runs on a copy. What differs from run to run is put aside in one place, `_settled`.
"""

from __future__ import annotations

import re
import shlex
import shutil
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
from tests.conftest import Esm, Ran
from typer.core import TyperGroup

from esm.cli.shell import app
from esm.storage.database import connection
from esm.storage.database.place import FilePlace

FOLDER = Path(__file__).parents[1] / "goldens"

# The districts of FILES, of which the first is the example: one of a few enterprises, and an empty one.
CITY = ("--db few.db import few.csv", "--db none.db db init")

# ENTERPRISE is the first that is served, UNSERVED the first that is not; JP024 serves one and may not serve another.
GOLDENS: dict[str, str | tuple[str, ...]] = {
    "help": "--help",
    "today": "today",
    "today-json": "today --format json",
    "week": "week --cadre JP237",
    "week-html": "week --cadre JP237 --format html",
    "week-json": "--actor JP237 week --format json",
    "today-beginning": "--db new.db today",
    "demo": "demo there",
    "template": "template roster.xlsx",
    "import": "import visits.csv --dry-run",
    "import-faults": "import faults.csv",
    "import-json": "import visits.csv mixed.csv --skip-bad --dry-run --format json",
    "export": "export district.xlsx",
    "assign": "assign --dry-run --capacity 2",
    "assign-explain": "assign --explain ENTERPRISE",
    "assign-explain-unserved": "assign --explain UNSERVED",
    "assign-what-if": "assign --what-if cadres+17 --what-if 'capacity=2 weight_load=3'",
    "pair": ("cadre edit JP024 --capacity 2", "pair UNSERVED JP024 --reason 'asked for 指定' --dry-run"),
    "pair-pin": ("unpair ENTERPRISE", "pair ENTERPRISE JP229 --pin --reason 指定 --dry-run"),
    "pair-full": "pair UNSERVED JP024",
    "unpair": "unpair ENTERPRISE --dry-run",
    "recuse": "recuse JP024 ENTERPRISE --kind relative --reason '亲属 relative' --dry-run",
    "recuse-end": ("recuse JP024 ENTERPRISE --kind relative --reason 亲属", "recuse JP024 ENTERPRISE --end --dry-run"),
    "handover": "handover JP024 --dry-run",
    "schedule": "schedule --dry-run --until 2026-12-31",
    "due": "due --limit 12",
    "due-json": "due --limit 3 --format json",
    "due-csv": "due --limit 3 --format csv",
    "due-md": "due --limit 3 --format md",
    "due-check": "due --check --limit 1",
    "due-digest": "due --digest reminders --cadre JP024 --within 60",
    "brief": "brief ENTERPRISE",
    "brief-html": "brief ENTERPRISE --format html",
    "visit-log": "visit log ENTERPRISE --minutes 'Orders are full. 订单饱满。' --dry-run",
    "visit-log-more": (
        "visit log ENTERPRISE --met 'Manager 厂长' --with JP024 --minutes 'Needs fitters 缺人' --business growing"
        " --promise 'Send the list 送名单' --until 2026-12-01 --request 'Two fitters 钳工' --class labour.recruitment"
        " --brief N01 --dry-run"
    ),
    "visit-log-nothing": "visit log ENTERPRISE",
    "visit-log-json": "visit log ENTERPRISE --channel phone --minutes 'By phone 电话' --dry-run --format json",
    "visit-form": "visit form ENTERPRISE",
    "visit-plan": "visit plan ENTERPRISE --on 2026-12-02 --dry-run",
    "visit-confirm": "visit confirm P1 --on 2026-11-26 --dry-run",
    "visit-list": "visit list --since 2026-11-16",
    "visit-planned": "visit list --planned --until 2026-11-25 --limit 5",
    "visit-called-off": ("enterprise pause ENTERPRISE --reason 停产", "visit list --called-off --since 2026-11-20"),
    "visit-show": "visit show 2361",
    "visit-show-plan": "visit show P1",
    "visit-cancel": "visit cancel 2361 --reason 'wrong day 日期有误' --dry-run",
    "visit-promise-list": (
        "visit log ENTERPRISE --met 厂长 --promise 'Send it 送达' --until 2026-12-01", "visit promise list",
    ),
    "visit-promise-done": (
        "visit log ENTERPRISE --met 厂长 --promise 'Send it 送达' --until 2026-12-01", "visit promise done 1 --dry-run",
    ),
    "request-open": "request open ENTERPRISE 'Two fitters 钳工' --class labour.recruitment --dry-run",
    "request-list": "request list",
    "request-list-stuck": "request list --stuck",
    "request-list-csv": "request list --stuck --format csv",
    "request-show": "request show 22",
    "request-show-closed": "request show 30",
    "request-show-json": "request show 26 --format json",
    "request-accept": "request accept 39 --dry-run",
    "request-reject": "request reject 42 --reason 'not ours 不属职责' --basis 'Article 5 第五条' --dry-run",
    "request-dispatch": "request dispatch 40 --department JP-A --new-department --dry-run",
    "request-dispute": (
        "request dispatch 40 --department JP-A --new-department", "request dispute 40 --reason 'not ours' --dry-run",
    ),
    "request-answer": "request answer 38 --note 'Settled 已办' --dry-run",
    "request-extend": "request extend 40 --until 2026-12-18 --reason 'a survey 需勘察' --dry-run",
    "request-close": "request close 36 --outcome solved --note 'As agreed 已解决' --dry-run",
    "request-confirm": "request confirm 30 --satisfied --dry-run",
    "request-reopen": "request reopen 31 --reason 'Nothing came 未落实' --dry-run",
    "request-withdraw": "request withdraw 40 --reason 'settled 已自行解决' --dry-run",
    "request-elevate": "request elevate --dry-run",
    "request-elevate-one": "request elevate 35 --reason 'by word of the leader 领导交办' --dry-run",
    "request-edit": "request edit 34 --class tax.refund --dry-run",
    "request-clusters": "request clusters",
    "request-classes": "request classes",
    "request-classes-add": "request classes labour.fair --name 'Job fair 招聘会' --dry-run",
    "policy-list": "policy list",
    "policy-show": "policy show J03",
    "policy-add": "policy add J99 --title 'New grant 新补助' --until 2027-06-30 --tiers A,B --worth 5万 --dry-run",
    "policy-edit": "policy edit J03 --until 2027-01-31 --dry-run",
    "policy-brief": "policy brief J03 ENTERPRISE --dry-run",
    "policy-apply": "policy apply J03 ENTERPRISE --dry-run",
    "policy-decline": "policy decline J03 ENTERPRISE --reason 'No need 不需要' --dry-run",
    "policy-relief": "policy relief",
    "policy-relief-add": "policy relief J03 ENTERPRISE --amount 20万 --kind subsidy --dry-run",
    "policy-gaps": "policy gaps --cadre JP024",
    "policy-gaps-expiring": "policy gaps --expiring 25 --format json --cadre JP050",
    "check": "check",
    "check-visits": "check --visits --since 2026-11-01 --sample 3 --seed golden",
    "report": "report coverage",
    "report-by": "report --by department,tier --period 2026-09",
    "report-against": "report --period 2026-09 --against 2026-07",
    "report-visits-against": "report visits --month 2026-10 --against 2025-11",
    "report-full": "report --full",
    "report-visits-month": "report visits --month 2026-10",
    "report-json": "report --as-of 2026-08-31 --format json",
    "report-visits": "report visits",
    "report-requests": "report requests",
    "report-policies": "report policies",
    "report-cadres": "report cadres",
    "report-overview": "report overview",
    "report-trend": "report trend",
    "report-trend-json": "report trend --periods 3 --format json",
    "report-letters": "report letters -o letters --first 7",
    "bulletin": "bulletin --month 2026-10 --issue 10",
    "bulletin-md": "bulletin --period 2026-11 --format md",
    "burden": "report burden",
    "forecast": "forecast",
    "forecast-check": "forecast --until 2026-11-30 --check",
    "scale": "scale",
    "scale-csv": "scale --list nursery --format csv",
    "enterprise-list": "enterprise list --tier A",
    "enterprise-show": "enterprise show ENTERPRISE",
    "enterprise-add": (
        "enterprise add 91339907MA0000001D --name 江畔一号有限公司 --industry C3983 --tier B --revenue 3000万"
        " --enrolled-on 2026-11-01 --above-scale --contact-phone 13900001234 --dry-run"
    ),
    "enterprise-edit": "enterprise edit ENTERPRISE --tier A --contact-name 尹志恒 --dry-run",
    "enterprise-exit": "enterprise exit ENTERPRISE --on 2026-11-23 --dry-run",
    "enterprise-pause": "enterprise pause ENTERPRISE --reason 'rebuilding 停产改造' --until 2026-12-31 --dry-run",
    "enterprise-blackout": "enterprise blackout ENTERPRISE --until 2026-12-10 --reason 'stocktaking 盘点' --dry-run",
    "enterprise-resume": (
        "enterprise pause ENTERPRISE --reason 停产 --until 2026-12-31",
        "enterprise resume ENTERPRISE --on 2026-12-01 --dry-run",
    ),
    "enterprise-peace": ("enterprise pause ENTERPRISE --reason 停产 --until 2026-12-31", "enterprise peace ENTERPRISE"),
    "cadre-list": "cadre list",
    "cadre-show": "cadre show JP024",
    "cadre-add": "cadre add JP901 --name 尹志恒 --department 统计局 --rank 3 --expertise C39,I65 --dry-run",
    "cadre-edit": "cadre edit JP024 --capacity 2 --dry-run",
    "cadre-leave": "cadre leave JP024 --on 2026-11-30 --dry-run",
    "cadre-absence": "cadre absence JP024 --from 2026-12-01 --until 2026-12-31 --deputy JP050 --dry-run",
    "calendar-show": "calendar show 2026",
    "calendar-import": "calendar import days.csv --local --dry-run",
    "calendar-export": "calendar export --cadre JP024 -o JP024.ics",
    "history": "history",
    "history-json": "history --limit 1 --format json",
    "undo": ("visit cancel 2361 --reason 误录", "undo --dry-run"),
    "undo-undo": ("visit cancel 2361 --reason 误录", "undo", "undo 5"),
    "help-topics": "help",
    "completion": "completion bash",
    "verify": ("report trend -o trend.csv", "verify trend.csv"),
    "config-list": "config list",
    "config-get": "config get due_soon_days",
    "config-set": "config set due_soon_days 21 --dry-run",
    "db-init": "--db new.db db init",
    "db-info": "db info",
    "db-check": "db check",
    "db-upgrade": "db upgrade",
    "db-backup": "db backup copy.db",
    "db-copy": "db copy golden.db copy.db",
    "db-grant": "db grant app clerk",
    "db-restore": ("db backup copy.db", "visit cancel 2361", "db restore copy.db"),
    "city-add": "city add west",
    "city-list": (*CITY, "city list"),
    "city-report": (*CITY, "city report"),
    "city-report-requests": (*CITY, "city report requests --month 2026-10"),
    "city-report-trend": (*CITY, "city report trend --periods 4"),
    "city-report-missing": (CITY[0], "city report --format json"),
    "city-check": (CITY[0], "city check"),
    "city-upgrade": (CITY[0], "city upgrade"),
    "help-visit-log": "visit log --help",
}  # fmt: skip

FILES = {
    "visits.csv": "uscc,staff_no,done_on,minutes\nENTERPRISE,JP229,2026-11-23,Orders are full 订单饱满\n",
    "mixed.csv": "uscc,staff_no,done_on\nENTERPRISE,JP229,2026-11-22\nENTERPRISE,JP999,2026-11-20\n",
    "faults.csv": "uscc,name,tier,above_scale\n91339907MA0000001X,江畔一号,D,yes\n91339907MA0000002G,,A,maybe\n",
    "few.csv": (
        "uscc,name,subdistrict,tier,above_scale,enrolled_on\n"
        "91339907MA0000001D,江畔一号,Jiangpan 江畔,A,yes,2026-01-01\n"
        "91339907MA0000002G,江畔二号,Jiangpan 江畔,B,yes,2026-11-01\n"
    ),
    "city.toml": '"江北 North" = "golden.db"\n"few" = "few.db"\n"none" = "none.db"\n',
    "days.csv": "day,kind,name\n2026-12-07,off,Fair 展会\n2026-12-12,worked,Fair 展会\n",
}
VOLATILE = {
    r'data-district="[0-9a-f]{8}"': 'data-district="MARK"',
    r"\d{4}-\d\d-\d\d \d\d:\d\d": "YYYY-MM-DD HH:MM",
    r"\d{4}-\d\d-\d\dT\d{6}\+0000": "YYYY-MM-DDTHHMMSS+0000",
    r"\b[0-9a-f]{64}\b": "0" * 64,
    r"\b[0-9a-f]{16}\b": "0" * 16,
    r'"host": "[^"]*"': '"host": "HOST"',
    r"(/[^/\s]+)+(?=/(district|examples)\b)": "FOLDER",
}


@pytest.mark.parametrize("lang", ["en", "zh"])
@pytest.mark.parametrize("name", GOLDENS)
def test_a_command_prints_what_it_printed(
    esm: Esm, districts: dict[str, Path], tmp_path: Path, monkeypatch: pytest.MonkeyPatch,
    request: pytest.FixtureRequest, name: str, lang: str,
) -> None:  # fmt: skip
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("ESM_CITY", "city.toml")
    db = Path("golden.db")
    shutil.copy(districts[lang], db)
    meant = _meant(db)
    for file, text in FILES.items():
        Path(file).write_text(text.replace("ENTERPRISE", meant["ENTERPRISE"]), encoding="utf-8")
    *before, words = [[meant.get(word, word) for word in shlex.split(line)] for line in _lines(GOLDENS[name])]
    for line in before:
        assert esm(*line, db=db, lang=lang).code in (0, 1), line
    head = _head(db)
    ran = _helped(words, lang) if words[-1] == "--help" else esm(*words, db=db, lang=lang)
    printed = _settled(ran)
    golden = FOLDER / lang / f"{name}.txt"
    if request.config.getoption("--update-goldens"):
        golden.parent.mkdir(parents=True, exist_ok=True)
        golden.write_text(printed, encoding="utf-8")
    assert printed == golden.read_text(encoding="utf-8")
    assert _head(db) == head or "--dry-run" not in words, "a dry run must not change the district"


def test_every_command_has_a_golden() -> None:
    """So that a new command cannot be forgotten."""
    lines = [_lines(golden)[-1] for golden in GOLDENS.values()]
    missing = [path for path in _commands(app.tree(), "") if not _is_asked(path, lines)]
    assert missing == []


def test_every_file_of_a_golden_belongs_to_a_command() -> None:
    for lang in ("en", "zh"):
        assert {path.stem for path in (FOLDER / lang).glob("*")} == GOLDENS.keys()


def _is_asked(path: str, lines: list[str]) -> bool:
    return any(
        f"{line} ".removeprefix("--db new.db ").startswith(f"{path} ") and "--help" not in line for line in lines
    )


def _commands(command: object, path: str) -> Iterator[str]:
    if not isinstance(command, TyperGroup):
        yield path
    else:
        for name, inner in command.commands.items():
            yield from _commands(inner, f"{path} {name}".strip())


def _lines(golden: str | tuple[str, ...]) -> tuple[str, ...]:
    return (golden,) if isinstance(golden, str) else golden


def _meant(db: Path) -> dict[str, str]:
    """Return the codes that the words in capitals stand for."""
    with connection.reading(FilePlace(db)) as reading:
        served = reading.value(
            "SELECT uscc FROM service JOIN enterprise ON enterprise.id = enterprise_id ORDER BY uscc"
        )
        unserved = reading.value(
            """SELECT uscc FROM clock WHERE end_on IS NULL
               AND enterprise_id NOT IN (SELECT enterprise_id FROM pairing WHERE end_on IS NULL) ORDER BY uscc"""
        )
    return {"ENTERPRISE": served, "UNSERVED": unserved}


def _head(db: Path) -> object:
    with connection.reading(FilePlace(db)) as reading:
        return reading.head()


def _helped(words: list[str], lang: str) -> Ran:
    """Run in a process of its own: help texts are in the language that was set when they were loaded."""
    ran = subprocess.run(
        [sys.executable, "-m", "esm", "--lang", lang, *words],
        capture_output=True, text=True, check=True, env={"PATH": "", "COLUMNS": "80"},
    )  # fmt: skip
    return Ran(ran.returncode, ran.stdout, ran.stderr)


def _settled(ran: Ran) -> str:
    """Return what was printed, written as text and not 0, with fixed words for what differs from run to run."""
    text = ran.out
    for path in sorted(path for path in Path().rglob("*") if path.suffix in (".ics", ".md")):
        text += f"--- {path}\n{path.read_text(encoding='utf-8')}"
    if ran.err:
        text += f"--- standard error\n{ran.err}"
    if ran.code:
        text += f"--- exit {ran.code}\n"
    for pattern, word in VOLATILE.items():
        text = re.sub(pattern, word, text)
    return re.sub(r" {2,}", "  ", text) if "FOLDER" in text else text
