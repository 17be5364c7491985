"""Which language to speak: --lang, else what the system says, Chinese on a Chinese one."""

from __future__ import annotations

import locale
import os
from collections.abc import Mapping, Sequence

from stationdesk.domain import words
from stationdesk.paths import LANGUAGES, catalogue


def asked_for(arguments: Sequence[str]) -> str:
    """The language of --lang if it is one of ours, before the command line is read in earnest; else the system's."""
    for at, argument in enumerate(arguments):
        name, _, value = argument.partition("=")
        if name == "--lang":
            value = value or (arguments[at + 1] if at + 1 < len(arguments) else "")
            if value in LANGUAGES:
                return value
    return of_system(os.environ)


def of_system(environment: Mapping[str, str]) -> str:
    """Chinese where the environment, or a Windows that has none, names a Chinese language; else English."""
    named = next((environment[name] for name in ("LC_ALL", "LC_MESSAGES", "LANG") if environment.get(name)), None)
    if named is None:
        named = locale.getlocale()[0] or ""
    return words.CHINESE if named.lower().startswith(("zh", "chinese")) else words.ENGLISH


def speak(language: str) -> None:
    """Hand over every catalogue, so that a sheet can be made in another language, and speak this one."""
    for each in LANGUAGES:
        words.install(each, catalogue(each))
    words.use(language)
