"""A page of parts, a store that remembers what was asked, and people: what the shell and the runner are tried with."""

from __future__ import annotations

import threading
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

from stationdesk.domain.words import C_, _
from stationdesk.ui.pages import Entry
from stationdesk.ui.runner import Runner
from stationdesk.ui.shell.contact_panel import Contact
from stationdesk.ui.shell.status import Due, Status
from stationdesk.ui.widgets.button import Button
from stationdesk.ui.widgets.card import Card
from stationdesk.ui.widgets.field import Field
from stationdesk.ui.widgets.layout import row, stack
from stationdesk.ui.widgets.line import Line
from stationdesk.ui.widgets.page import Page, page_head
from stationdesk.ui.widgets.trend import Dot, Series, Trend

ZONE = ZoneInfo("Asia/Shanghai")
NOW = datetime(2026, 11, 20, 22, 42, 18, tzinfo=UTC)  # 06:42:18 at the station
DUE = datetime(2026, 11, 20, 23, 0, tzinfo=UTC)


@dataclass(frozen=True)
class Person:
    """An actor as the store knows one."""

    person_id: int
    name: str = ""


@dataclass(frozen=True)
class Written:
    """Changes as the store tells them."""

    kinds: frozenset[str]
    seq: int
    hash: str = "hash"


@dataclass
class Memory:
    """A store without tables: a number that grows, and what was written under it."""

    log: list[frozenset[str]] = field(default_factory=list)
    threads: set[str] = field(default_factory=set)
    refuses: Exception | None = None

    def head(self) -> tuple[int, str]:
        return len(self.log), "hash"

    def changes_since(self, seen: tuple[int, str]) -> Written:
        self.threads.add(threading.current_thread().name)
        if self.refuses is not None:
            raise self.refuses
        return Written(frozenset().union(*self.log[seen[0] :]), len(self.log))

    def write(self, *kinds: str) -> None:
        self.log.append(frozenset(kinds))


class NowPage(Page):
    """A page like the first one."""

    name = "now"
    kinds = frozenset({"reading"})

    def __init__(self, runner: Runner) -> None:
        super().__init__(runner)
        self.reloads = 0
        self.targets: list[object] = []
        self.read = Button(lambda: _("Readings"), "pen-line", "F5", "primary", on_click=self._lead)
        self.field = Field("进站压力", "MPa", "06:00 2.41", numeric=True)
        self.keys = (("F5", lambda: _("Readings")),)
        dots = tuple(Dot(f"{hour:02}", 2.4 + hour / 100) for hour in range(9))
        trend = Card(10, Line("2.41* MPa", "value", "body text-2", gap=3), 12, Trend(Series(dots, 2.2, 2.7, "2.20", "2.70")), right=12)
        side = Card(12, self.field, None, title=lambda: _("Crew"), fact=Line(lambda: _("Abnormal"), "label text-2"))
        body = row(stack(side, wide=316), stack(trend), spacing=16)
        body.setStretch(1, 1)
        self.lay_out(page_head(lambda: _("Now"), Line("夜班", "body text-2"), self.read), body)

    def title(self) -> str:
        return _("Now")

    def reload(self) -> None:
        self.reloads += 1

    def show_target(self, target: object) -> None:
        self.targets.append(target)

    def _lead(self) -> None:
        self.go.emit("log", 7)


class LogPage(NowPage):
    """A page out of reach while locked."""

    name = "log"

    def title(self) -> str:
        return _("Log")


def entries() -> tuple[Entry, ...]:
    """Two pages in the groups of the rail, and settings."""
    return (
        Entry("now", "duty", "layout-dashboard", lambda: _("Now"), NowPage, open_when_locked=True),
        Entry("readings", "duty", "table", lambda: _("Readings"), NowPage, open_when_locked=True),
        Entry("rounds", "duty", "footprints", lambda: _("Rounds"), NowPage),
        Entry("checklists", "duty", "list-checks", lambda: C_("rail", "Checks"), NowPage),
        Entry("log", "duty", "notebook-pen", lambda: _("Log"), LogPage),
        Entry("handover", "duty", "handshake", lambda: _("Handover"), NowPage),
        Entry("hazards", "station", "triangle-alert", lambda: _("Hazards"), NowPage),
        Entry("reports", "records", "printer", lambda: _("Reports"), NowPage),
        Entry("archive", "records", "search-check", lambda: _("Archive"), NowPage),
        Entry("settings", "", "settings", lambda: _("Settings"), NowPage),
    )


def chinese() -> bool:
    """The language of now is Chinese."""
    return _("Now") != "Now"


def status() -> Status:
    """The strip as on an ordinary night, with wordings as long as they get."""
    return Status(
        station="确山门站",
        shift=lambda: "夜班 2026-11-21 00:00–08:00|夜班 00:00–08:00" if chinese() else "Night 2026-11-21 00:00–08:00|Night 00:00–08:00",
        crew=lambda: "乙班 3 人在岗" if chinese() else "乙班, 3 on site",
        due=Due(lambda: "07:00 整点抄录" if chinese() else "07:00 hourly reading|07:00 reading", DUE, DUE + timedelta(minutes=15)),
        abnormal=1,
        database=lambda: "正常·06:30 备份" if chinese() else "OK·backup 06:30",
        person="张伟",
        role=lambda: "班长·F1" if chinese() else "foreman·F1",
    )


CONTACTS = (Contact("火警", "119"), Contact("急救", "120"), Contact("报警", "110"), Contact("上级调度", "8010", "24 小时"))
