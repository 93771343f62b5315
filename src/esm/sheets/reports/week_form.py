"""The form for each visit on the page of a week: what to fill in, and the lines of the text that it makes."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from gettext import gettext as _

from esm.domain.register.cadres import Cadre
from esm.domain.register.enterprise_record import Enterprise
from esm.domain.reports.week import FormChoices
from esm.domain.requests.class_tree import RequestClass
from esm.domain.visits.contact_made import Channel, VisitOutcome
from esm.sheets.requests.request_list import request_class
from esm.sheets.sheet.cards import CardField, CardForm
from esm.sheets.sheet.code_words import term
from esm.sheets.sheet.message_translation import tell
from esm.sheets.visits.form import BY_NAME, PROMISE_NUMBERS, REQUEST_NUMBERS
from esm.sheets.visits.text_labels import END, HEAD, as_typed, bracketed

LONGEST_LINE, LONGEST_MINUTES = 200, 3000  # signs
_FIRST = ("done_on", "channel", "outcome", "met_with", "minutes", "business", "satisfaction")
_KINDS = {"date": "day", "text": "line", "minutes": "lines"}
_ALWAYS = {Channel, VisitOutcome}


def opening_lines(enterprise: Enterprise, cadre: Cadre) -> str:
    """Return the lines with which a text begins: which enterprise was visited, and who went."""
    visited = as_typed(f"{enterprise.uscc} ({enterprise.name})")
    went = as_typed(f"{cadre.staff_no} ({cadre.name})")
    return f"{bracketed(HEAD)}{visited}\n{bracketed(BY_NAME['cadre'].label)}{went}\n"


def visit_form(choices: FormChoices, start_on: date) -> CardForm:
    """Return the form of a week that begins on a Monday."""
    promises = [key for number in PROMISE_NUMBERS for key in (f"promise_{number}", f"until_{number}")]
    requests = [key for number in REQUEST_NUMBERS for key in (f"request_{number}", f"class_{number}")]
    classes = tuple(_class_choices(choices))
    groups = [
        ("", tuple(map(_field, _FIRST))),
        (_("Promises made"), tuple(map(_field, promises))),
        (_("Requests raised"), tuple(_field(key, classes if key.startswith("class") else ()) for key in requests)),
    ]
    if choices.policies:
        explained = tuple((code, f"{code} {title}") for code, title in choices.policies)
        groups.append((_("Policies explained"), (_field("policies", explained, "several"),)))
    return CardForm(choices.district, start_on.isoformat(), bracketed(END), tuple(groups), _words())


def _field(key: str, choices: tuple[tuple[str, str], ...] = (), kind: str = "") -> CardField:
    line = BY_NAME[key.replace("_", "")]
    may_be_empty = True
    if isinstance(line.kind, type):
        choices = tuple((label, label) for label in (term(code).label for code in line.kind))
        may_be_empty = line.kind not in _ALWAYS
    kind = kind or ("choice" if choices else _KINDS.get(key) or _KINDS[str(line.kind)])
    most = LONGEST_MINUTES if kind == "lines" else LONGEST_LINE
    return CardField(key, tell(line.label), bracketed(line.label), kind, choices, may_be_empty, most)


def _class_choices(choices: FormChoices) -> Iterator[tuple[str, str]]:
    """Yield the classes by the names that people read; what stands in the text is the code."""
    for each in choices.classes:
        yield each.code, _class_words(each)


def _class_words(each: RequestClass) -> str:
    return request_class(each.code, each.name).label


def _words() -> dict[str, str]:
    return {
        "open": _("Tell of this visit"),
        "make": _("Make the text"),
        "copy": _("Copy"),
        "share": _("Share"),
        "clear": _("Clear the form"),
        "text": _("Text to send"),
        "ready": _("Send it by messenger or mail, unchanged."),
        "copied": _("Copied."),
        "select": _("Hold the text to copy it."),
        "day": _("Give the day of the visit; it cannot be in the future."),
        "account": _("Say whom you met, or what was said."),
        "halves": _("A promise needs its last day, and a request its class."),
        "nobody": _("Nobody was met: omit promises, requests and policies."),
        "unkept": _("This phone keeps nothing: what you type is lost when the page is closed."),
        "kept": _("What you type stays on this phone until you clear the form."),
        "scripts": _("To tell of a visit from here, open this file in a browser that runs scripts."),
    }
