"""What stands in a narrow cell for a kind of shift, on paper and in a workbook."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence

from stationdesk.domain.rotation import ShiftKind
from stationdesk.domain.words import CHINESE, language


def letters_of(kinds: Sequence[ShiftKind]) -> Mapping[str, str]:
    """Code → letter: 早 of 早班 in Chinese where no other kind begins with it, else the code."""
    firsts = Counter(kind.name.zh[:1] for kind in kinds)
    chinese = language() == CHINESE
    return {kind.code: kind.name.zh[:1] if chinese and kind.name.zh and firsts[kind.name.zh[:1]] == 1 else kind.code for kind in kinds}
