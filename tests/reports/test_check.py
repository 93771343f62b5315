"""The coverage checker: each kind of finding on the day its rule says, and not the day before."""

from __future__ import annotations

import fcntl
import os
import struct
import subprocess
import sys
import termios
from contextlib import suppress
from datetime import date, timedelta
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from tests import district, district_oracle
from tests.conftest import Esm
from tests.district import Cadre, District, Enterprise, Pairing, Span, Visit, code

from esm.domain.register import enterprise_record as enterprise_records
from esm.domain.register.cadres import Cadre as Official
from esm.domain.visits.check_findings import Finding, FindingKind
from esm.storage.database.connection import Writing
from esm.storage.database.row_values import BEGINNING
from esm.storage.register import cadres, enterprises
from esm.usecases.reports import check
from esm.usecases.visits import log

ENROLLED = date(2028, 1, 1)
DUE = date(2028, 3, 1)
DAY = timedelta(days=1)


def kinds(writing: Writing, on: date) -> list[str]:
    return [finding.kind for finding in check.findings(writing, on)]


def found(writing: Writing, on: date, kind: str) -> list[tuple[str | None, str | None]]:
    """Return (code, staff number) of the findings of one kind."""
    return [(each.uscc, each.staff_no) for each in check.findings(writing, on) if each.kind == kind]


def served(
    number: int = 1, *, visits: tuple[date, ...] = (), pauses: tuple[Span, ...] = (), left_on: date | None = None
) -> District:
    """Return a district in which one cadre serves this many enterprises."""
    firms = tuple(Enterprise(n, (Span(ENROLLED),), pauses=pauses) for n in range(1, number + 1))
    pairs = tuple(Pairing(firm.uscc, "1001", Span(ENROLLED)) for firm in firms)
    done = tuple(Visit(code(1), "1001", day) for day in visits)
    return District(firms, (Cadre("1001", left_on=left_on),), pairs, done)


def enrol(writing: Writing, number: int = 1, **values: Any) -> None:
    words: dict[str, Any] = {"name": f"江畔{number}号有限公司", "above_scale": True, "enrolled_on": ENROLLED}
    enterprises.add(writing, [enterprise_records.Enterprise(uscc=code(number), **words | values)], ENROLLED)


def test_where_every_promise_is_kept_nothing_is_found(writing: Writing) -> None:
    district.store(writing, served(visits=(ENROLLED,)))
    assert kinds(writing, DUE) == []


@given(told=district.districts(), on=district.days)
def test_who_is_unserved_or_late_is_what_the_rules_say(writing: Writing, told: District, on: date) -> None:
    writing.connection.execute("SAVEPOINT drawn")
    district.store(writing, told)
    every = check.findings(writing, on)
    writing.connection.execute("ROLLBACK TO drawn")
    lines = district_oracle.due_list(told, on, district_oracle.AHEAD)
    late = [line for line in lines if line.state == "overdue"]
    alone = district_oracle.unserved(told, on)
    assert uscc_of(every, "unserved") == sorted(row.uscc for row in alone)
    assert uscc_of(every, "cadre_left") == sorted(row.uscc for row in alone if row.staff_no is not None)
    assert uscc_of(every, "overdue") == sorted(line.uscc for line in late)
    assert uscc_of(every, "never_visited") == sorted(line.uscc for line in lines if line.last_visit_on is None)
    loads = {staff_no: district_oracle.load(told, staff_no, on) for staff_no in district.STAFF}
    busy = [each.staff_no for each in every if each.kind == "over_capacity"]
    assert busy == [staff_no for staff_no, load in loads.items() if load > 1]


def uscc_of(findings: list[Finding], kind: str) -> list[str]:
    return sorted(each.uscc for each in findings if each.kind == kind and each.uscc is not None)


def test_an_enterprise_without_a_cadre_is_unserved_from_its_first_day(writing: Writing) -> None:
    district.store(writing, District((Enterprise(1, (Span(ENROLLED),)),)))
    assert kinds(writing, ENROLLED - DAY) == []
    assert found(writing, ENROLLED, "unserved") == [(code(1), None)]


def test_a_cadre_who_left_is_named_from_the_day_of_leaving(writing: Writing) -> None:
    left_on = date(2028, 2, 1)
    district.store(writing, served(left_on=left_on, visits=(ENROLLED,)))
    assert kinds(writing, left_on - DAY) == ["no_free_day"]  # nobody is left in the window of the next visit
    assert kinds(writing, left_on) == ["unserved", "cadre_left"]
    assert found(writing, left_on, "cadre_left") == [(code(1), "1001")]


