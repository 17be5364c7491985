"""StationDesk from a checkout: `python3 main.py` and `python3 main.py --test`.

This file uses the standard library only. It makes .venv beside itself, fills it with the packages named in pyproject.toml
at the versions of constraints.txt, and starts again inside it. Why it is so: docs/adr/0003-two-commands.md.
"""

from __future__ import annotations

import hashlib
import locale
import os
import re
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from importlib import metadata, util
from pathlib import Path

HERE = Path(__file__).resolve().parent
VENV = HERE / ".venv"
PYTHON = VENV / ("Scripts/python.exe" if os.name == "nt" else "bin/python")
LOCK = HERE / ".venv.lock"
PROJECT = HERE / "pyproject.toml"
PINS = HERE / "constraints.txt"
RUN, DEVELOP = "run", "dev"
OFFLINE_SIGNS = ("NewConnectionError", "NameResolutionError", "ProxyError", "SSLError", "imed out", "unreachable", "matching distribution")


def chinese() -> bool:
    """Whether the person in front of this computer reads Chinese, as far as the system says."""
    named = os.environ.get("LC_ALL") or os.environ.get("LC_MESSAGES") or os.environ.get("LANG")
    return (named or locale.getlocale()[0] or "").lower().startswith(("zh", "chinese"))


def tell(english: str, zh: str) -> None:
    print(zh if chinese() else english, file=sys.stderr, flush=True)


def fail(english: str, zh: str) -> None:
    tell(english, zh)
    raise SystemExit(1)


def name_of(requirement: str) -> str:
    """The distribution's name in a requirement or a pin: "psycopg[binary]>=3" is "psycopg"."""
    return re.split(r"[\[=<>!~; ]", requirement)[0].lower().replace("_", "-")


def requirements(kind: str) -> list[str]:
    """What pyproject.toml asks for to run, or to test as well."""
    import tomllib  # new in 3.11, so that an older Python reaches the sentence that says so

    project = tomllib.loads(PROJECT.read_text(encoding="utf-8"))["project"]
    return [*project["dependencies"], *(project["optional-dependencies"]["dev"] if kind == DEVELOP else ())]


def pins() -> dict[str, str]:
    """Name → exact version, from constraints.txt."""
    lines = (line.partition("#")[0].strip() for line in PINS.read_text(encoding="utf-8").splitlines())
    return {name_of(line): line.partition("==")[2] for line in lines if line}


def installed(kind: str, *, exact: bool) -> bool:
    """Whether this very Python has all that is asked for, with `exact` at the pinned versions."""
    wanted = pins()
    for name in map(name_of, requirements(kind)):
        try:
            found = metadata.version(name)
        except metadata.PackageNotFoundError:
            return False
        if exact and found != wanted[name]:
            return False
    return True


def stamp_file(kind: str) -> Path:
    return VENV / f"stationdesk-{kind}.stamp"


def maker() -> str:
    """What a .venv cannot survive a change of: the Python series and the place."""
    return f"{sys.implementation.name} {sys.version_info[0]}.{sys.version_info[1]} {VENV}"


def stamp(kind: str) -> str:
    packages = "\n".join([*requirements(kind), *(f"{name}=={version}" for name, version in pins().items())])
    return f"{maker()}\n{hashlib.sha256(packages.encode()).hexdigest()}\n"


def read_stamp(kind: str) -> str:
    try:
        return stamp_file(kind).read_text(encoding="utf-8") if PYTHON.exists() else ""
    except OSError:
        return ""


def ready(kind: str) -> bool:
    return read_stamp(kind) == stamp(kind)


def write_stamp(kind: str) -> None:
    """Written last and by rename, so that a .venv somebody interrupted is never taken for a whole one."""
    part = stamp_file(kind).with_suffix(".part")
    part.write_text(stamp(kind), encoding="utf-8")
    part.replace(stamp_file(kind))


@contextmanager
def locked() -> Iterator[None]:
    """One start at a time makes .venv; the operating system frees the lock even of a start that was killed."""
    try:
        handle = LOCK.open("a+b")
    except OSError as error:
        fail(f"StationDesk cannot write to its own folder {HERE}: {error.strerror}", f"无法写入程序所在文件夹 {HERE}：{error.strerror}")
    with handle:
        if not lock(handle.fileno(), wait=False):
            tell("Another start of StationDesk is installing; waiting for it ...", "另一个启动中的程序正在安装，请稍候……")
            lock(handle.fileno(), wait=True)
        yield


def lock(descriptor: int, *, wait: bool) -> bool:
    """Take the lock; False if somebody holds it and we are not to wait."""
    while True:
        try:
            if sys.platform == "win32":
                import msvcrt

                os.lseek(descriptor, 0, os.SEEK_SET)
                msvcrt.locking(descriptor, msvcrt.LK_NBLCK, 1)
            else:
                import fcntl

                fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except OSError:
            if not wait:
                return False
            time.sleep(0.2)
        else:
            return True


