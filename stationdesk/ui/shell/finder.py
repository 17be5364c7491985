"""What the palette finds besides pages and commands: what the page does and who is at the desk, at once; records a moment later."""

from __future__ import annotations

from datetime import datetime
from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject

from stationdesk.domain.moments import format_moment
from stationdesk.domain.words import C_
from stationdesk.ui.now import asks
from stationdesk.ui.now.wording import role_words
from stationdesk.ui.shell.hit import Hit
from stationdesk.ui.shell.match import matches
from stationdesk.ui.shell.pressable import pressable_hits

if TYPE_CHECKING:
    from stationdesk.services.now import NowView
    from stationdesk.services.shifts import OnDuty
    from stationdesk.ui.runner import Runner
    from stationdesk.ui.shell.shell import Shell

LEAST = 2
"""Letters from which on records are looked for."""


class Finder(QObject):
    """Sources of the palette: buttons of the page, people signed on, hazards and items by number or words, entries of the log."""

    def __init__(self, shell: Shell, runner: Runner) -> None:
        super().__init__(shell)
        self._shell, self._runner = shell, runner
        self._people: tuple[OnDuty, ...] = ()
        shell.add_source(partial(pressable_hits, shell))
        shell.add_source(self._find_people)
        shell.add_source(self._find_records)

    def follow(self, view: NowView) -> None:
        """Who is at the desk now."""
        self._people = view.desk.people

    def _find_people(self, text: str) -> list[Hit]:
        return [
            Hit(each.name, lambda each=each: self._pick(each), role_words(each), "user", each.key)  # type: ignore[misc]
            for each in self._people
            if matches(text, each.name)
        ]

    def _pick(self, person: OnDuty) -> None:
        from stationdesk.services import Actor

        self._runner.actor = Actor(person.person_id, person.name)

    def _find_records(self, text: str) -> list[Hit]:
        """Asks the store, while somebody is picked: records are out of reach on the locked desk."""
        if len(text) >= LEAST and not self._runner.locked:
            self._runner.query(self, asks.records, text, self._runner.now(), on_done=self._offer)
        return []

    def _offer(self, found: asks.Records) -> None:
        hits = [self._record(each) for each in found.hits]
        if hits:
            self._shell.over.palette.offer(found.text, hits)

    def _record(self, each: asks.Record) -> Hit:
        kind = C_("palette", "duty log") if each.page == "log" else C_("palette", "open item")
        detail = C_("dot", "{one}·{two}").format(one=kind, two=self._when(each.at))
        sign = "notebook-pen" if each.page == "log" else "triangle-alert"
        return Hit(each.title, lambda: self._shell.go(each.page, each.target), detail, sign)

    def _when(self, at: datetime) -> str:
        return format_moment(at, self._runner.zone)
