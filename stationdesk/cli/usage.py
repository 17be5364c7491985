"""argparse's own sentences in the language spoken: it has no catalogue of its own, and half a help text in English helps nobody."""

from __future__ import annotations

import argparse
import re

from stationdesk.domain.words import N_, _

SENTENCES = (
    N_("usage: "),
    N_("options"),
    N_("positional arguments"),
    N_("show this help message and exit"),
    N_("argument %(argument_name)s: %(message)s"),
    N_("expected one argument"),
    N_("expected at least one argument"),
    N_("invalid %(type)s value: %(value)r"),
    N_("invalid choice: %(value)r (choose from %(choices)s)"),
    N_("not allowed with argument %s"),
    N_("one of the arguments %s is required"),
    N_("the following arguments are required: %s"),
    N_("unrecognized arguments: %s"),
)
"""As argparse of Python 3.11 has them; one that another Python words otherwise stays English."""


def speak() -> None:
    """Have argparse ask our catalogue; what it does not know stays as it is."""
    setattr(argparse, "_", _)  # noqa: B010 (a name of argparse that its stubs do not tell of)


def full_width(text: str) -> str:
    """A heading in Chinese ends with a Chinese colon."""
    return re.sub(r"(?<=[\u4e00-\u9fff]):$", "：", text, flags=re.MULTILINE)
