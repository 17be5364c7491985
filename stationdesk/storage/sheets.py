"""What was printed: every sheet with its code, its lines and who printed it."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import Index
from sqlalchemy.orm import Mapped, mapped_column

from stationdesk.storage.record import DIGESTED, INSERT_ONLY, Record


class PrintedSheet(Record, kw_only=True):
    """One sheet as it left the program."""

    __table_args__ = (Index("ix_printed_sheet_subject", "report", "subject"), {"info": INSERT_ONLY})

    code: Mapped[str] = mapped_column(unique=True)  # 20 Crockford letters
    report: Mapped[str]
    subject: Mapped[str]  # what it shows: shift id, day, round id
    language: Mapped[str]
    lines: Mapped[str] = mapped_column(info=DIGESTED)  # JSON list of the text lines as printed
    pages: Mapped[int]
    file_hash: Mapped[str]
    head_seq: Mapped[int]
    head_hash: Mapped[str]
    fingerprint: Mapped[str] = mapped_column(default="")  # of the key that signed what it shows
    program: Mapped[str]
    fonts: Mapped[str]
    printed: Mapped[str] = mapped_column(default="")  # the words in its foot: when, by whom, which copy
    copy: Mapped[int] = mapped_column(default=1)
    how: Mapped[str] = mapped_column(default="print")  # print, save, command
    by_id: Mapped[int]
    at: Mapped[datetime]
