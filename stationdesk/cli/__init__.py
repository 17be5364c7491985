"""The terminal's way in, and the window's: `python3 main.py …` from a checkout, `stationdesk …` when installed.

A command is one file of this package, `def add(parser)` for its arguments and `def run(args) -> int` for its work, and
one line in COMMANDS. It is imported only when it is asked for, so that the window opens without any of them.
"""

from __future__ import annotations

import argparse
import errno
import importlib
import logging
import sys
from collections.abc import Sequence
from dataclasses import dataclass
from typing import NoReturn, Protocol

from stationdesk import __version__
from stationdesk.cli import defects, language, options, start, usage
from stationdesk.domain.errors import DomainError, say
from stationdesk.domain.files import FULL, unwritten
from stationdesk.domain.words import N_, _

DONE, FAILED, REFUSED, INTERRUPTED = 0, 1, 2, 130


@dataclass(frozen=True)
class Command:
    """One word of the command line, the module that does it and what it does."""

    name: str
    module: str
    does: str


COMMANDS = (
    Command("demo", "demo", N_("make a store with a lively gate station")),
    Command("init", "init", N_("make a new, empty station from a profile")),
    Command("setup", "setup", N_("hand out the set-up workbook, or bring a station's own lists in")),
    Command("report", "report", N_("make a sheet as PDF or Excel")),
    Command("log", "log", N_("write an entry in the duty log")),
    Command("import", "bring", N_("bring in hourly readings or a corrector's archive, from CSV or Excel")),
    Command("search", "search", N_("search the duty log")),
    Command("roster", "roster", N_("what a rotation covers; make and check a roster")),
    Command("gas", "gas", N_("compressibility and heating value of a gas")),
    Command("verify", "verify", N_("check journal, records and signatures, or one printed sheet")),
    Command("backup", "backup", N_("copy the store while the program runs")),
    Command("restore", "restore", N_("put a backup in the place of a store")),
    Command("export", "export", N_("write everything as open CSV and JSON")),
    Command("upgrade", "upgrade", N_("bring an older store to this program, with a backup first")),
)


class CommandModule(Protocol):
    """What a command's file offers."""

    def add(self, parser: argparse.ArgumentParser) -> None:
        """Say which arguments the command takes."""

    def run(self, args: argparse.Namespace) -> int:
        """Do it, and return the exit code: 0 done, 1 a check failed. What it refuses it raises as a DomainError."""


class Parser(argparse.ArgumentParser):
    """Wrong usage is one line on stderr."""

    def error(self, message: str) -> NoReturn:
        self.exit(REFUSED, f"{self.prog}: {message} ({self.prog} --help)\n")

    def format_help(self) -> str:
        return usage.full_width(super().format_help())


def module_of(command: Command) -> CommandModule:
    """The command's file, imported now."""
    module: CommandModule = importlib.import_module(f"stationdesk.cli.{command.module}")
    return module


def parser_for(arguments: Sequence[str]) -> Parser:
    """The whole command line; only a command that is named in the arguments says more than its name."""
    usage.speak()
    about = _("The desk of a manned station. Without a command its window opens.")
    parser = Parser(prog="stationdesk", description=about, allow_abbrev=False)  # --d is a command's own, not short for --db
    parser.add_argument("--version", action="version", version=f"StationDesk {__version__}", help=_("say the version"))
    demo = _("open the window on a station full of life; without a screen, play a shift and keep its pictures")
    parser.add_argument("--demo", action="store_true", help=demo)
    parser.add_argument("--test", action="store_true", help=_("run every check of this checkout"))
    options.add_store(parser, default=None)
    options.add_language(parser, default=None)
    commands = parser.add_subparsers(dest="command", metavar=_("COMMAND"), title=_("commands"))
    for command in COMMANDS:
        own = commands.add_parser(command.name, help=_(command.does), description=_(command.does))
        if command.name in arguments:
            module = module_of(command)
            module.add(own)
            own.set_defaults(run=module.run)
    return parser


def main(arguments: Sequence[str] | None = None) -> int:
    """Do what the command line says; the exit code is 0 done, 2 wrong usage or refused, 1 a defect or a failed check."""
    given = list(sys.argv[1:] if arguments is None else arguments)
    options.outlive_readers()
    options.speak_utf8()
    language.speak(language.asked_for(given))
    args = parser_for(given).parse_args(given)
    try:
        return ended(dispatch(args))
    except DomainError as error:
        print(f"stationdesk: {say(error)}", file=sys.stderr)
        return REFUSED
    except KeyboardInterrupt:
        return INTERRUPTED
    except Exception as error:
        if isinstance(error, OSError) and error.errno in (*FULL, errno.ENAMETOOLONG):
            print(f"stationdesk: {say(unwritten(error, ''))}", file=sys.stderr)
            return REFUSED
        logging.getLogger(__name__).exception("defect in %s", given[:1])
        print(defects.words_for(error), file=sys.stderr)
        return FAILED


def ended(code: int) -> int:
    """The exit code of what was done; where its words got lost, one of 0 becomes 2."""
    try:
        options.all_said()
    except options.OutputLostError as error:
        print(f"stationdesk: {say(error)}", file=sys.stderr)
        return code or REFUSED
    return code


def dispatch(args: argparse.Namespace) -> int:
    """A command, one of the README's two, or the window."""
    if args.test:
        return start.checks()
    defects.keep_log()
    if args.command is not None:
        code: int = args.run(args)
        return code
    if args.demo:
        return start.demo(args)
    return start.window(args)
