"""Signatures in the store, and what verify says of them."""

from __future__ import annotations

from pathlib import Path

import pytest

from stationdesk.domain.store import RecordFrozenError
from stationdesk.services import Store
from stationdesk.storage import keys, signatures
from stationdesk.storage.accounts import AccountKey
from stationdesk.storage.handover import Handover
from stationdesk.storage.signatures import INK, LATER, Act, Signature, Signer
from stationdesk.storage.verify import verify
from tests.storage.conftest import AT, OPERATOR, PASSWORD, behind_the_back

ACT = Act("handover_outgoing", "person", 1, '{"line":"一切正常"}', {"template": 3, "program": "0.1.0"})


def key_of(store: Store) -> keys.PrivateKey:
    with store.read() as session:
        return keys.unseal(session.get_one(AccountKey, 1).box, PASSWORD, 1)


def test_a_signature_says_all_it_stands_for(store: Store) -> None:
    head = store.head()
    with store.write(OPERATOR, "try_it", AT) as session:
        signature = signatures.sign(session, Signer(1, 1, key_of(store), on_behalf_of=2), ACT, AT, LATER)
    assert signatures.fits(signature)
    assert (signature.head_seq, signature.head_hash) == head
    assert (signature.content, signature.on_behalf_of, signature.mode) == (ACT.content, 2, LATER)
    assert signature.versions == '{"program":"0.1.0","template":3}'
    found = verify(store.path)
    assert (found.clean, found.signatures, found.in_ink) == (True, 1, 0)


def test_ink_is_noted_and_does_not_count_as_checked(store: Store) -> None:
    with store.write(OPERATOR, "try_it", AT) as session:
        signature = signatures.sign(session, Signer(1, 1, None), ACT, AT, INK)
    assert not signatures.fits(signature)
    found = verify(store.path)
    assert (found.clean, found.signatures, found.in_ink) == (True, 0, 1)


def test_a_mode_has_its_key_or_none(store: Store) -> None:
    for signer, mode in ((Signer(1, 1, None), LATER), (Signer(1, 1, keys.generate()), INK)):
        with pytest.raises(ValueError, match="key"), store.write(OPERATOR, "try_it", AT) as session:
            signatures.sign(session, signer, ACT, AT, mode)


def test_a_signature_is_never_changed(store: Store) -> None:
    with store.write(OPERATOR, "try_it", AT) as session:
        signatures.sign(session, Signer(1, 1, key_of(store)), ACT, AT)
    with pytest.raises(RecordFrozenError), store.write(OPERATOR, "try_it", AT) as session:
        session.get_one(Signature, 1).purpose = "something else"


def test_a_key_that_is_not_on_file_is_told(store: Store) -> None:
    with store.write(OPERATOR, "try_it", AT) as session:
        signatures.sign(session, Signer(1, 1, keys.generate()), ACT, AT)
    found = verify(store.path)
    assert [(one.kind, one.table, one.key) for one in found.findings] == [("signature", "signature", "1")]
    assert found.signatures == 0


def test_the_old_key_of_an_account_still_verifies(store: Store) -> None:
    key, sealed = key_of(store), keys.new("another", 1)
    with store.write(OPERATOR, "try_it", AT) as session:
        signatures.sign(session, Signer(1, 1, key), ACT, AT)
        session.get_one(AccountKey, 1).ended_at = AT
        session.add(AccountKey(account_id=1, public_key=sealed.public_key, box=sealed.box, reason="reset", made_at=AT, made_by=2))
    assert verify(store.path).signatures == 1


@pytest.mark.parametrize("column", [name for name in (*signatures.SIGNED, "content", "signature") if name != "on_behalf_of"])
def test_any_altered_column_is_told(full: Path, column: str) -> None:
    behind_the_back(full, f"UPDATE signature SET {column} = {column} || '0' WHERE id = 1")
    found = verify(full)
    assert {("signature", "signature", "1"), ("record", "signature", "1")} <= {(one.kind, one.table, one.key) for one in found.findings}


def test_a_signature_moved_to_another_record_is_told(full: Path) -> None:
    behind_the_back(full, "UPDATE signature SET subject_id = 2 WHERE id = 2")
    assert ("signature", "signature", "2") in {(one.kind, one.table, one.key) for one in verify(full).findings}


def test_a_closed_record_that_does_not_say_what_was_signed_is_told(full: Path) -> None:
    store = Store.open(full)
    with store.write(OPERATOR, "try_it", AT) as session:
        handover = session.get_one(Handover, 1)
        handover.content = '{"line":"一切正常"}'
        handover.closed_at = AT
    assert verify(full).clean
    with store.write(OPERATOR, "try_it", AT) as session:
        act = Act("incoming", "handover", 2, '{"line":"signed"}', {})
        signatures.sign(session, Signer(1, 1, key_of(store)), act, AT)
    assert verify(full).clean
    with store.write(OPERATOR, "try_it", AT) as session:
        session.get_one(Handover, 2).closed_at = AT
    assert [(one.kind, one.table, one.key) for one in verify(full).findings] == [("signature", "handover", "2")]
    store.close()
