"""A sheet's form while it is edited: what the program has and the station's own beside it, line by line."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from itertools import count

from stationdesk.domain.names import Name
from stationdesk.domain.paper import TEXTS, CellChoice, ColumnChoice, Named, NoColumnsError, SectionChoice, Template
from stationdesk.reports.fitting import Made, OwnColumn, Part

_numbers = count(1)
INSTANCE = frozenset({"lines"})
"""Parts that stand on a sheet several times, each under a title of its own: a round, a checklist."""


@dataclass(eq=False)
class ColumnLine:
    """A column: own is the program's."""

    own: OwnColumn
    zh: str = ""
    en: str = ""
    width: float | None = None
    shown: bool = True
    id: int = field(default_factory=lambda: next(_numbers))

    @property
    def plain(self) -> bool:
        """As the program has it."""
        return self.shown and not self.zh and not self.en and self.width is None


@dataclass(eq=False)
class CellLine:
    """A signature cell: one the program fills (key), or a blank one."""

    key: str = ""
    zh: str = ""
    en: str = ""
    ink: bool = False
    dated: bool = True
    id: int = field(default_factory=lambda: next(_numbers))


@dataclass(eq=False)
class PartDraft:
    """A table of the sheet: title "" is the program's."""

    own: Part
    zh: str
    en: str
    lines: list[ColumnLine]


class SheetDraft:
    """texts, parts and cells are changed in place; `template()` says what they come to."""

    def __init__(self, made: Made, template: Template) -> None:
        self.made = made
        self.texts = {key: getattr(template, key) for key in TEXTS}
        self.parts = [_part(part, template.sections.get(part.key, SectionChoice())) for part in made.parts]
        self.elsewhere = {key: each for key, each in template.sections.items() if key not in {part.key for part in made.parts}}
        given = template.signatures
        self.cells = [CellLine(key) for key, _role in made.cells] if given is None else [_cell(each) for each in given]

    def template(self) -> Template:
        """The form as it stands; what is the program's own is left out. NoColumnsError for a part with nothing shown."""
        sections = {part.own.key: _choice(part) for part in self.parts}
        kept = {key: each for key, each in sections.items() if each is not None}
        own = [CellLine(key) for key, _role in self.made.cells]
        cells = None if _same(self.cells, own) else tuple(map(_cell_choice, self.cells))
        return Template(**self.texts, sections={**self.elsewhere, **kept}, signatures=cells)

    def reset(self, part: PartDraft) -> None:
        """A table as the program has it."""
        part.zh = part.en = ""
        part.lines = [ColumnLine(each) for each in part.own.columns]

    def reset_cells(self) -> None:
        """The signature cells as the program has them."""
        self.cells = [CellLine(key) for key, _role in self.made.cells]

    def role(self, key: str) -> str:
        """What the program calls a signature cell."""
        return dict(self.made.cells).get(key, key)


def _part(part: Part, choice: SectionChoice) -> PartDraft:
    own = {each.key: each for each in part.columns}
    if choice.columns is None:
        return PartDraft(part, choice.title.zh, choice.title.en, [ColumnLine(each) for each in part.columns])
    lines = [
        ColumnLine(own.get(each.key, OwnColumn(each.key, each.key, 0)), each.name.zh, each.name.en, each.width, each.shown)
        for each in choice.columns
    ]
    named = {each.key for each in choice.columns}
    for n, each in enumerate(part.columns):
        if each.key not in named:
            before = {earlier.key for earlier in part.columns[:n]}
            at = max((place for place, line in enumerate(lines, 1) if line.own.key in before), default=0)
            lines.insert(at, ColumnLine(each, shown=choice.rest))
    return PartDraft(part, choice.title.zh, choice.title.en, lines)


def _choice(part: PartDraft) -> SectionChoice | None:
    title = Named(part.zh, part.en)
    moved = [line.own.key for line in part.lines] != [each.key for each in part.own.columns]
    if not moved and all(line.plain for line in part.lines):
        return SectionChoice(title, rest=True) if title != Named() else None
    if not any(line.shown for line in part.lines):
        raise NoColumnsError(section=part.own.title or part.own.key)
    columns = tuple(ColumnChoice(line.own.key, Named(line.zh, line.en), line.width, line.shown) for line in part.lines)
    return SectionChoice(title, columns, rest=True)


def _cell(choice: CellChoice) -> CellLine:
    return CellLine(choice.key, choice.name.zh, choice.name.en, choice.ink, choice.dated)


def _cell_choice(line: CellLine) -> CellChoice:
    return CellChoice(line.key, Named(line.zh, line.en), line.ink, line.dated)


def _same(first: Sequence[CellLine], second: Sequence[CellLine]) -> bool:
    return [_cell_choice(each) for each in first] == [_cell_choice(each) for each in second]


def title_of(line: ColumnLine) -> str:
    """What the program calls a column, its group in front where it has one."""
    return " ".join(filter(None, (line.own.group, line.own.name))) or line.own.key


def own_name(line: ColumnLine | CellLine) -> str:
    """What the station calls it."""
    return str(Name(line.zh, line.en)) if line.zh or line.en else ""
