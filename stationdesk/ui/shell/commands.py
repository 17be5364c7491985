"""What the palette always knows: the pages, and the actions of the shell."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from stationdesk.domain import words
from stationdesk.domain.words import C_
from stationdesk.ui.pages import Entry
from stationdesk.ui.shell.hit import Hit
from stationdesk.ui.shell.match import matches
from stationdesk.ui.widgets.spoken import Words, said
from stationdesk.values import dataclass


@dataclass(frozen=True)
class Command:
    """An action of the shell. seen: asked whether it makes sense now."""

    title: Words
    run: Callable[[], object]
    icon: str = "arrow-right"
    key: str = ""
    seen: Callable[[], bool] = lambda: True


def in_both(title: Words) -> tuple[str, ...]:
    """A title in every language whose catalogue is there, so that English finds a page in the Chinese window."""
    found = []
    for language in ("zh_CN", "en"):
        try:
            with words.speaking(language):
                found.append(said(title))
        except LookupError:
            continue
    return tuple(found)


def page_hits(entries: Sequence[Entry], text: str, go: Callable[[str], object]) -> list[Hit]:
    """Pages whose title, in either language, or name matches."""
    return [
        Hit(said(entry.title), lambda name=entry.name: go(name), C_("palette", "page"), entry.icon)  # type: ignore[misc]
        for entry in entries
        if matches(text, *in_both(entry.title), entry.name, entry.also)
    ]


def command_hits(commands: Sequence[Command], text: str) -> list[Hit]:
    """Actions whose title matches."""
    return [
        Hit(said(command.title), command.run, C_("palette", "action"), command.icon, command.key)
        for command in commands
        if command.seen() and matches(text, *in_both(command.title))
    ]