def test_more_enterprises_than_room_is_over_capacity(writing: Writing) -> None:
    district.store(writing, served(2))
    assert found(writing, ENROLLED, "over_capacity") == [(None, "1001")]


def test_as_many_enterprises_as_room_is_not_over_capacity(writing: Writing) -> None:
    district.store(writing, served(2))
    cadres.edit(writing, cadres.load(writing)["1001"], {"capacity": 2}, ENROLLED)
    assert kinds(writing, ENROLLED) == ["never_visited", "never_visited"]


def test_a_cadre_who_left_is_not_over_capacity(writing: Writing) -> None:
    district.store(writing, served(2, left_on=DUE))
    assert found(writing, DUE - DAY, "over_capacity") == [(None, "1001")]
    assert found(writing, DUE, "over_capacity") == []


def test_a_recused_pair_is_found_while_it_lasts(writing: Writing) -> None:
    district.store(writing, served(left_on=DUE))
    writing.insert(
        "recusal", [{"cadre_id": 1, "enterprise_id": 1, "reason": "relative's business", "start_on": BEGINNING}]
    )
    assert kinds(writing, ENROLLED - DAY) == []
    assert found(writing, DUE - DAY, "recused_pair") == [(code(1), "1001")]
    assert found(writing, DUE, "recused_pair") == []


def test_a_recusal_without_a_pair_is_as_it_should_be(writing: Writing) -> None:
    district.store(writing, served())
    writing.insert("enterprise", [{"uscc": code(7), "name": "江畔七号有限公司"}])
    writing.insert("recusal", [{"cadre_id": 1, "enterprise_id": 2, "reason": "former employer", "start_on": BEGINNING}])
    assert kinds(writing, ENROLLED) == ["never_visited"]


def test_never_visited_is_found_while_no_visit_is_on_record(writing: Writing) -> None:
    district.store(writing, served())
    assert kinds(writing, ENROLLED - DAY) == []
    assert kinds(writing, ENROLLED) == kinds(writing, DUE) == ["never_visited"]
    assert kinds(writing, DUE + DAY) == ["never_visited", "overdue"]


def test_one_visited_long_ago_is_overdue_but_not_never_visited(writing: Writing) -> None:
    district.store(writing, served(visits=(ENROLLED,)))
    assert kinds(writing, DUE) == []
    assert kinds(writing, DUE + DAY) == ["overdue"]


def test_a_paused_enterprise_is_not_overdue(writing: Writing) -> None:
    district.store(writing, served(pauses=(Span(DUE, DUE + 9 * DAY),)))
    assert kinds(writing, DUE + 8 * DAY) == ["never_visited"]
    assert kinds(writing, DUE + 9 * DAY) == ["never_visited", "overdue"]


@pytest.mark.parametrize(("revenue", "is_found"), [("1999.99", False), ("2000", True), (None, False)])
@pytest.mark.parametrize("above_scale", [False, None])
def test_above_the_line_but_not_on_the_register_is_predicted(
    writing: Writing, revenue: str | None, is_found: bool, above_scale: bool | None
) -> None:
    amount = None if revenue is None else Decimal(revenue)
    enrol(writing, above_scale=above_scale, industry_code="C3983", revenue=amount)
    assert found(writing, ENROLLED, "predicted_above_scale") == [(code(1), None)] * is_found


@pytest.mark.parametrize(("revenue", "is_found"), [("1999.99", True), ("2000", False), (None, False)])
def test_on_the_register_but_below_the_line_is_found(writing: Writing, revenue: str | None, is_found: bool) -> None:
    enrol(writing, industry_code="C3983", revenue=None if revenue is None else Decimal(revenue))
    assert found(writing, ENROLLED, "below_line") == [(code(1), None)] * is_found


def test_one_that_has_yet_to_enter_is_not_judged_by_the_line(writing: Writing) -> None:
    enrol(writing, industry_code="C3983", revenue=Decimal(1), enrolled_on=DUE)
    assert found(writing, DUE - DAY, "below_line") == []
    assert found(writing, DUE, "below_line") == [(code(1), None)]


