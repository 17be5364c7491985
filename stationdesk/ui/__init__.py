"""The window: all that is Qt. `shell > pages > features > widgets > runner`; features do not import each other."""

from __future__ import annotations

from contextlib import suppress
from types import ModuleType

import PySide6.QtCore  # noqa: F401 - makes what is set below


def _uses_qt(module: ModuleType) -> bool:
    return module.__name__.startswith(__package__)


# PySide reads and keeps the source of every module imported after it, SQLAlchemy's and all others', to see whether it is one that may
# spell Qt's names in another way (`from __feature__ import snake_case`). Nothing here does, and we know by name which modules use Qt.
with suppress(ImportError):
    from shibokensupport import feature  # type: ignore[import-not-found]

    feature._mod_uses_pyside = _uses_qt
