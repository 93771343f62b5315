"""A row of a ledger of requests (诉求台账): one request from its receipt to its close (docs/rules.md, Import)."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from esm.domain.requests.ledger_words import (
    CLOSED_STATES,
    CLOSING,
    DOUBTFUL,
    OPEN_STATES,
    SOLVING,
    ClosedMark,
    Contentment,
    LedgerState,
    verdict,
)
from esm.domain.requests.states import RequestOutcome
from esm.errors import Message, say


@dataclass(frozen=True, slots=True, kw_only=True)
class LedgerEntry:
    """What the columns of a ledger say of one request; None where they say nothing."""

    received_on: date
    accepted_on: date | None = None
    dispatched_on: date | None = None
    answered_on: date | None = None
    closed_on: date | None = None
    confirmed_on: date | None = None
    state: LedgerState | None = None
    closed: ClosedMark | None = None
    department: str | None = None
    supporting: str | None = None
    answer: str | None = None
    progress: str | None = None
    result: str | None = None
    basis: str | None = None
    satisfied: Contentment | None = None

    @property
    def texts(self) -> Mapping[str, str]:
        """Return the free texts that may tell what came of it, by their columns."""
        texts = {"result": self.result, "progress": self.progress, "answer": self.answer}
        return {column: text for column, text in texts.items() if text}

    @property
    def verdict(self) -> tuple[str, LedgerState | RequestOutcome] | None:
        """Return the column of the first text that says how it ended, rejected, withdrawn or explained, and which."""
        told = ((column, verdict(text)) for column, text in self.texts.items())
        return next(((column, found) for column, found in told if found is not None), None)

    @property
    def outcome(self) -> RequestOutcome | None:
        """Return the outcome of which the result is a word, or that a text says plainly, None for other words."""
        word = RequestOutcome.parse(self.result or "")
        found = self.verdict
        return word or (found[1] if found is not None and isinstance(found[1], RequestOutcome) else None)

    @property
    def standing(self) -> LedgerState | None:
        """Return the state that a column tells, also one of texts that holds nothing else."""
        return self.state or next(filter(None, map(LedgerState.parse, self.texts.values())), None)

    @property
    def is_closed(self) -> bool:
        """Return whether a mark, the state, a day of the close or an outcome says that it is closed."""
        if self.closed is not None:
            return self.closed is ClosedMark.CLOSED
        if self.standing is not None:
            return self.standing in CLOSED_STATES
        return self.closed_on is not None or self.outcome is not None

    @property
    def is_withdrawn(self) -> bool:
        """Return whether the enterprise took it back."""
        return LedgerState.WITHDRAWN in self._ends or self.outcome is RequestOutcome.WITHDRAWN

    @property
    def is_rejected(self) -> bool:
        """Return whether it was not taken up."""
        return LedgerState.REJECTED in self._ends

    @property
    def _ends(self) -> tuple[object, ...]:
        return self.standing, self.verdict and self.verdict[1]

    @property
    def is_accepted(self) -> bool:
        """Return whether anything tells that it was accepted: a later day, a department, or a state."""
        if self.is_closed or self.accepted_on or self.dispatched_on or self.answered_on or self.answer:
            return True
        if self.standing is LedgerState.RECEIVED:
            return False
        return self.department is not None or self.standing not in {None, LedgerState.OPEN}

    def fault(self) -> tuple[str, Message] | None:
        """Return the column that contradicts another and why, or None."""
        is_open = self.closed is ClosedMark.OPEN or self.standing in OPEN_STATES
        says_closed = self.closed is ClosedMark.CLOSED or self.standing in CLOSED_STATES
        if is_open and says_closed:
            return "closed", say("one column says that the request is closed, the other that it is not")
        if is_open and self.closed_on is not None:
            return "closed_on", say(
                "the request is closed on {day} and, in another column, not closed", day=self.closed_on
            )
        if self.satisfied is not None and not self.is_closed:
            return "satisfied", say("says how satisfied the enterprise is, but nothing says that the request is closed")
        if is_open and self.verdict is not None:
            return self.verdict[0], say("says how the request ended, and another column that it is not closed")
        return self._ended_otherwise() or self._doubtful_result() or self._doubtful_state()

    def _ended_otherwise(self) -> tuple[str, Message] | None:
        """Return what is wrong with an end that is no solution: it contradicts a step, or lacks its legal basis."""
        column, _ = self.verdict or ("state" if self.state else "result", None)
        if self.is_rejected and (self.accepted_on or self.dispatched_on or self.answered_on):
            return column, say(
                "says that the request was rejected, and another column that it was dealt with: write one of {allowed}",
                allowed=RequestOutcome.choices(),
            )
        if (self.is_rejected or self.outcome is RequestOutcome.EXPLAINED) and self.basis is None:
            return column, say(
                "a rejection or an explanation requires the legal basis: fill in the column 法律依据 (basis)"
            )
        return None

    def _doubtful_state(self) -> tuple[str, Message] | None:
        """Return the text that may say that the request is closed, where nothing else says whether it is."""
        if self.is_closed or self.closed is not None or self.standing is not None:
            return None
        for column, text in self.texts.items():
            found = CLOSING.search(text)
            if found:
                return column, say(
                    "the text says “{word}”, and nothing else whether it is closed: fill in 办理状态 or 办结日期",
                    word=found[0],
                )
        return None

    def _doubtful_result(self) -> tuple[str, Message] | None:
        """Return the text by which a closed request may be anything but solved, where no word of an outcome stands."""
        if not self.is_closed or self.outcome is not None or self.is_rejected or self.is_withdrawn:
            return None
        for column, text in self.texts.items():
            is_plain = LedgerState.parse(text) is not None
            says_solved = column != "result" or SOLVING.search(text)
            if not is_plain and (DOUBTFUL.search(text) or not says_solved):
                return column, say(
                    "the request is closed, and these words do not say whether it is solved: write one of {allowed} as "
                    "办理结果, and the words as 答复内容",
                    allowed=RequestOutcome.choices(),
                )
        return None
