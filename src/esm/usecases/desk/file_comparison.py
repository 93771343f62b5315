"""Where what a file shows is not what is computed again (docs/rules.md, Proof of a file)."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator

from esm.domain.desk.figure_differences import Comparison, Difference, figure, numerals, wording
from esm.domain.values.grouping import grouped
from esm.errors import say
from esm.sheets.desk.texts_read_back import ShownTexts

_LONGEST = 60


def compared(shown: ShownTexts, computed: ShownTexts) -> Comparison:
    """Return where what a file shows is not what is computed.

    A text that does not begin with a digit is compared by its numbers where its words are those of esm. Other texts
    with numbers are not compared: they are returned, so that nobody takes them for verified.
    """
    found = [
        *_cell_differences(shown.cells, _under_headings(computed, shown.headings)),
        *_sentence_differences(shown.sentences, computed.sentences),
    ]
    return Comparison(
        tuple(each for each in found if isinstance(each, Difference)),
        tuple(dict.fromkeys(each for each in found if isinstance(each, str))),
    )


def _cell_differences(shown: dict[str, str], computed: dict[str, str]) -> Iterator[Difference | str]:
    """Yield the cells that differ, and the texts of those whose words are not those of esm."""
    if shown == computed:
        return
    for place in dict.fromkeys((*computed, *shown)):
        own, wanted = shown.get(place), computed.get(place)
        if own == wanted:
            continue
        number = figure(own)
        if number != figure(wanted):
            yield Difference(place, own, wanted)
        elif number is None and (numerals(own or "") or numerals(wanted or "")):
            if wording(own or "") != wording(wanted or ""):
                yield f"{place}: {own}"
            elif numerals(own or "") != numerals(wanted or ""):
                yield Difference(place, own, wanted)


def _sentence_differences(shown: tuple[str, ...], computed: tuple[str, ...]) -> Iterator[Difference | str]:
    """Yield the sentences of esm with other numbers, and those with numbers that are not esm's."""
    left = Counter(shown) - Counter(computed)
    missing = grouped((Counter(computed) - Counter(shown)).elements(), wording)
    for sentence in left.elements():
        wanted = missing.get(wording(sentence))
        if not numerals(sentence):
            continue
        if wanted:
            yield Difference(say("the text “{text}”", text=_shortened(sentence)), *_unlike(sentence, wanted.pop(0)))
        else:
            yield sentence


def _unlike(own: str, wanted: str) -> tuple[str, str]:
    """Return the numbers in which two sentences of the same words differ."""
    pairs = [pair for pair in zip(numerals(own), numerals(wanted), strict=True) if pair[0] != pair[1]]
    return ", ".join(pair[0] for pair in pairs), ", ".join(pair[1] for pair in pairs)


def _under_headings(computed: ShownTexts, headings: tuple[str, ...]) -> dict[str, str]:
    """Return the cells of esm under the headings that they have in a file, where somebody has worded these anew."""
    new = [heading for heading in headings if heading not in computed.headings]
    old = [heading for heading in computed.headings if heading not in headings]
    names = dict(zip(old, new, strict=False))
    if not names:
        return computed.cells
    return {_renamed(place, names): text for place, text in computed.cells.items()}


def _renamed(place: str, names: dict[str, str]) -> str:
    old = next((old for old in names if place.startswith(old)), None)
    return place if old is None else f"{names[old]}{place.removeprefix(old)}"


def _shortened(text: str) -> str:
    return text if len(text) <= _LONGEST else f"{text[:_LONGEST]}…"


def comparable_documents(
    shown: ShownTexts, computed: ShownTexts, *, has_other_tables: bool
) -> tuple[ShownTexts, ShownTexts]:
    """Return two documents with the tables that can be compared: those of esm that have figures.

    Others, such as a form that was filled in, are sentences. `has_other_tables` where esm fills a template of an
    office, which need not have all tables of ours.
    """
    tables = {_table_of(place) for place, text in computed.cells.items() if numerals(text)}
    if has_other_tables:
        tables &= set(map(_table_of, shown.cells))
    return _with_tables(shown, tables), _with_tables(computed, tables)


def _with_tables(texts: ShownTexts, tables: set[str]) -> ShownTexts:
    others = [text for place, text in texts.cells.items() if _table_of(place) not in tables]
    cells = {place: text for place, text in texts.cells.items() if _table_of(place) in tables}
    return ShownTexts(cells, (*texts.sentences, *others))


def _table_of(place: str) -> str:
    """Return the heads of the table in which a place is."""
    return place.rsplit(" / ", 2)[0]
