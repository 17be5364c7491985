"""Full text by overlapping pairs of letters: any part of a word is found, in Chinese as in Latin and in numbers.

The index is contentless (it holds no text) and derived: it is written in the transaction of the entry it finds, and `rebuild`
makes it anew. A run of n letters gives n-1 pairs and its last letter alone; a query is the pairs of its runs, each run a phrase;
a single letter is looked up as the beginning of a pair.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable, Iterator

from sqlalchemy import Connection, Table, and_, func, or_, select
from sqlalchemy.orm import Session

from stationdesk.storage.record import Record

JOINERS = {ord(mark): chr(0xE000 + ord(mark)) for mark in "./:-"}
"""Marks inside numbers and tags (2.35, PT-101, 06:00) are letters of their run, moved out of ASCII, where the tokenizer would split."""
FULL_WIDTH = {code: code + 0xFEE0 for code in range(0x21, 0x7F)}
BATCH = 5000


def tables() -> list[Table]:
    """The tables that are searched: those whose info names a column under "search"."""
    return [table for table in Record.metadata.sorted_tables if "search" in table.info]


def index_name(table: str) -> str:
    return f"{table}_search"


def create(connection: Connection) -> None:
    """Make the empty indexes of a new store."""
    for table in tables():
        name = index_name(table.name)
        connection.exec_driver_sql(f"CREATE VIRTUAL TABLE {name} USING fts5(grams, content='', columnsize=0, tokenize='ascii', prefix='1')")


def add(connection: Connection, table: str, texts: Iterable[tuple[int, str]]) -> None:
    """Index the texts of new rows, by id."""
    rows = [(key, " ".join(grams(text))) for key, text in texts]
    if rows:
        connection.exec_driver_sql(f"INSERT INTO {index_name(table)} (rowid, grams) VALUES (?, ?)", rows)  # noqa: S608 - the name is ours


def rebuild(connection: Connection) -> None:
    """Make every index anew from its table."""
    for table in tables():
        name = index_name(table.name)
        connection.exec_driver_sql(f"DROP TABLE IF EXISTS {name}")
    create(connection)
    for table in tables():
        query = select(table.c.id, table.c[table.info["search"]]).order_by(table.c.id)
        for part in connection.execute(query).partitions(BATCH):
            add(connection, table.name, [(row[0], row[1]) for row in part])


def find(session: Session, text: str, limit: int = 200, before: int | None = None, table: str = "log_entry") -> list[int]:
    """Ids of the rows whose text has every word of `text`, newest first, at most `limit`, below the id `before`.

    Signs alone (±, %, 😀) are in no index: the texts themselves are looked through.
    """
    if not text.strip():
        return []
    match = query_of(text)
    if not match:
        return _having_signs(session, text.split(), limit, before, table)
    name = index_name(table)
    statement = f"SELECT rowid FROM {name} WHERE {name} MATCH ? AND rowid < ? ORDER BY rowid DESC LIMIT ?"  # noqa: S608 - the name is ours
    found = session.connection().exec_driver_sql(statement, (match, 2**62 if before is None else before, limit))
    return [row[0] for row in found]


def _having_signs(session: Session, signs: Iterable[str], limit: int, before: int | None, table: str) -> list[int]:
    """The rows whose text has each of these signs, half-width or full."""
    rows = Record.metadata.tables[table]
    written = rows.c[rows.info["search"]]
    having = (or_(*(func.instr(written, form) > 0 for form in _widths(sign))) for sign in signs)
    query = select(rows.c.id).where(and_(*having), rows.c.id < (2**62 if before is None else before))
    return list(session.scalars(query.order_by(rows.c.id.desc()).limit(limit)))


def _widths(sign: str) -> set[str]:
    half = unicodedata.normalize("NFKC", sign)
    return {sign, half, half.translate(FULL_WIDTH)}


def query_of(text: str) -> str:
    """The index's own query for what a person typed; empty if there is no letter in it."""
    return " AND ".join(_phrase(run) for run in runs(text))


def grams(text: str) -> Iterator[str]:
    """What is indexed of a text: of 调压器 the tokens 调压 压器 器."""
    for run in runs(text):
        yield from (run[place : place + 2] for place in range(len(run)))


def runs(text: str) -> list[str]:
    """The stretches of letters and digits, half-width and without case; a joining mark counts between two of them."""
    folded = unicodedata.normalize("NFKC", text).casefold()
    letters = [letter if unicodedata.category(letter)[0] in "LNM" else " " for letter in folded]
    for place in range(1, len(folded) - 1):
        if ord(folded[place]) in JOINERS and letters[place - 1] != " " != letters[place + 1]:
            letters[place] = JOINERS[ord(folded[place])]
    return "".join(letters).split()


def _phrase(run: str) -> str:
    if len(run) == 1:
        return f'"{run}"*'
    return '"' + " ".join(run[place : place + 2] for place in range(len(run) - 1)) + '"'
