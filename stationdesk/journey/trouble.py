"""What a crew does in a bad night, step by step by keyboard: a relief that does not come, an emergency, a refusal, ink for a password."""

from __future__ import annotations

from PySide6.QtWidgets import QAbstractButton, QLabel, QWidget

from stationdesk.journey.hand import Hand, LostError
from stationdesk.journey.shift import pick
from stationdesk.services import handover
from stationdesk.services.demo import PASSWORD
from stationdesk.services.people import people_view
from stationdesk.services.shifts import desk_view
from stationdesk.ui.handover.dialogs import InkDialog, ObjectionDialog
from stationdesk.ui.handover.page import HandoverPage
from stationdesk.ui.now.page import NowPage
from stationdesk.ui.signin.log_in_dialog import LogInDialog
from stationdesk.ui.signin.reason_dialog import EndEmergencyDialog, ExtendDialog
from stationdesk.ui.signin.sign_on_dialog import SignOnDialog
from stationdesk.ui.widgets.sign_dialog import SignDialog

STOPS = 120
"""Tab stops of a page at most."""


def on_screen(widget: QWidget) -> str:
    """Every word one can read in a widget, blanks left out."""
    found: list[QLabel | QAbstractButton] = [*widget.findChildren(QLabel), *widget.findChildren(QAbstractButton)]
    return "".join("".join(each.text() for each in found if each.isVisible()).split())


def reach(hand: Hand, widget: QWidget) -> None:
    """Tab, until something has the keyboard."""
    for _stop in range(STOPS):
        if widget.hasFocus():
            return
        hand.press("Tab")
    raise LostError(f"Tab does not lead to {widget.accessibleName() or type(widget).__name__}")


def push(hand: Hand, button: QAbstractButton) -> None:
    """Tab to a button, Space."""
    if not button.isVisible() or not button.isEnabled():
        raise LostError(f"{button.text()} cannot be pressed")
    reach(hand, button)
    hand.press("Space")


def command(hand: Hand, words: str) -> None:
    """Ctrl K, a word of the command, Enter."""
    hand.press("Ctrl+K")
    hand.write(words)
    hand.press("Enter")


def vouch(hand: Hand, leader_id: int, login: str, reason: str) -> None:
    """The leader signs somebody on whose password is forgotten: F1, then the command, who, the tick, why."""
    pick(hand, leader_id)
    command(hand, "上岗签到")
    dialog = hand.dialog(SignOnDialog)
    person = next(each for each in people_view(hand.store, hand.clock()) if each.login == login)
    dialog.choose(person.person_id)
    hand.settle()
    push(hand, dialog.vouch)
    reach(hand, dialog.reason.edit)
    hand.write(reason)
    hand.press("Enter")
    here = [each.person_id for each in desk_view(hand.store, hand.clock()).people]
    hand.sees(f"{login} is signed on", lambda: person.person_id in here)


def log_in(hand: Hand, login: str, password: str = PASSWORD) -> int:
    """F10 at the locked desk: the chief works without being on duty."""
    hand.press("Ctrl+L", "F10")
    dialog = hand.dialog(LogInDialog)
    person = next(each for each in people_view(hand.store, hand.clock()) if each.login == login)
    dialog.person.choose(person.person_id)
    reach(hand, dialog.password.edit)
    hand.write(password)
    hand.press("Enter")
    actor = hand.program.runner.actor
    hand.sees(f"{login} is at the desk", lambda: actor is not None and actor.person_id == person.person_id)
    return person.person_id


def see_notices(hand: Hand, until: str) -> str:
    """The chief on the Now page: 已阅, from the newest on, until a notice says this; what stood on the page then."""
    page = hand.go("now")
    assert isinstance(page, NowPage)
    while until not in on_screen(page.beside):
        push(hand, next(each for each in page.beside.findChildren(QAbstractButton) if each.isVisible() and each.text() == "已阅"))
    return on_screen(page.beside)


