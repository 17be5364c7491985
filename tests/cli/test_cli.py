"""The command line answers in one line, with the exit code that scripts rely on."""

from __future__ import annotations

import argparse
import importlib.util
import json
import logging
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from types import SimpleNamespace
from typing import ClassVar

import pytest

from stationdesk import __version__, cli
from stationdesk.cli import defects, language, options, places, start
from stationdesk.domain import words
from stationdesk.domain.errors import DomainError


class ShutError(DomainError):
    """For these tests."""

    words: ClassVar[str] = "The gate {gate} is shut."


@pytest.fixture(autouse=True)
def english_shell(monkeypatch) -> None:
    monkeypatch.setenv("LANG", "en_GB.UTF-8")
    monkeypatch.delenv("LC_ALL", raising=False)
    monkeypatch.delenv("LC_MESSAGES", raising=False)


@pytest.fixture
def search(monkeypatch) -> Callable[[Callable[[argparse.Namespace], int]], None]:
    """Puts a command of the test's own in the place of `search`."""

    def add(parser: argparse.ArgumentParser) -> None:
        parser.add_argument("text")
        options.add_store(parser)
        options.add_json(parser)

    def put(run: Callable[[argparse.Namespace], int]) -> None:
        monkeypatch.setattr(cli, "module_of", lambda command: SimpleNamespace(add=add, run=run))

    return put


def refuse(args: argparse.Namespace) -> int:
    raise ShutError(gate=7)


def break_down(args: argparse.Namespace) -> int:
    return 1 // 0


def test_a_command_is_done_and_its_code_handed_on(search, capsys):
    search(lambda args: options.say_json({"text": args.text, "db": options.store_of(args)}) or 1)
    assert cli.main(["search", "阀门", "--db", "a.db", "--json"]) == 1
    assert json.loads(capsys.readouterr().out) == {"text": "阀门", "db": "a.db"}


@pytest.mark.parametrize(
    ("given", "store"),
    [
        (["--db", "a.db", "search", "x"], "a.db"),
        (["search", "x", "--db", "b.db"], "b.db"),
        (["--db", "a", "search", "x", "--db", "b"], "b"),
    ],
)
def test_the_store_may_be_said_before_or_after_the_command(search, capsys, given, store):
    search(lambda args: print(options.store_of(args)) or 0)
    assert cli.main(given) == 0
    assert capsys.readouterr().out == f"{store}\n"


def test_without_a_store_the_programs_own_is_meant(search, capsys, tmp_path):
    search(lambda args: print(options.store_of(args)) or 0)
    cli.main(["search", "x"])
    assert capsys.readouterr().out == f"{tmp_path / 'home' / 'station.db'}\n"


def test_a_refusal_is_one_line_and_2(search, capsys):
    search(refuse)
    assert cli.main(["search", "x"]) == 2
    assert capsys.readouterr() == ("", "stationdesk: The gate 7 is shut.\n")


def test_a_defect_is_one_line_naming_the_log_and_1(search, capsys, tmp_path):
    search(break_down)
    assert cli.main(["search", "x"]) == 1
    said = capsys.readouterr()
    log = tmp_path / "home" / "stationdesk.log"
    assert said.out == ""
    assert said.err.count("\n") == 1
    assert str(log) in said.err
    assert "ZeroDivisionError" in log.read_text(encoding="utf-8")
    assert "Traceback" in log.read_text(encoding="utf-8")


def test_an_interrupted_command_says_nothing(search, capsys):
    def interrupt(args: argparse.Namespace) -> int:
        raise KeyboardInterrupt

    search(interrupt)
    assert cli.main(["search", "x"]) == 130
    assert capsys.readouterr() == ("", "")


@pytest.mark.parametrize("given", [["search"], ["sing"], ["--lang", "fr"], ["search", "x", "--colour"]])
def test_wrong_usage_is_one_line_and_2(search, capsys, given):
    search(break_down)
    with pytest.raises(SystemExit) as stop:
        cli.main(given)
    said = capsys.readouterr()
    assert stop.value.code == 2
    assert said.out == ""
    assert said.err.count("\n") == 1


def test_the_version(capsys):
    with pytest.raises(SystemExit) as stop:
        cli.main(["--version"])
    assert stop.value.code == 0
    assert capsys.readouterr().out == f"StationDesk {__version__}\n"


