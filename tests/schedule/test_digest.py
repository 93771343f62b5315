"""Reminders: one file for each cadre, and by mail through a real server on this machine."""

from __future__ import annotations

import asyncio
import shutil
import signal
import socket
import ssl
import subprocess
import sys
import threading
from collections.abc import Iterator
from dataclasses import replace
from datetime import date, timedelta
from email import message_from_bytes, policy
from email.message import EmailMessage
from pathlib import Path
from typing import Any

import pytest
import vobject
from aiosmtpd.controller import Controller
from hypothesis import given
from hypothesis import strategies as st
from icalendar import Calendar, Event
from tests.conftest import HEADER, Esm
from tests.district import code
from tests.request_case import moved

from esm.domain.register.cadres import Cadre
from esm.domain.register.scope_status import ScopeBasis
from esm.domain.requests.records import RequestRecord
from esm.domain.schedule.digest import Digest
from esm.domain.schedule.due_list import DueRow, DueState, DueVisit
from esm.domain.schedule.planned_visit import PlanRecord
from esm.domain.values.intervals import DAY
from esm.domain.visits.records import PromiseRecord
from esm.formats.write.cell_text import width
from esm.sheets.schedule import digest_message
from esm.storage.database import connection, settings
from esm.storage.database.place import Place


class Postman:
    """Takes letters, but for addresses that begin with `gone`; with `breaks_at`, breaks off at that letter; with
    `hangs_at`, says nothing to it until it may go on."""

    def __init__(self) -> None:
        self.letters: list[EmailMessage] = []
        self.breaks_at = 0
        self.hangs_at = 0
        self.is_hanging, self.go_on = threading.Event(), threading.Event()

    async def handle_RCPT(self, server: Any, session: Any, envelope: Any, address: str, options: Any) -> str:  # noqa: N802
        if address.startswith("gone"):
            return "550 no such user"
        envelope.rcpt_tos.append(address)
        return "250 OK"

    async def handle_DATA(self, server: Any, session: Any, envelope: Any) -> str:  # noqa: N802
        if len(self.letters) + 1 == self.breaks_at:
            return "451 out of paper"
        if len(self.letters) + 1 == self.hangs_at:
            self.hangs_at = 0
            self.is_hanging.set()
            await asyncio.to_thread(self.go_on.wait, 30)
            return "451 too late"
        letter = message_from_bytes(envelope.content, policy=policy.default)
        assert isinstance(letter, EmailMessage)
        self.letters.append(letter)
        return "250 taken"


@pytest.fixture
def postman() -> Postman:
    return Postman()


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


@pytest.fixture
def office(postman: Postman) -> Iterator[Controller]:
    """Run a mail server without TLS on the loopback."""
    controller = Controller(postman, hostname="127.0.0.1", port=free_port())
    controller.start()
    yield controller
    controller.stop()


def point(place: Place, port: int, tls: str = "none", host: str = "127.0.0.1") -> None:
    with connection.writing(place, HEADER) as writing:
        for key, value in {"mail_host": host, "mail_port": str(port), "mail_tls": tls,
                           "mail_sender": "esm@office.example"}.items():  # fmt: skip
            settings.store(writing, key, value, date.min)


@pytest.fixture
def desk(esm: Esm) -> Esm:
    """Return the command line on a district in which two cadres each have an overdue enterprise."""
    for number, address in ((1, "yin1@office.example"), (2, "yin2@office.example")):
        esm("cadre", "add", f"100{number}", "--name", f"尹虚{number}", "--email", address)
        esm("enterprise", "add", code(number), "--name", f"江畔{number}号", "--above-scale", "--enrolled-on",
            "2026-08-01")  # fmt: skip
    esm("assign")
    return esm


def test_each_cadre_has_a_file_with_the_own_visits_only(desk: Esm, tmp_path: Path) -> None:
    assert desk("due", "--digest", str(tmp_path / "d")).code == 0
    texts = {file.name: file.read_text(encoding="utf-8") for file in (tmp_path / "d").iterdir()}
    assert set(texts) == {"1001.md", "1002.md"}
    assert [name for name, text in texts.items() if "江畔1号" in text] == ["1001.md"]
    assert [name for name, text in texts.items() if "江畔2号" in text] == ["1002.md"]