def stay_on(hand: Hand, leader_id: int, reason: str) -> None:
    """延时值守 by its key: the relief has not come."""
    pick(hand, leader_id)
    hand.press("Alt+E")
    hand.dialog(ExtendDialog)
    hand.write(reason)
    hand.press("Enter")
    staying = [each for each in desk_view(hand.store, hand.clock()).people if each.extended is not None]
    hand.sees("the crew is on extended duty", lambda: bool(staying))


def reserve(hand: Hand, code: str, words: str) -> str:
    """A contradicted line: Space says why it is not 相符, Esc puts that away, P and words take the line. What Space said."""
    page = hand.go("handover")
    assert isinstance(page, HandoverPage)
    page.lines.select(code)
    hand.settle()
    hand.press("Space")
    why = told(hand)
    hand.press("P")
    hand.write(words)
    hand.press("Enter")
    return why


def told(hand: Hand) -> str:
    """What the quiet bar says; Esc puts it away."""
    bar = hand.shell.over.notice
    if not bar.isVisible():
        raise LostError("nothing was said")
    words = bar.line.text()
    hand.press("Esc")
    return words


def refuse(hand: Hand, leader_id: int, words: str) -> HandoverPage:
    """拒绝接班: its key, the first ground, the words."""
    pick(hand, leader_id)
    page = hand.go("handover")
    assert isinstance(page, HandoverPage)
    hand.press("Alt+R")
    hand.dialog(ObjectionDialog)
    hand.press("Down", "Tab")
    hand.write(words)
    hand.press("Ctrl+Enter")
    view = handover.handover_view(hand.store, hand.clock())
    hand.sees("the refusal stands", lambda: view.refused_since is not None)
    return page


def withdraw(hand: Hand, words: str) -> None:
    """撤回拒绝: its key, the words."""
    hand.press("Alt+W")
    hand.dialog(ObjectionDialog)
    hand.write(words)
    hand.press("Ctrl+Enter")
    view = handover.handover_view(hand.store, hand.clock())
    hand.sees("the refusal is withdrawn", lambda: view.refused_since is None)


def declare(hand: Hand) -> None:
    """应急状态 from the locked desk, by nobody: its key, no password."""
    hand.press("Ctrl+L", "Ctrl+F11")
    hand.sees("the emergency state holds", lambda: desk_view(hand.store, hand.clock()).emergency is not None)


def end_emergency(hand: Hand, leader_id: int, words: str) -> None:
    """The leader ends it from the Now page, in words."""
    pick(hand, leader_id)
    page = hand.go("now")
    assert isinstance(page, NowPage)
    push(hand, page.emergency.end)
    hand.dialog(EndEmergencyDialog)
    hand.write(words)
    hand.press("Enter")
    hand.sees("the emergency is over", lambda: desk_view(hand.store, hand.clock()).emergency is None)


def wrong_password(hand: Hand, *tries: str) -> list[str]:
    """Ctrl Enter, and passwords that do not open the key: what each is answered at the field; then Esc."""
    hand.press("Ctrl+Enter")
    dialog, answers = hand.dialog(SignDialog), []
    for each in tries:
        hand.write(each)
        hand.press("Enter")
        answers.append(on_screen(dialog.password))
    hand.press("Esc")
    return answers


def sign_in_ink(hand: Hand, reason: str) -> None:
    """应急签字 of the side the page is about: its key, why."""
    hand.press("Alt+I")
    hand.dialog(InkDialog)
    hand.write(reason)
    hand.press("Ctrl+Enter")


def sign_later(hand: Hand, leader_id: int, password: str = PASSWORD) -> None:
    """补签 from any page: who signed in ink gives the password."""
    pick(hand, leader_id)
    hand.press("Alt+L")
    hand.dialog(SignDialog)
    hand.write(password)
    hand.press("Enter")
    hand.sees("the signature is given", lambda: not handover.owed_inks(hand.store, hand.clock()))
