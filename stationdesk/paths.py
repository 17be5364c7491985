"""Where resources/ and db/ are: inside the installed package, or beside it in a checkout."""

from __future__ import annotations

from gettext import NullTranslations
from pathlib import Path

from stationdesk.catalogue import Catalogue

PACKAGE = Path(__file__).resolve().parent
LANGUAGES = ("zh_CN", "en")


def resources() -> Path:
    """The folder of fonts, icons, themes, profiles and catalogues."""
    return _inside_or_beside("_resources", "resources")


def migrations() -> Path:
    """The folder of Alembic's env.py and versions/."""
    return _inside_or_beside("_db", "db")


def checkout() -> Path | None:
    """The folder of the checkout this program runs from, None where it was installed."""
    beside = PACKAGE.parent
    return beside if (beside / "main.py").is_file() and (beside / "tests" / "check.py").is_file() else None


def catalogue(language: str) -> NullTranslations:
    """The texts of a language; English is what the message ids say. FileNotFoundError for a language that is not there."""
    if language == "en":
        return NullTranslations()
    return Catalogue(resources() / "i18n" / language / "LC_MESSAGES" / "stationdesk.mo")


def _inside_or_beside(inside: str, beside: str) -> Path:
    packed = PACKAGE / inside
    return packed if packed.is_dir() else PACKAGE.parent / beside
