"""The classes of requests: finding the one that is meant, and what a district makes of the list."""

from __future__ import annotations

from esm.domain import nearness
from esm.domain.class_words import CHINESE
from esm.domain.request_class import SHIPPED, RequestClass, classes
from esm.errors import NotFound, UsageRefused, say
from esm.sheets.wording import tell
from esm.storage import requests
from esm.storage.database import Reading, Writing


def class_list(reading: Reading) -> list[RequestClass]:
    """Return the classes, those that are retired last."""
    found = classes(requests.own_classes(reading)).values()
    return sorted(found, key=lambda each: each.is_retired)


def keep_class(writing: Writing, code: str, *, name: str | None, retired: bool | None) -> list[RequestClass]:
    """Add a class `top` or `top.sub`, rename it or retire it; return all."""
    known = classes(requests.own_classes(writing))
    stored = known.get(code)
    parts = code.split(".")
    if stored is None and (len(parts) > 2 or not all(part.isidentifier() and part.islower() for part in parts)):
        raise UsageRefused(
            say("“{code}” is no code of a class.", code=code),
            say("Write `top` or `top.sub` in small Latin letters, such as `labour.training`."),
        )
    if stored is None and (name is None or (len(parts) == 2 and parts[0] not in known)):
        raise UsageRefused(
            say("A new class needs its name, and its first level must be there."),
            say("Give it with --name; see `esm request classes`."),
        )
    before = stored or RequestClass(code)
    requests.keep_class(
        writing,
        RequestClass(code, name or before.name, before.is_retired if retired is None else retired),
    )
    return class_list(writing)


def class_of(reading: Reading, words: str) -> str:
    """Return the code of the class that a code or a name means, in either language; a retired one is refused."""
    known = {each.code for each in class_list(reading) if not each.is_retired}
    word = words.strip()
    last = [code for code in known if code.endswith(f".{word}")]
    code = names(reading).get(word) or (last[0] if len(last) == 1 else None)
    if code in known:
        return str(code)
    close = nearness.near(word, sorted(known), share=0.5) or sorted(last)
    hint = say("See `esm request classes`.")
    if close:
        hint = say("Did you mean {candidates}?", candidates=", ".join(close))
    raise NotFound(say("There is no class “{words}” of requests.", words=words), hint)


def names(reading: Reading) -> dict[str, str]:
    """Return the code of every class, retired ones too, by its code and by its names."""
    known = classes(requests.own_classes(reading))
    shipped = {tell(SHIPPED[code]): code for code in known if code in SHIPPED}
    own = {each.name: code for code, each in known.items() if each.name is not None}
    return {**CHINESE, **shipped, **own, **{code: code for code in known}}
