"""Every check, the quick ones first, all of them whatever fails: `python3 main.py --test`.

Words after the module's name pick checks by name: `python -m tests.check types imports`.
"""

from __future__ import annotations

import os
import subprocess
import sys
import time
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent


@dataclass(frozen=True)
class Check:
    """One tool and its arguments, run as `python -m`: scripts break where the path holds a blank."""

    name: str
    arguments: tuple[str, ...]


CHECKS = (
    Check("style", ("-m", "ruff", "check", ".")),
    Check("words", ("-m", "tests.i18n", "--check")),
    Check("imports", ("-c", "from importlinter.cli import lint_imports_command; lint_imports_command()", "--no-cache", "--no-logo")),
    Check("types", ("-m", "mypy", "stationdesk")),
    # A file's tests stay in one process, for they share what its fixtures made.
    Check("tests", ("-m", "pytest", "-q", "-n", "auto", "--maxprocesses", "4", "--dist", "loadfile")),
)


def run(check: Check) -> tuple[int, float]:
    """The check's exit code and seconds; what it says goes to our own output."""
    print(f"── {check.name}", flush=True)
    began = time.monotonic()
    environment = {**os.environ, "PYTHONUTF8": "1", "QT_QPA_PLATFORM": os.environ.get("QT_QPA_PLATFORM", "offscreen")}
    code = subprocess.run([sys.executable, *check.arguments], cwd=ROOT, env=environment, stdin=subprocess.DEVNULL, check=False).returncode
    return code, time.monotonic() - began


def main(names: list[str]) -> int:
    """Run the named checks, or all; 1 if any failed."""
    unknown = set(names) - {check.name for check in CHECKS}
    if unknown:
        print(f"no such check: {', '.join(sorted(unknown))}; there are {', '.join(check.name for check in CHECKS)}", file=sys.stderr)
        return 2
    results = [(check, *run(check)) for check in CHECKS if not names or check.name in names]
    print("── summary")
    for check, code, seconds in results:
        print(f"{'ok    ' if code == 0 else 'FAILED'} {check.name} ({seconds:.0f} s)")
    return 1 if any(code for _check, code, _seconds in results) else 0


if __name__ == "__main__":
    raise SystemExit(main(sys.argv[1:]))
