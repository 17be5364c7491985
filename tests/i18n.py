"""The Chinese catalogue: `python -m tests.i18n` makes it from its parts, `--check` says what is wrong with it.

The words are written in resources/i18n/zh_CN/parts/<feature>.po, plain pairs of msgid and msgstr. This extracts the message
ids from the code, merges the parts into LC_MESSAGES/stationdesk.po and compiles the .mo beside it.
"""

from __future__ import annotations

import io
import re
import string
import sys
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path

from babel.messages.catalog import Catalog
from babel.messages.extract import extract_from_dir
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po

ROOT = Path(__file__).resolve().parent.parent
CODE = ROOT / "stationdesk"
CHINESE = ROOT / "resources" / "i18n" / "zh_CN"
KEYWORDS = {"_": None, "N_": None, "C_": ((1, "c"), 2), "n_": (1, 2)}
HEADER = """\
msgid ""
msgstr ""
"Project-Id-Version: StationDesk\\n"
"Language: zh_CN\\n"
"MIME-Version: 1.0\\n"
"Content-Type: text/plain; charset=utf-8\\n"
"Content-Transfer-Encoding: 8bit\\n"
"Plural-Forms: nplurals=1; plural=0;\\n"
"""
QUOTED = r'"(?:[^"\\]|\\.)*"'
PART_LINE = re.compile(rf"(?:#.*|(?:msgctxt|msgid|msgid_plural|msgstr|msgstr\[0\]) {QUOTED}|{QUOTED})?\s*")
HALF_WIDTH = re.compile(r"[\u4e00-\u9fff][,;:!?(]|[),;:!?][\u4e00-\u9fff]|[\u4e00-\u9fff]\.(?:$|\s)| ·|· ")

Key = tuple[str, str]  # context, message id


@dataclass
class Used:
    """A message the code says, and where."""

    plural: str
    places: list[str] = field(default_factory=list)


@dataclass(frozen=True)
class Worded:
    """A message's Chinese, and the part that gives it."""

    text: str
    part: str


def used(code: Path = CODE) -> dict[Key, Used]:
    """Every message id in the code."""
    found: dict[Key, Used] = {}
    for name, line, message, _comments, context in extract_from_dir(str(code), method_map=[("**.py", "python")], keywords=KEYWORDS):
        one, many = message if isinstance(message, tuple) else (message, "")
        found.setdefault((context or "", one), Used(many)).places.append(f"{code.name}/{name}:{line}")
    return found


def worded(folder: Path = CHINESE / "parts") -> tuple[dict[Key, Worded], list[str]]:
    """The Chinese of every part, and where parts contradict each other or cannot be read."""
    found: dict[Key, Worded] = {}
    findings: list[str] = []
    for part in sorted(folder.glob("*.po")):
        text = part.read_text(encoding="utf-8")
        odd = [
            f"{part.name} cannot be read at line {n}: {line}"
            for n, line in enumerate(text.splitlines(), 1)
            if not PART_LINE.fullmatch(line)
        ]
        if odd:
            findings += odd
            continue
        catalogue = read_po(io.StringIO(HEADER + "\n" + text), locale="zh_CN", abort_invalid=True)
        for key, chinese in _pairs(catalogue):
            before = found.setdefault(key, Worded(chinese, part.name))
            if before.text != chinese:
                findings.append(f"two wordings of {key[1]!r}: {before.text!r} in {before.part}, {chinese!r} in {part.name}")
        findings += _twice(part.name, text)
    return found, findings


def _pairs(catalogue: Catalog) -> Iterator[tuple[Key, str]]:
    for message in catalogue:
        if not message.id:
            continue
        one = message.id if isinstance(message.id, str) else message.id[0]
        text = message.string if isinstance(message.string, str) else message.string[0]
        yield (message.context or "", one), text


def _twice(part: str, text: str) -> list[str]:
    """Message ids a part gives twice: the reader would keep one of them and say nothing."""
    blocks = re.findall(r'^(?:msgctxt (.*)\n)?msgid (".*"(?:\n".*")*)', text, re.MULTILINE)
    return [f"{part} gives {block[1]} twice" for block in sorted(set(blocks)) if blocks.count(block) > 1]


def placeholders(text: str) -> set[str]:
    """The names between braces. ValueError where the braces do not fit."""
    return {name for _before, name, _spec, _conversion in string.Formatter().parse(text) if name is not None}


