"""Shift patterns: the shifts there are, the cycle of a crew, how far the crews are apart; what it covers is drawn while it is typed."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from contextlib import suppress
from datetime import datetime
from decimal import Decimal
from functools import partial
from typing import Any

from stationdesk.domain.errors import DomainError, say
from stationdesk.domain.moments import clock_text, format_minutes, parse_clock
from stationdesk.domain.names import Name
from stationdesk.domain.numbers import half_width
from stationdesk.domain.patterns import (
    PatternDoubledError,
    PatternHoleError,
    PhaseError,
    check_kinds,
    doubled_words,
    shift_end,
    uncovered_words,
)
from stationdesk.domain.rotation import Pattern, ShiftKind, crews_on
from stationdesk.domain.words import C_, _, n_
from stationdesk.services import Store, settings
from stationdesk.services.settings import PatternView
from stationdesk.ui.runner import Runner
from stationdesk.ui.settings.entries import EntriesSection, Entry, Kept
from stationdesk.ui.settings.section import Call
from stationdesk.ui.settings.turn_grid import TurnGrid, Turns, tones_of
from stationdesk.ui.widgets.check import Check
from stationdesk.ui.widgets.field import Field
from stationdesk.ui.widgets.form import Ask
from stationdesk.ui.widgets.layout import Item, column, row, rule
from stationdesk.ui.widgets.rows import Column
from stationdesk.ui.widgets.text import Text

NUMBERS = ("hours", "standby", "rest")
OFF = ("-", "–", "—", "－", "休", "0")


class PatternsSection(EntriesSection):
    """The lines are the shifts; cycle and phases stand in the head's form. The grid below follows what is typed, kept or not."""

    kind = "pattern"
    key, icon, case, retire_case = "patterns", "table-2", "set_pattern", "set_pattern"
    cases = ("set_pattern",)
    kinds = frozenset({"station_list", "rotation_plan", "role_grant"})
    adds = True

    def __init__(self, runner: Runner) -> None:
        self.views: Mapping[str, PatternView] = {}
        self.meant = False
        self.grid = TurnGrid(lambda: _("Who works when"))
        self.proof, self.readings = Text("", "body"), Text("", "label text-2")
        self.turn = Check(lambda: _("The rotation goes over to it then"), True)
        super().__init__(runner)
        self.grid.pressed.connect(self._press)
        for form in (self.head_form, self.line_form):
            for part in form.parts.values():
                if isinstance(part, Field):
                    part.edited.connect(self._typed)

    @classmethod
    def title(cls) -> str:
        return C_("settings", "Shift patterns")

    def load(self) -> Any:
        return _load

    # What is asked
    def columns(self) -> Sequence[Column]:
        return (
            *kind_columns(),
            Column(lambda: C_("length", "Hours"), _hours, "right", width=104),
        )

    def head_asks(self) -> Sequence[Sequence[Ask]]:
        return (
            (
                Ask("code", lambda: _("Code"), fixed=True, most=20),
                Ask("phases", lambda: _("Days the crews are ahead"), errors=("crews", "crew"), hint="6 0 2 4", most=120),
            ),
            (Ask("name_zh", lambda: _("Name (Chinese)"), errors=("name",)), Ask("name_en", lambda: _("Name (English)"))),
            (Ask("cycle", lambda: _("Cycle of a crew, day by day (- off)"), errors=("pattern",), hint="D D E E - N N -", most=400),),
        )

    def line_asks(self) -> Sequence[Sequence[Ask]]:
        return (
            (Ask("kind_code", lambda: _("Shift, code"), most=3), Ask("begins", lambda: _("Begins"), errors=("time",), hint="08:00")),
            (Ask("kind_zh", lambda: _("Shift (Chinese)"), errors=("kind_name",)), Ask("kind_en", lambda: _("Shift (English)"))),
            (
                Ask("hours", lambda: C_("length", "Hours"), "number"),
                Ask("standby", lambda: _("of it standby"), "whole", unit=lambda: C_("unit", "min"), span=(0, 1440), errors=("kinds",)),
                Ask("rest", lambda: _("of it rest"), "whole", unit=lambda: C_("unit", "min"), span=(0, 1440)),
            ),
        )

    def below_table(self) -> Sequence[Item]:
        inside = column(12, self.grid, 12, self.proof, 4, self.readings, 12, None)
        inside.setContentsMargins(16, 0, 16, 0)
        return (rule(), inside)

    def below_form(self) -> Sequence[Item]:
        return (row(self.turn, sides=16), 8)

    def _readings(self) -> str:
        """The hours of the shifts by both readings of the law, where they differ."""
        with suppress(DomainError, ValueError, KeyError):
            split = [kind for kind in self.typed().kinds if kind.standby or kind.rest]
            said = _("{shift}: {all} at the station, of it {work} work")
            return "\n".join(
                said.format(shift=kind.name, all=format_minutes(kind.minutes), work=format_minutes(kind.work)) for kind in split
            )
        return ""

    def blank(self, n: int) -> dict[str, Any]:
        return {"kind_code": chr(64 + n), "begins": "08:00", "hours": Decimal(8)}

    # What is there
    def show_found(self, found: Any) -> None:
        self.views = {each.pattern.code: each for each in found}
        super().show_found(tuple(_kept(each) for each in found))

    def _show_list(self) -> None:
        super()._show_list()
        self._asked_again()

    def _current(self, found: Entry | None) -> None:
        super()._current(found)
        self._draw()

    def _show_rows(self, rows: list[Entry], current: Entry | None) -> None:
        super()._show_rows(rows, current)
        self._asked_again()

    def _typed(self, _text: str) -> None:
        self._say_state()
        self._asked_again()

    def _asked_again(self) -> None:
        """What was meant before was another pattern."""
        self.meant = False
        self._draw()

    def _draw(self) -> None:
        """Grid and proof of what stands in the forms; the last one stays while something cannot be read yet."""
        view = self.views.get(str(self.chosen))
        self.turn.setVisible(view is not None and view.worked)
        with suppress(DomainError, ValueError, KeyError):
            pattern = self.typed()
            self.grid.show_turns(_turns(pattern))
            self.proof.say(partial(_proof, pattern, view))
            self.readings.say(self._readings)
            self.readings.setVisible(bool(self._readings()))

    def typed(self) -> Pattern:
        """The pattern as it stands in the forms. DomainError says what cannot be read, and belongs to a field."""
        head = {key: part.text() for key, part in self.head_form.parts.items() if isinstance(part, Field)}
        lines = [self._line(each) for each in self.table.rows()]
        return pattern_of(head, lines)

    def _line(self, each: Entry) -> Mapping[str, Any]:
        if each is not self.entry:
            return each.values
        parts = self.line_form.parts
        said = {key: part.text() for key, part in parts.items() if isinstance(part, Field)}
        numbers = {key: part.number() for key in NUMBERS if isinstance(part := parts[key], Field)}
        return {**said, **{key: value or Decimal(0) for key, value in numbers.items()}}

    def _press(self, crew: int, day: int) -> None:
        """A click: the next shift for this crew on this day, and for every crew when its turn comes."""
        with suppress(DomainError, ValueError):
            pattern = self.typed()
            at = (day + pattern.phases[crew]) % len(pattern.cycle)
            codes = ["", *(kind.code for kind in pattern.kinds)]
            cycle = list(pattern.cycle)
            cycle[at] = codes[(codes.index(cycle[at]) + 1) % len(codes)]
            part = self.head_form.parts["cycle"]
            assert isinstance(part, Field)
            part.set_text(cycle_text(cycle))
            self._typed("")

    # What is kept
    def keeping(self, kept: Kept | None, head: dict[str, Any], lines: list[dict[str, Any]], valid_from: Any) -> Call:
        turn = self.turn.isChecked() and kept is not None and self.views[kept.key].worked
        seen = kept.seen if kept is not None else None
        call = partial(settings.set_pattern, valid_from=valid_from, new=kept is None, doubled=self.meant, turn=turn, seen=seen)
        return call, (pattern_of(head, lines),)

    def retiring(self, kept: Kept) -> Call:
        return settings.retire_pattern, (kept.key,)

    def _failed(self, error: Exception) -> None:
        super()._failed(error)
        if isinstance(error, PatternDoubledError | PatternHoleError):
            self.meant = isinstance(error, PatternDoubledError)
            self.say_problem(lambda: say(error))

    def _done(self, result: Any) -> None:
        if self.fresh:
            part = self.head_form.parts["code"]
            self.chosen = part.text() if isinstance(part, Field) else None
        super()._done(result)