def test_who_has_nothing_to_do_is_not_reminded(desk: Esm, tmp_path: Path) -> None:
    desk("visit", "log", code(1), "--met", "Manager")
    desk("due", "--digest", str(tmp_path / "d"))
    assert [file.name for file in (tmp_path / "d").iterdir()] == ["1002.md"]


def test_a_plan_alone_and_news_alone_are_reasons_to_remind() -> None:
    day = date(2026, 11, 23)
    nothing = Digest(Cadre(staff_no="1001", name="尹虚一"), day, (), (), ())
    plan = PlanRecord(1, code(1), "江畔1号", "1001", "尹虚一", day, day, is_confirmed=False, is_provisional=False)
    news = RequestRecord(
        id=1, progress=moved(), enterprise="江畔1号", cadre=None, class_name=None, subdistrict=None, section=None
    )
    found = [nothing, replace(nothing, plans=(plan,)), replace(nothing, news=(news,))]
    assert [each.is_empty for each in found] == [True, False, False]


def test_an_open_promise_is_a_reason_to_remind(desk: Esm, tmp_path: Path) -> None:
    desk("visit", "log", code(1), "--met", "Manager", "--promise", "回复用电", "--until", "2027-03-01")
    desk("due", "--digest", str(tmp_path / "d"), "--cadre", "1001")
    assert "回复用电" in (tmp_path / "d" / "1001.md").read_text(encoding="utf-8")


def test_what_a_deputy_does_stands_in_the_deputys_reminder_alone(desk: Esm, tmp_path: Path) -> None:
    visit = ("visit", "log", code(1), "--met", "甲", "--promise", "回复用电", "--until", "2027-03-01")
    assert desk(*visit).code == 0
    away = ("cadre", "absence", "1001", "--from", "2026-11-20", "--until", "2027-03-01", "--deputy", "1002")
    assert desk(*away).code == 0
    assert desk("due", "--digest", str(tmp_path / "d"), "--within", "90").code == 0
    (file,) = (tmp_path / "d").iterdir()
    told = file.read_text(encoding="utf-8")
    assert (file.name, "尹虚2 (for 尹虚1)" in told, "回复用电" in told) == ("1002.md", True, True)
    assert desk("due", "--digest", str(tmp_path / "m"), "--message", "--within", "90", "--cadre", "1002").code == 0
    assert "· 江畔1号 (for 尹虚1): due in" in (tmp_path / "m" / "1002.txt").read_text(encoding="utf-8")
    assert desk("due", "--digest", str(tmp_path / "n"), "--within", "90", "--cadre", "1001").code == 0
    assert list((tmp_path / "n").iterdir()) == []


def test_promises_and_news_stand_by_their_day_whosever_they_were(desk: Esm, tmp_path: Path) -> None:
    for number, words, until in ((1, "晚的", "2027-03-01"), (2, "早的", "2027-02-01")):
        visit = ("visit", "log", code(number), "--met", "甲", "--promise", words, "--until", until)
        assert desk(*visit).code == 0
    for number, subject, day in ((1, "后到", "2026-11-20"), (2, "先到", "2026-11-19")):
        opened = ("request", "open", code(number), subject, "--class", "labour", "--department", "局", "--on", day)
        assert desk(*opened, "--new-department").code == 0
        assert desk("request", "answer", str(number), "--note", "已办").code == 0
        assert desk("request", "close", str(number), "--outcome", "solved").code == 0
    away = ("cadre", "absence", "1002", "--from", "2026-11-20", "--until", "2027-03-01", "--deputy", "1001")
    assert desk(*away).code == 0
    assert desk("due", "--digest", str(tmp_path / "d"), "--cadre", "1001").code == 0
    told = (tmp_path / "d" / "1001.md").read_text(encoding="utf-8")
    assert 0 < told.index("早的") < told.index("晚的")
    assert 0 < told.index("先到") < told.index("后到")


