"""Who may be a deputy of a pairing: another cadre, in post and not recused (docs/rules.md, Deputies)."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from esm.errors import RuleRefused, say
from esm.storage.database.connection import Reading
from esm.storage.pairing import recusals
from esm.storage.register import cadres
from esm.usecases.register import lookup


def allowed_ids(reading: Reading, uscc: str, serving: str, words: Sequence[str], today: date) -> list[int]:
    """Return the ids of the deputies whom the words mean, each once, in order; refuse who cannot be one."""
    found = cadres.load(reading, dict.fromkeys(lookup.cadre(reading, each) for each in words))
    for staff_no, stored in found.items():
        name, hint = stored.cadre.name, say("Choose another deputy.")
        if staff_no == serving:
            raise RuleRefused(say("A cadre cannot be their own deputy."), hint)
        if not stored.cadre.is_in_post(today):
            raise RuleRefused(say("{name} is not in post on {today}.", name=name, today=today), hint)
        recusal = recusals.find_recusal(reading, staff_no, uscc, today)
        if recusal is not None:
            raise RuleRefused(
                say("{name} is recused from it: {reason}.", name=name, reason=recusal.reason.rstrip(".。")), hint
            )
    return [stored.id for stored in found.values()]
