"""Fills .docx templates. A template is data: it names values, repeats and leaves out, but runs no code of its own.

The expressions are those of Jinja in its sandbox: attributes that begin with an underscore, other files and changes
of what is handed in are out of reach. A template of somebody else is filled in a process with limits.
"""

from __future__ import annotations

import html
import re
import zipfile
from collections.abc import Mapping, Sequence
from io import BytesIO
from types import TracebackType
from typing import Any

from docxtpl import DocxTemplate
from jinja2 import StrictUndefined, TemplateError, TemplateSyntaxError, UndefinedError, meta
from jinja2.exceptions import SecurityError
from jinja2.sandbox import ImmutableSandboxedEnvironment
from lxml import etree

from esm.errors import InputRefused, Listed, Message, say
from esm.formats.read import bounded_process

_TAG = re.compile("<[^>]+>")
_QUOTED = re.compile("'([^']*)'")
_LONGEST = 80
_LARGEST = 10_000  # of a product: more is no table of an office
_NO_TIME = (1980, 1, 1, 0, 0, 0)
_UNREADABLE = (KeyError, ValueError, OSError, EOFError, zipfile.BadZipFile, etree.XMLSyntaxError, RuntimeError)


def filled(template: bytes, every: Sequence[Mapping[str, object]]) -> list[bytes]:
    """Return our own template filled with each of these values."""
    return [_filled(template, values, "") for values in every]


def filled_from(template: bytes, every: Sequence[Mapping[str, object]], file: str) -> list[bytes]:
    """Return the template of an office, from `file`, filled with each of these values, within limits.

    InputRefused if it is no Word document, or has a fault: where it stands and what is wrong.
    """
    return bounded_process.answer(lambda: [_filled(template, values, file) for values in every], file, len(template))


class _Fault(Exception):
    """A fault of a template in the text of a paragraph."""

    def __init__(self, text: str, reason: Message) -> None:
        super().__init__(str(reason))
        self.text = text
        self.reason = reason


class _Environment(ImmutableSandboxedEnvironment):
    """The sandbox, which remembers the text that it is filling, and refuses what would blow up."""

    intercepted_binops = frozenset({"*", "**"})

    def __init__(self, names: frozenset[str]) -> None:
        super().__init__(undefined=StrictUndefined, autoescape=True)
        self.names = names
        self.lines: list[str] = []

    def from_string(self, source: Any, *others: Any, **named: Any) -> Any:
        """Return the template; _Fault for a name that nobody gave."""
        self.lines = str(source).splitlines()
        for name in sorted(meta.find_undeclared_variables(self.parse(source)) - self.names - set(self.globals)):
            use = re.compile(rf"[{{]([{{%]).*\b{re.escape(name)}\b")
            raise _Fault(next((self.text_of(n) for n, line in enumerate(self.lines, 1) if use.search(line)), ""),
                         self.unknown(name))  # fmt: skip
        return super().from_string(source, *others, **named)

    def call_binop(self, context: Any, operator: str, left: Any, right: Any) -> Any:
        """Return a product; SecurityError for a power, a repeated text, and what is too large."""
        if operator == "**" or not all(isinstance(each, int | float) and each <= _LARGEST for each in (left, right)):
            raise SecurityError("this is not allowed in a template")
        return super().call_binop(context, operator, left, right)

    def text_of(self, line: int) -> str:
        """Return what people see of a line of the document, a paragraph mostly."""
        plain = [html.unescape(_TAG.sub("", each)).strip() for each in self.lines[:line]]
        return next((each[:_LONGEST] for each in reversed(plain) if each), "")

    def unknown(self, name: str) -> Message:
        """Return that a name is unknown, with those that there are."""
        return say("there is no {name}; at the top there are: {names}", name=name, names=Listed(sorted(self.names)))


class _Document(DocxTemplate):  # type: ignore[misc] # untyped
    """A document that must hold together after it was filled."""

    def fix_tables(self, xml: str) -> Any:
        """Return the body; XMLSyntaxError if the tags of the template tore it apart."""
        etree.fromstring(xml, etree.XMLParser(resolve_entities=False))
        return super().fix_tables(xml)


def _filled(template: bytes, values: Mapping[str, object], file: str) -> bytes:
    environment = _Environment(frozenset(values))
    document = _opened(template, file)
    try:
        document.render(dict(values), environment, autoescape=True)
    except _Fault as fault:
        raise _refusal(file, fault.text, fault.reason) from fault
    except (TemplateError, ArithmeticError, TypeError, ValueError, LookupError, etree.XMLSyntaxError) as error:
        raise _refusal(file, *_explained(error, environment)) from error
    buffer = BytesIO()
    document.save(buffer)
    return _without_times(buffer.getvalue())


def _opened(template: bytes, file: str) -> _Document:
    document = _Document(BytesIO(template))
    try:
        document.init_docx()
    except _UNREADABLE as error:
        raise InputRefused(
            say("{file} is not a Word document, or it is damaged.", file=file),
            say("Write one with `esm bulletin --write-template FILE.docx`, change it, and save it as .docx."),
        ) from error
    return document


def _explained(error: Exception, environment: _Environment) -> tuple[str, Message]:
    """Return the text in which an error stands, and what is wrong."""
    text = environment.text_of(_line(error))
    if isinstance(error, etree.XMLSyntaxError):
        return text, say("a tag begins in one paragraph or cell and ends in another: write {tag} in one of its own",
                         tag="{%p … %}")  # fmt: skip
    if isinstance(error, SecurityError):
        return text, say("this is not allowed in a template")
    names = _QUOTED.findall(str(error))
    if isinstance(error, UndefinedError) and names:
        return text, say("there is no {name}", name=names[-1])
    return text, say("{error}", error=str(error))


def _line(error: Exception) -> int:
    """Return the line of the document in which an error stands."""
    if isinstance(error, TemplateSyntaxError):
        return error.lineno
    line, step = 0, error.__traceback__
    while isinstance(step, TracebackType):
        if step.tb_frame.f_code.co_filename == "<template>":
            line = step.tb_lineno
        step = step.tb_next
    return line


def _refusal(file: str, text: str, reason: Message) -> InputRefused:
    where = say("{file}, at “{text}”: {reason}.", file=file, text=text, reason=reason)
    return InputRefused(
        where if text else say("{file}: {reason}.", file=file, reason=reason),
        say("Nothing was written. Correct the template, or write the built-in one with `--write-template`."),
    )


def _without_times(data: bytes) -> bytes:
    """Return the document with no time of its own in it, so that the same figures are the same file."""
    buffer = BytesIO()
    with zipfile.ZipFile(BytesIO(data)) as old, zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as new:
        for entry in old.infolist():
            about = zipfile.ZipInfo(entry.filename, _NO_TIME)
            about.compress_type, about.external_attr = zipfile.ZIP_DEFLATED, 0o600 << 16
            new.writestr(about, old.read(entry))
    return buffer.getvalue()