def test_one_that_has_left_the_register_is_no_longer_judged_by_the_line(writing: Writing) -> None:
    enrol(writing, industry_code="C3983", revenue=Decimal(1), exited_on=DUE)
    enrol(writing, 2, industry_code="C3983", revenue=Decimal(9999), above_scale=False, exited_on=DUE)
    assert kinds(writing, DUE - DAY) == ["unserved", "never_visited", "predicted_above_scale", "below_line"]
    assert kinds(writing, DUE) == []


def test_names_that_differ_by_width_case_or_spaces_are_the_same(writing: Writing) -> None:
    for number, name in enumerate(["江畔ABC有限公司", "江畔 ａｂｃ有限公司", "江畔ABD有限公司"], start=1):
        enrol(writing, number, name=name)
    assert found(writing, ENROLLED, "duplicate_name") == [(code(1), None), (code(2), None)]


def test_a_contact_is_stale_after_180_days(writing: Writing) -> None:
    enrol(writing, contact_name="虚构甲", contact_phone="19900001234")
    stale = ENROLLED + 180 * DAY
    assert found(writing, stale, "stale_contact") == []
    assert found(writing, stale + DAY, "stale_contact") == [(code(1), None)]


def test_a_counted_visit_verifies_the_contact_until_it_is_cancelled(writing: Writing) -> None:
    enrol(writing, contact_name="虚构甲")
    cadres.add(writing, [Official(staff_no="1001", name="尹虚")])
    logged = log.log(writing, code(1), done_on=DUE, today=DUE, cadre="1001")
    assert found(writing, DUE + 180 * DAY, "stale_contact") == []
    assert found(writing, DUE + 181 * DAY, "stale_contact") == [(code(1), None)]
    log.cancel(writing, logged.record.id, today=DUE)
    assert found(writing, ENROLLED + 181 * DAY, "stale_contact") == [(code(1), None)]


def test_where_there_is_no_contact_none_is_stale(writing: Writing) -> None:
    enrol(writing)
    assert found(writing, ENROLLED + 181 * DAY, "stale_contact") == []


def test_a_setting_says_after_how_many_days_a_contact_is_stale(writing: Writing) -> None:
    enrol(writing, contact_name="虚构甲")
    writing.insert("setting", [{"key": "stale_contact_days", "value": "10", "start_on": BEGINNING}])
    assert found(writing, ENROLLED + 11 * DAY, "stale_contact") == [(code(1), None)]


def test_findings_come_by_kind_then_by_code(writing: Writing) -> None:
    district.store(writing, District(tuple(Enterprise(n, (Span(ENROLLED),)) for n in (3, 1, 2))))
    every = check.findings(writing, DUE + DAY)
    kinds = list(FindingKind)
    three = (FindingKind.UNSERVED, FindingKind.NEVER_VISITED, FindingKind.OVERDUE)
    order = [(kinds.index(each.kind), each.uscc) for each in every]
    assert order == sorted((kinds.index(kind), code(n)) for kind in three
                           for n in (1, 2, 3))  # fmt: skip


def printed_on_a_terminal(*words: str) -> tuple[int, str]:
    """Run a command with a terminal of 80 columns as its standard output."""
    ours, theirs = os.openpty()
    fcntl.ioctl(theirs, termios.TIOCSWINSZ, struct.pack("HHHH", 24, 80, 0, 0))
    with subprocess.Popen([sys.executable, "-m", "esm", *words], stdout=theirs) as run:
        os.close(theirs)
        told = bytearray()
        with suppress(OSError):  # Linux says so at the end
            while part := os.read(ours, 1 << 16):
                told += part
    os.close(ours)
    return run.returncode, told.decode().replace("\r\n", "\n")


def test_on_a_terminal_it_is_one_page_and_everything_where_asked_or_in_a_pipe(
    esm: Esm, districts: dict[str, Path]
) -> None:
    words = ("--db", str(districts["en"]), "--today", "2026-11-23", "--no-color", "check")
    page, whole = printed_on_a_terminal(*words), printed_on_a_terminal(*words, "--full")
    piped = esm("check", db=districts["en"], today="2026-11-23")
    assert (page[0], whole[0], piped.code) == (1, 1, 1)
    assert len(page[1].splitlines()) <= 50 < len(whole[1].splitlines())
    assert "79 in all, the first" in page[1]
    assert "in all, the first" not in whole[1] + piped.out
