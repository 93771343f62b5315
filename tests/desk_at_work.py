"""A small district at work: six enterprises of three cadres with their plan, and commands drawn at random."""

from __future__ import annotations

import shutil
from datetime import date, timedelta
from pathlib import Path

from hypothesis import strategies as st
from tests.district import code

from esm.__main__ import main

DAY = timedelta(days=1)
MONDAY = date(2026, 11, 23)
FIRMS = [code(number) for number in range(1, 7)]
STAFF = ["1001", "1002", "1003"]
UNTIL = "2027-04-30"


def on(days: int) -> str:
    return str(MONDAY + days * DAY)


def make(folder: Path, empty_database: Path, *, is_planned: bool = True) -> Path:
    """Return a database with six enterprises of three cadres and, unless not wanted, their plan."""
    path = folder / "template.db"
    shutil.copy(empty_database, path)
    (folder / "cadres.csv").write_text(
        "staff_no,name,subdistrict,active_from,capacity\n"
        + "".join(f"{number},尹虚{number},江南,2020-01-01,6\n" for number in STAFF),
        encoding="utf-8",
    )
    (folder / "enterprises.csv").write_text(
        "uscc,name,above_scale,enrolled_on,subdistrict,tier\n"
        + "".join(
            f"{firm},江畔{n}号,是,{date(2026, 9, 25) + 5 * n * DAY},{'江南' if n % 2 else '江北'},{'ABC'[n % 3]}\n"
            for n, firm in enumerate(FIRMS)
        ),
        encoding="utf-8",
    )
    (folder / "pairings.csv").write_text(
        "uscc,staff_no,start_on\n" + "".join(f"{firm},{STAFF[n % 3]},2026-10-01\n" for n, firm in enumerate(FIRMS)),
        encoding="utf-8",
    )
    common = ["--db", str(path), "--today", str(MONDAY), "--actor", "clerk", "--quiet"]
    assert main([*common, "import", *map(str, sorted(folder.glob("*.csv")))]) == 0
    if is_planned:
        assert main([*common, "schedule", "--until", UNTIL]) == 0
    return path


firms, staff = st.sampled_from(FIRMS), st.sampled_from(STAFF)
ahead = st.integers(0, 120).map(on)
spans = st.tuples(st.integers(0, 90), st.integers(0, 40)).map(lambda drawn: (on(drawn[0]), on(sum(drawn))))
COMMANDS = st.one_of(
    st.builds(lambda f, d: ("visit", "log", f, "--on", on(-d), "--minutes", "走访"), firms, st.integers(0, 20)),
    st.builds(lambda f, d: ("enterprise", "exit", f, "--on", d), firms, ahead),
    st.builds(lambda f: ("enterprise", "edit", f, "--enrolled-on", str(MONDAY)), firms),
    st.builds(lambda f, t: ("enterprise", "edit", f, "--tier", t), firms, st.sampled_from("ABC")),
    st.builds(
        lambda f, s: ("enterprise", "pause", f, "--from", s[0], "--until", s[1], "--reason", "停产"), firms, spans
    ),
    st.builds(lambda f: ("enterprise", "resume", f), firms),
    st.builds(
        lambda f, s: ("enterprise", "blackout", f, "--from", s[0], "--until", s[1], "--reason", "盘点"), firms, spans
    ),
    st.builds(lambda f, c: ("pair", f, c), firms, staff),
    st.builds(lambda f, c, d: ("pair", f, c, *(word for each in d for word in ("--deputy", each))), firms, staff,
              st.lists(staff, min_size=1, max_size=2, unique=True)),
    st.builds(lambda f, c: ("pair", f, c, "--no-deputy"), firms, staff),
    st.builds(lambda f: ("unpair", f), firms),
    st.builds(lambda c, f: ("recuse", c, f, "--reason", "亲属"), staff, firms),
    st.builds(lambda c, d: ("handover", c, "--on", d), staff, ahead),
    st.builds(lambda c, d: ("cadre", "leave", c, "--on", d), staff, ahead),
    st.builds(
        lambda c, s, d: ("cadre", "absence", c, "--from", s[0], "--until", s[1], "--deputy", d), staff, spans, staff
    ),
    st.builds(lambda c, s: ("cadre", "absence", c, "--from", s[0], "--until", s[1]), staff, spans),
    st.builds(lambda f: ("visit", "confirm", f), firms),
    st.builds(lambda f, d: ("visit", "confirm", f, "--on", d), firms, ahead),
    st.builds(lambda n: ("visit", "cancel", f"P{n}", "--reason", "不便"), st.integers(1, 12)),
    st.sampled_from(
        [
            ("assign",), ("undo",), ("config", "set", "cadence_months_b", "3"),
            ("config", "set", "visits_per_day", "1"),
            ("config", "set", "visit_gap_days", "45"), ("config", "set", "deputy_after_days", "3"),
        ]
    ),
)  # fmt: skip