def pattern_of(head: Mapping[str, Any], lines: Sequence[Mapping[str, Any]]) -> Pattern:
    """The pattern of what stands in the forms. ClockError, ShiftLengthError, CycleError, PhaseError and the errors of a Pattern."""
    kinds = tuple(kind_of(each) for each in lines)
    check_kinds(kinds)
    cycle = tuple("" if each in OFF else each for each in _parts(head.get("cycle") or "", {kind.code for kind in kinds}))
    phases = _parts(head.get("phases") or "", frozenset())
    if wrong := next((each for each in phases if not each.isdecimal()), None):
        raise PhaseError(given=wrong, most=max(len(cycle) - 1, 0))
    code = str(head.get("code") or "").strip()
    return Pattern(code, Name(head.get("name_zh") or "", head.get("name_en") or ""), kinds, cycle, tuple(map(int, phases)))


def kind_of(values: Mapping[str, Any]) -> ShiftKind:
    """The shift of what stands in a line. ClockError, ShiftLengthError, KindSplitError."""
    start, hours = parse_clock(str(values.get("begins") or "")), values.get("hours") or Decimal(0)
    name = Name(str(values.get("kind_zh") or "").strip(), str(values.get("kind_en") or "").strip())
    end = shift_end(start % 1440, round(hours * 60))
    standby, rest = int(values.get("standby") or 0), int(values.get("rest") or 0)
    return ShiftKind(str(values.get("kind_code") or "").strip(), name, start % 1440, end, standby, rest)


