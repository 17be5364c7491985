"""Metering runs and contracts laid flat, so that two versions of one can be held side by side."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING

from stationdesk.domain.names import Name
from stationdesk.domain.versions import Shape, Value

if TYPE_CHECKING:
    from stationdesk.storage.metering import MeteringContract, StreamVersion

USES = ("counter", "corrected", "pressure", "temperature", "flow", "difference")
STREAM = ("name_zh", "name_en", "position", "serves", "meter", "meter_serial", "corrector_serial", "q_min", "q_max", "best_low",
          "best_high", "factor", "absolute", "freezes", "bore_mm", "pipe_mm", "group", "words")  # fmt: skip
CONTRACT = ("number", "counterpart", "base_pressure_kpa", "base_temperature_c", "combustion_c", "method", "tolerance_percent",
            "spread_percent", "red_percent", "reading_seconds", "loss_over", "words")  # fmt: skip


def stream_shape(each: StreamVersion, points: Mapping[int, Name]) -> Shape:
    """A run; its reading points by name."""
    read: dict[str, Value] = {f"point.{use}": points.get(getattr(each, f"{use}_point_id")) for use in USES}
    return Shape({f"stream.{key}" if key not in ("name_zh", "name_en") else key: getattr(each, key) for key in STREAM} | read)


def contract_shape(each: MeteringContract) -> Shape:
    """What was agreed on."""
    return Shape({f"contract.{key}": getattr(each, key) for key in CONTRACT})
