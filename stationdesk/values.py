"""`dataclass` for classes that come by the hundred: its `__init__` is compiled when the first one is made, and the rest is shared code.

The standard decorator writes six functions of every frozen class as text and compiles them when the module is imported. That was a sixth of
the time until the window could be used, and half of those classes were not even made by then (docs/adr/0021).
"""

from __future__ import annotations

import dataclasses
from collections.abc import Callable
from dataclasses import MISSING, Field, FrozenInstanceError
from operator import attrgetter, ge, gt, le, lt
from reprlib import recursive_repr
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from dataclasses import dataclass as dataclass
else:

    def dataclass(cls: type | None = None, /, *, frozen: bool = False, eq: bool = True, order: bool = False, kw_only: bool = False) -> Any:
        """As `dataclasses.dataclass`, with these of its options. Fields, `replace` and `asdict` are the standard ones."""

        def make(cls: type) -> type:
            dataclasses.dataclass(cls, init=False, repr=False, eq=False, kw_only=kw_only)  # the fields alone: nothing is compiled
            _give(cls, "__init__", _first_init(cls, frozen))
            _give(cls, "__repr__", _repr)
            if eq:
                _compare(cls, frozen)
            if order:
                _order(cls)
            if frozen:
                _freeze(cls)
            return cls

        return make if cls is None else make(cls)


Getter = Callable[[Any], tuple[Any, ...]]


def _give(cls: type, name: str, method: object) -> None:
    """What the class says itself stands."""
    if name not in cls.__dict__:
        setattr(cls, name, method)


def _first_init(cls: type, frozen: bool) -> Callable[..., None]:
    def init(self: object, *args: Any, **named: Any) -> None:
        made = _compiled(cls, frozen)
        setattr(cls, "__init__", made)  # noqa: B010 - from now on without this way round
        made(self, *args, **named)

    return init


def _compiled(cls: type, frozen: bool) -> Callable[..., None]:
    known: dict[str, Any] = {"set_": object.__setattr__, "UNSET": MISSING}
    given: list[str] = []
    named: list[str] = []
    lines: list[str] = []
    for each in dataclasses.fields(cls):
        if each.init:
            (named if each.kw_only else given).append(_parameter(each, known))
        if (value := _value(each, known)) is not None:
            lines.append(f"set_(self, {each.name!r}, {value})" if frozen else f"self.{each.name} = {value}")
    if hasattr(cls, "__post_init__"):
        lines.append("self.__post_init__()")
    head = ", ".join(["self", *given, *(["*", *named] if named else [])])
    text = f"def __init__({head}):\n    " + "\n    ".join(lines or ["pass"])
    exec(compile(text, f"<__init__ of {cls.__qualname__}>", "exec"), known)  # noqa: S102 - the names of our own fields
    made: Callable[..., None] = known["__init__"]
    return made


def _parameter(each: Field[Any], known: dict[str, Any]) -> str:
    if each.default_factory is not MISSING:
        return f"{each.name}=UNSET"
    if each.default is MISSING:
        return each.name
    known[f"or_{each.name}"] = each.default
    return f"{each.name}=or_{each.name}"


def _value(each: Field[Any], known: dict[str, Any]) -> str | None:
    """What a field is set to; None for one that is not given and has no factory: the class has its default, or nobody."""
    if each.default_factory is MISSING:
        return each.name if each.init else None
    known[f"new_{each.name}"] = each.default_factory
    return f"new_{each.name}() if {each.name} is UNSET else {each.name}" if each.init else f"new_{each.name}()"


@recursive_repr()
def _repr(self: Any) -> str:
    shown = (f"{each.name}={getattr(self, each.name)!r}" for each in dataclasses.fields(self) if each.repr)
    return f"{type(self).__qualname__}({', '.join(shown)})"


def _getter(names: list[str]) -> Getter:
    if len(names) > 1:
        return attrgetter(*names)
    return lambda self: tuple([getattr(self, name) for name in names])


def _compare(cls: type, frozen: bool) -> None:
    own, parts = "__eq__" in cls.__dict__, dataclasses.fields(cls)
    values = _getter([each.name for each in parts if each.compare])
    hashed = _getter([each.name for each in parts if (each.compare if each.hash is None else each.hash)])

    def equal(self: object, other: object) -> bool:
        return values(self) == values(other) if other.__class__ is self.__class__ else NotImplemented

    def hash_of(self: object) -> int:
        return hash(hashed(self))

    _give(cls, "__eq__", equal)
    if cls.__dict__.get("__hash__", MISSING) is MISSING or (own and cls.__dict__["__hash__"] is None):
        setattr(cls, "__hash__", hash_of if frozen else None)  # noqa: B010 - as of any class


def _order(cls: type) -> None:
    values = _getter([each.name for each in dataclasses.fields(cls) if each.compare])

    def by(decide: Callable[[Any, Any], bool]) -> Callable[[object, object], bool]:
        return lambda self, other: decide(values(self), values(other)) if other.__class__ is self.__class__ else NotImplemented

    for name, decide in (("__lt__", lt), ("__le__", le), ("__gt__", gt), ("__ge__", ge)):
        setattr(cls, name, by(decide))


def _freeze(cls: type) -> None:
    names = frozenset(each.name for each in dataclasses.fields(cls))

    def set_(self: object, name: str, value: object) -> None:
        if type(self) is cls or name in names:
            raise FrozenInstanceError(f"cannot assign to field {name!r}")
        object.__setattr__(self, name, value)

    def delete(self: object, name: str) -> None:
        if type(self) is cls or name in names:
            raise FrozenInstanceError(f"cannot delete field {name!r}")
        object.__delattr__(self, name)

    setattr(cls, "__setattr__", set_)  # noqa: B010
    setattr(cls, "__delattr__", delete)  # noqa: B010