@pytest.mark.parametrize("command", cli.COMMANDS, ids=lambda command: command.name)
def test_every_command_is_there_with_its_help(command, capsys):
    assert importlib.util.find_spec(f"stationdesk.cli.{command.module}"), f"stationdesk/cli/{command.module}.py"
    with pytest.raises(SystemExit) as stop:
        cli.main([command.name, "--help"])
    assert stop.value.code == 0
    assert capsys.readouterr().out.startswith(f"usage: stationdesk {command.name}")


def test_help_names_every_command_in_chinese_too(capsys):
    with pytest.raises(SystemExit):
        cli.main(["--lang", "zh_CN", "--help"])
    said = capsys.readouterr().out
    assert all(command.name in said for command in cli.COMMANDS)
    assert "检索值班记录" in said
    assert "选项：" in said
    assert not [word for word in ("usage", "options", "show", "exit") if word in said]


def test_wrong_usage_is_said_in_the_language_spoken(capsys):
    with pytest.raises(SystemExit) as ended:
        cli.main(["init", "--lang", "zh_CN"])
    assert ended.value.code == cli.REFUSED
    assert capsys.readouterr().err.startswith("stationdesk init: 缺少参数：--station")


@pytest.mark.parametrize(
    ("environment", "speaks"),
    [
        ({"LANG": "zh_CN.UTF-8"}, "zh_CN"),
        ({"LANG": "en_US.UTF-8"}, "en"),
        ({"LC_ALL": "C", "LANG": "zh_CN.UTF-8"}, "en"),
        ({"LC_ALL": "", "LC_MESSAGES": "zh_SG", "LANG": "en_US"}, "zh_CN"),
    ],
)
def test_the_systems_language(environment, speaks):
    assert language.of_system(environment) == speaks


@pytest.mark.parametrize(("named", "speaks"), [("Chinese (Simplified)_China", "zh_CN"), ("German_Germany", "en"), (None, "en")])
def test_a_windows_names_its_language_otherwise(monkeypatch, named, speaks):
    monkeypatch.setattr(language.locale, "getlocale", lambda: (named, None))
    assert language.of_system({}) == speaks


@pytest.mark.parametrize("given", [["--lang", "zh_CN"], ["--lang=zh_CN"], ["report", "x", "--lang", "zh_CN"]])
def test_a_language_that_is_asked_for_wins(given):
    assert language.asked_for(given) == "zh_CN"
    assert language.asked_for(["--lang"]) == language.asked_for(["--lang", "fr"]) == "en"


def test_the_password_comes_from_the_environment_or_a_terminal(monkeypatch):
    monkeypatch.setattr(sys, "stdin", SimpleNamespace(isatty=lambda: False))
    with pytest.raises(options.NoPasswordError):
        options.password()
    monkeypatch.setattr(sys, "stdin", SimpleNamespace(isatty=lambda: True))
    monkeypatch.setattr(options.getpass, "getpass", lambda prompt: f"typed at {prompt}")
    assert options.password() == "typed at Password: "
    monkeypatch.setenv("STATIONDESK_PASSWORD", "demo")
    assert options.password() == "demo"


def test_a_file_that_is_not_there_is_wrong_usage(tmp_path):
    with pytest.raises(argparse.ArgumentTypeError, match=r"nowhere\.csv"):
        options.existing_file(str(tmp_path / "nowhere.csv"))
    (tmp_path / "here.csv").touch()
    assert options.existing_file(str(tmp_path / "here.csv")) == tmp_path / "here.csv"


def test_a_log_that_cannot_be_written_goes_to_stderr(monkeypatch, tmp_path):
    blocked = tmp_path / "file"
    blocked.touch()
    monkeypatch.setenv("STATIONDESK_HOME", str(blocked / "home"))
    defects.keep_log()
    assert isinstance(logging.getLogger().handlers[0], logging.StreamHandler)


@pytest.mark.parametrize(
    ("environment", "seen"),
    [({"DISPLAY": ":0"}, True), ({"WAYLAND_DISPLAY": "w"}, True), ({}, False), ({"DISPLAY": ":0", "QT_QPA_PLATFORM": "offscreen"}, False)],
)
def test_a_screen_is_there_or_not(monkeypatch, environment, seen):
    for name in ("DISPLAY", "WAYLAND_DISPLAY", "QT_QPA_PLATFORM"):
        monkeypatch.delenv(name, raising=False)
    for name, value in environment.items():
        monkeypatch.setenv(name, value)
    monkeypatch.setattr(start.sys, "platform", "linux")
    monkeypatch.setattr(start.os, "name", "posix")
    assert start.has_screen() is seen


