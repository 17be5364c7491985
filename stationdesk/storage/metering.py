"""What gas is metered with: streams and their meters, contracts, gas compositions, how a corrector's archive is read. All dated.

A window at work needs none of it until metering is asked for, so it is imported with what meters.
"""

from __future__ import annotations

from datetime import datetime
from decimal import Decimal

from sqlalchemy import ForeignKey, Index
from sqlalchemy.orm import Mapped, mapped_column

from stationdesk.storage.record import INSERT_ONLY, Record


class Stream(Record, kw_only=True):
    """A metering run (计量管路); what it is and reads is in its dated versions. Retired, never deleted."""

    code: Mapped[str] = mapped_column(unique=True)
    retired_at: Mapped[datetime | None] = mapped_column(default=None)
    version: Mapped[int] = mapped_column(init=False, default=1)

    __mapper_args__ = {"version_id_col": version}


class StreamVersion(Record, kw_only=True):
    """Name, meter, corrector and reading points of a stream from a time on."""

    __table_args__ = (Index("ix_stream_version_stream", "stream_id", "valid_from"), {"info": INSERT_ONLY})

    stream_id: Mapped[int] = mapped_column(ForeignKey("stream.id"))
    position: Mapped[int] = mapped_column(default=0)
    name_zh: Mapped[str]
    name_en: Mapped[str] = mapped_column(default="")
    serves: Mapped[str] = mapped_column(default="inlet")  # inlet: what the station receives; own: what it burns itself; outlet: a delivery
    meter: Mapped[str] = mapped_column(default="turbine")  # turbine, ultrasonic, rotary, orifice
    meter_serial: Mapped[str] = mapped_column(default="")
    corrector_serial: Mapped[str] = mapped_column(default="")
    q_min: Mapped[Decimal | None] = mapped_column(default=None)  # m³/h at the meter's conditions
    q_max: Mapped[Decimal | None] = mapped_column(default=None)  # m³/h at the meter's conditions
    best_low: Mapped[Decimal | None] = mapped_column(default=None)  # of the range it works best in, % of q_max
    best_high: Mapped[Decimal | None] = mapped_column(default=None)
    factor: Mapped[Decimal] = mapped_column(default=Decimal(1))  # k: m³ for one count
    counter_point_id: Mapped[int | None] = mapped_column(ForeignKey("point.id"), default=None)  # 工况累计, counts
    corrected_point_id: Mapped[int | None] = mapped_column(ForeignKey("point.id"), default=None)  # 标况累计 of the corrector
    pressure_point_id: Mapped[int | None] = mapped_column(ForeignKey("point.id"), default=None)
    absolute: Mapped[bool] = mapped_column(default=False)  # the pressure point reads absolute, not gauge
    temperature_point_id: Mapped[int | None] = mapped_column(ForeignKey("point.id"), default=None)
    flow_point_id: Mapped[int | None] = mapped_column(ForeignKey("point.id"), default=None)
    difference_point_id: Mapped[int | None] = mapped_column(ForeignKey("point.id"), default=None)  # of an orifice
    bore_mm: Mapped[Decimal | None] = mapped_column(default=None)  # of an orifice, at 20 ℃
    pipe_mm: Mapped[Decimal | None] = mapped_column(default=None)  # of an orifice, at 20 ℃
    freezes: Mapped[bool] = mapped_column(default=True)  # the corrector keeps a frozen hourly value (整点冻结值)
    shut: Mapped[bool] = mapped_column(default=False)  # stands by until it is switched to
    group: Mapped[str] = mapped_column(default="")  # runs of one group can serve in each other's place
    words: Mapped[str] = mapped_column(default="")
    valid_from: Mapped[datetime]
    by_id: Mapped[int]
    at: Mapped[datetime]


class MeteringContract(Record, kw_only=True):
    """Base conditions, method and tolerances agreed with the other side, from a time on; when the gas day begins is a station setting."""

    __table_args__ = (Index("ix_metering_contract_from", "valid_from"), {"info": INSERT_ONLY})

    number: Mapped[str] = mapped_column(default="")
    counterpart: Mapped[str] = mapped_column(default="")
    base_pressure_kpa: Mapped[Decimal] = mapped_column(default=Decimal("101.325"))
    base_temperature_c: Mapped[Decimal] = mapped_column(default=Decimal(20))
    combustion_c: Mapped[Decimal] = mapped_column(default=Decimal(20))
    method: Mapped[str] = mapped_column(default="detail")  # detail, gerg, sgerg
    tolerance_percent: Mapped[Decimal] = mapped_column(default=Decimal("0.2"))
    spread_percent: Mapped[Decimal] = mapped_column(default=Decimal(3))  # more for each (p_max − p_min)/p̄
    red_percent: Mapped[Decimal] = mapped_column(default=Decimal(1))  # beyond the tolerance: a discrepancy
    reading_seconds: Mapped[int] = mapped_column(default=60)  # what two honest reading times may differ besides
    loss_over: Mapped[str] = mapped_column(default="in")  # denominator of the rate of 输差: in, out
    words: Mapped[str] = mapped_column(default="")
    valid_from: Mapped[datetime]
    by_id: Mapped[int]
    at: Mapped[datetime]


class GasComposition(Record, kw_only=True):
    """A laboratory's report of the gas, valid from a time on until the next; a later record for the same time corrects it."""

    __table_args__ = (Index("ix_gas_composition_from", "valid_from"), {"info": INSERT_ONLY})

    stream_id: Mapped[int | None] = mapped_column(ForeignKey("stream.id"), default=None)  # None: all streams
    report: Mapped[str]  # number of the laboratory's report
    laboratory: Mapped[str] = mapped_column(default="")
    sampled_at: Mapped[datetime | None] = mapped_column(default=None)
    components: Mapped[str]  # JSON: component → mole fraction as text; or hs, d, co2, h2 for SGERG
    kind: Mapped[str] = mapped_column(default="analysis")  # analysis, bulk (H_s, d, CO₂, H₂), substitute
    sulfur_mg_m3: Mapped[Decimal | None] = mapped_column(default=None)  # total sulfur
    hydrogen_sulfide_mg_m3: Mapped[Decimal | None] = mapped_column(default=None)
    dew_point_c: Mapped[Decimal | None] = mapped_column(default=None)
    words: Mapped[str] = mapped_column(default="")
    valid_from: Mapped[datetime]
    by_id: Mapped[int]
    at: Mapped[datetime]


class CorrectorMapping(Record, kw_only=True):
    """How the columns of a maker's archive file are read; the newest of a name counts."""

    __table_args__ = (Index("ix_corrector_mapping_name", "name"), {"info": INSERT_ONLY})

    name: Mapped[str]
    definition: Mapped[str]  # JSON, read by domain/metering/archive.py
    by_id: Mapped[int]
    at: Mapped[datetime]
