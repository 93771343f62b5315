"""The form about one visit: its lines, shared by the workbook, the text for an editor and their reader."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from gettext import gettext as _

from esm.domain.values.cell_parsing import Kind
from esm.domain.values.codes import Worded
from esm.domain.values.raw_text import fold
from esm.domain.visits.contact_made import Business, Channel, Satisfaction, VisitForm, VisitOutcome
from esm.errors import Message, say
from esm.sheets.sheet.code_words import term
from esm.sheets.sheet.message_translation import tell
from esm.sheets.sheet.sheet import Column, Sheet

PROMISE_NUMBERS = REQUEST_NUMBERS = (1, 2, 3)
NOT_SAID = say("optional")


@dataclass(frozen=True, slots=True)
class FormLine:
    """One line of the form; either label is understood, and `also`; `hint` says what may stand there.

    A line of a coded value offers its words instead; `preset` is meant where none is chosen.
    """

    key: str
    label: Message
    chinese: str
    kind: Kind
    hint: Message = NOT_SAID
    preset: Worded | None = None
    also: str = ""


LINES = (
    FormLine("enterprise", say("Enterprise"), "企业名称", "name", say("code or name; required"),
        also="企业 统一社会信用代码 uscc"),
    FormLine("done_on", say("Date"), "日期", "date", say("such as 2026-03-01; required"), also="走访日期"),
    FormLine("cadre", say("Cadre"), "经理人", "staff_no",
        say("visiting cadre; empty: the cadre who serves the enterprise"), also="干部 工号 staff_no"),
    FormLine("companions", say("Accompanying cadres"), "同行经理人", "text",
        say("separated by commas"), also="同行干部"),
    FormLine("departments", say("Accompanying departments"), "同行部门", "text", say("separated by commas")),
    FormLine("channel", say("Channel"), "方式", Channel, preset=Channel.ON_SITE),
    FormLine("outcome", say("Outcome"), "结果", VisitOutcome, preset=VisitOutcome.MET),
    FormLine("met_with", say("Met with"), "接待人", "text", say("name and job title; required if somebody was met")),
    FormLine("business", say("Business"), "经营情况", Business),
    FormLine("satisfaction", say("Satisfaction"), "满意度", Satisfaction),
    *(
        line
        for number in PROMISE_NUMBERS
        for line in (
            FormLine(f"promise_{number}", say("Promise {number}", number=number), f"承诺 {number}", "text",
                     say("the promise made")),
            FormLine(f"until_{number}", say("Until {number}", number=number), f"时限 {number}", "date",
                     say("its deadline")),
        )
    ),
    *(
        line
        for number in REQUEST_NUMBERS
        for line in (
            FormLine(f"request_{number}", say("Request {number}", number=number), f"诉求 {number}", "text",
                     say("what the enterprise requests")),
            FormLine(f"class_{number}", say("Class {number}", number=number), f"诉求类别 {number}", "text",
                     say("such as labour.recruitment: see `esm request classes`")),
        )
    ),
    FormLine("policies", say("Policy briefings"), "宣讲的政策", "text", say("codes, "
                                                                                 "separated by "
                                                                                 "commas")),
    FormLine("minutes", say("Minutes"), "走访纪要", "text", say("what was discussed; required if somebody was met")),
)  # fmt: skip
BY_NAME: Mapping[str, FormLine] = {
    fold(name): line for line in LINES for name in (line.key, str(line.label), line.chinese, *line.also.split())
}


def form_sheet(filled: Mapping[str, str]) -> Sheet:
    """Return the form with what is known already; it is read back by its first two columns.

    `filled` may say beside its lines at what time the visit `starts_at`.
    """
    columns = (Column("line", _("Item")), Column("value", _("Entry")), Column("hint", _("What to enter")))
    rows = [(tell(line.label), _entry(line, filled), _hint(line, filled)) for line in LINES]
    return Sheet("visit", _("Visit form"), columns, rows, is_form=True)


def form_text(filled: Mapping[str, str]) -> str:
    """Return the form as text for an editor: `label: value`, hints as comments; the minutes may have many lines."""
    head = [_("Fill in what you know; lines that begin with # are ignored. Save and close to record the visit.")]
    lines = [f"# {line}" for line in head]
    for line in LINES:
        lines += [f"# {_labelled(line, _hint(line, filled))}", _labelled(line, _entry(line, filled))]
    return "\n".join(lines) + "\n"


def _entry(line: FormLine, filled: Mapping[str, str]) -> str:
    """Return what is filled in, a coded value in the words of the hint."""
    entry = filled.get(line.key, "")
    return term(line.kind(entry)).label if entry and isinstance(line.kind, type) else entry


def _labelled(line: FormLine, words: str) -> str:
    return _("{label}: {words}").format(label=tell(line.label), words=words)


def _hint(line: FormLine, filled: Mapping[str, str]) -> str:
    if line.key == "done_on" and "starts_at" in filled:
        return _("the visit is agreed for {time}").format(time=filled["starts_at"])
    if not isinstance(line.kind, type):
        return tell(line.hint)
    words = _(", ").join(term(code).label for code in line.kind)
    if line.preset is None:
        return words
    return _("{words}; empty: {preset}").format(words=words, preset=term(line.preset).label)


def parse_form_text(text: str) -> list[list[str]]:
    """Return the rows of a form in text, one a line: label and entry; a line without a label goes on the one before."""
    rows: list[list[str]] = []
    last: list[str] | None = None
    is_told = False  # from the minutes on, all is minutes
    for line in text.splitlines():
        label, colon, entry = line.replace("：", ":", 1).partition(":") if not line.startswith("#") else ("", "", "")
        is_label = colon and fold(label) in BY_NAME and not is_told
        if is_label:
            last = [label.strip(), entry.strip()]
            is_told = BY_NAME[fold(label)].key == "minutes"
            rows.append(last)
        elif last is not None and not line.startswith("#") and line.strip():
            last[1] = f"{last[1]}\n{line.strip()}".strip()
            rows.append([])
        else:
            rows.append([])
    return rows


def form_entries(form: VisitForm) -> dict[str, str]:
    """Return what a form says as the words of its lines."""
    details = form.details
    promises = {
        key: words
        for number, promise in zip(PROMISE_NUMBERS, details.promises, strict=False)
        for key, words in ((f"promise_{number}", promise.words), (f"until_{number}", promise.due_on.isoformat()))
    }
    requests = {
        key: words
        for number, (subject, classed) in zip(REQUEST_NUMBERS, form.requests, strict=False)
        for key, words in ((f"request_{number}", subject), (f"class_{number}", classed))
    }
    found = {
        "enterprise": form.enterprise, "done_on": form.done_on.isoformat(), "cadre": form.cadre,
        "companions": ", ".join(details.companions), "departments": ", ".join(details.departments),
        "channel": form.channel, "outcome": form.outcome, "met_with": details.met_with, "business": details.business,
        "satisfaction": details.satisfaction, **promises, **requests,
        "policies": ", ".join(form.policies), "minutes": form.minutes,
    }  # fmt: skip
    return {key: words for key, words in found.items() if words}
