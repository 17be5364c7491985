"""Signing keys, sealed under a password. Opening the seal is the sign-in check; no hash of the password is kept anywhere.

argon2id(password, salt) gives the key of a ChaCha20-Poly1305 box around the Ed25519 key; version, account and public key are bound
to it, so that a box moved to another account does not open. The box says its own argon2 cost, so that the cost can rise later.
argon2 takes about 150 ms: call these outside a transaction and off the window's thread. Its library and the one of the keys are
imported where they are used, for a window that only shows the station needs neither.
"""

from __future__ import annotations

import json
import os
import secrets
import unicodedata
from dataclasses import asdict, dataclass
from typing import TYPE_CHECKING

from stationdesk.domain.store import SecretRefusedError
from stationdesk.storage.canonical import canonical

if TYPE_CHECKING:
    from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

    PrivateKey = Ed25519PrivateKey

VERSION = 1
CROCKFORD = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"
GROUPS, GROUP = 5, 4
LOOKALIKES = str.maketrans({"O": "0", "I": "1", "L": "1", "U": "V", "-": None, " ": None})


@dataclass(frozen=True)
class Strength:
    """Cost of trying one password: rounds, KiB of memory, lanes."""

    time_cost: int
    memory_cost: int
    parallelism: int


STRONG = Strength(3, 65536, 4)
LIGHT = Strength(1, 8, 1)
"""For tests and for the demo's hundred accounts: it protects nothing."""

_strength = [STRONG]


@dataclass(frozen=True)
class Sealed:
    """A sealed key as it is stored: the account it belongs to, its public half (hex), the box (JSON)."""

    account_id: int
    public_key: str
    box: str


def use(strength: Strength) -> None:
    """Seal at this cost from now on. Boxes sealed before open at their own."""
    _strength[0] = strength


def generate() -> PrivateKey:
    from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

    return Ed25519PrivateKey.generate()


def from_secret(secret: bytes) -> PrivateKey:
    """The key of 32 secret bytes: the demo's people have the same keys each time."""
    from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

    return Ed25519PrivateKey.from_private_bytes(secret)


def new(password: str, account_id: int) -> Sealed:
    """A new key sealed for an account."""
    return seal(generate(), password, account_id)


def seal(key: PrivateKey, password: str, account_id: int) -> Sealed:
    """The key sealed under a password; for a change of password seal the opened key anew."""
    from cryptography.hazmat.primitives.ciphers.aead import ChaCha20Poly1305

    strength, salt, nonce, public = _strength[0], os.urandom(16), os.urandom(12), public_of(key)
    closed = ChaCha20Poly1305(_stretched(password, salt, strength)).encrypt(nonce, key.private_bytes_raw(), _bound(account_id, public))
    box = {"v": VERSION, "salt": salt.hex(), "nonce": nonce.hex(), "sealed": closed.hex(), "public": public, "argon2id": asdict(strength)}
    return Sealed(account_id, public, canonical(box))


def unseal(box: str, password: str, account_id: int) -> PrivateKey:
    """The key in the box. SecretRefusedError for a wrong password, and for a box that is damaged or another account's."""
    from cryptography.exceptions import InvalidTag
    from cryptography.hazmat.primitives.ciphers.aead import ChaCha20Poly1305

    try:
        parts = json.loads(box)
        stretched = _stretched(password, bytes.fromhex(parts["salt"]), Strength(**parts["argon2id"]))
        opened = ChaCha20Poly1305(stretched).decrypt(
            bytes.fromhex(parts["nonce"]), bytes.fromhex(parts["sealed"]), _bound(account_id, parts["public"])
        )
    except (InvalidTag, ValueError, KeyError, TypeError) as error:
        raise SecretRefusedError() from error
    return from_secret(opened)


def public_of(key: PrivateKey) -> str:
    """The public half as hex digits."""
    return key.public_key().public_bytes_raw().hex()


def fingerprint(public_key: str) -> str:
    """The first 16 hex digits in groups of four, as printed on sheets."""
    return " ".join(public_key[place : place + 4] for place in range(0, 16, 4))


def fits(public_key: str, signature: str, content: bytes) -> bool:
    """Whether the signature (hex) over the content was made with the private half of the key (hex)."""
    from cryptography.exceptions import InvalidSignature
    from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey

    try:
        Ed25519PublicKey.from_public_bytes(bytes.fromhex(public_key)).verify(bytes.fromhex(signature), content)
    except (InvalidSignature, ValueError, TypeError):
        return False
    return True


def new_recovery_code(account_id: int) -> tuple[str, str]:
    """A code for the sealed envelope, 100 random bits as 5×4 letters, and the box that only it opens."""
    letters = "".join(secrets.choice(CROCKFORD) for _ in range(GROUPS * GROUP))
    code = "-".join(letters[place : place + GROUP] for place in range(0, GROUPS * GROUP, GROUP))
    return code, new(_plain_code(code), account_id).box


def open_recovery(box: str, code: str, account_id: int) -> None:
    """SecretRefusedError unless the code opens the box. Small letters, blanks and look-alikes (O for 0) are understood."""
    unseal(box, _plain_code(code), account_id)


def _plain_code(code: str) -> str:
    return unicodedata.normalize("NFKC", code).upper().translate(LOOKALIKES)


def _stretched(password: str, salt: bytes, strength: Strength) -> bytes:
    from argon2.low_level import Type, hash_secret_raw

    secret = unicodedata.normalize("NFKC", password).encode()  # full-width digits are the same password
    return hash_secret_raw(secret, salt, strength.time_cost, strength.memory_cost, strength.parallelism, hash_len=32, type=Type.ID)


def _bound(account_id: int, public_key: str) -> bytes:
    return b"stationdesk-key-%d|%d|" % (VERSION, account_id) + bytes.fromhex(public_key)
