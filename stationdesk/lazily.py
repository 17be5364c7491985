"""Packages that import their modules when something is asked of the package, not when one of its modules is imported.

What the window shows first needs a third of the use cases; importing one of them must not import all. Why it is so: docs/adr/0021.
"""

from __future__ import annotations

from collections.abc import Callable
from importlib import import_module
from typing import Any


def given_by(module: str) -> Callable[[str], Any]:
    """The `__getattr__` of a package that gives what one module of it imports."""

    def give(name: str) -> Any:
        if name.startswith("__"):
            raise AttributeError(name)
        return getattr(import_module(module), name)

    return give
