"""The dated log of failovers: a line for each that was tried, where ESM_FAILOVER_LOG names a file for them."""

from __future__ import annotations

import os
import platform
from datetime import datetime, timedelta, timezone
from pathlib import Path

from tests.failover.judgement import Judgement

HEADING = """# Failovers

`make failover` adds a line for each server that it kills while six desks write (`tests/failover`), by night and before
a release. *Confirmed* commands ended with 0; *refused* ones with 6 and said that nothing was saved; of *unknown* ones
esm said that it does not know, and `esm history` then showed how many were saved. *Lost* would be confirmed and not
there. *Writable* is the time from the kill until a command was confirmed that began after it.

| day in China | failover | machine | versions | confirmed | refused | unknown (saved) | lost | writable | slowest |
|---|---|---|---|---|---|---|---|---|---|
"""


def note(failover: str, versions: str, judgement: Judgement) -> None:
    """Add a line to the log, if one is kept."""
    named = os.environ.get("ESM_FAILOVER_LOG")
    if not named:
        return
    log = Path(named)
    if not log.exists():
        log.write_text(HEADING, encoding="utf-8")
    cells = [
        f"{datetime.now(timezone(timedelta(hours=8))):%Y-%m-%d %H:%M}",
        failover,
        f"{platform.system()} {platform.machine()}, {os.cpu_count()} cores, load {os.getloadavg()[0]:.0f}",
        f"{versions}, Python {platform.python_version()}",
        str(judgement.confirmed),
        str(judgement.refused),
        f"{judgement.unknown} ({judgement.unknown_saved})",
        str(len(judgement.lost)),
        f"{judgement.writable_after:.1f} s",
        f"{judgement.longest:.1f} s",
    ]
    with log.open("a", encoding="utf-8") as lines:
        lines.write(f"| {' | '.join(cells)} |\n")
