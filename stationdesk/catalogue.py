"""A compiled catalogue (.mo) of which only what is said is decoded: the standard library reads all 2,000 messages before the first paint.

The form is that of GNU gettext: two tables of (length, place), one of the messages and one of what they are in the other language.
A context stands before its message, parted by EOT; forms of number are parted by NUL.
"""

from __future__ import annotations

from gettext import NullTranslations, c2py
from pathlib import Path
from struct import unpack_from

MAGIC = 0x950412DE
EOT, NUL = "\x04", "\x00"


class Catalogue(NullTranslations):
    """FileNotFoundError where there is no file; ValueError for one that is no catalogue of this machine's byte order."""

    def __init__(self, file: Path) -> None:
        super().__init__()
        self._data = file.read_bytes()
        magic, _revision, count, ids, texts = unpack_from("<5I", self._data)
        if magic != MAGIC:
            raise ValueError(f"{file} is no catalogue")
        table = unpack_from(f"<{2 * count}I", self._data, ids)
        pairs = zip(table[::2], table[1::2], strict=True)
        messages = (self._data[begin : begin + length].partition(b"\0")[0] for length, begin in pairs)  # without its form for many
        self._places = {message: texts + 8 * number for number, message in enumerate(messages)}
        self._known: dict[str, tuple[str, ...]] = {}
        forms = (self._find("") or ("",))[0].partition("plural=")[2].partition(";")[0]
        self._form = c2py(forms or "n != 1")

    def gettext(self, message: str) -> str:
        found = self._find(message)
        return found[0] if found else message

    def pgettext(self, context: str, message: str) -> str:
        found = self._find(context + EOT + message)
        return found[0] if found else message

    def ngettext(self, msgid1: str, msgid2: str, n: int) -> str:
        found = self._find(msgid1)
        return found[self._form(n)] if found else super().ngettext(msgid1, msgid2, n)

    def _find(self, message: str) -> tuple[str, ...]:
        """The forms of a message; nothing where it is not there."""
        found = self._known.get(message)
        if found is None:
            place = self._places.get(message.encode())
            found = self._known[message] = () if place is None else self._forms(place)
        return found

    def _forms(self, place: int) -> tuple[str, ...]:
        length, begin = unpack_from("<2I", self._data, place)
        return tuple(self._data[begin : begin + length].decode().split(NUL))