def test_a_window_without_a_screen_is_refused_in_words(monkeypatch, capsys):
    monkeypatch.setattr(start, "has_screen", lambda: False)
    monkeypatch.delenv("QT_QPA_PLATFORM")
    assert cli.main([]) == 2
    assert "screen" in capsys.readouterr().err


def test_the_checks_need_a_checkout(monkeypatch, capsys):
    monkeypatch.setattr(start, "checkout", lambda: None)
    assert cli.main(["--test"]) == 2
    assert "checkout" in capsys.readouterr().err


def test_the_programs_folder_is_the_persons(monkeypatch, tmp_path):
    monkeypatch.delenv("STATIONDESK_HOME")
    monkeypatch.setenv("XDG_DATA_HOME", str(tmp_path / "data"))
    if sys.platform == "linux":
        assert places.home() == tmp_path / "data" / "StationDesk"
    assert places.own_store().parent == places.log_file().parent == places.home()


def test_reading_the_command_line_imports_no_floor():
    code = (
        "import sys; from stationdesk import cli; cli.language.speak('zh_CN'); cli.parser_for([]).parse_args([]);"
        "heavy = {'sqlalchemy', 'PySide6', 'alembic', 'reportlab', 'openpyxl', 'platformdirs'};"
        "print(*sorted(heavy & {name.partition('.')[0] for name in sys.modules}))"
    )
    assert subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True).stdout.strip() == ""


@pytest.mark.parametrize("code", [0, 1])
def test_the_reader_of_our_output_may_leave_and_the_exit_code_holds(code):
    program = (
        "import sys; from stationdesk import cli;"
        f"cli.start.window = lambda args: [print('x' * 1000) for _ in range(9999)] and {code}; sys.exit(cli.main([]))"
    )
    with subprocess.Popen([sys.executable, "-c", program], stdout=subprocess.PIPE, stderr=subprocess.PIPE) as running:
        assert running.stdout is not None
        assert running.stderr is not None
        running.stdout.readline()
        running.stdout.close()
        assert running.stderr.read() == b""
        assert running.wait() == code


def test_progress_never_stands_among_the_results(monkeypatch, capsys):
    monkeypatch.setattr("sys.stderr", None)
    options.progress("half done")
    assert capsys.readouterr().out == ""


def test_a_folder_that_cannot_be_made_is_one_line_and_2(monkeypatch, capsys, tmp_path):
    (tmp_path / "file").touch()
    monkeypatch.setenv("STATIONDESK_HOME", str(tmp_path / "file" / "home"))
    assert cli.main(["verify"]) == 2
    err = capsys.readouterr().err
    assert "STATIONDESK_HOME" in err
    assert err.count("\n") == 1


def test_tests_leave_the_language_alone():
    assert words.language() == "en"


@pytest.mark.parametrize("command", [each.name for each in cli.COMMANDS if each.name not in ("import", "roster")])
def test_the_language_may_be_said_behind_a_command_too(command, capsys):
    with pytest.raises(SystemExit) as ended:
        cli.main([command, *(["z"] if command == "gas" else []), "--help"])
    assert ended.value.code == 0
    assert "--lang" in capsys.readouterr().out


@pytest.mark.skipif(not Path("/dev/full").is_char_device(), reason="a system without a device that is always full")
@pytest.mark.parametrize(("code", "ends"), [(0, 2), (1, 1)])
def test_results_that_cannot_be_written_are_missed_in_one_line(code, ends):
    program = f"""
import sys
from stationdesk import cli
cli.dispatch = lambda args: print("x" * 100_000) or {code}
raise SystemExit(cli.main(["--lang", "en"]))
"""
    with Path("/dev/full").open("wb") as full:
        ran = subprocess.run([sys.executable, "-c", program], stdout=full, stderr=subprocess.PIPE, text=True, check=False)
    assert ran.returncode == ends
    assert ran.stderr == "stationdesk: It is done, but what it says could not be written (No space left on device).\n"


def test_a_name_that_is_too_long_is_no_defect(capsys, tmp_path):
    assert cli.main(["--lang", "en", "verify", "--db", str(tmp_path / ("a" * 300))]) == 2
    assert "File name too long" in capsys.readouterr().err
