"""What the commands' arguments have in common, so that they are called and behave the same everywhere."""

from __future__ import annotations

import argparse
import errno
import getpass
import io
import json
import os
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date
from pathlib import Path
from typing import Any, BinaryIO, ClassVar

from stationdesk.cli import places
from stationdesk.domain.errors import DomainError
from stationdesk.domain.files import unwritten
from stationdesk.domain.store import DestinationThereError
from stationdesk.domain.words import N_, _
from stationdesk.paths import LANGUAGES

PASSWORD_VARIABLE = "STATIONDESK_PASSWORD"
GONE = (errno.EPIPE, errno.EINVAL)  # the latter on Windows


class NoPasswordError(DomainError):
    """Nobody is there to be asked."""

    words: ClassVar[str] = N_("A password is needed: there is no terminal to ask at, and {variable} is not set.")


class OutputLostError(DomainError):
    """Where the results were to go, nothing can be written."""

    words: ClassVar[str] = N_("It is done, but what it says could not be written ({reason}).")


def add_store(parser: argparse.ArgumentParser, *, default: Any = argparse.SUPPRESS) -> None:
    """--db: the store a command works on; the program's own where it is not given (see `store_of`)."""
    which = _("the store: a file or a database URL (default: the program's own)")
    parser.add_argument("--db", metavar="PATH|URL", type=_said, default=default, help=which)


def add_language(parser: argparse.ArgumentParser, *, default: Any = argparse.SUPPRESS) -> None:
    """--lang: the language of the window, or of what a command makes; None means the system's."""
    parser.add_argument("--lang", choices=LANGUAGES, default=default, help=_("the language"))


def add_month(parser: argparse.ArgumentParser) -> None:
    """--month: the first day of the month a command is about."""
    parser.add_argument("--month", metavar="2026-12", type=month, required=True, help=_("the month"))


def month(typed: str) -> date:
    """The first day of a month given as 2026-12."""
    try:
        return date.fromisoformat(f"{typed.strip()}-01")
    except ValueError:
        raise argparse.ArgumentTypeError(_("“{typed}” is no month; write it as 2026-12").format(typed=typed)) from None


def add_json(parser: argparse.ArgumentParser) -> None:
    """--json: one JSON document on stdout and nothing else (see `say_json`)."""
    parser.add_argument("--json", action="store_true", help=_("one JSON document and nothing else"))


def add_login(parser: argparse.ArgumentParser) -> None:
    """--as: who does it. The password is `password()`'s to ask for."""
    parser.add_argument("--as", dest="login", metavar="LOGIN", required=True, help=_("who does it; the password is asked for"))


def existing_file(text: str) -> Path:
    """An argument that must name a file one can read: `parser.add_argument("file", type=options.existing_file)`."""
    path = Path(text)
    if not path.is_file():
        raise argparse.ArgumentTypeError(_("there is no file {path}").format(path=path))
    return path


def _said(text: str) -> str:
    """A variable of a script that is empty must not mean the program's own store."""
    if not text.strip():
        raise argparse.ArgumentTypeError(_("nothing is given"))
    return text


@contextmanager
def new_file(target: Path) -> Iterator[BinaryIO]:
    """A new file to write, gone again where its making fails. DestinationThereError, and the errors of `unwritten`."""
    try:
        file = target.open("xb")
    except FileExistsError as error:
        raise DestinationThereError(place=str(target)) from error
    except OSError as error:
        raise unwritten(error, target.parent) from error
    try:
        with file:
            yield file
    except BaseException as error:
        target.unlink(missing_ok=True)
        if isinstance(error, OSError):
            raise unwritten(error, target.parent) from error
        raise


def store_of(args: argparse.Namespace) -> str:
    """The store the command line means: a path or a database URL."""
    return args.db or str(places.own_store())


def password(prompt: str | None = None) -> str:
    """The password from STATIONDESK_PASSWORD, or asked for. NoPasswordError where nobody can be asked."""
    if (given := os.environ.get(PASSWORD_VARIABLE)) is not None:
        return given
    if not sys.stdin or not sys.stdin.isatty():
        raise NoPasswordError(variable=PASSWORD_VARIABLE)
    return getpass.getpass(prompt or _("Password: "))


def say_json(document: object) -> None:
    """Print the one JSON document of a command."""
    print(json.dumps(document, ensure_ascii=False, indent=1, allow_nan=False))


def progress(line: str) -> None:
    """Say on stderr what is being done, so that stdout holds results only; where stderr is closed, nowhere."""
    if sys.stderr is not None:
        print(line, file=sys.stderr, flush=True)


class _Outlet(io.RawIOBase):
    """A stream whose reader may leave (`stationdesk verify … | head`): what is asked is still done, and its exit code holds."""

    def __init__(self, number: int) -> None:
        self._number = number
        self.refused: OSError | None = None

    def writable(self) -> bool:
        return True

    def write(self, piece: Any) -> int:
        try:
            return os.write(self._number, piece)
        except OSError as error:
            if error.errno not in GONE:  # a full disk: said once, at the end
                self.refused = error
            return len(piece)


def outlive_readers() -> None:
    """stdout and stderr go on when a pipe is closed at its other end. Only the process's own: a test's are left alone."""
    for name in ("stdout", "stderr"):
        stream = getattr(sys, name)
        if isinstance(stream, io.TextIOWrapper) and stream is getattr(sys, f"__{name}__") and not stream.isatty():
            outlet = io.BufferedWriter(_Outlet(stream.fileno()))
            setattr(sys, name, io.TextIOWrapper(outlet, stream.encoding, stream.errors, line_buffering=stream.line_buffering))


def all_said() -> None:
    """What stdout still holds is written. OutputLostError where it, or something before it, could not be."""
    if sys.stdout is None:
        return
    sys.stdout.flush()
    outlet = getattr(getattr(sys.stdout, "buffer", None), "raw", None)
    if isinstance(outlet, _Outlet) and outlet.refused is not None:
        raise OutputLostError(reason=outlet.refused.strerror or str(outlet.refused))


def speak_utf8() -> None:
    """Results that go into a file or another program are UTF-8 on every system; a terminal keeps its own way."""
    for stream in (sys.stdout, sys.stderr):
        if stream is not None and not stream.isatty() and hasattr(stream, "reconfigure"):
            stream.reconfigure(encoding="utf-8", errors="backslashreplace")
