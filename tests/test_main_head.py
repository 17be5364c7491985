"""The head of main.py makes .venv on a bare Python and starts again in it, whatever the folder is called and whatever happens.

A copy of main.py is tried with a tiny package of its own: no network, and the real dependencies are not installed again.
"""

from __future__ import annotations

import base64
import hashlib
import importlib.metadata
import importlib.util
import os
import subprocess
import sys
import zipfile
from pathlib import Path
from types import ModuleType

import pytest

from stationdesk.paths import PACKAGE

MAIN = PACKAGE.parent / "main.py"
PROGRAM = """\
import os, sys
def main():
    import dependency
    print(sys.prefix, dependency.VERSION, *sys.argv[1:], sep="|")
    return int(os.environ.get("EXIT", 0))
"""


def wheel(folder: Path, name: str, version: str) -> None:
    """The smallest wheel pip takes."""
    files = {
        f"{name}.py": f"VERSION = {version!r}\n",
        f"{name}-{version}.dist-info/METADATA": f"Metadata-Version: 2.1\nName: {name}\nVersion: {version}\n",
        f"{name}-{version}.dist-info/WHEEL": "Wheel-Version: 1.0\nGenerator: test\nRoot-Is-Purelib: true\nTag: py3-none-any\n",
    }
    record = f"{name}-{version}.dist-info/RECORD"
    with zipfile.ZipFile(folder / f"{name}-{version}-py3-none-any.whl", "w") as archive:
        for path, text in files.items():
            archive.writestr(path, text)
        sums = {
            path: base64.urlsafe_b64encode(hashlib.sha256(text.encode()).digest()).rstrip(b"=").decode() for path, text in files.items()
        }
        archive.writestr(record, "".join(f"{path},sha256={sums[path]},{len(files[path])}\n" for path in files) + f"{record},,\n")


class Place:
    """A checkout of a small program with the real main.py."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.venv = folder / ".venv"
        self.wheels = folder.parent / "wheels"
        self.wheels.mkdir()
        for name, version in (("dependency", "1.0"), ("dependency", "2.0"), ("tester", "1.0")):
            wheel(self.wheels, name, version)
        (folder / "stationdesk").mkdir(parents=True)
        (folder / "stationdesk" / "__init__.py").touch()
        (folder / "stationdesk" / "cli.py").write_text(PROGRAM)
        (folder / "main.py").write_bytes(MAIN.read_bytes())
        (folder / "pyproject.toml").write_text('[project]\ndependencies = ["dependency>=1"]\noptional-dependencies.dev = ["tester"]\n')
        self.pin("1.0")

    def pin(self, version: str) -> None:
        (self.folder / "constraints.txt").write_text(f"# pins\ndependency=={version}\ntester==1.0\n")

    def environment(self, **more: str) -> dict[str, str]:
        clean = {name: value for name, value in os.environ.items() if not name.startswith(("PIP_", "PYTHON", "VIRTUAL_ENV"))}
        here = {
            "PIP_CONFIG_FILE": os.devnull,
            "PIP_NO_INDEX": "1",
            "PIP_FIND_LINKS": self.wheels.as_uri(),
            "LANG": "en_GB.UTF-8",
            "LC_ALL": "",
        }
        return clean | here | more

    def command(self, *arguments: str, python: str = "") -> list[str]:
        return [python or sys._base_executable, str(self.folder / "main.py"), *arguments]

    def start(self, *arguments: str, python: str = "", **more: str) -> subprocess.CompletedProcess[str]:
        command = self.command(*arguments, python=python)
        return subprocess.run(
            command, capture_output=True, encoding="utf-8", env=self.environment(**more), stdin=subprocess.DEVNULL, check=False
        )


@pytest.fixture
def place(tmp_path):
    return Place(tmp_path / "天然气 门站 100%20 desk")


def test_a_bare_python_is_enough_and_the_second_start_installs_nothing(place):
    first = place.start("verify", "--db", "带 空格%d.db", EXIT="2")
    assert first.returncode == 2, first.stderr
    assert first.stdout == f"{place.venv}|1.0|verify|--db|带 空格%d.db\n"
    assert first.stderr.startswith("First start")
    mark = place.venv / "mark"
    mark.touch()
    second = place.start(PIP_FIND_LINKS="/nowhere")
    assert (second.returncode, second.stderr) == (0, "")
    assert mark.exists()
    assert not (place.venv / "stationdesk-dev.stamp").exists()
    _a_new_pin_is_installed_in_place(place, mark)
    _testing_adds_what_tests_need(place, mark)
    _its_own_python_is_taken_as_it_is(place)
    _a_half_made_one_is_made_anew(place, mark)


def _a_new_pin_is_installed_in_place(place, mark):
    place.pin("2.0")
    got = place.start()
    assert (got.returncode, got.stdout) == (0, f"{place.venv}|2.0\n"), got.stderr
    assert mark.exists()


def _testing_adds_what_tests_need(place, mark):
    code = ["-c", "import tester"]
    python = str(place.venv / ("Scripts/python.exe" if os.name == "nt" else "bin/python"))
    assert subprocess.run([python, *code], capture_output=True, check=False).returncode != 0
    assert place.start("--test").stdout == f"{place.venv}|2.0|--test\n"
    assert subprocess.run([python, *code], capture_output=True, check=False).returncode == 0
    assert mark.exists()


def _its_own_python_is_taken_as_it_is(place):
    python = str(place.venv / ("Scripts/python.exe" if os.name == "nt" else "bin/python"))
    got = place.start("x", python=python, PIP_FIND_LINKS="/nowhere")
    assert (got.stdout, got.stderr) == (f"{place.venv}|2.0|x\n", "")


def _a_half_made_one_is_made_anew(place, mark):
    for stamp in place.venv.glob("*.stamp"):
        stamp.unlink()
    got = place.start()
    assert (got.returncode, got.stdout) == (0, f"{place.venv}|2.0\n"), got.stderr
    assert not mark.exists()


def test_two_starts_at_once_install_once(place):
    starts = [
        subprocess.Popen(place.command(str(n)), stdout=subprocess.PIPE, stderr=subprocess.PIPE, encoding="utf-8", env=place.environment())
        for n in range(2)
    ]
    said = [start.communicate() for start in starts]
    assert [start.returncode for start in starts] == [0, 0], said
    assert [out for out, _err in said] == [f"{place.venv}|1.0|0\n", f"{place.venv}|1.0|1\n"]
    assert sorted(err.partition(" ")[0] for _out, err in said) == ["Another", "First"]


def test_without_a_network_it_says_what_to_do_and_the_next_start_tries_again(place):
    unreachable = {
        "PIP_NO_INDEX": "",
        "PIP_FIND_LINKS": "",
        "PIP_INDEX_URL": "http://127.0.0.1:9/simple",
        "PIP_RETRIES": "0",
        "PIP_TIMEOUT": "2",
    }
    got = place.start(**unreachable)
    assert (got.returncode, got.stdout) == (1, "")
    assert "connected" in got.stderr
    assert "PIP_FIND_LINKS" in got.stderr
    assert "Traceback" not in got.stderr
    assert place.start().returncode == 0


def test_a_package_that_cannot_be_had_is_named(place):
    place.pin("3.0")
    got = place.start(LANG="zh_CN.UTF-8")
    assert got.returncode == 1
    assert "dependency==3.0" in got.stderr
    assert "无法下载所需的软件包" in got.stderr


def test_a_broken_package_is_shown_as_pip_says_it(place):
    (place.wheels / "dependency-1.0-py3-none-any.whl").write_bytes(b"no zip")
    got = place.start()
    assert got.returncode == 1
    assert "could not be installed" in got.stderr
    assert "dependency-1.0" in got.stderr


@pytest.fixture
def head(monkeypatch, tmp_path) -> ModuleType:
    """main.py as a module, pointed at a folder of the test's own."""
    spec = importlib.util.spec_from_file_location("stationdesk_main_head", MAIN)
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    monkeypatch.setattr(module, "VENV", tmp_path / ".venv")
    monkeypatch.setattr(module, "PYTHON", tmp_path / ".venv" / "bin" / "python")
    monkeypatch.setattr(module, "LOCK", tmp_path / ".venv.lock")
    monkeypatch.setenv("LC_ALL", "en_GB.UTF-8")
    monkeypatch.setattr(module, "start_again", lambda: pytest.fail("it started again"))
    return module


