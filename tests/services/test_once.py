"""An answer is shared inside one transaction that reads, and nowhere else."""

from __future__ import annotations

from pathlib import Path

from sqlalchemy.orm import Session

from stationdesk.services import PROGRAM, Store
from stationdesk.services.once import once
from tests.conftest_station import NIGHT

asked: list[tuple[str, bool]] = []


@once
def question(session: Session, about: str, *, loud: bool = False) -> list[str]:
    asked.append((about, loud))
    return [about]


def test_a_question_is_answered_once_in_a_transaction_that_reads(tmp_path: Path) -> None:
    store = Store.create(tmp_path / "station.db")
    asked.clear()
    with store.read() as session:
        assert question(session, "shift") is question(session, "shift")
        question(session, "crew")
        question(session, "crew", loud=True)
    assert asked == [("shift", False), ("crew", False), ("crew", True)]
    with store.read() as session:
        question(session, "shift")
    assert len(asked) == 4


def test_a_transaction_that_writes_asks_anew(tmp_path: Path) -> None:
    store = Store.create(tmp_path / "station.db")
    asked.clear()
    with store.write(PROGRAM, "init", NIGHT) as session:
        question(session, "shift")
        question(session, "shift")
    assert len(asked) == 2
