"""What one reason may be given to: a station of one-person crews may have ninety breaches of one rule."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import partial

from stationdesk.domain.words import _
from stationdesk.services.roster import BreachView
from stationdesk.ui.roster.model import Place
from stationdesk.ui.widgets.spoken import Words

ONE = "one"


@dataclass(frozen=True)
class Scope:
    """Breaches, by their keys, and how they are called together."""

    keys: tuple[str, ...]
    words: Words


def scopes_of(shown: BreachView, opened: Sequence[BreachView], chosen: Sequence[Place]) -> dict[str, Scope]:
    """The breach alone; all of its rule, of its person, in the cells chosen, and all there are, each where it is more than that."""
    own = shown.breach
    groups: dict[str, Iterable[BreachView]] = {
        "rule": (each for each in opened if (each.breach.rules, each.breach.rule) == (own.rules, own.rule)),
        "person": (each for each in opened if own.person and each.breach.person == own.person),
        "chosen": (each for each in opened if any(_touches(each, place) for place in chosen)),
        "all": opened,
    }
    found = {ONE: Scope((own.key,), lambda: _("This breach only"))}
    for which, group in groups.items():
        keys = tuple(each.breach.key for each in group)
        if len(keys) > 1 and keys not in {scope.keys for scope in found.values()}:
            found[which] = Scope(keys, partial(_words, which, len(keys), shown.person))
    return found


def _touches(view: BreachView, place: Place) -> bool:
    person, day = place
    return view.breach.person == person and view.breach.first <= day <= view.breach.last


def _words(which: str, count: int, name: str) -> str:
    return {
        "rule": _("All {n} of this rule"),
        "person": _("All {n} of {name}"),
        "chosen": _("The {n} in the cells chosen"),
        "all": _("All {n} without a reason"),
    }[which].format(n=count, name=name)
