"""Accounts, roles and crews, tried as the people of a station would."""

from __future__ import annotations

from datetime import timedelta

import pytest
from sqlalchemy import select

from stationdesk.domain.accounts import (
    ActingNeedsEndError,
    HasAccountError,
    LastChiefError,
    LoginTakenError,
    NoAccountError,
    OnDutyStillError,
    PeriodOrderError,
    RecoveryCodeError,
    RoleTwiceError,
    TooSoonError,
    WrongPasswordError,
)
from stationdesk.domain.codes import CodeShapeError
from stationdesk.domain.people import NameRuleError, PasswordTooShortError
from stationdesk.domain.permissions import NotAllowedError, Role
from stationdesk.domain.store import ChangedMeanwhileError
from stationdesk.services import Actor, Store
from stationdesk.services.notices import see_notice, unseen
from stationdesk.services.people import (
    PersonView,
    account_id_of,
    add_person,
    change_password,
    change_person,
    crews,
    grant_role,
    key_note,
    make_account,
    make_recovery_code,
    people_view,
    place_in_crew,
    reset_password,
    retire_account,
    retire_person,
    revoke_role,
    roles_of,
    unseal,
    use_recovery_code,
    verify_password,
)
from stationdesk.storage import keys, signatures
from stationdesk.storage.accounts import AccountKey, FailedSignIn
from stationdesk.storage.journal import entries
from stationdesk.storage.signatures import Act, Signer
from stationdesk.storage.verify import verify
from tests.conftest_station import NIGHT, PASSWORD, actor

SECOND = timedelta(seconds=1)


def person(store: Store, login: str) -> PersonView:
    return next(each for each in people_view(store, NIGHT) if each.login == login)


def wrong(store: Store, login: str, at: object) -> WrongPasswordError:
    with pytest.raises(WrongPasswordError) as refused:
        verify_password(store, login, "not this", at)  # type: ignore[arg-type]
    return refused.value


def test_the_password_opens_the_key_of_its_account(station_store: Store) -> None:
    signed_in = verify_password(station_store, " Lead-B ", PASSWORD, NIGHT)
    assert (signed_in.name, signed_in.person_id) == ("张伟", person(station_store, "lead-b").person_id)
    with station_store.read() as session:
        known = session.scalars(select(AccountKey.public_key).where(AccountKey.account_id == signed_in.account_id)).one()
    assert keys.public_of(signed_in.key) == known
    assert keys.public_of(unseal(station_store, signed_in.account_id, PASSWORD, NIGHT)) == known


def test_full_width_digits_are_the_same_password(station_store: Store) -> None:
    chief = actor(station_store, "chief")
    reset_password(station_store, chief, person(station_store, "op-b1").account_id or 0, "246810", at=NIGHT)
    assert verify_password(station_store, "op-b1", "２４６８１０", NIGHT).name == "李娜"


def test_an_unknown_login_is_refused_in_the_same_words_and_recorded(station_store: Store) -> None:
    assert str(wrong(station_store, "nobody-here", NIGHT)) == str(wrong(station_store, "lead-b", NIGHT))
    with station_store.read() as session:
        assert [each.login for each in session.scalars(select(FailedSignIn))] == ["nobody-here", "lead-b"]
        assert {entry.actor for entry in entries(session, after=station_store.head().seq - 2)} == {-2}


def test_failed_tries_slow_down_but_never_lock_out(station_store: Store) -> None:
    at, waits = NIGHT, []
    for _try in range(12):
        error = wrong(station_store, "lead-b", at)
        waits.append(error.wait_seconds)
        at += SECOND * (error.wait_seconds + 1)
    assert waits[:2] == [0, 0]
    assert waits[2:6] == sorted(waits[2:6])
    assert max(waits) == 60
    assert verify_password(station_store, "lead-b", PASSWORD, at).name == "张伟"


