"""`setup` and `init` at the terminal: what they print, what they refuse, and that nothing is left of what is refused."""

from __future__ import annotations

import pytest
from openpyxl import load_workbook

from stationdesk import cli
from stationdesk.storage import keys


@pytest.fixture(autouse=True)
def desk(monkeypatch, tmp_path):
    monkeypatch.setenv("STATIONDESK_HOME", str(tmp_path / "home"))
    monkeypatch.setenv("STATIONDESK_PASSWORD", "123456")
    monkeypatch.setenv("LANG", "zh_CN.UTF-8")
    monkeypatch.chdir(tmp_path)
    keys.use(keys.LIGHT)
    yield
    keys.use(keys.STRONG)


def template(tmp_path):
    assert cli.main(["setup", "--template", "-o", "t.xlsx"]) == 0
    return tmp_path / "t.xlsx"


def test_a_template_is_handed_out_tried_and_taken_as_it_is(tmp_path, capsys):
    template(tmp_path)
    assert cli.main(["setup", "t.xlsx", "--db", "n.db", "--dry-run"]) == 0
    assert not (tmp_path / "n.db").exists()
    assert cli.main(["setup", "t.xlsx", "--db", "n.db"]) == 0
    said = capsys.readouterr().out
    assert "恢复码" in said
    assert "lead-a" in said
    assert cli.main(["verify", "--db", "n.db"]) == 0


def test_refused_cells_stand_one_a_line_on_stderr(tmp_path, capsys):
    book = load_workbook(template(tmp_path))
    book["人员"]["D3"] = "厨师"
    book["运行参数"]["L2"] = "高"
    book.save("t.xlsx")
    capsys.readouterr()
    assert cli.main(["setup", "t.xlsx", "--db", "n.db"]) == 2
    said = capsys.readouterr()
    assert said.out == ""
    lines = said.err.splitlines()
    assert lines[0].startswith("人员!D3: ")
    assert lines[1].startswith("运行参数!L2: ")
    assert "2" in lines[2]
    assert not (tmp_path / "n.db").exists()


def test_a_store_that_is_there_asks_who(tmp_path, capsys):
    template(tmp_path)
    assert cli.main(["setup", "t.xlsx", "--db", "n.db"]) == 0
    assert cli.main(["setup", "t.xlsx", "--db", "n.db"]) == 2
    assert "--as" in capsys.readouterr().err
    assert cli.main(["setup", "t.xlsx", "--db", "n.db", "--as", "chief"]) == 0
    assert "没有不同" in capsys.readouterr().out


@pytest.mark.parametrize("given", [["setup"], ["setup", "--template"], ["setup", "--template", "-o", "/nowhere/at/all.xlsx"]])
def test_half_a_command_is_one_line_and_2(given, capsys):
    assert cli.main(given) == 2
    assert capsys.readouterr().err.count("\n") == 1


def test_a_short_password_is_refused_and_leaves_nothing(tmp_path, monkeypatch, capsys):
    template(tmp_path)
    monkeypatch.setenv("STATIONDESK_PASSWORD", "123")
    assert cli.main(["setup", "t.xlsx", "--db", "n.db"]) == 2
    assert cli.main(["init", "--db", "i.db", "--station", "某站"]) == 2
    assert [path.name for path in tmp_path.glob("*.db*")] == []
    assert capsys.readouterr().err.count("\n") == 2
