"""`esm due --digest` and `--send`: one reminder per cadre, as files and by e-mail."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from pathlib import Path

import typer

from esm import formats
from esm.cli.schedule import due_mail
from esm.cli.shell.context import Context
from esm.domain.schedule.digest import Digest
from esm.domain.values.grouping import grouped
from esm.domain.values.settings import Settings
from esm.errors import Listed, Message, say
from esm.formats.write import file_set, ics, smtp
from esm.formats.write.cell_text import shortened, visible
from esm.sheets.schedule import digest as digest_sheet
from esm.sheets.schedule import digest_message, invitations
from esm.sheets.sheet.masked_phones import with_masked_phones
from esm.storage.database import settings
from esm.storage.database.connection import Reading
from esm.usecases.register.first_record import require_records
from esm.usecases.schedule import calendar_events
from esm.usecases.schedule import digest as reminders


@dataclass(frozen=True, slots=True, kw_only=True)
class Chosen:
    """Whom to remind, of what falls due within so many days, and whether also who was reminded today."""

    within: int | None
    cadre: str | None
    department: str | None
    again: bool = False


def remind(desk: Context, chosen: Chosen, folder: Path | None, *, is_message: bool, send: bool) -> None:
    """Write or send the reminders: as Markdown, as texts for a messenger, as mail with a page and a calendar."""
    with desk.reading() as reading:
        require_records(reading, desk.today)
        digests = reminders.digests(
            reading, desk.today, within=chosen.within, cadre=chosen.cadre, department=chosen.department
        )
        looked_at = reminders.cadres_looked_at(reading, desk.today, cadre=chosen.cadre, department=chosen.department)
        is_for_all = chosen.cadre is None and chosen.department is None
        unreached = reminders.unserved_visits(reading, desk.today, chosen.within) if is_for_all else 0
        rules = settings.load(reading, desk.today)
        calendars = _calendars(reading, digests, desk.today) if send else {}
    if folder is not None:
        texts = {digest.cadre.staff_no: _message(digest) if is_message else _text(digest, "md") for digest in digests}
        _write(desk, texts, folder, ".txt" if is_message else ".md")
    is_known = not send or _send(desk, digests, calendars, rules, again=chosen.again)
    if not digests:
        desk.note(_nothing(looked_at))
    if unreached:
        desk.note(
            say(
                "{count:unserved enterprise is|unserved enterprises are} overdue or due soon, of which no cadre is "
                "reminded: see `esm due`.",
                count=unreached,
            )
        )
    if not is_known:
        raise typer.Exit(1)


def _nothing(looked_at: int) -> Message:
    """Return why there is no reminder."""
    if not looked_at:
        return say("There was nothing to look at: none of these cadres is in post.")
    return say("{count:cadre|cadres} looked at: nothing is overdue, due, planned, promised or to be reported back.",
               count=looked_at)  # fmt: skip


def _text(digest: Digest, kind: str) -> str:
    return formats.text(with_masked_phones(digest_sheet.digest_report(digest)), kind)


def _message(digest: Digest) -> str:
    """Return the text for a messenger: of one screen, no line longer than a telephone shows."""
    lines = map(visible, digest_message.digest_lines(digest, digest_message.SCREEN))
    return "".join(f"{shortened(line, digest_message.LINE)}\n" for line in lines)


def _mail_text(digest: Digest) -> str:
    return "".join(f"{visible(line)}\n" for line in digest_message.digest_lines(digest))


def _calendars(reading: Reading, digests: Iterable[Digest], today: date) -> dict[str, bytes]:
    """Return the calendar of planned visits of each cadre who has some; without what is known of the enterprises."""
    found = calendar_events.appointments(reading, today)
    alarms, organizer = calendar_events.alarms(reading, found, today), calendar_events.organizer(reading, today)
    own = grouped(found, lambda visit: visit.staff_no)
    return {
        digest.cadre.staff_no: ics.content(
            invitations.invitations(own[digest.cadre.staff_no], alarms, {}),
            digest_message.digest_subject(digest), today=today, organizer=organizer,
        )
        for digest in digests
        if digest.cadre.staff_no in own
    }  # fmt: skip


def _write(desk: Context, texts: dict[str, str], folder: Path, ending: str) -> None:
    names = file_set.names(texts, ending)
    contents = {names[key]: text.encode() for key, text in texts.items()}
    file_set.save(folder, contents, force=desk.output.force, keep_away_from=desk.place.files)
    desk.note(say("Reminders written: {count}.", count=len(contents)))


def _send(desk: Context, digests: list[Digest], calendars: dict[str, bytes], rules: Settings, *, again: bool) -> bool:
    """Send the reminders; return whether it is known of each that it was sent."""
    due_mail.require_server(rules)
    letters = {
        digest.cadre: smtp.Letter(
            digest.cadre.email,
            digest_message.digest_subject(digest),
            _mail_text(digest),
            _text(digest, "html"),
            calendars.get(digest.cadre.staff_no),
        )
        for digest in digests
        if digest.cadre.email
    }
    is_known = due_mail.send(desk, letters, rules, again=again)
    silent = [f"{digest.cadre.staff_no} {digest.cadre.name}" for digest in digests if not digest.cadre.email]
    if silent:
        desk.note(say("Not reminded, because no e-mail address is on record: {names}.", names=Listed(silent)))
    return is_known
