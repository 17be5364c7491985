"""A question that several views ask, answered once in a transaction that only reads: it sees one moment, so the answer cannot change."""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from typing import Any, Concatenate, ParamSpec, TypeVar

from sqlalchemy.orm import Session

from stationdesk.storage.guard import ReadSession

Asked = ParamSpec("Asked")
Answer = TypeVar("Answer")


def once(query: Callable[Concatenate[Session, Asked], Answer]) -> Callable[Concatenate[Session, Asked], Answer]:
    """Keep the answer for the same arguments, which must be hashable. All who ask share it: it is not to be changed.

    In a transaction that writes every question is asked anew.
    """

    @wraps(query)
    def ask(session: Session, /, *args: Asked.args, **named: Asked.kwargs) -> Answer:
        if not isinstance(session, ReadSession):
            return query(session, *args, **named)
        answers: dict[Any, Any] = session.info.setdefault("answers", {})
        key = query, args, tuple(named.items())
        if key not in answers:
            answers[key] = query(session, *args, **named)
        answer: Answer = answers[key]
        return answer

    return ask
