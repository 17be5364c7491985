"""A TOML table read key by key: a wrong type, a missing key and a key nobody reads are named by their path, `points[3].unit`."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from decimal import Decimal
from typing import Any, TypeVar

from stationdesk.domain.errors import DomainError, say
from stationdesk.domain.names import Name
from stationdesk.domain.words import N_

T = TypeVar("T")


class ProfileError(DomainError):
    """Something in a profile that cannot be; `place` is its path of keys."""

    words = N_("In the profile, {place}: {what}")
    field = "profile"


class ProfileKeyError(ProfileError):
    """A key that is missing."""

    words = N_("In the profile, {place} is missing.")


class ProfileTypeError(ProfileError):
    """A value of another type."""

    words = N_("In the profile, {place} should be {wanted}.")


class ProfileStrayError(ProfileError):
    """A key nobody reads: a slip of the hand that would change nothing, silently."""

    words = N_("In the profile, nobody reads {place}.")


class ProfileTwiceError(ProfileError):
    """A code given twice."""

    words = N_("In the profile, {place}: the code {code} is given twice.")


class ProfileHoleError(ProfileError):
    """A shift pattern that leaves a shift without a crew, or an hour without a shift."""

    words = N_("In the profile, {place} leaves shifts without a crew.")


@dataclass
class Table:
    """A TOML table with its path; what was read is noted, so that a key nobody reads is found."""

    data: Mapping[str, Any]
    path: str

    def __post_init__(self) -> None:
        self.seen: set[str] = set()

    def place(self, key: str) -> str:
        """The path of a key."""
        return f"{self.path}.{key}" if self.path else key

    def get(self, key: str, kind: type[T], default: T | None = None) -> T:
        """The value of a key. ProfileKeyError without one and without a default, ProfileTypeError."""
        self.seen.add(key)
        if key not in self.data:
            if default is None:
                raise ProfileKeyError(place=self.place(key))
            return default
        value = self.data[key]
        if not isinstance(value, kind) or (isinstance(value, bool) and kind is not bool):
            raise ProfileTypeError(place=self.place(key), wanted=KINDS.get(kind, kind.__name__))
        return value

    def number(self, key: str) -> Decimal | None:
        """A number as written in the file, None where there is none."""
        self.seen.add(key)
        value = self.data.get(key)
        if value is None:
            return None
        if isinstance(value, bool) or not isinstance(value, int | Decimal):
            raise ProfileTypeError(place=self.place(key), wanted=KINDS[int])
        return Decimal(value)

    def name(self, key: str = "name", default: Name | None = None) -> Name:
        """A text in both languages, neither empty."""
        if key not in self.data and default is not None:
            self.seen.add(key)
            return default
        texts = self.table(key)
        made = Name(texts.get("zh", str), texts.get("en", str))
        texts.finish()
        if not made.zh.strip() or not made.en.strip():
            raise ProfileTypeError(place=self.place(key), wanted="{zh = …, en = …}")
        return made

    def table(self, key: str) -> Table:
        """A table within."""
        return Table(self.get(key, dict), self.place(key))

    def tables(self, key: str, *, wanted: bool = True) -> Iterator[Table]:
        """The tables of a list; an empty list only where it is not wanted."""
        found: list[Any] = self.get(key, list, None if wanted else [])
        for n, each in enumerate(found):
            if not isinstance(each, dict):
                raise ProfileTypeError(place=f"{self.place(key)}[{n}]", wanted=KINDS[dict])
            yield Table(each, f"{self.place(key)}[{n}]")

    def raw(self, key: str) -> Any:
        """A value as it stands, for a reader of its own."""
        self.seen.add(key)
        if key not in self.data:
            raise ProfileKeyError(place=self.place(key))
        return self.data[key]

    def finish(self) -> None:
        """ProfileStrayError for a key nobody read."""
        if stray := sorted(set(self.data) - self.seen):
            raise ProfileStrayError(place=self.place(stray[0]))


KINDS: dict[type, str] = {str: "text", int: "number", list: "list", dict: "table", bool: "true / false"}


@contextmanager
def placed(place: str) -> Iterator[None]:
    """What a reader of the domain refuses, named by its place in the profile."""
    try:
        yield
    except ProfileError:
        raise
    except DomainError as error:
        raise ProfileError(place=place, what=say(error)) from error
    except (KeyError, ValueError, TypeError, AttributeError) as error:
        raise ProfileTypeError(place=place, wanted=str(error)) from error


def each_of(top: Table, key: str, read: Callable[[Table], T]) -> tuple[T, ...]:
    """The entries of a list, their codes different, nothing in them unread."""
    made: list[T] = []
    codes: set[str] = set()
    for table in top.tables(key):
        with placed(table.path):
            entry = read(table)
        table.finish()
        code = str(table.data.get("code", ""))
        if code in codes:
            raise ProfileTwiceError(place=table.path, code=code)
        codes.add(code)
        made.append(entry)
    return tuple(made)
