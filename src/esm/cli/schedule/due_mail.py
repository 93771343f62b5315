"""`esm due --send`: the reminders by e-mail, none of them twice on a day."""

from __future__ import annotations

import os
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from esm.cli.shell.context import Context
from esm.domain.desk.reminder_log import ReminderNote, letter_key, sent_by_key
from esm.domain.register.cadres import Cadre
from esm.domain.values.settings import Settings
from esm.errors import Listed, RuleRefused, say
from esm.formats.write import smtp
from esm.storage.schedule.reminders_sent import noted_commands


@dataclass(slots=True)
class _Log:
    """Keeps in the journal what is about to be sent and what was; a run beside this one sends nothing of that."""

    desk: Context
    again: bool
    sent: int = 0
    passed: dict[str, bool] = field(default_factory=dict)  # keys of letters that another run sent, or may have sent

    def begin(self, letters: Sequence[smtp.Letter]) -> Sequence[smtp.Letter]:
        """Keep that these letters are being sent; return those of them that no other run has taken meanwhile."""
        while letters:
            note = ReminderNote(sending=[_key(letter) for letter in letters])
            with self.desk.writing(remarks=note.words) as writing:
                known = {} if self.again else sent_by_key(noted_commands(writing, self.desk.today))
                taken = [letter for letter in letters if _key(letter) in known]
                if not taken:
                    writing.keep_in_journal()
                    return letters
                writing.abandon()
            self.passed |= {_key(letter): known[_key(letter)] for letter in taken}
            letters = [letter for letter in letters if letter not in taken]
        return ()

    def end(self, sent: Sequence[smtp.Letter], unsent: Sequence[smtp.Letter]) -> None:
        """Keep which letters were sent and which were not; of others that begun it is not known."""
        self.sent += len(sent)
        note = ReminderNote(sent=[_key(letter) for letter in sent], unsent=[_key(letter) for letter in unsent])
        if note.words:
            with self.desk.writing(remarks=note.words) as writing:
                writing.keep_in_journal()


def _key(letter: smtp.Letter) -> str:
    return letter_key(letter.to, letter.subject, letter.text)


def send(desk: Context, letters: Mapping[Cadre, smtp.Letter], rules: Settings, *, again: bool) -> bool:
    """Send the letters, but for those that were sent today; return whether it is known of each that it was sent."""
    if not letters:
        raise RuleRefused(
            say("None of the cadres to be reminded has an e-mail address; nothing was sent."),
            say("Add it with `esm cadre edit CADRE --email ADDRESS`."),
        )
    log = _Log(desk, again)
    log.passed = {} if again else sent_by_key(desk.read(noted_commands, desk.today))
    ours = [letter for letter in letters.values() if _key(letter) not in log.passed]
    try:
        if ours:
            smtp.send(_server(rules), ours, log)
    finally:
        if log.sent or not log.passed:
            desk.note(say("Reminders sent: {count}.", count=log.sent))
    return _tell_what_was_passed(desk, letters, log.passed)


def _server(rules: Settings) -> smtp.MailServer:
    return smtp.MailServer(
        host=rules.mail_host, port=rules.mail_port, tls=rules.mail_tls, sender=rules.mail_sender,
        user=os.environ.get("ESM_MAIL_USER"), password=os.environ.get("ESM_MAIL_PASSWORD"),
    )  # fmt: skip


def require_server(rules: Settings) -> None:
    """Raise RuleRefused where the settings name no mail server."""
    if not (rules.mail_host and rules.mail_sender):
        raise RuleRefused(
            say("No mail server is configured; nothing was sent."),
            say("Configure it with `esm config set mail_host HOST` and `esm config set mail_sender ADDRESS`."),
        )


def _tell_what_was_passed(desk: Context, letters: Mapping[Cadre, smtp.Letter], passed: Mapping[str, bool]) -> bool:
    """Say what was not sent again, and of whom it is not known; return whether there is none of these."""
    known = {who: passed.get(_key(letter)) for who, letter in letters.items()}
    count = sum(is_sent is True for is_sent in known.values())
    if count:
        desk.note(
            say("Sent earlier today with the same contents, so not sent again: {count}. --again sends them.",
                count=count)
        )  # fmt: skip
    doubtful = [f"{who.staff_no} {who.name}" for who, is_sent in known.items() if is_sent is False]
    if doubtful:
        desk.note(
            say("Not sent, because another run began to send to them and has not said that it did: {names}. Whether "
                "they were reminded is not known; --again sends to them.",
                names=Listed(doubtful))
        )  # fmt: skip
    return not doubtful
