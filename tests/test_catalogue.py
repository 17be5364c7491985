"""The light catalogue says what the standard library's reader of the same file says."""

from __future__ import annotations

import gettext
from pathlib import Path

import pytest

from stationdesk import paths
from stationdesk.catalogue import EOT, Catalogue

FOLDER = paths.resources() / "i18n"
WHOLE = gettext.translation("stationdesk", FOLDER, ["zh_CN"])
OURS = paths.catalogue("zh_CN")


def test_every_message_is_found_with_its_context_and_its_forms() -> None:
    messages = WHOLE._catalog  # type: ignore[attr-defined]
    assert len(messages) > 2000
    for each in messages:
        message = each[0] if isinstance(each, tuple) else each
        context, eot, rest = message.partition(EOT)
        if isinstance(each, tuple):
            assert OURS.ngettext(message, "many", 1) == WHOLE.ngettext(message, "many", 1)
            assert OURS.ngettext(message, "many", 7) == WHOLE.ngettext(message, "many", 7)
        elif eot:
            assert OURS.pgettext(context, rest) == WHOLE.pgettext(context, rest)
        elif message:
            assert OURS.gettext(message) == WHOLE.gettext(message)


def test_what_is_not_there_stays_as_it_is() -> None:
    assert OURS.gettext("nobody ever said this") == "nobody ever said this"
    assert OURS.pgettext("nowhere", "Night") == "Night"
    assert OURS.ngettext("{n} yonder", "{n} yonders", 1) == "{n} yonder"
    assert OURS.ngettext("{n} yonder", "{n} yonders", 2) == "{n} yonders"


def test_another_file_is_refused(tmp_path: Path) -> None:
    (tmp_path / "x.mo").write_bytes(b"no catalogue at all, but long enough")
    with pytest.raises(ValueError, match="no catalogue"):
        Catalogue(tmp_path / "x.mo")
