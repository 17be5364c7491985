"""The installed package is whole: the command, the resources and the migrations are in the wheel and nothing else is."""

from __future__ import annotations

import shutil
import subprocess
import sys
import zipfile

import pytest

from stationdesk import __version__
from stationdesk.paths import PACKAGE

ROOT = PACKAGE.parent


@pytest.fixture(scope="module")
def names(tmp_path_factory) -> set[str]:
    """What the wheel holds. Built from a copy, so that a checkout somebody works in stays as it is."""
    copy = tmp_path_factory.mktemp("wheel") / "checkout"
    copy.mkdir()
    for folder in ("stationdesk", "resources", "db"):
        shutil.copytree(ROOT / folder, copy / folder, ignore=shutil.ignore_patterns("__pycache__"))
    for file in ("pyproject.toml", "README.md", "LICENSE"):
        shutil.copy(ROOT / file, copy / file)
    build = [sys.executable, "-m", "hatchling", "build", "-t", "wheel", "-d", "out"]
    subprocess.run(build, cwd=copy, check=True, capture_output=True)
    with zipfile.ZipFile(copy / "out" / f"stationdesk-{__version__}-py3-none-any.whl") as wheel:
        assert (
            wheel.read(f"stationdesk-{__version__}.dist-info/entry_points.txt").split()
            == b"[console_scripts] stationdesk = stationdesk.cli:main".split()
        )
        return set(wheel.namelist())


@pytest.mark.parametrize(
    ("folder", "inside"), [("stationdesk", "stationdesk"), ("resources", "stationdesk/_resources"), ("db", "stationdesk/_db")]
)
def test_everything_is_inside(names, folder, inside):
    files = (path for path in (ROOT / folder).rglob("*") if path.is_file() and "__pycache__" not in path.parts)
    wanted = {f"{inside}/{path.relative_to(ROOT / folder).as_posix()}" for path in files}
    assert wanted
    assert wanted - names == set()


def test_nothing_else_is_inside(names):
    assert {name.partition("/")[0] for name in names} == {"stationdesk", f"stationdesk-{__version__}.dist-info"}
