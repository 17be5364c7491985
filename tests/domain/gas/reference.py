"""Published values, which are not part of the project.

STATIONDESK_GAS_REFERENCE names their file, else it is shared/data/gas/reference.json of a folder above the checkout.
"""

from __future__ import annotations

import json
import os
from pathlib import Path
from typing import Any

import pytest

HERE = Path(__file__).resolve()

#: pipeline gases the tests need without the file: AGA8's Gulf Coast, and gas 1 of ISO 12213-2 annex C = GB/T 17747.2
GULF_COAST = {
    "methane": 0.965222, "nitrogen": 0.002595, "carbon_dioxide": 0.005956, "ethane": 0.018186, "propane": 0.004596,
    "isobutane": 0.000977, "n_butane": 0.001007, "isopentane": 0.000473, "n_pentane": 0.000324, "hexane": 0.000664,
}  # fmt: skip

ISO_GAS_1 = {
    "carbon_dioxide": 0.006, "nitrogen": 0.003, "methane": 0.965, "ethane": 0.018, "propane": 0.0045, "isobutane": 0.001,
    "n_butane": 0.001, "isopentane": 0.0005, "n_pentane": 0.0003, "hexane": 0.0007,
}  # fmt: skip


def reference_file() -> Path | None:
    """The file, or None where there is none."""
    named = os.environ.get("STATIONDESK_GAS_REFERENCE")
    places = [Path(named)] if named else [folder / "shared" / "data" / "gas" / "reference.json" for folder in HERE.parents]
    return next((place for place in places if place.is_file()), None)


def cases(*methods: str) -> list[Any]:
    """Its cases of these methods as pytest parameters; one that is skipped where there is no file."""
    file = reference_file()
    if file is None:
        return [pytest.param({}, marks=pytest.mark.skip(reason="no published reference values here"), id="none")]
    found = [case for case in json.loads(file.read_text(encoding="utf-8"))["cases"] if case["method"] in methods]
    return [pytest.param(case, id=case["id"]) for case in found]


def agrees(found: float, expected: float, case: dict[str, Any]) -> bool:
    """Within the case's own tolerance."""
    return abs(found - expected) <= max(case.get("tol_abs", 0), case.get("tol_rel", 0) * abs(expected))
