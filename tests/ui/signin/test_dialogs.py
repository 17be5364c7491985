"""Coming, going, leading and passwords: the dialogs of the desk."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest

from stationdesk.domain.permissions import Role
from stationdesk.services import Store, shifts
from stationdesk.services.handover import begin_unscheduled
from stationdesk.services.notices import unseen
from stationdesk.services.people import grant_role, make_recovery_code, people_view, place_in_crew, verify_password
from stationdesk.services.shifts import SignOn, desk_view
from stationdesk.ui.signin.forgotten_dialog import ForgottenDialog
from stationdesk.ui.signin.log_in_dialog import LogInDialog
from stationdesk.ui.signin.page import SigninPage
from stationdesk.ui.signin.password_dialog import PasswordDialog
from stationdesk.ui.signin.reason_dialog import EndEmergencyDialog, ExtendDialog, LeadDialog, SayReasonDialog, SignOffDialog
from stationdesk.ui.signin.sign_on_dialog import SignOnDialog
from stationdesk.ui.widgets.spoken import said
from tests.conftest_station import NIGHT, PASSWORD, actor
from tests.ui.signin.window import HANDOVER, Window, sign_on


def test_the_relief_signs_on_with_a_password_and_works_at_once(open_window: Callable[..., Window]) -> None:
    window = open_window(HANDOVER)
    dialog = sign_on(window, "黄勇")
    assert (dialog.shift.value(), dialog.leads.isChecked()) == ("awaited", True)
    assert not dialog.reason.isVisible()
    assert not dialog.stands_in.isVisible()
    QTest.keyClick(dialog.password.edit, Qt.Key.Key_Return)
    window.settle()
    assert window.runner.actor is not None
    assert window.runner.actor.name == "黄勇"
    coming = desk_view(window.store, HANDOVER).awaited
    assert coming is not None
    assert coming.leader == "黄勇"
    assert window.names() == ["张伟", "李娜", "王强", "黄勇"]


def test_who_comes_out_of_turn_signs_on_as_the_relief(open_window: Callable[..., Window]) -> None:
    def falls_ill(store: Store) -> None:
        begin_unscheduled(store, actor(store, "lead-b"), "班长胃痛", at=NIGHT)

    window = open_window(prepare=falls_ill)
    dialog = sign_on(window, "刘洋")
    assert (dialog.shift.value(), dialog.leads.isChecked()) == ("awaited", True)
    assert dialog.view is not None
    told = [dialog.shift.combo.itemText(n) for n in range(dialog.shift.combo.count())]
    assert len(set(told)) == len(told) == 2  # both are the night, 00:00–08:00
    dialog.choose(actor(window.store, "op-b1").person_id)
    assert dialog.shift.value() == "awaited"


def test_a_leader_opens_the_first_shift_of_a_station_whose_crews_are_empty(open_window: Callable[..., Window]) -> None:
    def no_crews(store: Store) -> None:
        for each in people_view(store, NIGHT):
            if each.crew is not None:
                place_in_crew(store, actor(store, "chief"), each.person_id, "", at=NIGHT - timedelta(hours=12))

    window = open_window(prepare=no_crews, open_shift=False)
    dialog = sign_on(window, "张伟")
    assert dialog.leads.isChecked()
    QTest.keyClick(dialog.password.edit, Qt.Key.Key_Return)
    window.settle()
    shift = desk_view(window.store, NIGHT).shift
    assert shift is not None
    assert shift.leader == "张伟"


def test_a_wrong_password_is_told_at_the_field_with_the_wait(open_window: Callable[..., Window]) -> None:
    window = open_window(HANDOVER)
    dialog = sign_on(window, "徐丽", "wrong!")
    for _try in range(3):
        QTest.keyClick(dialog.password.edit, Qt.Key.Key_Return)
        window.settle()
    assert dialog.isVisible()
    assert said(dialog.password.wrong).endswith("The next try is taken in 2 s.")
    assert dialog.password.edit.selectedText()
    window.at[0] += timedelta(seconds=3)
    QTest.keyClicks(dialog.password.edit, PASSWORD)
    QTest.keyClick(dialog.password.edit, Qt.Key.Key_Return)
    window.settle()
    assert "徐丽" in window.names()


def test_an_empty_sign_on_is_told_at_its_fields(open_window: Callable[..., Window]) -> None:
    window = open_window(HANDOVER)
    window.key(Qt.Key.Key_F9)
    dialog = window.dialog(SignOnDialog)
    dialog.yes.click()
    assert dialog.person.wrong
    dialog.choose(dialog.view.people[0].person_id)
    dialog.yes.click()
    assert dialog.password.wrong
    dialog.reject()


def test_a_stand_in_says_for_whom_and_why(open_window: Callable[..., Window]) -> None:
    def ill(store: Store) -> None:
        me = actor(store, "op-b2")
        shifts.sign_off(store, me, me.person_id, "ill", at=NIGHT)

    window = open_window(prepare=ill)
    dialog = sign_on(window, "何静")
    assert (dialog.shift.value(), dialog.reason.isVisible(), dialog.stands_in.isVisible()) == ("open", True, True)
    dialog.yes.click()
    window.settle()
    assert dialog.reason.wrong
    dialog.stands_in.choose(actor(window.store, "op-b2").person_id)
    QTest.keyClicks(dialog.reason.edit, "flu")
    dialog.yes.click()
    window.settle()
    person = next(each for each in desk_view(window.store, NIGHT).people if each.name == "何静")
    assert (person.stands_in_for, person.key, person.confirmed) == ("王强", "F3", False)
    window.shell.lock()
    window.settle()
    assert window.page.crew.rows[2].accessibleName() == "何静 operator · for 王强 signed on 06:42"


def test_a_reason_is_put_off_by_a_key_marked_and_said_later(open_window: Callable[..., Window]) -> None:
    window = open_window(NIGHT)
    dialog = sign_on(window, "何静")
    assert dialog.later.isVisible()
    window.key(Qt.Key.Key_F6)
    assert (dialog.later.isChecked(), dialog.reason.isEnabled()) == (True, False)
    dialog.yes.click()
    window.settle()
    assert window.runner.actor is not None, "nobody waits for a reason at night"
    assert window.runner.actor.name == "何静"
    window.shell.lock()
    window.settle()
    assert "reason put off" in window.page.crew.rows[3].accessibleName()
    window.shell.activateWindow()
    window.settle()
    desk = window.page.desk
    window.key(Qt.Key.Key_F4)
    assert "Say why one signed on: it was put off" in {action.words() for action in desk.actions() if action.possible()}
    desk.say_reason()
    said = window.dialog(SayReasonDialog)
    said.yes.click()
    window.settle()
    assert said.reason.wrong
    QTest.keyClicks(said.reason.edit, "two valves to turn")
    said.yes.click()
    window.settle()
    assert not desk.owes_reason()
    person = next(each for each in desk_view(window.store, NIGHT).people if each.name == "何静")
    assert (person.reason, person.owes_reason) == ("two valves to turn", False)


def test_who_is_planned_is_asked_no_reason_and_has_none_to_put_off(open_window: Callable[..., Window]) -> None:
    window = open_window(HANDOVER)
    dialog = sign_on(window, "黄勇")
    assert not dialog.later.isVisible()
    window.key(Qt.Key.Key_F6)
    assert not dialog.later.isChecked()
    dialog.reject()


def test_the_leader_vouches_for_a_forgotten_password(open_window: Callable[..., Window]) -> None:
    window = open_window(HANDOVER)
    window.key(Qt.Key.Key_F1)
    page = SigninPage(window.runner)
    window.settle()
    dialog = page.desk.sign_on()
    window.settle()
    dialog.choose(actor(window.store, "op-d1").person_id)
    dialog.vouch.setChecked(True)
    assert not dialog.password.isVisible()
    dialog.yes.click()
    window.settle()
    assert dialog.reason.wrong
    QTest.keyClicks(dialog.reason.edit, "forgot it")
    dialog.yes.click()
    window.settle()
    assert "徐丽" in window.names()
    assert [note.kind for note in unseen(window.store)] == ["signed_on_other"]
    assert window.runner.actor is not None
    assert window.runner.actor.name == "张伟"
    page.deleteLater()


def test_the_chief_logs_in_without_going_on_duty_until_the_lock(open_window: Callable[..., Window]) -> None:
    window = open_window()
    window.key(Qt.Key.Key_F10)
    dialog: LogInDialog = window.dialog(LogInDialog)
    assert [person.name for person in dialog.people][:2] == ["沈浩", "韩梅"]
    dialog.yes.click()
    assert dialog.person.wrong
    dialog.person.choose(actor(window.store, "chief").person_id)
    QTest.keyClicks(dialog.password.edit, "wrong!")
    dialog.yes.click()
    window.settle()
    assert dialog.password.wrong
    dialog.password.set_text("")
    QTest.keyClicks(dialog.password.edit, PASSWORD)
    dialog.yes.click()
    window.settle()
    assert window.runner.actor is not None
    assert window.runner.actor.name == "沈浩"
    assert "沈浩" not in window.names()
    grant_role(window.store, actor(window.store, "chief"), actor(window.store, "safety").person_id, Role.LEADER, at=NIGHT)
    window.runner.poll()
    window.settle()
    assert window.runner.actor is not None


@pytest.mark.parametrize(("key", "kind"), [(Qt.Key.Key_F10, LogInDialog), (Qt.Key.Key_F9, SignOnDialog)])
def test_the_third_of_the_list_is_reached_by_arrows_and_enter_goes_on_to_the_password(
    open_window: Callable[..., Window], key: Qt.Key, kind: type[LogInDialog | SignOnDialog]
) -> None:
    window = open_window()
    window.key(key)
    window.settle()
    dialog = window.dialog(kind)
    for _step in range(3):
        QTest.keyClick(dialog.person.combo, Qt.Key.Key_Down)
    assert dialog.person.combo.currentIndex() == 2
    assert dialog.focusWidget() is dialog.person.combo
    QTest.keyClick(dialog.person.combo, Qt.Key.Key_Return)
    assert dialog.focusWidget() is dialog.password.edit
    assert not dialog.password.wrong
    dialog.reject()


def test_the_envelope_gives_a_new_password_at_night(open_window: Callable[..., Window]) -> None:
    codes: list[str] = []
    window = open_window(HANDOVER, prepare=lambda store: codes.append(make_recovery_code(store, actor(store, "chief"), at=NIGHT)))
    dialog = sign_on(window, "黄勇", "?")
    dialog.forgotten.click()
    window.settle()
    form: ForgottenDialog = window.dialog(ForgottenDialog)
    assert form.login.text() == "lead-d"
    QTest.keyClicks(form.code.edit, "ABCD")
    QTest.keyClicks(form.new.edit, "135790")
    form.yes.click()
    window.settle()
    assert form.code.wrong
    form.code.set_text(codes[0].lower())
    form.yes.click()
    window.settle()
    assert verify_password(window.store, "lead-d", "135790", HANDOVER).name == "黄勇"
    dialog.reject()


def test_who_signs_off_is_picked_no_longer(open_window: Callable[..., Window]) -> None:
    window = open_window()
    page = window.page
    window.key(Qt.Key.Key_F2)
    page.desk.sign_off()
    dialog = window.dialog(SignOffDialog)
    assert dialog.reason.isVisible()
    dialog.yes.click()
    window.settle()
    assert dialog.reason.wrong
    QTest.keyClicks(dialog.reason.edit, "ill")
    dialog.yes.click()
    window.settle()
    assert window.names() == ["张伟", "王强"]
    assert window.runner.locked
    assert isinstance(window.shell.current, SigninPage)


def test_a_leader_who_leaves_names_who_leads(open_window: Callable[..., Window]) -> None:
    window = open_window()
    page = window.page
    window.key(Qt.Key.Key_F1)
    page.desk.sign_off()
    dialog = window.dialog(SignOffDialog)
    QTest.keyClicks(dialog.reason.edit, "hospital")
    dialog.yes.click()
    window.settle()
    assert dialog.leader.wrong
    dialog.leader.choose(actor(window.store, "op-b1").person_id)
    dialog.yes.click()
    window.settle()
    view = desk_view(window.store, NIGHT)
    assert [(person.name, person.leader, person.acting) for person in view.people] == [("李娜", True, True), ("王强", False, False)]


def test_a_password_is_changed_by_its_owner(open_window: Callable[..., Window]) -> None:
    window = open_window()
    page = window.page
    window.key(Qt.Key.Key_F2)
    page.desk.change_password()
    dialog = window.dialog(PasswordDialog)
    for field, text in ((dialog.old, "nope!!"), (dialog.new, "123456"), (dialog.again, "12345")):
        QTest.keyClicks(field.edit, text)
    dialog.yes.click()
    assert dialog.again.wrong
    dialog.again.set_text("123456")
    dialog.yes.click()
    window.settle()
    assert dialog.old.wrong
    assert not dialog.new.wrong
    dialog.old.set_text(PASSWORD)
    dialog.yes.click()
    window.settle()
    assert verify_password(window.store, "op-b1", "123456", NIGHT).name == "李娜"


def test_an_absent_relief_is_extended_duty(open_window: Callable[..., Window]) -> None:
    window = open_window(NIGHT + timedelta(hours=2))
    page = window.page
    window.key(Qt.Key.Key_F1)
    page.desk.extend()
    dialog = window.dialog(ExtendDialog)
    dialog.yes.click()
    window.settle()
    assert dialog.reason.wrong
    QTest.keyClicks(dialog.reason.edit, "bus broke down")
    dialog.yes.click()
    window.settle()
    window.shell.lock()
    window.settle()
    assert "extended 0.70 h" in window.page.crew.rows[1].accessibleName()


def test_a_new_station_invites_the_first_leader(open_window: Callable[..., Window]) -> None:
    window = open_window(open_shift=False)
    assert window.page.crew.rows == []
    assert window.page.locked.text() == "locked, nobody on duty"
    dialog = sign_on(window, "张伟")
    assert dialog.leads.isChecked()
    QTest.keyClick(dialog.password.edit, Qt.Key.Key_Return)
    window.settle()
    shift = desk_view(window.store, NIGHT).shift
    assert shift is not None
    assert (shift.leader, shift.opened_at) == ("张伟", NIGHT)


def test_the_page_speaks_chinese_at_once(open_window: Callable[..., Window], speak: Callable[[str], None]) -> None:
    window = open_window()
    speak("zh_CN")
    window.settle()
    page = window.page
    assert page.locked.text() == "已锁定，乙班仍在岗"
    assert page.crew.sign_on.text() == "其他人上岗签到"
    assert [chip.text() for chip in page.emergency.group.buttons()] == ["漏气", "火警", "停气", "来电"]


def test_both_crews_have_their_keys(open_window: Callable[..., Window]) -> None:
    def relief(store: Store) -> None:
        for login in ("lead-d", "op-d1", "op-d2"):
            me = actor(store, login)
            shifts.sign_on(store, me, me.person_id, SignOn(leader=login == "lead-d"), at=HANDOVER)

    window = open_window(HANDOVER, prepare=relief)
    assert [row.key for row in window.page.crew.rows] == ["F1", "F2", "F3", "F4", "F7", "F8"]
    assert window.page.keys[0][0] == "F1–F4 F7–F8"
    assert window.page.crew.rows[3].accessibleName() == "黄勇 shift leader · relief signed on 07:50"
    assert window.page.locked.text() == "locked, Crew B and Crew D on duty"
    window.key(Qt.Key.Key_F7)
    assert window.runner.actor is not None
    assert window.runner.actor.name == "徐丽"


def test_what_can_be_done_at_the_desk_depends_on_who_is_there(open_window: Callable[..., Window]) -> None:
    window = open_window()
    desk = window.page.desk

    def possible() -> set[str]:
        return {action.words() for action in desk.actions() if action.possible()}

    assert possible() == {"Sign on", "Log in without going on duty", "Emergency state"}
    window.key(Qt.Key.Key_F1)
    assert {"Sign off", "Change the password", "Change the leader of this shift", "Confirm: on post"} <= possible()
    assert "Extended duty" not in possible()
    window.at[0] = NIGHT + timedelta(hours=2)
    assert desk.on_post_due()
    assert "Extended duty" in possible()
    desk.confirm_on_post()
    desk.declare_emergency("gas smell")
    window.settle()
    window.runner.poll()
    window.settle()
    assert not desk.on_post_due()
    assert "End the emergency state" in possible()
    desk.end_emergency()
    dialog = window.dialog(EndEmergencyDialog)
    dialog.yes.click()
    window.settle()
    assert desk_view(window.store, window.at[0]).emergency is None


def test_the_lead_changes_with_a_reason(open_window: Callable[..., Window]) -> None:
    window = open_window()
    desk = window.page.desk
    window.key(Qt.Key.Key_F3)
    desk.lead()
    dialog = window.dialog(LeadDialog)
    dialog.yes.click()
    assert dialog.person.wrong
    dialog.person.choose(actor(window.store, "op-b2").person_id)
    dialog.yes.click()
    window.settle()
    assert dialog.reason.wrong
    QTest.keyClicks(dialog.reason.edit, "called away")
    dialog.yes.click()
    window.settle()
    assert [person.name for person in desk_view(window.store, NIGHT).people if person.leader] == ["王强"]