def _parts(text: str, codes: frozenset[str] | set[str]) -> list[str]:
    """Parted by blanks or commas; letters written together (DDEE-NN-) are one day each where every shift has one letter."""
    found = half_width(text).replace("，", " ").replace("、", " ").replace(",", " ").split()
    together = codes and all(len(code) == 1 for code in codes) and any(len(each) > 1 for each in found)
    return [letter for each in found for letter in each] if together else found


def cycle_text(cycle: Sequence[str]) -> str:
    """D D E E - N N -."""
    return " ".join(code or "-" for code in cycle)


def _kept(view: PatternView) -> Kept:
    pattern = view.pattern
    head = {
        "code": pattern.code,
        "name_zh": pattern.name.zh,
        "name_en": pattern.name.en,
        "cycle": cycle_text(pattern.cycle),
        "phases": " ".join(map(str, pattern.phases)),
    }
    lines = tuple(
        {
            "kind_code": kind.code,
            "kind_zh": kind.name.zh,
            "kind_en": kind.name.en,
            "begins": clock_text(kind.start),
            "hours": (Decimal(kind.minutes) / 60).quantize(Decimal("0.01")).normalize(),
            "standby": kind.standby or None,
            "rest": kind.rest or None,
        }
        for kind in pattern.kinds
    )
    return Kept(pattern.code, partial(str, pattern.name), head, lines, pattern)


def _turns(pattern: Pattern) -> Turns:
    days, length = range(len(pattern.cycle)), len(pattern.cycle)
    rows = tuple(
        (_("Crew {n}").format(n=n), tuple(pattern.cycle[(day + phase) % length] for day in days))
        for n, phase in enumerate(pattern.phases, 1)
    )
    crews = [str(n) for n in range(len(pattern.phases))]
    counts = tuple((str(kind.name), tuple(len(crews_on(pattern, crews, day, kind.code)) for day in days)) for kind in pattern.kinds)
    tones = tones_of([(kind.code, kind.start, kind.end) for kind in pattern.kinds])
    return Turns(tuple(str(day + 1) for day in days), rows, counts, tones)


def _proof(pattern: Pattern, view: PatternView | None) -> str:
    """What it covers, in words, and whether the station works by it."""
    holes, doubles, days = uncovered_words(pattern), doubled_words(pattern), len(pattern.cycle)
    lines = [_("Without a crew: {where}.").format(where=each) for each in holes]
    lines += [_("Two crews at once: {where}.").format(where=each) for each in doubles]
    if not lines:
        whole = n_("The cycle has {count} day; each hour has one crew.", "Over the {count} days of the cycle each hour has one crew.", days)
        lines.append(whole.format(count=days))
    if view is not None and view.worked and view.as_worked:
        lines.append(_("The rotation in force is by this pattern."))
    elif view is not None and view.worked:
        lines.append(_("The rotation in force is by an earlier version of it."))
    return "\n".join(lines)


def kind_columns() -> tuple[Column, ...]:
    """Code, name, begin and end of a kind of shift."""
    return (
        Column(lambda: _("Code"), lambda each: str(each.values.get("kind_code") or ""), width=64),
        Column(lambda: C_("settings", "Shift"), name_of, grows=True),
        Column(lambda: _("Begins"), lambda each: str(each.values.get("begins") or ""), "right", width=84),
        Column(lambda: _("Ends"), ends_of, "right", width=84),
    )


def name_of(each: Entry) -> str:
    """What a line's shift is called."""
    return str(Name(str(each.values.get("kind_zh") or ""), str(each.values.get("kind_en") or "")))


def ends_of(each: Entry) -> str:
    """When a line's shift ends, nothing while that cannot be read."""
    with suppress(DomainError, ValueError):
        return clock_text(kind_of(each.values).end)
    return ""


def _hours(each: Entry) -> str:
    value = each.values.get("hours")
    return "" if value is None else f"{value:g}"


def _load(store: Store, at: datetime) -> tuple[PatternView, ...]:
    return settings.patterns_view(store, at)
