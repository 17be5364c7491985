"""Backup, restore and export."""

from __future__ import annotations

import csv
import json
import sqlite3
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest

from stationdesk.domain.store import BackupRefusedError, DestinationThereError, StoreFullError, StoreMissingError
from stationdesk.services import Store
from stationdesk.storage import backup, drafts
from stationdesk.storage import export as export_module
from stationdesk.storage.export import export
from stationdesk.storage.journal import entries
from stationdesk.storage.people import Person
from stationdesk.storage.record import Record, table_kind
from stationdesk.storage.verify import verify
from tests.storage.conftest import AT, behind_the_back, do


def name_all(store: Store, name: str) -> None:
    do(store, lambda session: setattr(session.get_one(Person, 1), "name", name))


def name_of(path: Path) -> str:
    store = Store.open(path)
    try:
        with store.read() as session:
            return session.get_one(Person, 1).name
    finally:
        store.close()


def test_a_backup_is_one_file_that_verifies(store: Store, tmp_path: Path) -> None:
    name_all(store, "before")
    made = backup.backup(store.path, tmp_path / "备份 1.db")
    assert made == store.head()
    assert sorted(file.name for file in tmp_path.iterdir() if file.name.startswith("备份")) == ["备份 1.db"]
    assert verify(tmp_path / "备份 1.db").head == made


def test_a_backup_overwrites_nothing(store: Store, tmp_path: Path) -> None:
    (tmp_path / "there.db").write_text("precious")
    with pytest.raises(DestinationThereError):
        backup.backup(store.path, tmp_path / "there.db")
    assert (tmp_path / "there.db").read_text() == "precious"
    with pytest.raises(StoreMissingError):
        backup.backup(tmp_path / "none.db", tmp_path / "copy.db")


def test_a_restore_names_both_heads_and_keeps_what_it_replaced(store: Store, tmp_path: Path) -> None:
    name_all(store, "before")
    made = backup.backup(store.path, tmp_path / "copy.db")
    name_all(store, "after")
    replaced = store.head()
    done = backup.restore(tmp_path / "copy.db", store.path, at=AT)
    assert (done.backup, done.replaced) == (made, replaced)
    assert done.kept is not None
    assert name_of(done.kept) == "after"
    assert verify(done.kept).head == replaced
    with store.read() as session:  # this program had it open all the time
        assert session.get_one(Person, 1).name == "before"
        (entry,) = entries(session, made.seq)
    assert (entry.use_case, entry.actor, entry.time) == ("restore", -1, AT)
    assert entry.notes() == [{"restore": {"backup": list(made), "replaced": list(replaced)}}]
    assert store.head().seq == replaced.seq  # the restore's own entry has the number of the one that is gone
    assert store.changes_since(replaced).touch("person")
    name_all(store, "and on")
    assert verify(store.path).clean