def test_nothing_is_overwritten_unless_forced(desk: Esm, tmp_path: Path) -> None:
    assert desk("due", "--digest", str(tmp_path / "d")).code == 0
    assert desk("due", "--digest", str(tmp_path / "d")).code == 4
    assert desk("due", "--digest", str(tmp_path / "d"), "--force").code == 0


def test_nothing_is_sent_without_being_asked(
    desk: Esm, place: Place, office: Controller, postman: Postman, tmp_path: Path
) -> None:
    point(place, office.port)
    desk("due", "--digest", str(tmp_path / "d"))
    assert postman.letters == []


def test_the_reminders_arrive_as_they_would_be_written(
    desk: Esm, place: Place, office: Controller, postman: Postman, tmp_path: Path
) -> None:
    point(place, office.port)
    ran = desk("due", "--digest", str(tmp_path / "d"), "--send")
    assert (ran.code, "Reminders sent: 2." in ran.err) == (0, True)
    assert [letter["To"] for letter in postman.letters] == ["yin1@office.example", "yin2@office.example"]
    assert {letter["From"] for letter in postman.letters} == {"esm@office.example"}
    written = (tmp_path / "d" / "1001.md").read_text(encoding="utf-8")
    for kind in ("plain", "html"):
        text = body(postman.letters[0], kind)
        assert "江畔1号" in text
        assert "江畔2号" not in text
        assert ("|" in written, "|" in text, "---" in text) == (True, False, False)
    assert postman.letters[0]["Subject"] == "Visits: 1 overdue, 0 due this week (2026-11-23)"


def body(letter: EmailMessage, kind: str) -> str:
    part = letter.get_body((kind,))
    assert part is not None
    return str(part.get_content())


def test_a_letter_is_text_with_the_same_as_a_page_and_a_calendar_that_programs_read(
    desk: Esm, place: Place, office: Controller, postman: Postman
) -> None:
    point(place, office.port)
    assert desk("visit", "plan", code(1), "--on", "2026-11-25").code == 0
    assert desk("visit", "confirm", "1", "--at", "09:30").code == 0
    desk("cadre", "edit", "1001", "--name", "尹虚\u200b一")
    assert desk("due", "--send", lang="zh").code == 0
    letter = postman.letters[0]
    assert [part.get_content_type() for part in letter.walk()] == [
        "multipart/mixed", "multipart/alternative", "text/plain", "text/html", "text/calendar",
    ]  # fmt: skip
    assert letter["Subject"] == "走访提醒：逾期1家，本周到期0家（2026年11月23日）"
    assert "计划2026年11月25日 09:30走访" in body(letter, "plain")
    assert "<script" not in body(letter, "html")
    (attached,) = letter.iter_attachments()
    assert attached.get_filename() == "visits.ics"
    told = attached.get_payload(decode=True)
    assert isinstance(told, bytes)
    (event,) = Calendar.from_ical(told).walk("VEVENT")
    assert isinstance(event, Event)
    theirs = vobject.readOne(told.decode()).vevent
    assert (str(event["UID"]), event.start) == (theirs.uid.value, theirs.dtstart.value)
    assert f"{event.start:%Y-%m-%d %H:%M}" == "2026-11-25 09:30"


def test_who_has_no_plan_gets_no_calendar(desk: Esm, place: Place, office: Controller, postman: Postman) -> None:
    point(place, office.port)
    with connection.writing(place, HEADER) as writing:
        writing.connection.execute("DELETE FROM plan")
    assert desk("due", "--send").code == 0
    assert [list(letter.iter_attachments()) for letter in postman.letters] == [[], []]


