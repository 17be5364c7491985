"""What was metered: base readings, switches, replacements, substitutes, vouchers, archives, frozen results, discrepancies, the gas day."""

from __future__ import annotations

from datetime import date, datetime
from decimal import Decimal

from sqlalchemy import Column, ForeignKey, Index, Integer, Select, String, Table, select
from sqlalchemy.orm import Mapped, mapped_column

from stationdesk.storage.record import DIGESTED, FROZEN_WHEN_CLOSED, INSERT_ONLY, EpochUtc, Exact, Record


class BaseReading(Record, kw_only=True):
    """A stream's counters (底数) as one side of a takeover read them by itself; the newest of a side counts."""

    __table_args__ = (Index("ix_base_reading_shift", "shift_id", "stream_id"), {"info": INSERT_ONLY})

    shift_id: Mapped[int] = mapped_column(ForeignKey("shift.id"))  # the shift that ends
    stream_id: Mapped[int] = mapped_column(ForeignKey("stream.id"))
    side: Mapped[str]  # incoming, outgoing (where it stated a time of its own)
    counter: Mapped[Decimal | None] = mapped_column(default=None)  # None with words: it could not be read
    corrected: Mapped[Decimal | None] = mapped_column(default=None)
    frozen: Mapped[bool] = mapped_column(default=True)  # 整点冻结值, else as it stood at read_at
    read_at: Mapped[datetime]
    words: Mapped[str] = mapped_column(default="")
    by_id: Mapped[int]
    at: Mapped[datetime]


class TakeoverReason(Record, kw_only=True):
    """Why a takeover went on although a stream's comparison was not green; said by the incoming side."""

    __table_args__ = (Index("ix_takeover_reason_shift", "shift_id", "stream_id"), {"info": INSERT_ONLY})

    shift_id: Mapped[int] = mapped_column(ForeignKey("shift.id"))
    stream_id: Mapped[int] = mapped_column(ForeignKey("stream.id"))
    found: Mapped[str]  # digest of the comparison it was given for
    words: Mapped[str]
    by_id: Mapped[int]
    at: Mapped[datetime]


class RunSwitch(Record, kw_only=True):
    """切换计量管路: one run taken out, another put in (or only one of both), with the counters of both."""

    __table_args__ = (Index("ix_run_switch_time", "time"), {"info": INSERT_ONLY})

    time: Mapped[datetime]
    from_id: Mapped[int | None] = mapped_column(ForeignKey("stream.id"), default=None)
    from_counter: Mapped[Decimal | None] = mapped_column(default=None)
    from_corrected: Mapped[Decimal | None] = mapped_column(default=None)
    to_id: Mapped[int | None] = mapped_column(ForeignKey("stream.id"), default=None)
    to_counter: Mapped[Decimal | None] = mapped_column(default=None)
    to_corrected: Mapped[Decimal | None] = mapped_column(default=None)
    pressure_kpa: Mapped[Decimal | None] = mapped_column(default=None)  # gauge, at the time of the switch
    temperature_c: Mapped[Decimal | None] = mapped_column(default=None)
    reason: Mapped[str]
    told: Mapped[str]  # who was told
    shift_id: Mapped[int | None] = mapped_column(ForeignKey("shift.id"), default=None)
    by_id: Mapped[int]
    at: Mapped[datetime]


class RunSwitchWithdrawal(Record, kw_only=True):
    """A switch that was entered by mistake: it stays on record and counts no more."""

    __table_args__ = ({"info": INSERT_ONLY},)

    switch_id: Mapped[int] = mapped_column(ForeignKey("run_switch.id"), unique=True)
    words: Mapped[str]
    by_id: Mapped[int]
    at: Mapped[datetime]


def standing_switches() -> Select[RunSwitch]:
    """The switches that count."""
    return select(RunSwitch).where(RunSwitch.id.not_in(select(RunSwitchWithdrawal.switch_id)))


class MeterChange(Record, kw_only=True):
    """A meter or corrector replaced, calibrated or set, with the counters before and after."""

    __table_args__ = (Index("ix_meter_change_stream", "stream_id", "time"), {"info": INSERT_ONLY})

    stream_id: Mapped[int] = mapped_column(ForeignKey("stream.id"))
    what: Mapped[str]  # meter, corrector, calibration
    time: Mapped[datetime]
    closing_counter: Mapped[Decimal | None] = mapped_column(default=None)
    opening_counter: Mapped[Decimal | None] = mapped_column(default=None)
    closing_corrected: Mapped[Decimal | None] = mapped_column(default=None)
    opening_corrected: Mapped[Decimal | None] = mapped_column(default=None)
    serial_before: Mapped[str] = mapped_column(default="")
    serial_after: Mapped[str] = mapped_column(default="")
    certificate: Mapped[str] = mapped_column(default="")
    words: Mapped[str] = mapped_column(default="")
    shift_id: Mapped[int | None] = mapped_column(ForeignKey("shift.id"), default=None)
    by_id: Mapped[int]
    at: Mapped[datetime]


