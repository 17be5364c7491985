"""What is asked under a field: a doubt about the value, the reason of a correction, or why the text cannot be a value."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from zoneinfo import ZoneInfo

from stationdesk.domain.moments import format_time
from stationdesk.domain.numbers import shown
from stationdesk.domain.points import CORRECTIONS, MISREAD, SWAPPED, TYPING
from stationdesk.domain.questions import UNIT_KINDS, Question, question_words
from stationdesk.domain.words import _
from stationdesk.services.readings import CellView, PointView
from stationdesk.ui.widgets import question as popup

DOT = "·"  # parts facts on one line


@dataclass(frozen=True)
class Reply:
    """An answer: "take" another value, "keep" the one typed, type "again", or a "reason" of a correction."""

    what: str
    value: Decimal | None = None
    reason: str = ""


def doubt(point: PointView, question: Question, zone: ZoneInfo) -> popup.Question:
    """The question, the last value and the limits, and the answers by key: the likely one is primary."""
    again = popup.Answer("Esc", _("Type again"), Reply("again"))
    kept = shown(question.value)
    if question.proposed is None:
        answers: tuple[popup.Answer, ...] = (
            popup.Answer("Y", _("Right, keep {value}").format(value=kept), Reply("keep"), primary=True),
            again,
        )
    else:
        words = _("Yes, enter {value} {unit}").format(value=shown(question.proposed), unit=point.unit)
        yes = popup.Answer("K", words, Reply("take", question.proposed), primary=True)
        answers = (yes, popup.Answer("Y", _("Keep {value}").format(value=kept), Reply("keep")), again)
    return popup.Question(question_words(question), DOT.join(_facts(point, question, zone)), answers)


def _facts(point: PointView, question: Question, zone: ZoneInfo) -> list[str]:
    facts = []
    if question.last is not None:
        last = _("Last {time}: {value} {unit}")
        facts.append(last.format(time=format_time(question.last.time, zone), value=shown(question.last.value), unit=point.unit))
    if point.limits.low is not None or point.limits.high is not None:
        facts.append(_("limits {limits}").format(limits=point.limits.text()))
    if question.proposed is not None and question.other_unit and question.kind in UNIT_KINDS:
        facts.append(f"{shown(question.value)} {question.other_unit} = {shown(question.proposed)} {point.unit}")
    return facts


REASON_KEYS = {TYPING: "T", MISREAD: "M", SWAPPED: "W"}


def reason(old: CellView, typed: str, zone: ZoneInfo) -> popup.Question:
    """Why a value that stood for a while is corrected: a letter, or Enter for a slip of the key."""
    title = _("Why is {old} corrected to {new}?").format(old=shown(old.value), new=typed)
    facts = [_("Entered {time} {name}").format(time=format_time(old.at, zone), name=old.by).strip()] if old.at else []
    answers = tuple(
        popup.Answer(key, _(CORRECTIONS[code]), Reply("reason", reason=code), primary=code == TYPING) for code, key in REASON_KEYS.items()
    )
    back = popup.Answer("Esc", _("Leave it"), Reply("again"))
    return popup.Question(title, DOT.join([*facts, _("the old value stays, struck through")]), (*answers, back))


def refusal(why: str) -> popup.Question:
    """Why the text is no value; it stays to be mended."""
    return popup.Question(why, _("Mend it and press Enter, or Esc restores"), ())