def test_a_debian_without_ensurepip_is_told_the_package(head, monkeypatch, capsys):
    monkeypatch.setattr(head.util, "find_spec", lambda name: None)
    with pytest.raises(SystemExit) as stop:
        head.make_venv()
    assert stop.value.code == 1
    assert f"apt install python3.{sys.version_info[1]}-venv" in capsys.readouterr().err


def test_a_folder_one_may_not_write_is_said(head, monkeypatch, capsys, tmp_path):
    monkeypatch.setattr(head, "LOCK", tmp_path / "nowhere" / "lock")
    with pytest.raises(SystemExit) as stop, head.locked():
        pass
    assert stop.value.code == 1
    assert "cannot write" in capsys.readouterr().err


def test_a_frozen_program_has_all_it_needs(head, monkeypatch):
    monkeypatch.setattr(head.sys, "frozen", True, raising=False)
    head.enter()


def test_a_python_with_the_pinned_packages_needs_no_other(head, monkeypatch):
    monkeypatch.setattr(head.sys, "argv", ["main.py", "--test"])
    head.enter()


def test_a_python_with_other_versions_is_not_taken(head, monkeypatch):
    monkeypatch.setattr(head.metadata, "version", lambda name: "0")
    assert head.installed("run", exact=False)
    assert not head.installed("run", exact=True)
    monkeypatch.setattr(head, "prepare", lambda kind: None)
    with pytest.raises(pytest.fail.Exception, match="started again"):
        head.enter()


def test_an_older_stamp_is_no_stamp(head):
    head.VENV.mkdir()
    (head.VENV / "bin").mkdir()
    head.PYTHON.touch()
    assert not head.ready("run")
    head.write_stamp("run")
    assert head.ready("run")
    assert not head.ready("dev")
    head.PYTHON.unlink()
    assert not head.ready("run")


def test_pins_cover_every_requirement_exactly_and_name_no_index(head):
    wanted = head.pins()
    for extra in ("run", "dev"):
        assert [name for name in map(head.name_of, head.requirements(extra)) if name not in wanted] == []
    lines = [line for line in head.PINS.read_text(encoding="utf-8").splitlines() if not line.startswith("#")]
    assert [line for line in lines if line.count("==") != 1 or any(mark in line for mark in ("://", "@", "--", "*"))] == []


def test_what_is_installed_here_is_pinned_whole(head):
    """A package nobody pinned would be another version tomorrow."""
    found = {head.name_of(each.metadata["Name"]): each.version for each in importlib.metadata.distributions()}
    ours = {name: version for name, version in found.items() if name not in {"pip", "setuptools", "wheel", "stationdesk"}}
    if Path(sys.prefix).resolve() == (MAIN.parent / ".venv").resolve():
        assert {name: version for name, version in ours.items() if head.pins().get(name) != version} == {}
