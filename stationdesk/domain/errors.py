"""What a rule of the station says when it refuses."""

from __future__ import annotations

from typing import Any, ClassVar, Self

from stationdesk.domain.words import _


class DomainError(Exception):
    """A rule refused, with the values it refused for.

    A subclass says `words = N_("Hazard {number} is closed.")` and is raised as `HazardClosedError(number="YH-2026-0007")`: the values
    are attributes of the error, and it is worded by `say` where and in which language it is shown. `field` names the
    input it belongs to, None where it belongs to the whole action.
    """

    words: ClassVar[str]
    field: ClassVar[str | None] = None
    #: the store itself may be damaged: verify tells
    damage: ClassVar[bool] = False

    def __init__(self, **values: object) -> None:
        super().__init__()
        self.values = values

    def __getattr__(self, name: str) -> Any:
        values: dict[str, Any] = self.__dict__.get("values", {})
        if name not in values:
            raise AttributeError(f"{type(self).__name__} has no value {name!r}")
        return values[name]

    def __str__(self) -> str:
        return type(self).words.format(**self.values)

    def __reduce__(self) -> tuple[Any, ...]:
        # a subclass may ask for its values by position: errors that come from another process are remade past its __init__
        return _remade, (type(self), self.values)

    @classmethod
    def of(cls, values: dict[str, object]) -> Self:
        """The error with these values, whatever its __init__ asks for."""
        error = cls.__new__(cls)
        DomainError.__init__(error, **values)
        return error


def say(error: DomainError) -> str:
    """The error in the language spoken now."""
    return _(type(error).words).format(**error.values)


def _remade(kind: type[DomainError], values: dict[str, object]) -> DomainError:
    return kind.of(values)
