"""A workbook to fill in, or filled with the whole database: the vocabulary of `columns` laid out for people."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from gettext import gettext as _

from esm.domain.exchange.sheet_catalogue import ROSTER_SHEETS, SHEETS
from esm.domain.pairing.records import RecusalKind
from esm.domain.register.cadres import Rank
from esm.domain.register.enterprise_record import Tier
from esm.domain.register.scope_status import ScopeBasis
from esm.domain.register.size import Size
from esm.domain.requests.states import EscalationReason, Nature, RequestOutcome, TransitionKind
from esm.domain.values.cell_parsing import Kind
from esm.domain.values.codes import ListOf
from esm.domain.values.column_spec import ColumnSpec, SheetSpec
from esm.domain.visits.contact_made import Business, Channel, Satisfaction, VisitOutcome
from esm.errors import Message, say
from esm.sheets.exchange import examples
from esm.sheets.sheet.code_words import term
from esm.sheets.sheet.message_translation import tell
from esm.sheets.sheet.sheet import Cell, Column, Sheet, Term

# Sheets that esm itself adds to a workbook and that an import passes over without a word.
UNREAD = ("填写说明", "Guide", "选项", "Lists", "问题", "Errors")
_FORMATS: Mapping[Kind, str] = {"date": "date", "integer": "number", "money": "number", "yuan": "number"}
_NOTES: Mapping[Kind, Message] = {
    "code": say("The 18 characters of the unified social credit code, as text."),
    "staff_no": say("The staff number used by the office, as text."),
    "staff_nos": say("Staff numbers of cadres, separated by 、 or commas; the first goes first."),
    "name": say("The full name."),
    "text": say("Any text."),
    "phone": say("One mobile number, or a landline with its area code, as text."),
    Rank: say("Choose from the list, or write 1 to 5."),
    "integer": say("A whole number."),
    "money": say("Per year, in 10 000 yuan; another unit can be written after the number."),
    "yes_no": say("Yes or no."),
    Tier: say("A, B or C."),
    "date": say("A date, such as 2026-03-01."),
    "time": say("A time of day, such as 14:30."),
    "industry": say("A code of GB/T 4754, such as C3983, as text."),
    "prefixes": say("Industry codes or their first digits, separated by commas."),
    Channel: say("Choose from the list; only a visit on site counts."),
    VisitOutcome: say("Choose from the list; a visit counts only when somebody was met."),
    ScopeBasis: say("On what basis it is above-scale."),
    Business: say("Choose from the list: business situation."),
    Satisfaction: say("Choose from the list: satisfaction of the enterprise with the service."),
    "email": say("One e-mail address for reminders."),
    Nature: say("Choose from the list; blank means a request for help."),
    RequestOutcome: say("Choose from the list; only when closing."),
    TransitionKind: say("Choose from the list; the actions of a request are listed in order."),
    EscalationReason: say("Choose from the list; only when escalating."),
    "yuan": say("In yuan, with two decimals at most; another unit can be written after the number."),
    ListOf(Tier): say("A, B and C, separated by commas; blank means all."),
    ListOf(Size): say("micro, small, medium and large, separated by commas; blank means all."),
    RecusalKind: say("Choose from the list; blank means other."),
}
_ANY_CODE = say("Choose from the list.")
_LAST_DAYS = ("end_on", "left_on", "exited_on")
_YES_NO = (True, False)


@dataclass(frozen=True, slots=True)
class Field:
    """A column to fill in: `format` is text, date or number; `choices` are the words of its list, if it has one.

    `is_open` lets other words pass too: the list holds what is known so far.
    """

    header: str
    format: str
    note: str
    choices: tuple[Cell, ...] = ()
    is_open: bool = False
    is_required: bool = False


@dataclass(frozen=True, slots=True)
class Page:
    """A sheet of the book; `rows` may be read once, `example` is a row that an import passes over."""

    title: str
    fields: tuple[Field, ...]
    rows: Iterable[tuple[Cell, ...]] = ()
    example: tuple[Cell, ...] = ()


@dataclass(frozen=True, slots=True)
class Book:
    """The pages, and what is said of them on a sheet of its own."""

    title: str
    guide_title: str
    guide: tuple[str, ...]
    lists_title: str
    pages: tuple[Page, ...]


def template(lang: str, subdistricts: Sequence[str], specs: Sequence[SheetSpec] = ROSTER_SHEETS) -> Book:
    """Return the empty book of some sheets in a language, each sheet with an example."""
    pages = []
    for spec in specs:
        columns = [column for column in spec.columns if not column.is_kept]
        example = tuple(
            examples.cell(spec.key, column, lang, is_first=not number) for number, column in enumerate(columns)
        )
        fields = tuple(_field(column, lang, subdistricts) for column in columns)
        pages.append(Page(spec.head(lang), fields, (), *_in_words(columns, [example])))
    guide = (
        _("Fill in one row for each cadre, enterprise and so on; sheets that you do not need can stay empty."),
        _("Columns with a star are required; the note on each header explains what to enter."),
        _("A blank cell leaves the value on record unchanged: a second import need not repeat everything."),
        _("The grey row is an example; esm skips it, and you may delete it."),
        _("Codes and phone numbers are text: number format destroys the last digits of a credit code."),
        _("Then run `esm import FILE.xlsx --dry-run` to see what would change."),
    )
    return Book(_("Rosters"), *_own_titles(lang, guide), tuple(pages))


def database_book(lang: str, extracted: Mapping[str, Iterable[tuple[Cell, ...]]], subdistricts: Sequence[str]) -> Book:
    """Return the whole database as a book in a language; its rows are read when they are written."""
    pages = [
        Page(
            SHEETS[key].head(lang),
            tuple(_field(column, lang, subdistricts) for column in SHEETS[key].columns),
            _in_words(SHEETS[key].columns, rows),
        )
        for key, rows in extracted.items()
    ]
    guide = (
        _("This workbook contains everything that was entered in esm; `esm import` reads it back."),
        _("A cell that you change is updated by the next import; a row that you delete stays on record."),
        _("Masked phone numbers leave those on record unchanged."),
    )
    return Book(_("Database"), *_own_titles(lang, guide), tuple(pages))


def listings(extracted: Mapping[str, Iterable[tuple[Cell, ...]]]) -> Iterator[Sheet]:
    """Yield the whole database as listings with keys and codes, for one CSV file a sheet."""
    for key, rows in extracted.items():
        yield Sheet(key, key, tuple(Column(each.key, each.key) for each in SHEETS[key].columns), list(rows))


def _own_titles(lang: str, guide: tuple[str, ...]) -> tuple[str, tuple[str, ...], str]:
    return ("填写说明", guide, "选项") if lang == "zh" else ("Guide", guide, "Lists")


def _field(column: ColumnSpec, lang: str, subdistricts: Sequence[str]) -> Field:
    note = tell(_NOTES.get(column.kind, _ANY_CODE))
    if column.key in _LAST_DAYS:
        note = _("The first day on which it no longer applies; blank while it applies.")
    choices: tuple[Cell, ...] = tuple(subdistricts) if column.key == "subdistrict" else _choices(column.kind)
    return Field(
        column.head(lang) + "*" * column.is_required, _FORMATS.get(column.kind, "text"), note, choices,
        is_open=column.key == "subdistrict", is_required=column.is_required,
    )  # fmt: skip


def _choices(kind: Kind) -> tuple[Cell, ...]:
    if kind == "yes_no":
        return _YES_NO
    return tuple(map(term, kind)) if isinstance(kind, type) else ()


def _in_words(columns: Sequence[ColumnSpec], rows: Iterable[tuple[Cell, ...]]) -> Iterator[tuple[Cell, ...]]:
    """Yield rows with the words that people know for their codes, each code of a column looked up once."""
    coded = [(place, column.kind) for place, column in enumerate(columns) if isinstance(column.kind, type)]
    terms: dict[tuple[int, Cell], Term] = {}
    for row in rows:
        cells = list(row)
        for place, kind in coded:
            code = cells[place]
            if code is None or isinstance(code, Term):
                continue
            if (place, code) not in terms:
                terms[place, code] = term(kind(code))
            cells[place] = terms[place, code]
        yield tuple(cells)