def test_a_try_within_the_pause_is_not_looked_at_and_not_counted(station_store: Store) -> None:
    for n in range(3):
        last = wrong(station_store, "lead-b", NIGHT + SECOND * n)
    with pytest.raises(TooSoonError) as refused:
        verify_password(station_store, "lead-b", PASSWORD, NIGHT + SECOND * 3)
    assert 0 < refused.value.wait_seconds <= last.wait_seconds
    with station_store.read() as session:
        assert len(list(session.scalars(select(FailedSignIn)))) == 3
    assert verify_password(station_store, "op-b1", PASSWORD, NIGHT + SECOND * 3).name == "李娜"


def test_a_change_of_password_keeps_the_key(station_store: Store) -> None:
    me = actor(station_store, "op-b1")
    before = keys.public_of(verify_password(station_store, "op-b1", PASSWORD, NIGHT).key)
    with pytest.raises(PasswordTooShortError):
        change_password(station_store, me, PASSWORD, "12345", at=NIGHT)
    with pytest.raises(WrongPasswordError):
        change_password(station_store, me, "wrong!", "123456", at=NIGHT)
    change_password(station_store, me, PASSWORD, "123456", at=NIGHT)
    assert keys.public_of(verify_password(station_store, "op-b1", "123456", NIGHT).key) == before
    wrong(station_store, "op-b1", NIGHT)
    assert person(station_store, "op-b1").key_reason == "initial"


def test_a_reset_makes_a_new_key_tells_the_chief_and_leaves_old_signatures_verifiable(station_store: Store) -> None:
    operator, chief = verify_password(station_store, "op-b1", PASSWORD, NIGHT), actor(station_store, "chief")
    old = sign(station_store, operator)
    reset_password(station_store, chief, operator.account_id, "654321", at=NIGHT)
    wrong(station_store, "op-b1", NIGHT)
    again = verify_password(station_store, "op-b1", "654321", NIGHT)
    assert keys.public_of(again.key) != keys.public_of(operator.key)
    assert signatures.fits(old)
    assert [(note.kind, note.values["by"]) for note in unseen(station_store)] == [("password_reset", chief.person_id)]
    with station_store.read() as session:
        ended, current = session.scalars(select(AccountKey).where(AccountKey.account_id == operator.account_id).order_by(AccountKey.id))
        assert (ended.public_key, ended.ended_at, current.made_at) == (keys.public_of(operator.key), NIGHT, NIGHT)
    assert verify(station_store.path).clean


def sign(store: Store, signed_in: object) -> signatures.Signature:
    who = signed_in
    with store.write(Actor(who.person_id), "sign_off", NIGHT) as session:  # type: ignore[attr-defined]
        signer = Signer(who.account_id, who.person_id, who.key)  # type: ignore[attr-defined]
        return signatures.sign(session, signer, Act("test", "shift", 1, "{}", {}), NIGHT)


def test_the_reset_is_shown_beside_the_next_signature_only(station_store: Store) -> None:
    chief, account_id = actor(station_store, "chief"), person(station_store, "op-b1").account_id or 0
    with station_store.read() as session:
        assert key_note(session, account_id) is None
    reset_password(station_store, chief, account_id, "654321", at=NIGHT)
    with station_store.read() as session:
        note = key_note(session, account_id)
    assert note is not None
    assert (note.reason, note.made_by, note.made_at) == ("reset", chief.person_id, NIGHT)
    sign(station_store, verify_password(station_store, "op-b1", "654321", NIGHT))
    with station_store.read() as session:
        assert key_note(session, account_id) is None


def test_only_a_chief_resets(station_store: Store) -> None:
    account_id = person(station_store, "op-b1").account_id or 0
    with pytest.raises(NotAllowedError):
        reset_password(station_store, actor(station_store, "lead-b"), account_id, "654321", at=NIGHT)
    assert verify_password(station_store, "op-b1", PASSWORD, NIGHT).name == "李娜"


