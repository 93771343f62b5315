"""Words that were typed turned into the values that rosters carry, by the same rules."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import TYPE_CHECKING, Any

from esm.domain.values import nearest_spellings, raw_text, settings
from esm.domain.values.money import LARGEST_AMOUNT, Money, yuan
from esm.domain.values.settings import Setting, Value
from esm.errors import Listed, Message, NotFound, UsageRefused, say

if TYPE_CHECKING:
    from esm.domain.values.column_spec import ColumnSpec, SheetSpec
    from esm.domain.values.raw_text import Parser


def values(**options: Any) -> dict[str, Any]:
    """Return the texts that were given, and a name as names are; one that is empty or unfit is refused."""
    return {
        key: _parsed_value(word, raw_text.name if key == "name" else raw_text.text)
        for key, word in options.items()
        if word is not None
    }


def column_values(sheet: SheetSpec, options: Mapping[str, Any], today: date) -> dict[str, Any]:
    """Return what was given for the columns of a record, each read as an import reads it, or refuse it.

    A day may also be given by its distance from today.
    """
    return {
        column.key: _parsed_value(
            options[column.key], _parser_of(column, today), _yuan_hint() if column.kind == "yuan" else None
        )
        for column in sheet.columns
        if options.get(column.key) is not None
    }


def typed_text(typed: str | None) -> str | None:
    """Return a text as rosters carry it, None when there is none; one that is empty or unfit is refused."""
    return None if typed is None else str(_parsed_value(typed, raw_text.text))


def amount_in_yuan(word: str) -> Money:
    """Return an amount of money, a bare number of yuan; one that cannot be meant is refused."""
    found: Money = _parsed_value(word, yuan, _yuan_hint())
    return found


def setting_named(key: str) -> Setting:
    """Return the setting of this name."""
    known = settings.all_settings()
    plain = key.strip().lower().replace("-", "_")
    if plain in known:
        return known[plain]
    close = nearest_spellings.nearest(plain, list(known), share=0.6)
    hint = say("Did you mean {candidates}?", candidates=Listed(close)) if close else None
    raise NotFound(say("No setting matches “{key}”.", key=key), hint or say("See `esm config list` for the names."))


def setting_value(setting: Setting, word: str) -> Value:
    """Return the value that the word names for a setting, or refuse it with the bounds."""
    value = settings.parse(setting, word.strip())
    if isinstance(value, Message):
        raise UsageRefused(
            say("{key} cannot be “{word}” ({reason}).", key=setting.key, word=word, reason=value),
            say("`esm config get {key}` explains it.", key=setting.key),
        )
    return value


def _yuan_hint() -> Message:
    return say("Write yuan from 0.01 to {most}, such as 200000, 1234.56 or 20万.", most=LARGEST_AMOUNT)


def _parsed_value(word: Any, parse: Parser, hint: Message | None = None) -> Any:
    if not isinstance(word, str):
        return word
    value = parse(word)
    if isinstance(value, Message):
        raise UsageRefused(say("“{word}” is not accepted ({reason}).", word=word, reason=value), hint)
    if value is None:
        raise UsageRefused(say("The value must not be empty."), say("Omit the option to keep the stored value."))
    return value


def _parser_of(column: ColumnSpec, today: date) -> Parser:
    from esm.domain.values import cell_parsing  # noqa: PLC0415 - plain words, as of a visit, need none of its parsers

    if column.kind == "date":
        from esm.domain.values.days.typed_day import typed_day  # noqa: PLC0415 - likewise

        return lambda text: typed_day(str(text), lambda: today)
    # A masked phone stands in files; nobody types it.
    return cell_parsing.phone if column.kind == "phone" else cell_parsing.parser(column.kind)
