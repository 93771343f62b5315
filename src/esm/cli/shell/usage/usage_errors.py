"""Translates Typer's errors about a wrong command line into our sentences.

Its exceptions are private but for `BadParameter`, so they are told apart by class name, and what only
their English sentence holds is read out of it; `tests/shell/test_shell.py` notices when a release rewords one.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from gettext import gettext as _
from typing import Any

import typer

from esm.cli.shell.usage.usage_hints import certain_hint
from esm.errors import Listed, say
from esm.sheets.sheet.message_translation import sentences, tell

_SENTENCES = tuple(
    (re.compile(pattern, re.DOTALL), message)
    for pattern, message in (
        (r"Missing command\.", say("A command is missing.")),
        (r"No such command '(?P<value>.*?)'\.(?: Did you mean (?P<near>.*)\?)?", say("Unknown command: “{value}”.")),
        (r"No such option: (?P<value>.*)", say("Unknown option: {value}.")),
        (r"Got unexpected extra argument\(s\) \((?P<value>.*)\)", say("Unexpected argument: {value}.")),
        (r"Option '(?P<value>.*)' requires an argument\.", say("The option {value} needs a value.")),
        (
            r"Option '(?P<value>.*)' requires (?P<count>\d+) arguments\.",
            say("The option {value} needs {count} values."),
        ),
        (r"Option '(?P<value>.*)' does not take a value\.", say("The option {value} takes no value.")),
        (r"'(?P<value>.*)' is not a valid int(?:eger)?( range)?\.", say("“{value}” is not a whole number.")),
        (r"'(?P<value>.*)' is not a valid float( range)?\.", say("“{value}” is not a number.")),
        (r"'(?P<value>.*)' is not a valid boolean\..*", say("“{value}” is neither true nor false.")),
        (r"(?P<value>\S+) is not in the range.*\.", say("{value} is out of range ({range}).")),
        (r"'(?P<value>.*)' is not one of (?P<choices>.*)\.", say("“{value}” is not one of {choices}.")),
    )
)
_QUOTED = re.compile("“(.*?)”", re.DOTALL)  # the word at fault in a sentence of our own


def explain(error: typer.TyperException) -> tuple[str, str]:
    """Return the error of the command line and a hint."""
    sentence, word, near = _translated(error.message, _range(error))
    parameter = _parameter(error)
    if type(error).__name__ == "MissingParameter":
        sentence = _("{parameter} is missing.").format(parameter=parameter)
    elif parameter:
        sentence = _("{parameter}: {reason}").format(parameter=parameter, reason=sentence)
    return sentence, sentences(_next_steps(error, word, near))


def _translated(sentence: str, range_: str) -> tuple[str, str, list[str]]:
    """Return our sentence for one of Typer's, the word at fault, and the names it suggests.

    An unknown sentence is kept.
    """
    for pattern, message in _SENTENCES:
        match = pattern.fullmatch(sentence)
        if match:
            words = {"range": range_, **match.groupdict("")}
            near = re.findall(r"'(.*?)'", words.pop("near", ""))
            words["choices"] = words.get("choices", "").replace("'", "")
            return tell(say(message.template, **words)), words.get("value", ""), near
    quoted = _QUOTED.match(sentence)
    return sentence, quoted[1] if quoted else "", []


def _parameter(error: Any) -> str:
    """Return the parameter at fault as the user types it, "" if there is none."""
    parameter = getattr(error, "param", None)
    if parameter is None:
        return ""
    return str(
        parameter.human_readable_name.strip("[]")
        if parameter.param_type_name == "argument"
        else max(parameter.opts, key=len)
    )


def _range(error: Any) -> str:
    """Return the range of the parameter at fault, "" if it has no bounds."""
    kind = getattr(getattr(error, "param", None), "type", None)
    least, most = getattr(kind, "min", None), getattr(kind, "max", None)
    if least is None:
        return ""
    told = _("{least} or more") if most is None else _("{least} to {most}")
    return told.format(least=least, most=most)


def _next_steps(error: Any, word: str, near: list[str]) -> Iterator[str]:
    """Yield what is certainly meant, else what is likely, and where more is said."""
    context = getattr(error, "ctx", None)
    certain = certain_hint(error, word)
    near = near or list(getattr(error, "possibilities", None) or ())
    if certain is not None:
        yield tell(certain)
    elif near:
        yield tell(say("Did you mean {names}?", names=Listed(near)))
    if context is not None:
        yield _("See `{command} --help`.").format(command=context.command_path)