def test_the_code_of_the_envelope_opens_one_account_once(station_store: Store) -> None:
    chief = actor(station_store, "chief")
    code = make_recovery_code(station_store, chief, at=NIGHT)
    with pytest.raises(CodeShapeError):
        use_recovery_code(station_store, "abc", "lead-b", "112233", at=NIGHT)
    with pytest.raises(NoAccountError):
        use_recovery_code(station_store, code, "who", "112233", at=NIGHT)
    use_recovery_code(station_store, code.lower().replace("-", " "), "lead-b", "112233", at=NIGHT)
    assert verify_password(station_store, "lead-b", "112233", NIGHT).name == "张伟"
    assert [note.kind for note in unseen(station_store)] == ["password_recovery"]
    with pytest.raises(RecoveryCodeError):
        use_recovery_code(station_store, code, "op-b1", "112233", at=NIGHT)
    see_notice(station_store, chief, unseen(station_store)[0].notice_id, at=NIGHT)
    assert unseen(station_store) == ()


def test_a_new_envelope_makes_the_old_code_useless_and_guessing_slows_down(station_store: Store) -> None:
    chief = actor(station_store, "chief")
    old, new = (make_recovery_code(station_store, chief, at=NIGHT) for _n in range(2))
    for n in range(3):
        with pytest.raises(RecoveryCodeError):
            use_recovery_code(station_store, old, "lead-b", "112233", at=NIGHT + SECOND * n)
    with pytest.raises(TooSoonError):
        use_recovery_code(station_store, new, "lead-b", "112233", at=NIGHT + SECOND * 3)
    use_recovery_code(station_store, new, "lead-b", "112233", at=NIGHT + SECOND * 10)


def test_a_login_is_one_persons_and_a_person_has_one(station_store: Store) -> None:
    chief = actor(station_store, "chief")
    fresh = add_person(station_store, chief, "龔䶮", phone="8099", at=NIGHT)
    with pytest.raises(LoginTakenError):
        make_account(station_store, chief, fresh, "LEAD-B", "123456", at=NIGHT)
    make_account(station_store, chief, fresh, "gong", "123456", at=NIGHT)
    with pytest.raises(HasAccountError):
        make_account(station_store, chief, fresh, "gong2", "123456", at=NIGHT)
    assert verify_password(station_store, "gong", "123456", NIGHT).name == "龔䶮"
    retire_account(station_store, chief, person(station_store, "gong").account_id or 0, at=NIGHT)
    wrong(station_store, "gong", NIGHT)


@pytest.mark.parametrize("login", ["op-b1", "op-b9"])
def test_a_login_that_was_retired_opens_again_under_a_new_key(station_store: Store, login: str) -> None:
    chief, seen = actor(station_store, "chief"), person(station_store, "op-b1")
    retire_account(station_store, chief, seen.account_id or 0, at=NIGHT)
    with pytest.raises(LoginTakenError):
        make_account(station_store, chief, seen.person_id, "lead-b", "135790", at=NIGHT + SECOND)
    assert make_account(station_store, chief, seen.person_id, login, "135790", at=NIGHT + SECOND) == seen.account_id
    assert verify_password(station_store, login, "135790", NIGHT + SECOND * 2).person_id == seen.person_id
    with station_store.read() as session:
        note = key_note(session, seen.account_id or 0)
    assert note is not None
    assert (note.reason, note.made_by) == ("reset", chief.person_id)
    assert verify(station_store.path).clean


def test_names_are_checked_and_an_edit_over_an_older_view_is_told(station_store: Store) -> None:
    chief, seen = actor(station_store, "chief"), person(station_store, "op-b1")
    with pytest.raises(NameRuleError):
        add_person(station_store, chief, "  ", at=NIGHT)
    change_person(station_store, chief, seen.person_id, seen.version, name="李娜", number="7", phone="1", post="operator", at=NIGHT)
    with pytest.raises(ChangedMeanwhileError):
        change_person(station_store, chief, seen.person_id, seen.version, name="李", number="", phone="", post="operator", at=NIGHT)
    assert person(station_store, "op-b1").phone == "1"


