"""The pages of the handbook, one a task, in the language in use; they come with esm."""

from __future__ import annotations

import re
from dataclasses import dataclass
from pathlib import Path

from esm.domain.values import nearest_spellings
from esm.errors import Listed, NotFound, say

_SHIPPED = Path(__file__).parents[2] / "handbook"
FOLDER = (
    _SHIPPED if _SHIPPED.is_dir() else Path(__file__).parents[4] / "docs" / "handbook"
)  # in a checkout beside `src`
_LINK = re.compile(r"\[([^]]+)\]\(([a-z-]+)\.md\)")


@dataclass(frozen=True, slots=True)
class Page:
    """A page: `topic` is the word that opens it."""

    topic: str
    title: str
    text: str


def pages(language: str) -> list[Page]:
    """Return the pages in a language, in the order of the first page, which leads to all of them."""
    index = (FOLDER / "README.md").read_text(encoding="utf-8")
    return [_page(FOLDER / language / name) for name in re.findall(rf"\({language}/([a-z-]+\.md)\)", index)]


def _page(file: Path) -> Page:
    text = _LINK.sub(r"\1 (`esm help \2`)", file.read_text(encoding="utf-8"))
    return Page(file.stem, text.partition("\n")[0].removeprefix("# "), text)


def page_about(topic: str, known: list[Page], others: list[str]) -> Page:
    """Return the page that a topic or a part of its title names. NotFound for none or several, with what is like it."""
    exact = [page for page in known if topic.replace(" ", "-") == page.topic or topic == page.title]
    found = exact or [page for page in known if topic.casefold() in page.title.casefold()]
    if len(found) == 1:
        return found[0]
    if found:
        hint = say("Give one of these topics: {topics}.", topics=Listed(page.topic for page in found))
        raise NotFound(say("“{topic}” fits several pages of the handbook.", topic=topic), hint)
    close = nearest_spellings.nearest(topic, list(dict.fromkeys([*(page.topic for page in known), *others])), share=0.6)
    hint = (
        say("Did you mean {candidates}?", candidates=Listed(close)) if close else say("See `esm help` for the topics.")
    )
    raise NotFound(say("There is no command and no page of the handbook called “{topic}”.", topic=topic), hint)
