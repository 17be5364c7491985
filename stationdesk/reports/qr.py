"""The code of a sheet: as letters to type, and as a QR code that also holds the journal's head and the key."""

from __future__ import annotations

from dataclasses import dataclass

from stationdesk.domain.codes import CodeShapeError, grouped, normal

_SCHEME = "STATIONDESK:1"
_MASK = 4  # one for all: choosing the best costs 6 ms and readers do not mind


@dataclass(frozen=True)
class Code:
    """What a sheet carries: its code, and the journal's head and the signer's key when it was drawn."""

    letters: str  # 20 of Crockford's alphabet, as domain.codes.from_bytes draws them
    seq: int  # the journal's head
    fingerprint: str = ""  # hex of the key that signed what the sheet shows; "" where nobody did

    @property
    def grouped(self) -> str:
        """7F3A-Q2WD-9KTM-5HXR-C8VN."""
        return grouped(self.letters)

    @property
    def short_key(self) -> str:
        """The first eight hex digits, as printed: 9C41 7E0B."""
        return f"{self.fingerprint[:4]} {self.fingerprint[4:8]}".strip().upper()

    @property
    def payload(self) -> str:
        """What the QR code says."""
        return f"{_SCHEME}:{self.letters}:{self.seq}:{self.fingerprint.upper()}"


def parse_payload(text: str) -> Code | None:
    """The code from what a scanner reads off the QR code, None if it is something else."""
    scheme, _, rest = text.strip().partition(f"{_SCHEME}:")
    parts = rest.split(":")
    if scheme or len(parts) != 3 or not parts[1].isdecimal():
        return None
    try:
        return Code(normal(parts[0]), int(parts[1]), parts[2])
    except CodeShapeError:
        return None


def matrix(content: str) -> list[bytes]:
    """The rows of the QR code, 1 for dark, without its quiet zone; level M."""
    import segno

    return [bytes(row) for row in segno.make(content, error="m", boost_error=False, mask=_MASK, micro=False).matrix]


def operators(content: str, side: float) -> str:
    """PDF operators that fill a square of `side` points; modules of size 1, so that neighbours join without a hairline."""
    rows = matrix(content)
    dark = " ".join(f"{column} {row} 1 1 re" for row, modules in enumerate(reversed(rows)) for column, on in enumerate(modules) if on)
    return f"0 g {side / len(rows):.5f} 0 0 {side / len(rows):.5f} 0 0 cm {dark} f"