def test_no_name_on_record_can_add_a_header_or_a_line(
    desk: Esm, place: Place, office: Controller, postman: Postman
) -> None:
    point(place, office.port)
    with connection.writing(place, HEADER) as writing:
        writing.connection.execute("UPDATE cadre SET name = :name", {"name": "x\r\nBcc: c@d.example"})
        writing.connection.execute("UPDATE enterprise SET name = :name WHERE id = 1", {"name": "y\n<b>z</b>"})
    assert desk("due", "--send").code == 0
    for letter in postman.letters:
        assert (letter["Bcc"], letter["Cc"]) == (None, None)
        assert not any(line.startswith("Bcc") for line in body(letter, "plain").splitlines())
        assert "<b>z" not in body(letter, "html")


def test_a_message_is_plain_lines_with_the_numbers_first(desk: Esm, tmp_path: Path) -> None:
    assert desk("due", "--digest", str(tmp_path / "m"), "--message").code == 0
    assert {file.name for file in (tmp_path / "m").iterdir()} == {"1001.txt", "1002.txt"}
    lines = (tmp_path / "m" / "1001.txt").read_text(encoding="utf-8").splitlines()
    assert lines[:3] == ["Visits: 1 overdue, 0 due this week (2026-11-23)", "尹虚1 1001", "Overdue: 1"]
    assert lines[3].startswith("· 江畔1号: 53 days overdue")


@pytest.mark.parametrize("lang", ["en", "zh"])
def test_no_line_of_a_message_is_wider_than_a_telephone(desk: Esm, tmp_path: Path, lang: str) -> None:
    promise = ("--promise", "协调供电公司完成专线改造方案评审并书面答复" * 4, "--until", "2026-12-01")
    assert desk("visit", "log", code(1), "--met", "甲", "--minutes", "谈", *promise).code == 0
    assert desk("due", "--digest", str(tmp_path / "m"), "--message", lang=lang).code == 0
    lines = [line for file in (tmp_path / "m").iterdir() for line in file.read_text(encoding="utf-8").splitlines()]
    assert 79 <= max(map(width, lines)) <= 80
    assert [line for line in lines if "专线" in line and not line.endswith("…")] == []


def test_a_message_needs_a_folder(desk: Esm) -> None:
    assert desk("due", "--message").code == 2


def test_the_subject_names_the_last_day_where_the_week_is_not_looked_at_whole(desk: Esm, tmp_path: Path) -> None:
    desk("due", "--digest", str(tmp_path / "m"), "--message", "--within", "2")
    text = (tmp_path / "m" / "1001.txt").read_text(encoding="utf-8")
    assert text.startswith("Visits: 1 overdue, 0 due by 2026-11-25 (2026-11-23)")


@given(
    counts=st.tuples(*[st.integers(0, 60)] * 4),
    phone=st.sampled_from(["", "19900001234"]),
    words=st.text(min_size=1, max_size=20),
)
def test_a_message_fits_one_screen_whatever_there_is_to_do(counts: tuple[int, ...], phone: str, words: str) -> None:
    day = date(2026, 11, 23)
    late, soon, planned, promised = counts
    visits = tuple(due_visit(day - timedelta(days=3), DueState.OVERDUE) for _ in range(late)) + tuple(
        due_visit(day + timedelta(days=3), DueState.DUE_SOON) for _ in range(soon)
    )
    plans = [PlanRecord(1, code(1), "江畔1号", "1", "尹", day, day, is_confirmed=False, is_provisional=False)] * planned
    told = PromiseRecord(1, code(1), "江畔1号", 1, "1", "尹", f"{words} {phone}", day, day, None)
    digest = Digest(Cadre(staff_no="1", name="尹"), day, visits, tuple(plans), (told,) * promised, until=day + 14 * DAY)
    lines = digest_message.digest_lines(digest, digest_message.SCREEN)
    assert len(lines) <= digest_message.SCREEN
    assert f"{late} overdue, {soon} due this week" in lines[0]
    for number in filter(None, counts):
        assert any(line.endswith(f": {number}") for line in lines)
    assert phone == "" or not any(phone in line for line in lines)
    whole = digest_message.digest_lines(digest)
    assert sum(line.startswith("· ") for line in whole) == sum(counts)


