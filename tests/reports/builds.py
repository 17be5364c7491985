"""What tests of sheets share: small sheets, and another reader of PDF than our own."""

from __future__ import annotations

import io

import pypdf

from stationdesk.reports.sheet import Column, Section, Sheet, Table


def reader(pdf: bytes) -> pypdf.PdfReader:
    return pypdf.PdfReader(io.BytesIO(pdf))


def sheet_of(*sections: Section, title: str = "值班记录", language: str = "zh_CN", landscape: bool = False) -> Sheet:
    return Sheet(title, list(sections), company="示例天然气有限公司", station="确山门站", language=language, landscape=landscape)


def log(rows: int, text: str = "压差 {n} kPa", **options: int) -> Table:
    columns = [Column("n", "序", 12, "center"), Column("text", "内容"), Column("who", "记录人", 19)]
    return Table("log", "一、记录", columns, [{"n": n, "text": text.format(n=n), "who": "张伟"} for n in range(rows)], **options)  # type: ignore[arg-type]
