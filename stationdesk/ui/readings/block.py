"""A block of a spreadsheet laid from a cell on: shift lines are skipped, what does not fit is named."""

from __future__ import annotations

from dataclasses import dataclass, field
from decimal import Decimal

from stationdesk.domain.errors import DomainError, say
from stationdesk.domain.moments import format_time
from stationdesk.domain.words import _, n_
from stationdesk.services.readings import HourLine, HourTaken
from stationdesk.ui.readings.entries import Entry, Step
from stationdesk.ui.readings.model import ReadingsModel

NAMED = 3


@dataclass
class Laid:
    """Entries to be sent, how many are already in (held while locked), and what was refused, in words."""

    entries: list[Entry] = field(default_factory=list)
    done: int = 0
    refused: list[str] = field(default_factory=list)
    steps: list[Step] = field(default_factory=list)

    def words(self, _model: ReadingsModel) -> str:
        """Pasted 3; 1 not: 00:00 Flow total: …"""
        said = n_("{count} value pasted", "{count} values pasted", self.done).format(count=self.done)
        if not self.refused:
            return said
        left = n_("{count} not", "{count} not", len(self.refused)).format(count=len(self.refused))
        *others, last = self.refused[:NAMED]
        reasons = _("; ").join([*(each.rstrip(".。") for each in others), last])
        return _("{done}, {left}: {reasons}").format(done=said, left=left, reasons=reasons)

    def answered(self, model: ReadingsModel, result: HourTaken) -> str:
        """The words after the store took what it could."""
        self.done += len(result.taken)
        for each in result.refused:
            row, column = model.place((each.point_id, each.hour))
            why = say(each.error) if isinstance(each.error, DomainError) else ""
            self.refused.append(_at(model, row, column, why))
        return self.words(model)


def lay(model: ReadingsModel, row: int, column: int, block: tuple[tuple[str, ...], ...], locked: bool) -> Laid:
    """Cells of the block onto the hours from row on; empty ones are left out. While locked each goes in as if typed."""
    hours = [n for n in range(max(row, 0), len(model.lines)) if isinstance(model.lines[n], HourLine)]
    laid = Laid()
    for n, texts in enumerate(block):
        for at, typed in enumerate(texts, column):
            if not typed.strip():
                continue
            if n >= len(hours) or at >= len(model.points):
                laid.refused.append(_("“{typed}” lies outside the table").format(typed=typed))
            elif locked:
                _type(model, laid, hours[n], at, typed)
            else:
                _entry(model, laid, hours[n], at, typed)
    return laid


def _type(model: ReadingsModel, laid: Laid, row: int, column: int, typed: str) -> None:
    refusal = model.enter(row, column, typed).refusal
    if refusal:
        laid.refused.append(_at(model, row, column, refusal))
    else:
        laid.done += 1


def _entry(model: ReadingsModel, laid: Laid, row: int, column: int, typed: str) -> None:
    before = model.cell(row, column)
    refusal, entry = model.lay(row, column, typed)
    if refusal:
        laid.refused.append(_at(model, row, column, refusal))
    elif entry is not None:
        laid.entries.append(entry)
        laid.steps.append(Step(entry.place, before.value if before else None, Decimal(entry.text)))


def _at(model: ReadingsModel, row: int, column: int, why: str) -> str:
    line = model.hour(row)
    assert line is not None
    assert model.view is not None
    time, point = format_time(line.time, model.view.zone), model.points[column].title
    return _("{time} {point}: {why}").format(time=time, point=point, why=why)