def own_environment() -> dict[str, str]:
    """The environment without what would send pip or Python somewhere else than into .venv."""
    astray = {"PYTHONHOME", "PYTHONPATH", "PIP_TARGET", "PIP_PREFIX", "PIP_ROOT", "PIP_USER", "PIP_REQUIRE_VIRTUALENV", "PIP_CONSTRAINT"}
    return {name: value for name, value in os.environ.items() if name not in astray} | {"PIP_USER": "0"}


def run(*command: str) -> str:
    """Run quietly; the empty string on success, else what it said."""
    got = subprocess.run(command, stdin=subprocess.DEVNULL, capture_output=True, env=own_environment(), cwd=HERE, check=False)
    said = (got.stderr + got.stdout).decode("utf-8", "replace").strip()
    return (said or f"exit code {got.returncode}") if got.returncode else ""


def make_venv() -> None:
    if util.find_spec("ensurepip") is None or util.find_spec("venv") is None:
        package = f"python{sys.version_info[0]}.{sys.version_info[1]}-venv"
        fail(
            f"StationDesk needs Python's venv module. On Debian and Ubuntu: sudo apt install {package}",
            f"缺少 Python 的 venv 模块。Debian、Ubuntu 请运行：sudo apt install {package}",
        )
    if said := run(sys.executable, "-I", "-m", "venv", "--clear", str(VENV)):
        fail(f"StationDesk: the virtual environment could not be made.\n{said[-600:]}", f"无法建立虚拟环境。\n{said[-600:]}")


def install(kind: str) -> None:
    """Put the packages into .venv at their pinned versions, always through `python -m pip` (scripts break on odd paths)."""
    if run(str(PYTHON), "-I", "-c", "import pip"):
        run(str(PYTHON), "-I", "-m", "ensurepip")
    exact = pins()
    asked = {name_of(requirement): re.split("[=<>!~; ]", requirement)[0] for requirement in requirements(kind)}
    # Each package is either asked for at its pin or held to it, not both: of one that is both pip says "conflicting", not "not found".
    others = VENV / "stationdesk-others.txt"
    others.write_text("".join(f"{name}=={version}\n" for name, version in exact.items() if name not in asked), encoding="utf-8")
    said = run(
        *(str(PYTHON), "-I", "-m", "pip", "install", "--quiet", "--disable-pip-version-check", "--no-input", "--only-binary", ":all:"),
        *("--constraint", str(others), *(f"{words}=={exact[name]}" for name, words in asked.items())),
    )
    if said and any(sign in said for sign in OFFLINE_SIGNS):
        fail(
            f"{said[-600:]}\nStationDesk: its packages could not be fetched. Is this computer connected?\n"
            "Without a network: set PIP_NO_INDEX=1 and PIP_FIND_LINKS to a folder that holds the wheels named in constraints.txt.",
            f"{said[-600:]}\n无法下载所需的软件包，请检查网络。\n"
            "无网络时：设置 PIP_NO_INDEX=1，并把 PIP_FIND_LINKS 设为存放 constraints.txt 所列 wheel 文件的文件夹。",
        )
    if said:
        fail(f"{said[-900:]}\nStationDesk: its packages could not be installed.", f"{said[-900:]}\n所需的软件包未能安装。")


def prepare(kind: str) -> None:
    """Make .venv ready for this kind of start. A whole one is filled up in place; anything else is made anew."""
    with locked():
        if ready(kind):
            return
        inside = Path(sys.prefix).resolve() == VENV.resolve()
        whole = inside or any(read_stamp(other).startswith(maker() + "\n") for other in (RUN, DEVELOP))
        if not whole:
            tell("First start: installing what StationDesk needs (about a minute) ...", "首次启动：正在安装所需的软件包（约一分钟）……")
            make_venv()
        else:
            tell("Installing what StationDesk needs ...", "正在安装所需的软件包……")
        for other in (RUN, DEVELOP):
            stamp_file(other).unlink(missing_ok=True)
        install(kind)
        for done in (RUN, DEVELOP) if kind == DEVELOP else (RUN,):
            write_stamp(done)


def start_again() -> None:
    command = [str(PYTHON), str(HERE / "main.py"), *sys.argv[1:]]
    environment = {name: value for name, value in os.environ.items() if name != "PYTHONHOME"}
    if os.name != "nt":
        os.execve(command[0], command, environment)
    child = subprocess.Popen(command, env=environment)
    while True:
        try:
            raise SystemExit(child.wait())
        except KeyboardInterrupt:
            continue  # the child got it too, and says how it ends


def enter() -> None:
    """Return only in a Python that has what this start needs."""
    if getattr(sys, "frozen", False):
        return
    kind = DEVELOP if "--test" in sys.argv[1:2] else RUN
    inside = Path(sys.prefix).resolve() == VENV.resolve()
    if inside and (ready(kind) or (not read_stamp(RUN) and installed(kind, exact=False))):
        return
    if not inside and not VENV.exists() and installed(kind, exact=True):
        return
    if not ready(kind):
        prepare(kind)
    start_again()


if __name__ == "__main__":
    if sys.version_info < (3, 11):  # noqa: UP036 - this sentence is for those who have an older one
        fail("StationDesk needs Python 3.11 or newer.", "需要 Python 3.11 或更新的版本。")
    enter()
    from stationdesk.cli import main

    raise SystemExit(main())