def due_visit(due_on: date, state: DueState) -> DueVisit:
    row = DueRow(code(1), "江畔1号", "C", None, "1", "尹", None, due_on, None, None, ScopeBasis.REGISTER, False)
    return DueVisit(row, (date(2026, 11, 23) - due_on).days, state)


def test_one_address_that_is_refused_stops_all(desk: Esm, place: Place, office: Controller, postman: Postman) -> None:
    point(place, office.port)
    desk("cadre", "edit", "1002", "--email", "gone@office.example")
    ran = desk("due", "--send")
    assert (ran.code, postman.letters) == (4, [])
    assert "gone@office.example: 550 no such user" in ran.err
    assert "Nothing was sent" in ran.err


def test_a_server_that_breaks_off_says_how_far_it_came(
    desk: Esm, place: Place, office: Controller, postman: Postman
) -> None:
    point(place, office.port)
    postman.breaks_at = 2
    ran = desk("due", "--send")
    assert (ran.code, len(postman.letters)) == (6, 1)
    assert "451 out of paper" in ran.err
    assert "The first 1 of 2" in ran.err


def test_a_second_run_of_a_day_sends_only_what_is_new(
    desk: Esm, place: Place, office: Controller, postman: Postman
) -> None:
    point(place, office.port)
    assert desk("due", "--send").code == 0
    ran = desk("due", "--send")
    assert (ran.code, len(postman.letters)) == (0, 2)
    assert "not sent again: 2. --again sends them." in ran.err
    assert "Reminders sent" not in ran.err
    desk("visit", "log", code(2), "--met", "甲", "--promise", "回复用电", "--until", "2026-12-01")
    ran = desk("due", "--send")
    assert (ran.code, "Reminders sent: 1." in ran.err, "not sent again: 1." in ran.err) == (0, True, True)
    assert [letter["To"] for letter in postman.letters[2:]] == ["yin2@office.example"]
    assert desk("due", "--send", "--again").code == 0
    assert len(postman.letters) == 5
    assert desk("due", "--send", today="2026-11-24").code == 0
    assert len(postman.letters) == 7
    assert desk("due", "--again").code == 2


def test_what_was_sent_stands_in_the_history_by_number(desk: Esm, place: Place, office: Controller) -> None:
    point(place, office.port)
    desk("due", "--send")
    told = desk("history").out
    assert " due --send sending=2" in told
    assert " due --send sent=2" in told
    assert desk("db", "check").code == 0


def test_a_run_after_one_that_broke_off_sends_the_others(
    desk: Esm, place: Place, office: Controller, postman: Postman
) -> None:
    point(place, office.port)
    postman.breaks_at = 2
    assert "the same command sends the others" in desk("due", "--send").err
    postman.breaks_at = 0
    ran = desk("due", "--send")
    assert ran.code == 0
    assert [letter["To"] for letter in postman.letters] == ["yin1@office.example", "yin2@office.example"]


@pytest.mark.parametrize("is_killed", [False, True])
def test_of_a_letter_that_may_have_arrived_that_is_said_and_it_is_sent_only_when_asked(
    desk: Esm, place: Place, office: Controller, postman: Postman, is_killed: bool
) -> None:
    point(place, office.port)
    postman.hangs_at = 2
    words = ["--db", str(place), "--today", "2026-11-23", "--lang", "en", "--actor", "clerk", "due", "--send"]
    with subprocess.Popen([sys.executable, "-m", "esm", *words], stderr=subprocess.PIPE, text=True) as run:
        assert postman.is_hanging.wait(30)
        beside = desk("due", "--send")
        run.send_signal(signal.SIGKILL if is_killed else signal.SIGINT)
        assert (run.wait(10), len(postman.letters)) == (-signal.SIGKILL if is_killed else 130, 1)
    postman.go_on.set()
    assert (beside.code, "1001 尹虚1, 1002 尹虚2. Whether" in beside.err) == (1, True)
    again = desk("due", "--send")
    assert (again.code, len(postman.letters)) == (1, 1)
    doubtful = "1001 尹虚1, 1002 尹虚2" if is_killed else "1002 尹虚2"
    assert f"has not said that it did: {doubtful}. Whether they were reminded is not known" in again.err
    assert (desk("due", "--send", "--again", "--cadre", "1002").code, len(postman.letters)) == (0, 2)
    assert desk("due", "--send", "--cadre", "1002").code == 0