def problems_of(key: Key, said: Used, has: Worded) -> Iterator[str]:
    """What is wrong with one message's Chinese."""
    label = f"{key[1]!r} ({has.part})"
    if not has.text.strip():
        yield f"untranslated: {label}"
        return
    try:
        wants, gives = placeholders(key[1]) | placeholders(said.plural), placeholders(has.text)
    except ValueError as error:
        yield f"braces: {label}: {error}"
        return
    if wants != gives:
        yield f"placeholders differ: {label}: {sorted(wants)} and {sorted(gives)}"
    if HALF_WIDTH.search(has.text):
        yield f"half-width punctuation, or blanks at a middle dot, in Chinese: {label}: {has.text!r}"
    if has.text != has.text.strip() and key[1] == key[1].strip():
        yield f"blanks at the edge: {label}: {has.text!r}"


def findings(code: dict[Key, Used], words: dict[Key, Worded]) -> list[str]:
    """Missing, unused and faulty Chinese."""
    missing = [f"missing: {_shown(key)} at {said.places[0]}" for key, said in code.items() if key not in words]
    unused = [f"unused: {_shown(key)} in {has.part}" for key, has in words.items() if key not in code]
    faulty = [problem for key, said in code.items() if key in words for problem in problems_of(key, said, words[key])]
    return sorted(missing) + sorted(unused) + sorted(faulty)


def _shown(key: Key) -> str:
    return f"{key[1]!r} as {key[0]!r}" if key[0] else repr(key[1])


def _quoted(text: str) -> str:
    escaped = text.replace("\\", "\\\\").replace('"', '\\"').replace("\n", "\\n").replace("\t", "\\t")
    return f'"{escaped}"'


def po_text(code: dict[Key, Used], words: dict[Key, Worded]) -> str:
    """The whole catalogue as text: sorted, so that the same parts give the same file."""
    lines = ["# Made by `python -m tests.i18n` from parts/: change those.", HEADER]
    for key in sorted(words.keys() & code.keys(), key=lambda key: (key[1].lower(), key)):
        context, one = key
        if context:
            lines.append(f"msgctxt {_quoted(context)}")
        lines.append(f"msgid {_quoted(one)}")
        if code[key].plural:
            lines += [f"msgid_plural {_quoted(code[key].plural)}", f"msgstr[0] {_quoted(words[key].text)}", ""]
        else:
            lines += [f"msgstr {_quoted(words[key].text)}", ""]
    return "\n".join(lines)


def mo_bytes(po: str) -> bytes:
    """The compiled catalogue."""
    out, catalogue = io.BytesIO(), read_po(io.StringIO(po), locale="zh_CN")
    catalogue.creation_date = catalogue.revision_date = datetime(
        2026, 1, 1, tzinfo=UTC
    )  # else the minute of now: the same parts, the same bytes
    write_mo(out, catalogue)
    return out.getvalue()


def stale(po: str, folder: Path = CHINESE / "LC_MESSAGES") -> list[str]:
    """Which of the two made files is not what the parts give."""
    made = {folder / "stationdesk.po": po.encode(), folder / "stationdesk.mo": mo_bytes(po)}
    old = [path.name for path, want in made.items() if not path.exists() or path.read_bytes() != want]
    return [f"{name} is not what parts/ gives: run python -m tests.i18n" for name in old]


def write(po: str, folder: Path = CHINESE / "LC_MESSAGES") -> None:
    """Write catalogue and compiled catalogue."""
    folder.mkdir(parents=True, exist_ok=True)
    (folder / "stationdesk.po").write_bytes(po.encode())
    (folder / "stationdesk.mo").write_bytes(mo_bytes(po))


def main(arguments: list[str]) -> int:
    """Make the catalogue, or with --check only compare. 1 if anything is wrong with it."""
    code = used()
    words, wrong = worded()
    wrong += findings(code, words)
    po = po_text(code, words)
    if "--check" in arguments:
        wrong += stale(po)
    else:
        write(po)
    for line in wrong:
        print(line)
    print(f"{len(code)} messages, {len(words)} worded, {len(wrong)} findings")
    return 1 if wrong else 0


if __name__ == "__main__":
    raise SystemExit(main(sys.argv[1:]))