def test_several_roles_and_an_acting_chief_from_to(station_store: Store) -> None:
    chief, leader = actor(station_store, "chief"), person(station_store, "lead-c").person_id
    end = NIGHT + timedelta(days=7)
    with pytest.raises(ActingNeedsEndError):
        grant_role(station_store, chief, leader, Role.ACTING_CHIEF, at=NIGHT)
    with pytest.raises(PeriodOrderError):
        grant_role(station_store, chief, leader, Role.ACTING_CHIEF, valid_to=NIGHT, at=NIGHT)
    grant_role(station_store, chief, leader, Role.ACTING_CHIEF, valid_from=NIGHT + timedelta(days=1), valid_to=end, at=NIGHT)
    with pytest.raises(RoleTwiceError):
        grant_role(station_store, chief, leader, Role.ACTING_CHIEF, valid_from=NIGHT + timedelta(days=3), valid_to=end, at=NIGHT)
    add_person_as = Actor(leader)
    with pytest.raises(NotAllowedError):
        add_person(station_store, add_person_as, "张三", at=NIGHT)
    assert add_person(station_store, add_person_as, "张三", at=NIGHT + timedelta(days=2))
    with pytest.raises(NotAllowedError):
        add_person(station_store, add_person_as, "李四", at=end)


def test_being_on_duty_makes_an_operator_and_leading_a_leader(station_store: Store) -> None:
    chief = actor(station_store, "chief")
    with station_store.read() as session:
        assert roles_of(session, person(station_store, "lead-b").person_id, NIGHT) == {Role.LEADER, Role.OPERATOR}
        assert roles_of(session, chief.person_id, NIGHT) == {Role.CHIEF}


def test_the_only_chief_stays(station_store: Store) -> None:
    chief = actor(station_store, "chief")
    grant = person(station_store, "chief").grants[0]
    with pytest.raises(LastChiefError):
        revoke_role(station_store, chief, grant.grant_id, at=NIGHT)
    with pytest.raises(LastChiefError):
        retire_person(station_store, chief, chief.person_id, at=NIGHT)
    with pytest.raises(LastChiefError):
        retire_account(station_store, chief, person(station_store, "chief").account_id or 0, at=NIGHT)
    nobody_yet = add_person(station_store, chief, "龔䶮", at=NIGHT)
    grant_role(station_store, chief, nobody_yet, Role.CHIEF, at=NIGHT)  # a chief who cannot log in
    with pytest.raises(LastChiefError):
        retire_account(station_store, chief, person(station_store, "chief").account_id or 0, at=NIGHT)
    grant_role(station_store, chief, person(station_store, "safety").person_id, Role.CHIEF, at=NIGHT)
    revoke_role(station_store, chief, grant.grant_id, at=NIGHT)
    assert person(station_store, "chief").roles == ()


def test_who_leaves_keeps_the_name_and_loses_login_roles_and_crew(station_store: Store) -> None:
    chief, leaving = actor(station_store, "chief"), person(station_store, "op-c1")
    with pytest.raises(OnDutyStillError):
        retire_person(station_store, chief, person(station_store, "op-b1").person_id, at=NIGHT)
    retire_person(station_store, chief, leaving.person_id, at=NIGHT)
    after = next(each for each in people_view(station_store, NIGHT + SECOND) if each.person_id == leaving.person_id)
    assert (after.name, after.roles, after.login, after.crew, after.retired_at) == (leaving.name, (), "", None, NIGHT)
    wrong(station_store, "op-c1", NIGHT)
    with station_store.read() as session:
        assert account_id_of(session, leaving.person_id) is None


def test_a_person_moves_from_crew_to_crew(station_store: Store) -> None:
    chief, moving = actor(station_store, "chief"), person(station_store, "op-a1").person_id
    place_in_crew(station_store, chief, moving, "c", leader=True, at=NIGHT)
    with station_store.read() as session:
        before = {crew.code: crew for crew in crews(session, NIGHT - SECOND)}
        after = {crew.code: crew for crew in crews(session, NIGHT)}
    assert moving in before["a"].members
    assert moving not in after["a"].members
    assert moving in after["c"].leaders
    place_in_crew(station_store, chief, moving, "", at=NIGHT + SECOND)
    assert person(station_store, "op-a1").crew is not None
    assert next(each for each in people_view(station_store, NIGHT + SECOND) if each.person_id == moving).crew is None
