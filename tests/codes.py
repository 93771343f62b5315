"""Every coded value of the domain, found by looking: a new class needs no entry in a list."""

from __future__ import annotations

import importlib
import pkgutil
from collections.abc import Iterator

import esm.domain
from esm.domain.values.codes import Code, Grade, Worded


def kinds() -> list[type[Worded]]:
    """Return the classes of all coded values, by name."""
    for module in pkgutil.walk_packages(esm.domain.__path__, "esm.domain."):
        importlib.import_module(module.name)
    return sorted((*_members(Code), *_members(Grade)), key=lambda kind: kind.__name__)


def _members(kind: type[Worded]) -> Iterator[type[Worded]]:
    for child in kind.__subclasses__():
        yield child
        yield from _members(child)