class Substitution(Record, kw_only=True):
    """A value in place of a missing or wrong one, with its basis; the newest of an hour counts, without value it is withdrawn."""

    __table_args__ = (Index("ix_substitution_stream", "stream_id", "first"), {"info": INSERT_ONLY})

    stream_id: Mapped[int] = mapped_column(ForeignKey("stream.id"))
    quantity: Mapped[str]  # counter, pressure, temperature, volume (m³ of the hour at the meter)
    first: Mapped[datetime]  # hour
    last: Mapped[datetime]  # hour, inclusive
    value: Mapped[Decimal | None] = mapped_column(default=None)  # in the point's unit
    basis: Mapped[str]
    shift_id: Mapped[int | None] = mapped_column(ForeignKey("shift.id"), default=None)
    by_id: Mapped[int]
    at: Mapped[datetime]


class Voucher(Record, kw_only=True):
    """What the other side books for a period (计量交接凭证); the newest of a number counts."""

    __table_args__ = (Index("ix_voucher_start", "start"), {"info": INSERT_ONLY})

    number: Mapped[str]
    stream_id: Mapped[int | None] = mapped_column(ForeignKey("stream.id"), default=None)  # None: all streams of the inlet together
    start: Mapped[datetime]
    end: Mapped[datetime]
    volume: Mapped[Decimal]  # m³ at base conditions
    heating_value: Mapped[Decimal | None] = mapped_column(default=None)  # MJ/m³
    energy_mj: Mapped[Decimal | None] = mapped_column(default=None)
    counterpart: Mapped[str] = mapped_column(default="")
    words: Mapped[str] = mapped_column(default="")
    shift_id: Mapped[int | None] = mapped_column(ForeignKey("shift.id"), default=None)
    by_id: Mapped[int]
    at: Mapped[datetime]


class CorrectorImport(Record, kw_only=True):
    """A corrector's archive file that was taken in: what it was called, how it was read, what of it was refused."""

    __table_args__ = ({"info": INSERT_ONLY},)

    name: Mapped[str]
    digest: Mapped[str]  # SHA-256 of the file, hex
    definition: Mapped[str]  # JSON: the mapping it was read with
    rows: Mapped[int]
    refused: Mapped[str] = mapped_column(default="[]", info=DIGESTED)  # JSON: lines, columns and words
    first: Mapped[datetime | None] = mapped_column(default=None)
    last: Mapped[datetime | None] = mapped_column(default=None)
    by_id: Mapped[int]
    at: Mapped[datetime]


CORRECTOR_HOUR = Table(
    "corrector_hour",
    Record.metadata,
    Column("stream_id", Integer, ForeignKey("stream.id"), primary_key=True),
    Column("time", EpochUtc, primary_key=True),  # end of the hour
    Column("nth", Integer, primary_key=True, default=0),  # 0 first, then what a later file says otherwise
    Column("counter", Exact, nullable=True),  # 工况累计, m³
    Column("corrected", Exact, nullable=True),  # 标况累计, m³ at base conditions
    Column("fault", Exact, nullable=True),  # 故障累计: counted apart while a sensor failed
    Column("pressure_kpa", Exact, nullable=True),  # absolute, mean of the hour
    Column("temperature_c", Exact, nullable=True),  # mean of the hour
    Column("factor", Exact, nullable=True),
    Column("status", String, nullable=False, default=""),  # as the file has it
    Column("flags", String, nullable=False, default=""),  # comma-separated codes of domain/metering/archive.py
    Column("line", Integer, nullable=False),  # of the file
    Column("import_id", Integer, ForeignKey("corrector_import.id"), nullable=False),
    sqlite_with_rowid=False,
    info=INSERT_ONLY,
)
"""Key (stream, time, nth); the highest nth is in force."""