def test_a_restore_for_which_there_is_no_room_says_so(store: Store, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    backup.backup(store.path, tmp_path / "copy.db")
    name_all(store, "after")

    def full(*_arguments: object) -> None:
        error = sqlite3.OperationalError("database or disk is full")
        error.sqlite_errorcode = sqlite3.SQLITE_FULL
        raise error

    monkeypatch.setattr(backup, "_put", full)
    with pytest.raises(StoreFullError):
        backup.restore(tmp_path / "copy.db", store.path, at=AT)
    assert name_of(store.path) == "after"
    assert not list(tmp_path.glob("*.restoring*"))


def test_a_restore_where_nothing_was(store: Store, tmp_path: Path) -> None:
    backup.backup(store.path, tmp_path / "copy.db")
    done = backup.restore(tmp_path / "copy.db", tmp_path / "new.db", at=AT)
    assert (done.replaced, done.kept) == (None, None)
    assert name_of(tmp_path / "new.db") == "李娜"


@pytest.mark.parametrize("rubbish", [b"", b"\xaa" * 20_000, b"SQLite format 3\0" + b"\xaa" * 20_000])
def test_a_restore_over_a_damaged_store_keeps_its_bytes(store: Store, tmp_path: Path, rubbish: bytes) -> None:
    backup.backup(store.path, tmp_path / "copy.db")
    store.close()
    for side in backup.SIDE_FILES:
        store.path.with_name(store.path.name + side).unlink(missing_ok=True)
    store.path.write_bytes(rubbish)
    done = backup.restore(tmp_path / "copy.db", store.path, at=AT)
    assert done.replaced is None
    assert verify(store.path).clean
    assert done.kept is not None
    if rubbish:
        assert done.kept.read_bytes() == rubbish


def test_a_backup_that_does_not_verify_is_not_restored(store: Store, tmp_path: Path) -> None:
    backup.backup(store.path, tmp_path / "copy.db")
    name_all(store, "after")
    behind_the_back(tmp_path / "copy.db", "UPDATE person SET name = 'forged' WHERE id = 1")
    with pytest.raises(BackupRefusedError) as refused:
        backup.restore(tmp_path / "copy.db", store.path, at=AT)
    assert "person 1" in str(refused.value)
    with store.read() as session:
        assert session.get_one(Person, 1).name == "after"


def test_drafts_are_in_the_backup(store: Store, tmp_path: Path) -> None:
    drafts.save(store, 1, "log.entry", "begun", at=AT)
    backup.backup(store.path, tmp_path / "copy.db")
    copy = Store.open(tmp_path / "copy.db")
    draft = drafts.load(copy, 1, "log.entry")
    assert draft is not None
    assert draft.text == "begun"
    copy.close()


def test_an_export_holds_everything_but_the_keys(full: Path, tmp_path: Path) -> None:
    files = export(full, tmp_path / "out")
    index = json.loads((tmp_path / "out" / "index.json").read_text("utf-8"))
    assert {table["table"]: table["kind"] for table in index["tables"]} == {
        table.name: table_kind(table) for table in Record.metadata.sorted_tables
    }
    assert len(files) == 2 * len(index["tables"]) + 1
    assert index["head"]["hash"] == verify(full).head.hash
    with closing(sqlite3.connect(full)) as connection:
        for table in index["tables"]:
            name = table["table"]
            with (tmp_path / "out" / f"{name}.csv").open(encoding="utf-8-sig", newline="") as file:
                header, *rows = csv.reader(file)
            records = json.loads((tmp_path / "out" / f"{name}.json").read_text("utf-8"))
            count = connection.execute(f'SELECT count(*) FROM "{name}"').fetchone()[0]
            assert count == table["rows"] == len(rows) == len(records), name
            assert header == table["columns"]
            assert all(list(record) == header for record in records)
    people = json.loads((tmp_path / "out" / "person.json").read_text("utf-8"))
    assert people[0]["name"] == "李娜"
    assert [table["left_out"] for table in index["tables"] if table["left_out"]] == [["box"], ["box"]]
    assert b"nonce" not in b"".join(file.read_bytes() for file in files)


def test_an_export_needs_an_empty_folder(full: Path, tmp_path: Path) -> None:
    (tmp_path / "out").mkdir()
    export(full, tmp_path / "out")
    with pytest.raises(DestinationThereError):
        export(full, tmp_path / "out")
    with pytest.raises(StoreMissingError):
        export(tmp_path / "none.db", tmp_path / "elsewhere")


def test_an_export_is_of_one_moment_its_head_too(store: Store, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    exported = export_module._export_table

    def meanwhile(*arguments: Any) -> dict[str, Any]:
        name_all(store, arguments[1])
        return exported(*arguments)

    monkeypatch.setattr(export_module, "_export_table", meanwhile)
    export(store.path, tmp_path / "out")
    last = json.loads((tmp_path / "out" / "journal.json").read_text("utf-8"))[-1]
    head = json.loads((tmp_path / "out" / "index.json").read_text("utf-8"))["head"]
    assert head == {"seq": last["seq"], "hash": last["hash"]}
