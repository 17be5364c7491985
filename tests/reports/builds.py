"""What tests of sheets share: small sheets, and another reader of PDF than our own."""

from __future__ import annotations

import io

import pypdf

from stationdesk.reports.sheet import Column, Section, Sheet, Table


def reader(pdf: bytes) -> pypdf.PdfReader:
    return pypdf.PdfReader(io.BytesIO(pdf))


def fonts_embedded(pdf: bytes) -> bool:
    """Whether every font of the file is in the file."""
    fonts = [font.get_object() for page in reader(pdf).pages for font in page["/Resources"]["/Font"].values()]  # type: ignore[index]
    inner = [font["/DescendantFonts"][0].get_object() if "/DescendantFonts" in font else font for font in fonts]
    descriptors = [font["/FontDescriptor"] for font in inner]
    return bool(fonts) and all({"/FontFile2", "/FontFile3"} & set(each.get_object()) for each in descriptors)


def sheet_of(*sections: Section, title: str = "值班记录", language: str = "zh_CN", landscape: bool = False) -> Sheet:
    return Sheet(title, list(sections), company="示例天然气有限公司", station="确山门站", language=language, landscape=landscape)


def log(rows: int, text: str = "压差 {n} kPa", **options: int) -> Table:
    columns = [Column("n", "序", 12, "center"), Column("text", "内容"), Column("who", "记录人", 19)]
    return Table("log", "一、记录", columns, [{"n": n, "text": text.format(n=n), "who": "张伟"} for n in range(rows)], **options)  # type: ignore[arg-type]
