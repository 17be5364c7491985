"""Sending what is typed to the store: at once when somebody is picked, else when somebody is."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from functools import partial

from PySide6.QtCore import QObject, Signal

from stationdesk.domain.errors import DomainError, say
from stationdesk.services import readings
from stationdesk.services.readings import HourTaken, Taken
from stationdesk.ui.readings.entries import HELD, REFUSED, SAVED, Entry, Place
from stationdesk.ui.readings.model import ReadingsModel
from stationdesk.ui.runner import Runner


class _Sent(QObject):
    """One request: its slots know which value they speak of."""

    def __init__(self, saver: Saver, places: list[Place]) -> None:
        super().__init__(saver)
        self.saver, self.places = saver, places

    def taken(self, _result: Taken) -> None:
        for place in self.places:
            self.saver.model.settle(place, SAVED)
        self.deleteLater()

    def many(self, result: HourTaken) -> None:
        refused = {(each.point_id, each.hour): each.error for each in result.refused}
        for place in self.places:
            error = refused.get(place)
            self.saver.model.settle(place, REFUSED if error else SAVED, say(error) if isinstance(error, DomainError) else "")
        self.saver.pasted.emit(result)
        self.deleteLater()

    def failed(self, error: DomainError) -> None:
        for place in self.places:
            self.saver.model.settle(place, REFUSED, say(error))
        self.saver.failed.emit(say(error))
        self.deleteLater()


class Saver(QObject):
    """Follows the model and the person picked at the desk."""

    failed = Signal(str)
    #: an HourTaken came back
    pasted = Signal(object)
    #: how many values wait for somebody to be picked
    waiting = Signal(int)

    def __init__(self, runner: Runner, model: ReadingsModel, how: Callable[[], str], parent: QObject) -> None:
        super().__init__(parent)
        self.runner, self.model, self.how = runner, model, how
        model.entered.connect(self.save)
        runner.actor_changed.connect(self.follow)
        self.follow()

    def follow(self, _actor: object = None) -> None:
        """Somebody was picked: what waited is saved in their name."""
        actor = self.runner.actor
        self.model.person_id = actor.person_id if actor is not None else 0
        self.send_held()

    def send_held(self) -> None:
        """Save what waits for a person; each hour in one go."""
        held = self.model.held()
        if self.runner.locked or not held:
            self.waiting.emit(len(held))
            return
        first: dict[datetime, dict[int, Entry]] = {}
        for entry in held.values():
            if entry.reason:
                self.save(entry)
            else:
                first.setdefault(entry.hour, {})[entry.point_id] = entry
        for hour, entries in first.items():
            sent = _Sent(self, [entry.place for entry in entries.values()])
            fn, texts = partial(readings.take_hour, how=self.how()), {point: entry.text for point, entry in entries.items()}
            self.runner.command(self, fn, hour, texts, on_done=sent.many, on_error=sent.failed)
        self.waiting.emit(0)

    def save(self, entry: Entry) -> None:
        """Send one value, or hold it while nobody is picked."""
        if self.runner.locked:
            self.model.settle(entry.place, HELD)
            self.waiting.emit(len(self.model.held()))
            return
        first, corrects = (
            partial(readings.take_reading, how=self.how()),
            partial(readings.correct_reading, words=entry.reason, how=self.how()),
        )
        sent = _Sent(self, [entry.place])
        fn = corrects if entry.reason else first
        self.runner.command(self, fn, entry.point_id, entry.hour, entry.text, on_done=sent.taken, on_error=sent.failed)

    def paste(self, entries: list[Entry]) -> None:
        """Send a block in one go."""
        sent = _Sent(self, [entry.place for entry in entries])
        block = [(entry.point_id, entry.hour, entry.text) for entry in entries]
        self.runner.command(self, partial(readings.paste_block, how=self.how()), block, on_done=sent.many, on_error=sent.failed)
