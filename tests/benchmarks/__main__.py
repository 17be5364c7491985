"""`python -m tests.benchmarks [NAME …]`: all of NAMES, or those named; docs/benchmarks.md has the figures."""

from __future__ import annotations

import sys
from collections.abc import Iterable

NAMES = ("window", "hour", "log", "sheets", "roster", "gas", "metering")


def main(names: Iterable[str]) -> int:
    """Run and print; 2 for a name there is not."""
    wanted = list(names) or list(NAMES)
    if unknown := [name for name in wanted if name not in NAMES]:
        print(f"no such benchmark: {', '.join(unknown)}; there are {', '.join(NAMES)}", file=sys.stderr)
        return 2
    for name in wanted:
        print(f"── {name}", flush=True)
        __import__(f"tests.benchmarks.{name}", fromlist=["report"]).report()
    return 0


if __name__ == "__main__":
    raise SystemExit(main(sys.argv[1:]))
