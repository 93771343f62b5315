"""Who is to see to a finding, and where: the cadre, the department and the subdistrict of a day."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from datetime import date

from esm.domain.visits.check_findings import Finding
from esm.storage.database.connection import Reading
from esm.storage.policies import progress
from esm.storage.register import cadres, enterprises


def with_places(reading: Reading, on: date, findings: Iterable[Finding]) -> list[Finding]:
    """Return the findings with the cadre they are about, else the one who serves the enterprise, and both places.

    The subdistrict is that of the enterprise; of a finding about a cadre alone, that of the cadre.
    """
    people = {cadre.staff_no: cadre for cadre in cadres.on_day(reading, on)}
    serving = progress.servers(reading, on)
    subdistricts = enterprises.subdistricts_of(reading, on)
    found = []
    for each in findings:
        server = None if each.uscc is None else serving.get(each.uscc)
        staff_no = each.staff_no or (None if server is None else server.staff_no)
        cadre = None if staff_no is None else people.get(staff_no)
        own = None if cadre is None else cadre.subdistrict
        found.append(
            replace(
                each,
                staff_no=staff_no,
                cadre=None if cadre is None else cadre.name,
                department=None if cadre is None else cadre.department,
                subdistrict=own if each.uscc is None else subdistricts.get(each.uscc),
            )
        )
    return found
