"""What import-linter cannot see of the house's rules: names, sizes, the clock, the raw cursor."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from importlib import import_module
from pathlib import Path

import pytest

from stationdesk.paths import PACKAGE

SOURCES = sorted(PACKAGE.rglob("*.py"))
EMPTY_NAMES = {"utils", "util", "helpers", "helper", "common", "misc", "manager", "managers", "base"}
LINES_OF_A_FILE, LINES_OF_A_FUNCTION = 400, 60
CLOCKED = ("cli/", "storage/", "app", "journey", "ui/runner/")
CLOCKS = {"now", "today", "utcnow", "currentDateTime", "currentDateTimeUtc", "currentDate", "currentTime"}
CLOCK_OWNERS = {"datetime", "date", "QDateTime", "QDate", "QTime"}
CLOCK_CALLS = {"time.time", "time.time_ns", "time.localtime", "time.gmtime", "time.strftime"}


def named(path: Path) -> str:
    return path.relative_to(PACKAGE).as_posix()


def floor(path: Path) -> str:
    return path.relative_to(PACKAGE).parts[0]


def tree(path: Path) -> ast.Module:
    return ast.parse(path.read_text(encoding="utf-8"))


def functions(path: Path) -> Iterator[ast.FunctionDef | ast.AsyncFunctionDef]:
    return (node for node in ast.walk(tree(path)) if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef))


def called(path: Path) -> Iterator[tuple[int, str]]:
    """Line and dotted name of every call: (7, "dt.datetime.now")."""
    for node in ast.walk(tree(path)):
        if isinstance(node, ast.Call):
            yield node.lineno, ast.unparse(node.func)


def test_no_file_is_named_after_nothing():
    assert [named(path) for path in SOURCES if path.stem in EMPTY_NAMES or path.parent.name in EMPTY_NAMES] == []


def test_files_are_short_enough_to_read():
    long = {named(path): lines for path in SOURCES if (lines := len(path.read_text(encoding="utf-8").splitlines())) > LINES_OF_A_FILE}
    assert long == {}


def test_functions_are_short_enough_to_read():
    long = [
        f"{named(path)}:{function.name}"
        for path in SOURCES
        for function in functions(path)
        if (function.end_lineno or 0) - function.lineno >= LINES_OF_A_FUNCTION
    ]
    assert long == []


def test_every_file_says_what_it_is_for():
    silent = [named(path) for path in SOURCES if path.read_text(encoding="utf-8").strip() and not ast.get_docstring(tree(path))]
    assert silent == []


def test_documents_that_are_named_are_there():
    root = PACKAGE.parent
    there = {path.name for path in [*root.glob("*.md"), *(root / "docs").rglob("*.md")]}
    found = [(named(path), name) for path in SOURCES for name in re.findall(r"[\w-]+\.md\b", path.read_text(encoding="utf-8"))]
    assert [each for each in found if each[1] not in there] == []


def asks_the_clock(name: str) -> bool:
    owner, _, method = name.rpartition(".")
    return name in CLOCK_CALLS or (method in CLOCKS and owner.rpartition(".")[2] in CLOCK_OWNERS)


def test_only_app_cli_storage_and_the_runner_ask_the_clock():
    """Everybody else is handed the time."""
    handed = [path for path in SOURCES if not named(path).startswith(CLOCKED)]
    assert [f"{named(path)}:{line} {name}" for path in handed for line, name in called(path) if asks_the_clock(name)] == []


def test_nobody_takes_the_raw_cursor():
    """It would walk past the guard that refuses writes the journal does not see."""
    raw = [
        f"{named(path)}:{node.lineno}"
        for path in SOURCES
        if floor(path) != "storage"
        for node in ast.walk(tree(path))
        if isinstance(node, ast.Attribute)
        and node.attr in {"cursor", "driver_connection", "dbapi_connection", "raw_connection", "exec_driver_sql", "connection"}
        and "session" in ast.unparse(node.value).lower()
    ]
    assert raw == []


def test_pages_are_imported_inside_functions():
    """So that the window paints its first picture before anything heavy is imported."""
    pages = PACKAGE / "ui" / "pages.py"
    at_top = [
        node.module
        for node in tree(pages).body
        if isinstance(node, ast.ImportFrom) and (node.module or "").startswith("stationdesk.ui.") and ".widgets" not in (node.module or "")
    ]
    assert at_top == []


def test_no_module_hides_what_its_package_gives():
    packages = [file.parent for file in (PACKAGE / "services").glob("*/whole.py")]
    assert len(packages) > 5
    for package in packages:
        whole = import_module(f"stationdesk.services.{package.name}.whole")
        assert not {file.stem for file in package.glob("*.py")} & set(whole.__all__), package.name


@pytest.mark.parametrize("path", [path for path in SOURCES if floor(path) in {"ui", "services", "cli"}], ids=named)
def test_what_is_heavy_is_imported_where_it_is_needed(path):
    heavy = {"numba", "ortools", "highspy", "pandas", "numpy", "reportlab", "openpyxl", "pyqtgraph", "alembic", "pypdfium2", "xlsxwriter"}
    top = [
        alias.name if isinstance(node, ast.Import) else node.module or ""
        for node in tree(path).body
        if isinstance(node, ast.Import | ast.ImportFrom)
        for alias in node.names
    ]
    assert heavy & {name.partition(".")[0] for name in top} == set()