class MeteringResult(Record, kw_only=True):
    """The gas of one stream over a period, computed and frozen with all it was computed from; the newest version counts, all are kept."""

    __table_args__ = (Index("ix_metering_result_period", "stream_id", "start", "end", "nth", unique=True), {"info": INSERT_ONLY})

    stream_id: Mapped[int] = mapped_column(ForeignKey("stream.id"))
    period: Mapped[str]  # shift, day
    start: Mapped[datetime]
    end: Mapped[datetime]
    nth: Mapped[int] = mapped_column(default=0)
    shift_id: Mapped[int | None] = mapped_column(ForeignKey("shift.id"), default=None)
    inputs: Mapped[str] = mapped_column(info=DIGESTED)  # canonical JSON: every hour with its values, factors and where they are from
    digest: Mapped[str]  # SHA-256 of the inputs, hex
    contract_id: Mapped[int] = mapped_column(ForeignKey("metering_contract.id"))
    composition_id: Mapped[int | None] = mapped_column(ForeignKey("gas_composition.id"), default=None)  # at the end of the period
    method: Mapped[str]
    library: Mapped[str]
    volume: Mapped[Decimal | None] = mapped_column(default=None)  # m³ at the meter; None: it cannot be computed
    base_volume: Mapped[Decimal | None] = mapped_column(default=None)  # m³ at base conditions
    heating_value: Mapped[Decimal | None] = mapped_column(default=None)  # MJ/m³ at base conditions, weighted by volume
    energy_mj: Mapped[Decimal | None] = mapped_column(default=None)
    corrector_volume: Mapped[Decimal | None] = mapped_column(default=None)  # m³ at base conditions by the corrector
    substituted: Mapped[bool] = mapped_column(default=False)
    words: Mapped[str] = mapped_column(default="")  # why there is another version
    by_id: Mapped[int]
    at: Mapped[datetime]


class Discrepancy(Record, kw_only=True):
    """计量差异处理单: what does not agree, why, what counts meanwhile; both leaders sign it, the metering person closes it."""

    __table_args__ = (Index("ix_discrepancy_start", "start"), {"info": FROZEN_WHEN_CLOSED})

    number: Mapped[str] = mapped_column(unique=True)  # JLC-20261121-1
    stream_id: Mapped[int | None] = mapped_column(ForeignKey("stream.id"), default=None)
    shift_id: Mapped[int | None] = mapped_column(ForeignKey("shift.id"), default=None)
    start: Mapped[datetime]
    end: Mapped[datetime]
    found: Mapped[str]  # canonical JSON: the comparison it was opened for
    book: Mapped[Decimal | None] = mapped_column(default=None)  # m³ at base conditions: voucher
    recomputed: Mapped[Decimal | None] = mapped_column(default=None)
    corrector: Mapped[Decimal | None] = mapped_column(default=None)
    difference: Mapped[Decimal | None] = mapped_column(default=None)
    percent: Mapped[Decimal | None] = mapped_column(default=None)
    cause: Mapped[str] = mapped_column(default="")  # pressure, temperature, composition, counter, corrector, typing, other
    evidence: Mapped[str] = mapped_column(default="")
    provisional: Mapped[Decimal | None] = mapped_column(default=None)  # m³ at base conditions that count until it is closed
    provisional_method: Mapped[str] = mapped_column(default="")
    opened_by: Mapped[int]
    opened_at: Mapped[datetime]
    outgoing_id: Mapped[int | None] = mapped_column(ForeignKey("person.id"), default=None)  # who signed
    outgoing_at: Mapped[datetime | None] = mapped_column(default=None)
    incoming_id: Mapped[int | None] = mapped_column(ForeignKey("person.id"), default=None)
    incoming_at: Mapped[datetime | None] = mapped_column(default=None)
    final: Mapped[Decimal | None] = mapped_column(default=None)  # m³ at base conditions settled on
    closing_words: Mapped[str] = mapped_column(default="")
    closed_by: Mapped[int | None] = mapped_column(ForeignKey("person.id"), default=None)
    closed_at: Mapped[datetime | None] = mapped_column(default=None)
    version: Mapped[int] = mapped_column(init=False, default=1)

    __mapper_args__ = {"version_id_col": version}


class GasDayFigure(Record, kw_only=True):
    """A figure of one gas day that no instrument of the station reads; the newest counts, without value it is taken back."""

    __table_args__ = (Index("ix_gas_day_figure_day", "day", "kind"), {"info": INSERT_ONLY})

    day: Mapped[date]  # on which the gas day begins
    kind: Mapped[str]  # domain/metering/gas_day.py: nomination, delivered, own_use, vented, pack_…, odorant_…
    value: Mapped[Decimal | None] = mapped_column(default=None)
    words: Mapped[str] = mapped_column(default="")
    by_id: Mapped[int]
    at: Mapped[datetime]


class MeteringCertificate(Record, kw_only=True):
    """计量认证: once a day, what was checked of meters and correctors, and what was found; the newest of a day counts."""

    __table_args__ = (Index("ix_metering_certificate_day", "day"), {"info": INSERT_ONLY})

    day: Mapped[date]
    items: Mapped[str]  # JSON: stream, code of the check, ok or not, value shown, words
    words: Mapped[str] = mapped_column(default="")
    by_id: Mapped[int]
    at: Mapped[datetime]
