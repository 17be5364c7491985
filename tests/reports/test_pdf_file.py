"""What is in the file: fonts, structure, language, bytes; read by pypdf, which is not what wrote it or reads it in the program."""

from __future__ import annotations

import os
import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any

import pytest

from stationdesk.reports.fonts import FACES, FAMILY, fonts_version
from stationdesk.reports.paint import make
from tests.reports import samples
from tests.reports.builds import log, reader, sheet_of

ROOT = Path(__file__).resolve().parents[2]


def fonts(pdf: bytes) -> dict[str, Any]:
    found = {}
    for page in reader(pdf).pages:
        for name in page["/Resources"]["/Font"].values():
            found[name["/BaseFont"]] = name.get_object()
    return found


@pytest.mark.parametrize("language", ["zh_CN", "en"])
def test_every_font_is_embedded_in_subsets_with_its_characters_and_none_is_helvetica(language: str) -> None:
    pdf = make(samples.handover(language, chart=True)).pdf
    found = fonts(pdf)
    assert {name.split("+")[1] for name in found} == {f"{FAMILY}-{face}" for face in FACES}
    for font in found.values():
        assert "/FontFile2" in font["/FontDescriptor"]
        assert "/ToUnicode" in font
    assert b"Helvetica" not in pdf
    assert b"Times" not in pdf
    assert len(pdf) < 400_000


def test_text_is_what_another_reader_extracts() -> None:
    made = make(samples.handover())
    extracted = "".join("".join(page.extract_text() for page in reader(made.pdf).pages).split())
    for line in made.lines:
        assert "".join(line.split()) in extracted, line


def test_title_language_and_tags() -> None:
    pdf = reader(make(samples.handover("en")).pdf)
    root = pdf.trailer["/Root"]
    assert pdf.metadata is not None
    assert (pdf.metadata.title, pdf.metadata.author, pdf.metadata.subject) == (
        "Shift handover record",
        "Example Natural Gas Ltd.",
        "JJB-20261121-1",
    )
    assert root["/Lang"] == "en"
    assert root["/MarkInfo"]["/Marked"]
    assert root["/ViewerPreferences"]["/DisplayDocTitle"]


def test_structure_holds_every_line_of_every_page_once() -> None:
    made = make(sheet_of(log(90)))
    pdf = reader(made.pdf)
    body = pdf.trailer["/Root"]["/StructTreeRoot"]["/K"]
    pieces: dict[Any, list[int]] = {}
    for element in body["/K"]:
        kid = element.get_object()
        assert kid["/S"] in ("/H1", "/H2", "/P", "/Code")
        pieces.setdefault(kid.raw_get("/Pg").idnum, []).extend(kid["/K"])
    assert [kid.get_object()["/S"] for kid in body["/K"]].count("/H1") == 1
    assert sum(len(each) for each in pieces.values()) == len(made.lines)
    assert all(each == list(range(len(each))) for each in pieces.values())
    assert [page["/StructParents"] for page in pdf.pages] == list(range(made.pages))


def test_page_size_is_a4() -> None:
    portrait, landscape = (reader(make(sheet_of(log(2), landscape=wide)).pdf).pages[0].mediabox for wide in (False, True))
    assert (round(portrait.width), round(portrait.height)) == (595, 842)
    assert (round(landscape.width), round(landscape.height)) == (842, 595)


def test_same_bytes_in_two_processes_whatever_the_hash_seed() -> None:
    code = (
        "from stationdesk.domain import words; from stationdesk.paths import catalogue; words.install('zh_CN', catalogue('zh_CN'))\n"
        "from tests.reports import samples; from stationdesk.reports.paint import make; print(make(samples.readings()).file_hash)"
    )
    hashes = set()
    for seed in ("1", "2"):
        environment = {**os.environ, "PYTHONHASHSEED": seed, "TZ": f"UTC+{seed}"}
        run = subprocess.run([sys.executable, "-c", code], cwd=ROOT, env=environment, capture_output=True, text=True, check=True)
        hashes.add(run.stdout.strip())
    assert hashes == {make(samples.readings()).file_hash}


def test_same_bytes_from_threads_at_once() -> None:
    with ThreadPoolExecutor(4) as pool:
        hashes = {future.result().file_hash for future in [pool.submit(make, samples.handover()) for _n in range(12)]}
    assert len(hashes) == 1


def test_heavy_modules_are_imported_only_when_a_sheet_is_made() -> None:
    modules = sorted(path.stem for path in (ROOT / "stationdesk" / "reports").glob("*.py"))
    code = f"import sys\nfor name in {modules!r}: __import__('stationdesk.reports.' + name.replace('__init__', 'sheet'))\n"
    code += "print([name for name in ('reportlab', 'segno', 'pypdfium2', 'xlsxwriter', 'numpy') if name in sys.modules])"
    run = subprocess.run([sys.executable, "-c", code], cwd=ROOT, capture_output=True, text=True, check=True)
    assert run.stdout.strip() == "[]"


def test_fonts_have_a_version_of_their_own() -> None:
    assert fonts_version().startswith(f"{FAMILY} ")
    assert len(fonts_version()) == len(FAMILY) + 13
