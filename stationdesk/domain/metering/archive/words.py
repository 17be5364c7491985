"""What was noticed, assumed and asked of an archive, in words."""

from __future__ import annotations

from zoneinfo import ZoneInfo

from stationdesk.domain.said import Said, value_words
from stationdesk.domain.words import N_, _

NOTES = {
    # asked: nothing is taken before somebody says
    "volume_which": N_("“{column}”: is it the corrected or the uncorrected counter?"),
    "decimal_both": N_("Numbers with decimal points and with decimal commas stand in one file."),
    "decimal_either": N_("Numbers like {example} have three digits behind the comma: is it a decimal comma, or does it part thousands?"),
    "order_either": N_("{example}: is the day written before the month?"),
    "year_none": N_("The dates have no year: which one is it?"),
    "day_none": N_("The lines give the time of day only: of which date are they?"),
    "gauge_unknown": N_("“{column}”: is the pressure gauge or absolute? Neither heading nor factor tell."),
    "pressure_unit_unknown": N_("“{column}”: in which unit is the pressure, gauge or absolute? Neither heading nor factor tell."),
    "pressure_unit_contradicts": N_("“{column}” says {unit}, but by the conversion factor the pressure is in {better}."),
    "volume_unit_contradicts": N_("The counters differ from the conversion factor by a factor of {times}: in which unit are they?"),
    "stamp_contradicts": N_("By the station's own readings a time is the beginning of its hour: is it?"),
    "stream_which": N_("“{run}” is no metering run of the station: which one is it?"),
    "stream_none": N_("The file does not say which metering run it is of."),
    # assumed: the file does not say it in so many words
    "volume_counter": N_("“{column}” is taken as the uncorrected counter, for the corrected one stands beside it."),
    "volume_corrected": N_("“{column}” is taken as the corrected counter, for the uncorrected one stands beside it."),
    "volume_m3": N_("Volumes without a unit are taken as m³: {columns}."),
    "decimal_point": N_("The point is taken as decimal sign."),
    "year_above": N_("The year {year} is the one that stands above the lines."),
    "day_above": N_("The date {day} is the one that stands above the lines."),
    "run_above": N_("The metering run {run} is the one that is named above the lines."),
    "run_file": N_("The metering run {run} is the one in the name of the file or sheet."),
    "stream_matched": N_("“{run}” is taken as the metering run {code}."),
    "stamp_end": N_("The file does not say which end of its hour a time is of: it is taken as the end of the hour."),
    "stamp_end_reads": N_("Times are taken as the end of the hour: the station's own readings of the counters agree."),
    "stamp_end_days": N_("Times are taken as the end of the hour: the file runs over whole gas days that way."),
    "temperature_unit": N_("Temperatures without a unit are taken as {unit}."),
    "gauge_absolute_fits": N_("The pressure is taken as absolute, in {unit}: the conversion factor fits it to {percent} %."),
    "gauge_gauge_fits": N_("The pressure is taken as gauge, in {unit}: the conversion factor fits it to {percent} %."),
    "factor_differs": N_(
        "The conversion factor is {percent} % off what pressure and temperature of an ordinary gas make at 101.325 kPa and 20 ℃."
    ),
    "fault_included": N_("The corrected counter holds the error-state volume as well: it is taken off."),
    "columns_moved": N_("Columns stand elsewhere than in the file the mapping was made for: {columns}."),
    "unread": N_("Columns that are not read: {columns}."),
    # noticed
    "sheet_passed": N_("The sheet {sheet} is no archive and was left out."),
    "passed_run": N_("Lines that name the metering run of those below: {n} (line {lines})"),
    "passed_units": N_("Rows of units left out: {n} (line {lines})"),
    "passed_heading": N_("Headings repeated between the values: {n} (line {lines})"),
    "passed_new_heading": N_("New headings between the values, read by them from there on: {n} (line {lines})"),
    "passed_footer": N_("Lines of totals or remarks left out: {n} (line {lines})"),
    "passed_empty": N_("Lines with a time and no values left out: {n} (line {lines})"),
    "passed_between": N_("Lines between the full hours left out: {n} (line {lines})"),
    "day_carried": N_("Lines without a date have that of the line above: {n}"),
    "midnight": N_("00:00 behind 23:00 of one date is taken as its 24:00: {n}"),
    "newest_first": N_("The newest hour stands first in the file."),
    "flag_gap_before": N_("Hours missing before: {n} (line {lines})"),
    "flag_repeated": N_("Hours that stand there more than once, with the same values, counted once: {n} (line {lines})"),
    "flag_out_of_order": N_("Lines out of order: {n} (line {lines})"),
    "flag_counter_back": N_("Counters that go backwards: {n} (line {lines})"),
    "flag_rollover": N_("Counters that rolled over: {n} (line {lines})"),
    "flag_clock_set": N_("Clock set: {n} (line {lines})"),
    "flag_mains": N_("Mains failure: {n} (line {lines})"),
    "flag_off_hour": N_("Times beside the full hour, taken as that hour: {n} (line {lines})"),
    "flag_missing": N_("Hours without a counter: {n} (line {lines})"),
    "flag_fault": N_("Hours in an error state: {n} (line {lines}); {volume} m³ counted apart"),
}


def note_words(said: Said, zone: ZoneInfo) -> str:
    """The sentence in the language spoken now."""
    return _(NOTES[said.code]).format(**{key: _listed(key, value_words(value, zone)) for key, value in said.values.items()})


def _listed(key: str, text: str) -> str:
    """Several lines or columns with the comma of the language."""
    return _(", ").join(text.split("、")) if key in ("lines", "columns") else text
