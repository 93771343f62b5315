"""The templates of pages: where they are, and how they are read."""

from __future__ import annotations

import base64
import hashlib
from functools import cache
from gettext import gettext as _
from pathlib import Path

from jinja2 import Environment, FileSystemLoader, StrictUndefined, Template

TEMPLATES = Path(__file__).parents[1] / "templates"
_LANGUAGES = {"yes": "en"}  # of gettext's words, the language of the page


@cache
def template(name: str) -> Template:
    """Return a template, which is compiled once; everything that it shows is escaped."""
    return Environment(
        loader=FileSystemLoader(TEMPLATES), autoescape=True, undefined=StrictUndefined, trim_blocks=True,
        lstrip_blocks=True,
    ).get_template(name)  # fmt: skip


@cache
def asset(name: str) -> str:
    """Return a file that stands in a page as it is."""
    return (TEMPLATES / name).read_text(encoding="utf-8")


def content_hash(content: str) -> str:
    """Return the hash by which the policy of a page admits a style or a script that stands in it."""
    return base64.b64encode(hashlib.sha256(content.encode()).digest()).decode()


def language() -> str:
    """Return the code of the language of the page."""
    return _LANGUAGES.get(_("yes"), "zh-CN")
