"""`esm due --digest` and `--send`: one reminder per cadre, as files and by e-mail."""

from __future__ import annotations

import os
from pathlib import Path

from esm import formats
from esm.cli.shell.context import Context
from esm.domain.schedule.digest import Digest
from esm.domain.values.settings import Settings
from esm.errors import Listed, RuleRefused, say
from esm.formats.write import file_set, smtp
from esm.sheets.schedule import digest as digest_sheet
from esm.sheets.sheet.masked_phones import with_masked_phones
from esm.storage.database import settings
from esm.usecases.schedule import digest as reminders


def remind(
    desk: Context,
    *,
    within: int | None,
    cadre: str | None,
    department: str | None,
    folder: Path | None,
    send: bool,
) -> None:
    """Write or send the reminders; both have the same content."""
    with desk.reading() as reading:
        digests = reminders.digests(reading, desk.today, within=within, cadre=cadre, department=department)
        rules = settings.load(reading, desk.today)
    texts = {digest.cadre.staff_no: _text(digest) for digest in digests}
    if folder is not None:
        _write(desk, texts, folder)
    if send:
        _send(desk, digests, texts, rules)


def _text(digest: Digest) -> str:
    return formats.text(with_masked_phones(digest_sheet.digest_report(digest)), "md")


def _write(desk: Context, texts: dict[str, str], folder: Path) -> None:
    names = file_set.names(texts, ".md")
    contents = {names[key]: text.encode() for key, text in texts.items()}
    file_set.save(folder, contents, force=desk.output.force, keep_away_from=desk.place.files)
    desk.note(say("Reminders written: {count}.", count=len(contents)))


def _send(desk: Context, digests: list[Digest], texts: dict[str, str], rules: Settings) -> None:
    if not (rules.mail_host and rules.mail_sender):
        raise RuleRefused(
            say("No mail server is configured; nothing was sent."),
            say("Configure it with `esm config set mail_host HOST` and `esm config set mail_sender ADDRESS`."),
        )
    server = smtp.MailServer(
        host=rules.mail_host, port=rules.mail_port, tls=rules.mail_tls, sender=rules.mail_sender,
        user=os.environ.get("ESM_MAIL_USER"), password=os.environ.get("ESM_MAIL_PASSWORD"),
    )  # fmt: skip
    letters = [
        smtp.Letter(digest.cadre.email, digest_sheet.digest_title(digest), texts[digest.cadre.staff_no])
        for digest in digests
        if digest.cadre.email
    ]
    if not letters:
        raise RuleRefused(
            say("None of the cadres to be reminded has an e-mail address; nothing was sent."),
            say("Add it with `esm cadre edit CADRE --email ADDRESS`."),
        )
    smtp.send(server, letters)
    desk.note(say("Reminders sent: {count}.", count=len(letters)))
    silent = [f"{digest.cadre.staff_no} {digest.cadre.name}" for digest in digests if not digest.cadre.email]
    if silent:
        desk.note(say("Not reminded, because no e-mail address is on record: {names}.", names=Listed(silent)))
