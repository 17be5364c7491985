"""Sealed keys: the right password opens, nothing else does."""

from __future__ import annotations

import json

import pytest

from stationdesk.domain.store import SecretRefusedError
from stationdesk.storage import keys


def test_the_password_opens_the_key() -> None:
    sealed = keys.new("135790", 7)
    key = keys.unseal(sealed.box, "135790", 7)
    assert keys.public_of(key) == sealed.public_key
    assert sealed.account_id == 7


@pytest.mark.parametrize("password", ["135791", "", "13579", "1357900", " 135790"])
def test_another_password_does_not(password: str) -> None:
    with pytest.raises(SecretRefusedError):
        keys.unseal(keys.new("135790", 7).box, password, 7)


def test_full_width_digits_are_the_same_password() -> None:
    assert keys.unseal(keys.new("１３５７９０", 7).box, "135790", 7)


def test_a_box_belongs_to_its_account() -> None:
    box = keys.new("135790", 7).box
    with pytest.raises(SecretRefusedError):
        keys.unseal(box, "135790", 8)


@pytest.mark.parametrize("part", ["salt", "nonce", "sealed", "public"])
def test_a_box_that_was_changed_does_not_open(part: str) -> None:
    box = json.loads(keys.new("135790", 7).box)
    box[part] = ("0" if box[part][0] != "0" else "1") + box[part][1:]
    with pytest.raises(SecretRefusedError):
        keys.unseal(json.dumps(box), "135790", 7)


@pytest.mark.parametrize("box", ["", "{}", "[]", "null", '{"salt":"zz"}'])
def test_what_is_no_box_does_not_open(box: str) -> None:
    with pytest.raises(SecretRefusedError):
        keys.unseal(box, "135790", 7)


def test_a_change_of_password_keeps_the_key() -> None:
    sealed = keys.new("old password", 7)
    again = keys.seal(keys.unseal(sealed.box, "old password", 7), "new password", 7)
    assert again.public_key == sealed.public_key
    assert keys.public_of(keys.unseal(again.box, "new password", 7)) == sealed.public_key
    with pytest.raises(SecretRefusedError):
        keys.unseal(again.box, "old password", 7)


def test_boxes_open_at_the_cost_they_were_sealed_at() -> None:
    keys.use(keys.Strength(2, 16, 1))
    sealed = keys.new("135790", 7)
    keys.use(keys.LIGHT)
    assert keys.unseal(sealed.box, "135790", 7)
    assert json.loads(sealed.box)["argon2id"] == {"time_cost": 2, "memory_cost": 16, "parallelism": 1}


def test_the_programs_own_cost_is_not_the_tests() -> None:
    assert keys.STRONG.memory_cost >= 65536
    assert keys.STRONG.time_cost >= 3


def test_the_same_password_makes_other_boxes() -> None:
    one, other = keys.new("135790", 7), keys.new("135790", 7)
    assert one.public_key != other.public_key
    assert one.box != other.box


def test_a_recovery_code_is_typed_as_people_type() -> None:
    code, box = keys.new_recovery_code(7)
    assert [len(group) for group in code.split("-")] == [4] * 5
    for typed in (code, code.lower(), code.replace("-", " "), code.replace("0", "O").replace("1", "l")):
        keys.open_recovery(box, typed, 7)
    with pytest.raises(SecretRefusedError):
        keys.open_recovery(box, code[:-1] + ("2" if code[-1] != "2" else "3"), 7)


def test_signatures_fit_their_key_and_content() -> None:
    key = keys.generate()
    signature = key.sign(b"content").hex()
    assert keys.fits(keys.public_of(key), signature, b"content")
    assert not keys.fits(keys.public_of(key), signature, b"Content")
    assert not keys.fits(keys.public_of(keys.generate()), signature, b"content")
    assert not keys.fits("", "", b"content")
    assert not keys.fits("zz", "zz", b"content")


def test_fingerprints_are_read_aloud() -> None:
    assert keys.fingerprint("0123456789abcdef" + "0" * 48) == "0123 4567 89ab cdef"
