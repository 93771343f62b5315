"""Writes a page of cards, read on a phone without a network; a script is there only where there is a form to fill in.

Style and script stand in the file, and the policy of the page admits only these.
"""

from __future__ import annotations

from esm.formats.write.cell_text import head_word, word
from esm.formats.write.pages.template_loader import asset, content_hash, language, template
from esm.sheets.sheet.cards import CardPage


def text(shown: CardPage) -> str:
    """Return the page; all names are escaped."""
    style, script = asset("cards.css"), asset("cards.js")
    return template("cards.html.jinja").render(
        lang=language(),
        title=word(shown.title),
        heading=[word(line) for line in shown.heading],
        facts=[(word(fact.label), head_word(fact.value)) for fact in shown.facts if fact.table],
        cards=[
            {
                "key": card.key,
                "title": word(card.title),
                "head": word(card.head),
                "is_bad": card.is_bad,
                "opening": card.opening,
                "facts": [(word(label), head_word(value)) for label, value in card.facts],
                "parts": [(word(title), [word(line) for line in lines]) for title, lines in card.parts],
            }
            for card in shown.cards
        ],
        notes=[word(note) for note in shown.notes],
        empty=word(shown.empty),
        form=shown.form,
        style=style,
        script=script,
        style_hash=content_hash(style),
        script_hash=content_hash(script),
    )
