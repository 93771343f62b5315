"""The classes of requests: finding the one that is meant, and what a district makes of the list."""

from __future__ import annotations

from collections.abc import Collection, Mapping

from esm.domain.requests.class_tree import CODES_BY_CHINESE, SHIPPED, RequestClass, merged_classes
from esm.domain.values import nearest_spellings
from esm.errors import Listed, NotFound, UsageRefused, say
from esm.sheets.sheet.message_translation import tell
from esm.storage.database.connection import Reading, Writing
from esm.storage.requests import requests
from esm.usecases.register import typed_values


def class_list(reading: Reading) -> list[RequestClass]:
    """Return the classes, those that are retired last."""
    found = merged_classes(requests.own_classes(reading)).values()
    return sorted(found, key=lambda each: each.is_retired)


def save_class(writing: Writing, code: str, *, name: str | None, retired: bool | None) -> list[RequestClass]:
    """Add a class `top` or `top.sub`, rename it or retire it; return all."""
    known = merged_classes(requests.own_classes(writing))
    name = typed_values.values(name=name).get("name")
    stored = known.get(code)
    if stored is None:
        _require_new(code, name, known)
    before = stored or RequestClass(code)
    requests.store_class(
        writing,
        RequestClass(code, name or before.name, before.is_retired if retired is None else retired),
    )
    return class_list(writing)


def _require_new(code: str, name: str | None, known: Collection[str]) -> None:
    """Refuse a new class whose code is none, that has no name, or whose first level is not there."""
    parts = code.split(".")
    if len(parts) > 2 or not all(part.isidentifier() and part.islower() for part in parts):
        raise UsageRefused(
            say("“{code}” is not a class code.", code=code),
            say("Write `top` or `top.sub` in lower-case Latin letters, such as `labour.training`."),
        )
    if name is None or (len(parts) == 2 and parts[0] not in known):
        raise UsageRefused(
            say("A new class requires a name, and its first level must exist."),
            say("Give it with --name; see `esm request classes`."),
        )


def class_of(reading: Reading, words: str) -> str:
    """Return the code of the class that a code or a name means, in either language; a retired one is refused."""
    known = {each.code for each in class_list(reading) if not each.is_retired}
    named = {name: code for name, code in codes_by_name(reading).items() if code in known}
    last = sorted(code for code in known if code.endswith(f".{words.strip()}"))
    code = code_meant(named, words) or (last[0] if len(last) == 1 else None)
    if code is not None:
        return code
    close = last or nearest_spellings.nearest(words.strip().casefold(), list(named), share=0.6)
    hint = say("Did you mean {candidates}?", candidates=Listed(close)) if close else None
    raise NotFound(say("No request class matches “{words}”.", words=words), hint or say("See `esm request classes`."))


def code_meant(named: Mapping[str, str], words: str) -> str | None:
    """Return the code behind a code, a name, or the names of both levels as lists show them, `taxation / refunds`."""
    top, slash, sub = (part.strip() for part in words.casefold().partition("/"))
    if not slash:
        return named.get(top)
    code = named.get(sub)
    return code if code is not None and code.partition(".")[0] == named.get(top) else None


def codes_by_name(reading: Reading) -> dict[str, str]:
    """Return the code of every class, retired ones too, by its code and by its names, in small letters."""
    known = merged_classes(requests.own_classes(reading))
    shipped = {tell(SHIPPED[code]): code for code in known if code in SHIPPED}
    own = {each.name: code for code, each in known.items() if each.name is not None}
    spelled = {**CODES_BY_CHINESE, **shipped, **own, **{code: code for code in known}}
    return {name.casefold(): code for name, code in spelled.items()}
