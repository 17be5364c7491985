"""What can be pressed on the page on screen: the palette finds it by name, so that no action needs the mouse or many Tabs."""

from __future__ import annotations

from typing import TYPE_CHECKING

from stationdesk.domain.words import C_
from stationdesk.ui.shell.commands import command_hits, in_both
from stationdesk.ui.shell.hit import Hit
from stationdesk.ui.shell.match import matches
from stationdesk.ui.widgets.button import Button

if TYPE_CHECKING:
    from stationdesk.ui.shell.shell import Shell

LOOKS = ("", "primary", "amber", "small", "bare")
"""Buttons that do something: links lead, chips fill in."""


def pressable_hits(shell: Shell, text: str) -> list[Hit]:
    """Buttons of the page whose words match; one of those that say the same, and none the palette has as a command of its own."""
    found: dict[str, Button] = {}
    for button in shell.current.findChildren(Button) if shell.current is not None and text else ():
        if button.look in LOOKS and button.isVisible() and button.isEnabled() and matches(text, *in_both(button.words)):
            found.setdefault(button.said(), button)
    known = {hit.title for hit in command_hits(shell.commands, text)}
    detail = C_("palette", "action")
    return [Hit(title, each.click, detail, key=each.key) for title, each in found.items() if title and title not in known]
