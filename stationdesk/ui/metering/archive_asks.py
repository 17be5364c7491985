"""What is asked of an archive's file, each with the control that answers it."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from functools import partial
from typing import Any

from PySide6.QtWidgets import QWidget

from stationdesk.domain.metering.archive.answers import Answers
from stationdesk.domain.metering.archive.units import PRESSURE_UNITS, VOLUME_UNITS
from stationdesk.domain.said import Said
from stationdesk.domain.words import C_, _
from stationdesk.ui.widgets.choice import Choice, Option
from stationdesk.ui.widgets.field import Field
from stationdesk.ui.widgets.select_field import Choices, Select
from stationdesk.ui.widgets.spoken import Words

Give = Callable[[Answers], object]
ABSOLUTE, GAUGE = "a", "g"


def answering(said: Said, answers: Answers, streams: Choices, give: Give) -> QWidget | None:
    """The control for one question; None where only another mapping helps."""
    code = said.code
    if code == "volume_which":
        words = {"counter": lambda: C_("archive", "uncorrected"), "corrected": lambda: C_("archive", "corrected")}
        return _choice(words, lambda value: give(replace(answers, volume=value)))
    if code in ("decimal_both", "decimal_either"):
        return _choice({".": "1,234.5", ",": "1.234,5"}, lambda value: give(replace(answers, decimal=value)))
    if code == "order_either":
        words = {"dmy": lambda: C_("archive", "day first"), "mdy": lambda: C_("archive", "month first")}
        return _choice(words, lambda value: give(replace(answers, order=value)))
    if code == "gauge_unknown":
        words = {GAUGE: lambda: C_("archive", "gauge"), ABSOLUTE: lambda: C_("archive", "absolute")}
        return _choice(words, lambda value: give(replace(answers, gauge=value == GAUGE)))
    if code == "stamp_contradicts":
        words = {"start": lambda: C_("archive", "beginning"), "end": lambda: C_("archive", "end")}
        return _choice(words, lambda value: give(replace(answers, stamp=value)))
    if code in ("day_none", "year_none"):
        hint = (lambda: _("YYYY-MM-DD")) if code == "day_none" else (lambda: C_("archive", "YYYY"))
        return _day(hint, lambda text: give(replace(answers, day=text)))
    return _selected(said, answers, streams, give)


def _selected(said: Said, answers: Answers, streams: Choices, give: Give) -> QWidget | None:
    if said.code in ("pressure_unit_unknown", "pressure_unit_contradicts"):
        units = [f"{unit}({kind})" for unit in PRESSURE_UNITS for kind in (GAUGE, ABSOLUTE)]
        return _select([(each, each) for each in units], lambda unit: give(_with_unit(answers, ("pressure",), unit)))
    if said.code == "volume_unit_contradicts":
        volumes = ("counter", "corrected", "total", "fault")
        return _select([(each, each) for each in VOLUME_UNITS], lambda unit: give(_with_unit(answers, volumes, unit)))
    if said.code == "stream_which":
        run = str(said.values["run"])
        return _select(streams, lambda code: give(replace(answers, streams={**answers.streams, run: code})))
    if said.code == "stream_none":
        return _select(streams, lambda code: give(replace(answers, run=code, streams={**answers.streams, code: code})))
    return None


def _with_unit(answers: Answers, quantities: Sequence[str], unit: str) -> Answers:
    return replace(answers, units={**answers.units, **dict.fromkeys(quantities, unit)})


def _choice(words: Mapping[str, Words], take: Callable[[Any], object]) -> Choice:
    made = Choice([Option(value, each) for value, each in words.items()], lambda: _("Answer"))
    made.chosen.connect(take)
    return made


def _select(choices: Choices, take: Callable[[Any], object]) -> Select:
    made = Select("", choices, lambda: C_("archive", "choose"), below=False)
    made.combo.setAccessibleName(_("Answer"))
    made.setFixedWidth(180)
    made.chosen.connect(take)
    return made


def _day(hint: Words, take: Callable[[str], object]) -> Field:
    made = Field("", hint=hint, below=False)
    made.setFixedWidth(140)
    made.committed.connect(partial(_given, take))
    return made


def _given(take: Callable[[str], object], text: str) -> None:
    if text:
        take(text)