def test_who_has_no_address_is_named(desk: Esm, place: Place, office: Controller, postman: Postman) -> None:
    point(place, office.port)
    with connection.writing(place, HEADER) as writing:
        writing.connection.execute("UPDATE cadre SET email = NULL WHERE staff_no = '1002'")
    ran = desk("due", "--send")
    assert (ran.code, len(postman.letters)) == (0, 1)
    assert "1002 尹虚2" in ran.err


def test_a_slip_in_the_setting_never_sends_without_tls(
    desk: Esm, place: Place, office: Controller, postman: Postman
) -> None:
    point(place, office.port, tls="TLS")
    ran = desk("due", "--send")
    assert (ran.code, postman.letters) == (6, [])
    assert "mail_tls" in ran.err


def test_a_server_that_is_not_there_is_refused(desk: Esm, place: Place) -> None:
    point(place, 1)
    ran = desk("due", "--send")
    assert ran.code == 6
    assert "127.0.0.1:1 cannot be used" in ran.err


@pytest.mark.parametrize("words", [["--subdistrict", "x"], ["--limit", "3"], ["--check"], ["--format", "json"]])
def test_options_that_a_reminder_would_ignore_are_refused(desk: Esm, tmp_path: Path, words: list[str]) -> None:
    assert desk("due", "--digest", str(tmp_path / "d"), *words).code == 2
    assert not (tmp_path / "d").exists()


def test_without_a_server_nothing_is_sent_and_the_setting_is_named(desk: Esm) -> None:
    ran = desk("due", "--send")
    assert ran.code == 4
    assert "mail_host" in ran.err


@pytest.mark.parametrize(
    "address", ["yin", "yin@", "a b@c.example", "a@b\nBcc: c@d.example", "尹@office.example", "<a@b.c>"]
)
def test_what_is_no_address_is_refused(desk: Esm, address: str) -> None:
    assert desk("cadre", "edit", "1001", "--email", address).code == 2


@pytest.fixture
def certificate(tmp_path: Path) -> tuple[Path, Path]:
    """Return a certificate for localhost that its own key signed, and the key."""
    program = shutil.which("openssl")
    if program is None:
        pytest.skip("openssl is not installed")
    cert, key = tmp_path / "cert.pem", tmp_path / "key.pem"
    subprocess.run(
        [program, "req", "-x509", "-newkey", "rsa:2048", "-nodes", "-days", "2", "-subj", "/CN=localhost",
         "-addext", "subjectAltName=DNS:localhost", "-keyout", str(key), "-out", str(cert)],
        check=True, capture_output=True,
    )  # fmt: skip
    return cert, key


@pytest.mark.parametrize("tls", ["tls", "starttls"])
@pytest.mark.parametrize("is_trusted", [True, False])
def test_over_tls_only_a_server_with_a_trusted_certificate_gets_the_letters(
    desk: Esm, place: Place, postman: Postman, certificate: tuple[Path, Path], tls: str, is_trusted: bool,
    monkeypatch: pytest.MonkeyPatch,
) -> None:  # fmt: skip
    cert, key = certificate
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(cert, key)
    if tls == "tls":
        controller = Controller(postman, hostname="127.0.0.1", port=free_port(), ssl_context=context)
    else:
        controller = Controller(postman, hostname="127.0.0.1", port=free_port(), tls_context=context)
    controller.start()
    try:
        point(place, controller.port, tls, host="localhost")
        if is_trusted:
            monkeypatch.setenv("SSL_CERT_FILE", str(cert))
        ran = desk("due", "--send")
        assert (ran.code, len(postman.letters)) == ((0, 2) if is_trusted else (6, 0)), ran.err
    finally:
        controller.stop()
