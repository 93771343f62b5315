"""Sends e-mail through an SMTP server: to everybody, or to nobody if the server refuses one recipient."""

from __future__ import annotations

import smtplib
import ssl
from collections.abc import Iterator, Sequence
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from email.message import EmailMessage
from email.utils import formatdate, make_msgid
from typing import Protocol

from esm.errors import RuleRefused, StorageRefused, say
from esm.formats.write.cell_text import visible

PATIENCE_SECONDS = 20.0
CALENDAR = "visits.ics"
_AT_ONCE = 10  # letters; of so many it is unknown at most whether they were sent when the program is killed


@dataclass(frozen=True, slots=True, kw_only=True)
class MailServer:
    """The mail server: `tls` is `tls`, `starttls` or `none`; user and password only if it requires them."""

    host: str
    port: int
    tls: str
    sender: str
    user: str | None = None
    password: str | None = None


@dataclass(frozen=True, slots=True)
class Letter:
    """One message to one person: plain text, the same as a page, and a calendar of visits if there is one."""

    to: str
    subject: str
    text: str
    page: str
    calendar: bytes | None = None


class DeliveryLog(Protocol):
    """Keeps what is being sent, so that nothing is sent twice, whatever happens meanwhile."""

    def begin(self, letters: Sequence[Letter]) -> Sequence[Letter]:
        """Keep that these are about to be sent; return those of them that nobody else is sending."""

    def end(self, sent: Sequence[Letter], unsent: Sequence[Letter]) -> None:
        """Keep which of them the server took and which it did not; of any other that is not known."""


@dataclass(slots=True)
class _Progress:
    """How far a sending has come: how many letters the server took, and the one of which that is not known."""

    sent: int = 0
    in_doubt: Letter | None = None


def send(server: MailServer, letters: Sequence[Letter], log: DeliveryLog) -> None:
    """Send all letters, or none if one would be refused; a few at a time stand in the log before they are sent.

    Raises RuleRefused for an address, StorageRefused for the server.
    """
    progress = _Progress()
    try:
        with _connect(server) as smtp, _gone_at_once_when_stopped(smtp):
            for letter in letters:
                _require_accepted(smtp, server, letter)
            for start in range(0, len(letters), _AT_ONCE):
                _send_some(smtp, server, letters[start : start + _AT_ONCE], log, progress)
    except (OSError, smtplib.SMTPException) as error:
        raise _refusal(server, error, progress, len(letters)) from error


@contextmanager
def _gone_at_once_when_stopped(smtp: smtplib.SMTP) -> Iterator[None]:
    """Leave without a good-bye on Ctrl-C: a server that hangs would be waited for once more."""
    try:
        yield
    except (KeyboardInterrupt, SystemExit):
        smtp.close()
        raise


def _send_some(
    smtp: smtplib.SMTP, server: MailServer, letters: Sequence[Letter], log: DeliveryLog, progress: _Progress
) -> None:
    ours, sent = log.begin(letters), []
    try:
        for letter in ours:
            progress.in_doubt = letter
            smtp.send_message(_message(server, letter))
            progress.in_doubt = None
            progress.sent += 1
            sent.append(letter)
    except (smtplib.SMTPResponseException, smtplib.SMTPRecipientsRefused):
        progress.in_doubt = None  # the server said that it does not take it
        raise
    finally:
        log.end(sent, [letter for letter in ours if letter not in (*sent, progress.in_doubt)])


def _refusal(server: MailServer, error: Exception, progress: _Progress, count: int) -> StorageRefused:
    with_whom = {"host": server.host, "port": server.port, "reason": _reason(error)}
    if progress.sent == 0 and progress.in_doubt is None:
        return StorageRefused(
            say("The mail server {host}:{port} cannot be used: {reason}.", **with_whom),
            say("Nothing was sent. Check the settings mail_host, mail_port, mail_tls and mail_sender."),
        )
    lost = say("The connection to the mail server {host}:{port} was lost: {reason}.", **with_whom)
    if progress.in_doubt is None:
        hint = say("The first {sent} of {count} messages were sent; the same command sends the others.",
                   sent=progress.sent, count=count)  # fmt: skip
    else:
        hint = say("The first {sent} of {count} messages were sent; whether the one to {to} was is not known. "
                   "The same command sends the others.",
                   sent=progress.sent, count=count, to=progress.in_doubt.to)  # fmt: skip
    return StorageRefused(lost, hint)


def _connect(server: MailServer) -> smtplib.SMTP:
    """Return an authenticated connection; certificates are verified."""
    if server.tls == "tls":
        context = ssl.create_default_context()
        smtp: smtplib.SMTP = smtplib.SMTP_SSL(server.host, server.port, timeout=PATIENCE_SECONDS, context=context)
    else:
        smtp = smtplib.SMTP(server.host, server.port, timeout=PATIENCE_SECONDS)
    try:
        if server.tls == "starttls":
            smtp.starttls(context=ssl.create_default_context())
        if server.user:
            smtp.login(server.user, server.password or "")
    except BaseException:
        smtp.close()
        raise
    return smtp


def _require_accepted(smtp: smtplib.SMTP, server: MailServer, letter: Letter) -> None:
    """Ask the server whether it accepts a letter, without sending it."""
    smtp.ehlo_or_helo_if_needed()
    for code, answer in (smtp.mail(server.sender), smtp.rcpt(letter.to)):
        if code not in {250, 251}:
            with suppress(smtplib.SMTPException):
                smtp.rset()
            raise RuleRefused(
                say("The mail server does not accept the message to {to}: {reason}.",
                    to=letter.to, reason=visible(f"{code} {_text(answer)}")),
                say("Nothing was sent. Correct the address with `esm cadre edit`, or the setting mail_sender."),
            )  # fmt: skip
    smtp.rset()


def _message(server: MailServer, letter: Letter) -> EmailMessage:
    message = EmailMessage()
    message["From"], message["To"] = server.sender, letter.to
    message["Subject"] = visible(letter.subject)
    message["Date"] = formatdate(localtime=False)
    message["Message-ID"] = make_msgid(domain=server.sender.partition("@")[2] or None)
    message.set_content(letter.text, charset="utf-8")
    message.add_alternative(letter.page, subtype="html", charset="utf-8")
    if letter.calendar is not None:
        message.add_attachment(
            letter.calendar, maintype="text", subtype="calendar", filename=CALENDAR,
            params={"charset": "utf-8", "method": "PUBLISH"},
        )  # fmt: skip
    return message


def _reason(error: Exception) -> str:
    if isinstance(error, smtplib.SMTPResponseException):
        return visible(f"{error.smtp_code} {_text(error.smtp_error)}")
    return visible(str(error) or type(error).__name__)


def _text(answer: bytes | str) -> str:
    return answer.decode("utf-8", errors="replace") if isinstance(answer, bytes) else answer
