"""Reminders: one file for each cadre, and by mail through a real server on this machine."""

from __future__ import annotations

import shutil
import socket
import ssl
import subprocess
from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from email import message_from_bytes, policy
from email.message import EmailMessage
from pathlib import Path
from typing import Any

import pytest
from aiosmtpd.controller import Controller
from tests.conftest import HEADER, Esm
from tests.district import code
from tests.request_case import moved

from esm.domain.register.cadres import Cadre
from esm.domain.requests.records import RequestRecord
from esm.domain.schedule.digest import Digest
from esm.domain.schedule.planned_visit import PlanRecord
from esm.storage.database import connection, settings
from esm.storage.database.place import Place


class Postman:
    """Takes letters, but for addresses that begin with `gone`; with `breaks_at`, breaks off at that letter."""

    def __init__(self) -> None:
        self.letters: list[EmailMessage] = []
        self.breaks_at = 0

    async def handle_RCPT(self, server: Any, session: Any, envelope: Any, address: str, options: Any) -> str:  # noqa: N802
        if address.startswith("gone"):
            return "550 no such user"
        envelope.rcpt_tos.append(address)
        return "250 OK"

    async def handle_DATA(self, server: Any, session: Any, envelope: Any) -> str:  # noqa: N802
        if len(self.letters) + 1 == self.breaks_at:
            return "451 out of paper"
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


def point(path: Path, port: int, tls: str = "none", host: str = "127.0.0.1") -> None:
    with connection.writing(Place(path), HEADER) as writing:
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
    desk("visit", "log", code(1))
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
    desk("visit", "log", code(1), "--promise", "回复用电", "--until", "2027-03-01")
    desk("due", "--digest", str(tmp_path / "d"), "--cadre", "1001")
    assert "回复用电" in (tmp_path / "d" / "1001.md").read_text(encoding="utf-8")


def test_nothing_is_overwritten_unless_forced(desk: Esm, tmp_path: Path) -> None:
    assert desk("due", "--digest", str(tmp_path / "d")).code == 0
    assert desk("due", "--digest", str(tmp_path / "d")).code == 4
    assert desk("due", "--digest", str(tmp_path / "d"), "--force").code == 0


def test_nothing_is_sent_without_being_asked(
    desk: Esm, path: Path, office: Controller, postman: Postman, tmp_path: Path
) -> None:
    point(path, office.port)
    desk("due", "--digest", str(tmp_path / "d"))
    assert postman.letters == []


def test_the_reminders_arrive_as_they_would_be_written(
    desk: Esm, path: Path, office: Controller, postman: Postman, tmp_path: Path
) -> None:
    point(path, office.port)
    ran = desk("due", "--digest", str(tmp_path / "d"), "--send")
    assert (ran.code, "Reminders sent: 2." in ran.err) == (0, True)
    assert [letter["To"] for letter in postman.letters] == ["yin1@office.example", "yin2@office.example"]
    assert {letter["From"] for letter in postman.letters} == {"esm@office.example"}
    written = (tmp_path / "d" / "1001.md").read_text(encoding="utf-8")
    assert postman.letters[0].get_content().replace("\r\n", "\n") == written
    assert "2026-11-23" in postman.letters[0]["Subject"]


def test_one_address_that_is_refused_stops_all(desk: Esm, path: Path, office: Controller, postman: Postman) -> None:
    point(path, office.port)
    desk("cadre", "edit", "1002", "--email", "gone@office.example")
    ran = desk("due", "--send")
    assert (ran.code, postman.letters) == (4, [])
    assert "gone@office.example: 550 no such user" in ran.err
    assert "Nothing was sent" in ran.err


def test_a_server_that_breaks_off_says_how_far_it_came(
    desk: Esm, path: Path, office: Controller, postman: Postman
) -> None:
    point(path, office.port)
    postman.breaks_at = 2
    ran = desk("due", "--send")
    assert (ran.code, len(postman.letters)) == (6, 1)
    assert "451 out of paper" in ran.err
    assert "The first 1 of 2" in ran.err


def test_who_has_no_address_is_named(desk: Esm, path: Path, office: Controller, postman: Postman) -> None:
    point(path, office.port)
    with connection.writing(Place(path), HEADER) as writing:
        writing.connection.execute("UPDATE cadre SET email = NULL WHERE staff_no = '1002'")
    ran = desk("due", "--send")
    assert (ran.code, len(postman.letters)) == (0, 1)
    assert "1002 尹虚2" in ran.err


def test_a_slip_in_the_setting_never_sends_without_tls(
    desk: Esm, path: Path, office: Controller, postman: Postman
) -> None:
    point(path, office.port, tls="TLS")
    ran = desk("due", "--send")
    assert (ran.code, postman.letters) == (6, [])
    assert "mail_tls" in ran.err


def test_a_server_that_is_not_there_is_refused(desk: Esm, path: Path) -> None:
    point(path, 1)
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
    desk: Esm, path: Path, postman: Postman, certificate: tuple[Path, Path], tls: str, is_trusted: bool,
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
        point(path, controller.port, tls, host="localhost")
        if is_trusted:
            monkeypatch.setenv("SSL_CERT_FILE", str(cert))
        ran = desk("due", "--send")
        assert (ran.code, len(postman.letters)) == ((0, 2) if is_trusted else (6, 0)), ran.err
    finally:
        controller.stop()
