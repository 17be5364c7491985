"""Metering: streams, contracts, compositions, base readings, switches, vouchers, archives, results, discrepancies, the gas day."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0003"
down_revision = "0002"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "corrector_import",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("name", sa.String(), nullable=False),
        sa.Column("digest", sa.String(), nullable=False),
        sa.Column("definition", sa.String(), nullable=False),
        sa.Column("rows", sa.Integer(), nullable=False),
        sa.Column("refused", sa.String(), nullable=False),
        sa.Column("first", sa.String(length=27), nullable=True),
        sa.Column("last", sa.String(length=27), nullable=True),
        sa.Column("by_id", sa.Integer(), nullable=False),
        sa.Column("at", sa.String(length=27), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_corrector_import")),
    )
    op.create_table(
        "corrector_mapping",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("name", sa.String(), nullable=False),
        sa.Column("definition", sa.String(), nullable=False),
        sa.Column("by_id", sa.Integer(), nullable=False),
        sa.Column("at", sa.String(length=27), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_corrector_mapping")),
    )
    with op.batch_alter_table("corrector_mapping", schema=None) as batch_op:
        batch_op.create_index("ix_corrector_mapping_name", ["name"], unique=False)

    op.create_table(
        "gas_day_figure",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("day", sa.Date(), nullable=False),
        sa.Column("kind", sa.String(), nullable=False),
        sa.Column("value", sa.String(), nullable=True),
        sa.Column("words", sa.String(), nullable=False),
        sa.Column("by_id", sa.Integer(), nullable=False),
        sa.Column("at", sa.String(length=27), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_gas_day_figure")),
    )
    with op.batch_alter_table("gas_day_figure", schema=None) as batch_op:
        batch_op.create_index("ix_gas_day_figure_day", ["day", "kind"], unique=False)

    op.create_table(
        "metering_certificate",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("day", sa.Date(), nullable=False),
        sa.Column("items", sa.String(), nullable=False),
        sa.Column("words", sa.String(), nullable=False),
        sa.Column("by_id", sa.Integer(), nullable=False),
        sa.Column("at", sa.String(length=27), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_metering_certificate")),
    )
    with op.batch_alter_table("metering_certificate", schema=None) as batch_op:
        batch_op.create_index("ix_metering_certificate_day", ["day"], unique=False)

    op.create_table(
        "metering_contract",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("number", sa.String(), nullable=False),
        sa.Column("counterpart", sa.String(), nullable=False),
        sa.Column("base_pressure_kpa", sa.String(), nullable=False),
        sa.Column("base_temperature_c", sa.String(), nullable=False),
        sa.Column("combustion_c", sa.String(), nullable=False),
        sa.Column("method", sa.String(), nullable=False),
        sa.Column("tolerance_percent", sa.String(), nullable=False),
        sa.Column("spread_percent", sa.String(), nullable=False),
        sa.Column("red_percent", sa.String(), nullable=False),
        sa.Column("reading_seconds", sa.Integer(), nullable=False),
        sa.Column("loss_over", sa.String(), nullable=False),
        sa.Column("words", sa.String(), nullable=False),
        sa.Column("valid_from", sa.String(length=27), nullable=False),
        sa.Column("by_id", sa.Integer(), nullable=False),
        sa.Column("at", sa.String(length=27), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_metering_contract")),
    )
    with op.batch_alter_table("metering_contract", schema=None) as batch_op:
        batch_op.create_index("ix_metering_contract_from", ["valid_from"], unique=False)

    op.create_table(
        "stream",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("code", sa.String(), nullable=False),
        sa.Column("retired_at", sa.String(length=27), nullable=True),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_stream")),
        sa.UniqueConstraint("code", name=op.f("uq_stream_code")),
    )
    op.create_table(
        "corrector_hour",
        sa.Column("stream_id", sa.Integer(), nullable=False),
        sa.Column("time", sa.BigInteger(), nullable=False),
        sa.Column("nth", sa.Integer(), nullable=False),
        sa.Column("counter", sa.String(), nullable=True),
        sa.Column("corrected", sa.String(), nullable=True),
        sa.Column("fault", sa.String(), nullable=True),
        sa.Column("pressure_kpa", sa.String(), nullable=True),
        sa.Column("temperature_c", sa.String(), nullable=True),
        sa.Column("factor", sa.String(), nullable=True),
        sa.Column("status", sa.String(), nullable=False),
        sa.Column("flags", sa.String(), nullable=False),
        sa.Column("line", sa.Integer(), nullable=False),
        sa.Column("import_id", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["import_id"], ["corrector_import.id"], name=op.f("fk_corrector_hour_import_id_corrector_import")),
        sa.ForeignKeyConstraint(["stream_id"], ["stream.id"], name=op.f("fk_corrector_hour_stream_id_stream")),
        sa.PrimaryKeyConstraint("stream_id", "time", "nth", name=op.f("pk_corrector_hour")),
        sqlite_with_rowid=False,
    )
    op.create_table(
        "gas_composition",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("stream_id", sa.Integer(), nullable=True),
        sa.Column("report", sa.String(), nullable=False),
        sa.Column("laboratory", sa.String(), nullable=False),
        sa.Column("sampled_at", sa.String(length=27), nullable=True),
        sa.Column("components", sa.String(), nullable=False),
        sa.Column("kind", sa.String(), nullable=False),
        sa.Column("sulfur_mg_m3", sa.String(), nullable=True),
        sa.Column("hydrogen_sulfide_mg_m3", sa.String(), nullable=True),
        sa.Column("dew_point_c", sa.String(), nullable=True),
        sa.Column("words", sa.String(), nullable=False),
        sa.Column("valid_from", sa.String(length=27), nullable=False),
        sa.Column("by_id", sa.Integer(), nullable=False),
        sa.Column("at", sa.String(length=27), nullable=False),
        sa.ForeignKeyConstraint(["stream_id"], ["stream.id"], name=op.f("fk_gas_composition_stream_id_stream")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_gas_composition")),
    )
    with op.batch_alter_table("gas_composition", schema=None) as batch_op:
        batch_op.create_index("ix_gas_composition_from", ["valid_from"], unique=False)

    op.create_table(
        "stream_version",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("stream_id", sa.Integer(), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("name_zh", sa.String(), nullable=False),
        sa.Column("name_en", sa.String(), nullable=False),
        sa.Column("serves", sa.String(), nullable=False),
        sa.Column("meter", sa.String(), nullable=False),
        sa.Column("meter_serial", sa.String(), nullable=False),
        sa.Column("corrector_serial", sa.String(), nullable=False),
        sa.Column("q_min", sa.String(), nullable=True),
        sa.Column("q_max", sa.String(), nullable=True),
        sa.Column("best_low", sa.String(), nullable=True),
        sa.Column("best_high", sa.String(), nullable=True),
        sa.Column("factor", sa.String(), nullable=False),
        sa.Column("counter_point_id", sa.Integer(), nullable=True),
        sa.Column("corrected_point_id", sa.Integer(), nullable=True),
        sa.Column("pressure_point_id", sa.Integer(), nullable=True),
        sa.Column("absolute", sa.Boolean(), nullable=False),
        sa.Column("temperature_point_id", sa.Integer(), nullable=True),
        sa.Column("flow_point_id", sa.Integer(), nullable=True),
        sa.Column("difference_point_id", sa.Integer(), nullable=True),
        sa.Column("bore_mm", sa.String(), nullable=True),
        sa.Column("pipe_mm", sa.String(), nullable=True),
        sa.Column("freezes", sa.Boolean(), nullable=False),
        sa.Column("shut", sa.Boolean(), nullable=False),
        sa.Column("group", sa.String(), nullable=False),
        sa.Column("words", sa.String(), nullable=False),
        sa.Column("valid_from", sa.String(length=27), nullable=False),
        sa.Column("by_id", sa.Integer(), nullable=False),
        sa.Column("at", sa.String(length=27), nullable=False),
        sa.ForeignKeyConstraint(["corrected_point_id"], ["point.id"], name=op.f("fk_stream_version_corrected_point_id_point")),
        sa.ForeignKeyConstraint(["counter_point_id"], ["point.id"], name=op.f("fk_stream_version_counter_point_id_point")),
        sa.ForeignKeyConstraint(["difference_point_id"], ["point.id"], name=op.f("fk_stream_version_difference_point_id_point")),
        sa.ForeignKeyConstraint(["flow_point_id"], ["point.id"], name=op.f("fk_stream_version_flow_point_id_point")),
        sa.ForeignKeyConstraint(["pressure_point_id"], ["point.id"], name=op.f("fk_stream_version_pressure_point_id_point")),
        sa.ForeignKeyConstraint(["stream_id"], ["stream.id"], name=op.f("fk_stream_version_stream_id_stream")),
        sa.ForeignKeyConstraint(["temperature_point_id"], ["point.id"], name=op.f("fk_stream_version_temperature_point_id_point")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_stream_version")),
    )
    with op.batch_alter_table("stream_version", schema=None) as batch_op:
        batch_op.create_index("ix_stream_version_stream", ["stream_id", "valid_from"], unique=False)

    op.create_table(
        "base_reading",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("shift_id", sa.Integer(), nullable=False),
        sa.Column("stream_id", sa.Integer(), nullable=False),
        sa.Column("side", sa.String(), nullable=False),
        sa.Column("counter", sa.String(), nullable=True),
        sa.Column("corrected", sa.String(), nullable=True),
        sa.Column("frozen", sa.Boolean(), nullable=False),
        sa.Column("read_at", sa.String(length=27), nullable=False),
        sa.Column("words", sa.String(), nullable=False),
        sa.Column("by_id", sa.Integer(), nullable=False),
        sa.Column("at", sa.String(length=27), nullable=False),
        sa.ForeignKeyConstraint(["shift_id"], ["shift.id"], name=op.f("fk_base_reading_shift_id_shift")),
        sa.ForeignKeyConstraint(["stream_id"], ["stream.id"], name=op.f("fk_base_reading_stream_id_stream")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_base_reading")),
    )
    with op.batch_alter_table("base_reading", schema=None) as batch_op:
        batch_op.create_index("ix_base_reading_shift", ["shift_id", "stream_id"], unique=False)

    op.create_table(
        "discrepancy",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("number", sa.String(), nullable=False),
        sa.Column("stream_id", sa.Integer(), nullable=True),
        sa.Column("shift_id", sa.Integer(), nullable=True),
        sa.Column("start", sa.String(length=27), nullable=False),
        sa.Column("end", sa.String(length=27), nullable=False),
        sa.Column("found", sa.String(), nullable=False),
        sa.Column("book", sa.String(), nullable=True),
        sa.Column("recomputed", sa.String(), nullable=True),
        sa.Column("corrector", sa.String(), nullable=True),
        sa.Column("difference", sa.String(), nullable=True),
        sa.Column("percent", sa.String(), nullable=True),
        sa.Column("cause", sa.String(), nullable=False),
        sa.Column("evidence", sa.String(), nullable=False),
        sa.Column("provisional", sa.String(), nullable=True),
        sa.Column("provisional_method", sa.String(), nullable=False),
        sa.Column("opened_by", sa.Integer(), nullable=False),
        sa.Column("opened_at", sa.String(length=27), nullable=False),
        sa.Column("outgoing_id", sa.Integer(), nullable=True),
        sa.Column("outgoing_at", sa.String(length=27), nullable=True),
        sa.Column("incoming_id", sa.Integer(), nullable=True),
        sa.Column("incoming_at", sa.String(length=27), nullable=True),
        sa.Column("final", sa.String(), nullable=True),
        sa.Column("closing_words", sa.String(), nullable=False),
        sa.Column("closed_by", sa.Integer(), nullable=True),
        sa.Column("closed_at", sa.String(length=27), nullable=True),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["closed_by"], ["person.id"], name=op.f("fk_discrepancy_closed_by_person")),
        sa.ForeignKeyConstraint(["incoming_id"], ["person.id"], name=op.f("fk_discrepancy_incoming_id_person")),
        sa.ForeignKeyConstraint(["outgoing_id"], ["person.id"], name=op.f("fk_discrepancy_outgoing_id_person")),
        sa.ForeignKeyConstraint(["shift_id"], ["shift.id"], name=op.f("fk_discrepancy_shift_id_shift")),
        sa.ForeignKeyConstraint(["stream_id"], ["stream.id"], name=op.f("fk_discrepancy_stream_id_stream")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_discrepancy")),
        sa.UniqueConstraint("number", name=op.f("uq_discrepancy_number")),
    )
    with op.batch_alter_table("discrepancy", schema=None) as batch_op:
        batch_op.create_index("ix_discrepancy_start", ["start"], unique=False)

    op.create_table(
        "meter_change",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("stream_id", sa.Integer(), nullable=False),
        sa.Column("what", sa.String(), nullable=False),
        sa.Column("time", sa.String(length=27), nullable=False),
        sa.Column("closing_counter", sa.String(), nullable=True),
        sa.Column("opening_counter", sa.String(), nullable=True),
        sa.Column("closing_corrected", sa.String(), nullable=True),
        sa.Column("opening_corrected", sa.String(), nullable=True),
        sa.Column("serial_before", sa.String(), nullable=False),
        sa.Column("serial_after", sa.String(), nullable=False),
        sa.Column("certificate", sa.String(), nullable=False),
        sa.Column("words", sa.String(), nullable=False),
        sa.Column("shift_id", sa.Integer(), nullable=True),
        sa.Column("by_id", sa.Integer(), nullable=False),
        sa.Column("at", sa.String(length=27), nullable=False),
        sa.ForeignKeyConstraint(["shift_id"], ["shift.id"], name=op.f("fk_meter_change_shift_id_shift")),
        sa.ForeignKeyConstraint(["stream_id"], ["stream.id"], name=op.f("fk_meter_change_stream_id_stream")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_meter_change")),
    )
    with op.batch_alter_table("meter_change", schema=None) as batch_op:
        batch_op.create_index("ix_meter_change_stream", ["stream_id", "time"], unique=False)

    op.create_table(
        "metering_result",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("stream_id", sa.Integer(), nullable=False),
        sa.Column("period", sa.String(), nullable=False),
        sa.Column("start", sa.String(length=27), nullable=False),
        sa.Column("end", sa.String(length=27), nullable=False),
        sa.Column("nth", sa.Integer(), nullable=False),
        sa.Column("shift_id", sa.Integer(), nullable=True),
        sa.Column("inputs", sa.String(), nullable=False),
        sa.Column("digest", sa.String(), nullable=False),
        sa.Column("contract_id", sa.Integer(), nullable=False),
        sa.Column("composition_id", sa.Integer(), nullable=True),
        sa.Column("method", sa.String(), nullable=False),
        sa.Column("library", sa.String(), nullable=False),
        sa.Column("volume", sa.String(), nullable=True),
        sa.Column("base_volume", sa.String(), nullable=True),
        sa.Column("heating_value", sa.String(), nullable=True),
        sa.Column("energy_mj", sa.String(), nullable=True),
        sa.Column("corrector_volume", sa.String(), nullable=True),
        sa.Column("substituted", sa.Boolean(), nullable=False),
        sa.Column("words", sa.String(), nullable=False),
        sa.Column("by_id", sa.Integer(), nullable=False),
        sa.Column("at", sa.String(length=27), nullable=False),
        sa.ForeignKeyConstraint(["composition_id"], ["gas_composition.id"], name=op.f("fk_metering_result_composition_id_gas_composition")),
        sa.ForeignKeyConstraint(["contract_id"], ["metering_contract.id"], name=op.f("fk_metering_result_contract_id_metering_contract")),
        sa.ForeignKeyConstraint(["shift_id"], ["shift.id"], name=op.f("fk_metering_result_shift_id_shift")),
        sa.ForeignKeyConstraint(["stream_id"], ["stream.id"], name=op.f("fk_metering_result_stream_id_stream")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_metering_result")),
    )
    with op.batch_alter_table("metering_result", schema=None) as batch_op:
        batch_op.create_index("ix_metering_result_period", ["stream_id", "start", "end", "nth"], unique=True)

    op.create_table(
        "run_switch",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("time", sa.String(length=27), nullable=False),
        sa.Column("from_id", sa.Integer(), nullable=True),
        sa.Column("from_counter", sa.String(), nullable=True),
        sa.Column("from_corrected", sa.String(), nullable=True),
        sa.Column("to_id", sa.Integer(), nullable=True),
        sa.Column("to_counter", sa.String(), nullable=True),
        sa.Column("to_corrected", sa.String(), nullable=True),
        sa.Column("pressure_kpa", sa.String(), nullable=True),
        sa.Column("temperature_c", sa.String(), nullable=True),
        sa.Column("reason", sa.String(), nullable=False),
        sa.Column("told", sa.String(), nullable=False),
        sa.Column("shift_id", sa.Integer(), nullable=True),
        sa.Column("by_id", sa.Integer(), nullable=False),
        sa.Column("at", sa.String(length=27), nullable=False),
        sa.ForeignKeyConstraint(["from_id"], ["stream.id"], name=op.f("fk_run_switch_from_id_stream")),
        sa.ForeignKeyConstraint(["shift_id"], ["shift.id"], name=op.f("fk_run_switch_shift_id_shift")),
        sa.ForeignKeyConstraint(["to_id"], ["stream.id"], name=op.f("fk_run_switch_to_id_stream")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_run_switch")),
    )
    with op.batch_alter_table("run_switch", schema=None) as batch_op:
        batch_op.create_index("ix_run_switch_time", ["time"], unique=False)

    op.create_table(
        "run_switch_withdrawal",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("switch_id", sa.Integer(), nullable=False),
        sa.Column("words", sa.String(), nullable=False),
        sa.Column("by_id", sa.Integer(), nullable=False),
        sa.Column("at", sa.String(length=27), nullable=False),
        sa.ForeignKeyConstraint(["switch_id"], ["run_switch.id"], name=op.f("fk_run_switch_withdrawal_switch_id_run_switch")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_run_switch_withdrawal")),
        sa.UniqueConstraint("switch_id", name=op.f("uq_run_switch_withdrawal_switch_id")),
    )
    op.create_table(
        "substitution",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("stream_id", sa.Integer(), nullable=False),
        sa.Column("quantity", sa.String(), nullable=False),
        sa.Column("first", sa.String(length=27), nullable=False),
        sa.Column("last", sa.String(length=27), nullable=False),
        sa.Column("value", sa.String(), nullable=True),
        sa.Column("basis", sa.String(), nullable=False),
        sa.Column("shift_id", sa.Integer(), nullable=True),
        sa.Column("by_id", sa.Integer(), nullable=False),
        sa.Column("at", sa.String(length=27), nullable=False),
        sa.ForeignKeyConstraint(["shift_id"], ["shift.id"], name=op.f("fk_substitution_shift_id_shift")),
        sa.ForeignKeyConstraint(["stream_id"], ["stream.id"], name=op.f("fk_substitution_stream_id_stream")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_substitution")),
    )
    with op.batch_alter_table("substitution", schema=None) as batch_op:
        batch_op.create_index("ix_substitution_stream", ["stream_id", "first"], unique=False)

    op.create_table(
        "takeover_reason",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("shift_id", sa.Integer(), nullable=False),
        sa.Column("stream_id", sa.Integer(), nullable=False),
        sa.Column("found", sa.String(), nullable=False),
        sa.Column("words", sa.String(), nullable=False),
        sa.Column("by_id", sa.Integer(), nullable=False),
        sa.Column("at", sa.String(length=27), nullable=False),
        sa.ForeignKeyConstraint(["shift_id"], ["shift.id"], name=op.f("fk_takeover_reason_shift_id_shift")),
        sa.ForeignKeyConstraint(["stream_id"], ["stream.id"], name=op.f("fk_takeover_reason_stream_id_stream")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_takeover_reason")),
    )
    with op.batch_alter_table("takeover_reason", schema=None) as batch_op:
        batch_op.create_index("ix_takeover_reason_shift", ["shift_id", "stream_id"], unique=False)

    op.create_table(
        "voucher",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("number", sa.String(), nullable=False),
        sa.Column("stream_id", sa.Integer(), nullable=True),
        sa.Column("start", sa.String(length=27), nullable=False),
        sa.Column("end", sa.String(length=27), nullable=False),
        sa.Column("volume", sa.String(), nullable=False),
        sa.Column("heating_value", sa.String(), nullable=True),
        sa.Column("energy_mj", sa.String(), nullable=True),
        sa.Column("counterpart", sa.String(), nullable=False),
        sa.Column("words", sa.String(), nullable=False),
        sa.Column("shift_id", sa.Integer(), nullable=True),
        sa.Column("by_id", sa.Integer(), nullable=False),
        sa.Column("at", sa.String(length=27), nullable=False),
        sa.ForeignKeyConstraint(["shift_id"], ["shift.id"], name=op.f("fk_voucher_shift_id_shift")),
        sa.ForeignKeyConstraint(["stream_id"], ["stream.id"], name=op.f("fk_voucher_stream_id_stream")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_voucher")),
    )
    with op.batch_alter_table("voucher", schema=None) as batch_op:
        batch_op.create_index("ix_voucher_start", ["start"], unique=False)


def downgrade() -> None:
    raise NotImplementedError("a store is brought back by restoring the backup that the upgrade made")
