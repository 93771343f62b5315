"""The language of esm: `--lang`, then `ESM_LANG`, then that of the system; English or Simplified Chinese.

The catalogue is that of gettext's current domain, so Typer's own words are translated with ours.
It must be chosen before Typer and the command files are imported: their help is read as they load.
"""

from __future__ import annotations

import gettext
import os
import sys
from collections.abc import Mapping

from esm.errors import UsageRefused, say
from esm.sheets.sheet import message_translation

DOMAIN = "esm"
FOLDER = os.path.join(os.path.dirname(os.path.dirname(os.path.dirname(__file__))), "locale")
# gettext calls English, the language of the source, "C": it then looks for no file.
_CATALOGUES = {"en": "C", "zh": "zh_CN"}
_CHINESE_ON_WINDOWS = 0x04


def wanted(option: str | None, environment: Mapping[str, str]) -> str:
    """Return `en` or `zh`. Raises UsageRefused for an unknown `--lang` or `ESM_LANG`.

    Another system language is `en`.
    """
    if option is not None:
        return _named("--lang", option)
    if environment.get("ESM_LANG"):
        return _named("ESM_LANG", environment["ESM_LANG"])
    for variable in ("LC_ALL", "LC_MESSAGES", "LANG"):
        if environment.get(variable):
            return "zh" if _stem(environment[variable]) == "zh" else "en"
    return _of_windows() if sys.platform == "win32" else "en"


def is_known(value: str) -> bool:
    """Return whether a value of `--lang` names a language of esm."""
    return _stem(value) in _CATALOGUES


def choose(language: str) -> None:
    """Set the language of every `gettext` in this process, `en` or `zh`."""
    gettext.bindtextdomain(DOMAIN, FOLDER)
    gettext.textdomain(DOMAIN)
    os.environ["LANGUAGE"] = _CATALOGUES[language]
    message_translation.word.cache_clear()


def _named(source: str, value: str) -> str:
    if not is_known(value):
        raise UsageRefused(
            say("{source}: the language “{value}” is not supported.", source=source, value=value),
            say("Choose en (English) or zh (Simplified Chinese)."),
        )
    return _stem(value)


def _stem(value: str) -> str:
    for separator in "_-.@":
        value = value.partition(separator)[0]
    return value.strip().lower()


def _of_windows() -> str:
    if sys.platform != "win32":
        return "en"
    import ctypes  # noqa: PLC0415 - Windows alone tells its language this way

    primary = ctypes.windll.kernel32.GetUserDefaultUILanguage() & 0x3FF
    return "zh" if primary == _CHINESE_ON_WINDOWS else "en"
