"""`gas z` and `gas heating-value`: what scripts read, and that wrong input is one sentence and 2."""

from __future__ import annotations

import json

import pytest

from stationdesk import cli
from tests.domain.gas.reference import ISO_GAS_1, agrees, cases

TYPED = ",".join(f"{name}={amount}" for name, amount in ISO_GAS_1.items())


@pytest.fixture(autouse=True)
def english_system(tmp_path, monkeypatch):
    monkeypatch.setenv("STATIONDESK_HOME", str(tmp_path / "home"))
    monkeypatch.setenv("LANG", "en_GB.UTF-8")


def gas(*arguments: str) -> int:
    try:
        return cli.main(["gas", *arguments])
    except SystemExit as stop:
        return int(stop.code or 0)


def answer(capsys, *arguments: str) -> dict:
    assert gas(*arguments, "--json") == 0
    said = capsys.readouterr()
    assert said.err == ""
    return json.loads(said.out)


def z(composition: str, pressure: str = "4000", temperature: str = "290", *more: str) -> list[str]:
    return ["z", "--composition", composition, "--pressure-kpa", pressure, "--temperature-k", temperature, *more]


@pytest.mark.parametrize("case", cases("AGA8-DETAIL", "GERG-2008"))
def test_published_values_come_out_of_the_command(case, tmp_path, capsys):
    file = tmp_path / "组成 1.json"
    file.write_text(json.dumps(case), encoding="utf-8")
    method = {"AGA8-DETAIL": "detail", "GERG-2008": "gerg"}[case["method"]]
    found = answer(capsys, *z(str(file), str(case["p_kPa_abs"]), str(case["T_K"]), "--method", method))
    keys = {"Z": "z", "rho_mol_L": "density_mol_l", "rho_kg_m3": "density_kg_m3", "M_g_mol": "molar_mass"}
    wanted = {keys[name]: value for name, value in case["expected"].items() if name in keys}
    assert wanted
    assert [name for name, value in wanted.items() if not agrees(found[name], value, case)] == []


@pytest.mark.parametrize("case", cases("SGERG-88"))
def test_published_values_of_sgerg_come_out_of_the_command(case, capsys):
    hs, d, co2, h2 = (str(value) for value in case["inputs"].values())
    at = ["--pressure-kpa", str(case["p_kPa_abs"]), "--temperature-k", str(case["T_K"])]
    found = answer(capsys, "z", "--method", "sgerg", "--hs", hs, "--d", d, "--co2", co2, "--h2", h2, *at)
    assert agrees(found["z"], case["expected"]["Z"], case)


@pytest.mark.parametrize("case", cases("ISO6976:2016"))
def test_published_heating_values_come_out_of_the_command(case, tmp_path, capsys):
    file = tmp_path / "gas.json"
    file.write_text(json.dumps({"composition": case["composition"]}), encoding="utf-8-sig")
    at = ["--combustion-c", str(case["t_comb_C"]), "--metering-c", str(case["t_vol_C"])]
    found = answer(capsys, "heating-value", "--composition", str(file), *at)
    keys = {"M": "molar_mass", "Z": "z_base", "Hcg": "heating_value_kj_mol", "Hmg": "heating_value_mj_kg", "Hvg": "heating_value"}
    assert [name for name, key in keys.items() if not agrees(found[key], case["expected"][name], case)] == []


def test_a_typed_composition_and_a_file_say_the_same(tmp_path, capsys):
    file = tmp_path / "a=b.json"
    file.write_text(json.dumps({"composition": ISO_GAS_1}), encoding="utf-8")
    assert answer(capsys, *z(TYPED)) == answer(capsys, *z(str(file)))


def test_what_a_script_reads(capsys):
    found = answer(capsys, *z(TYPED, "6000"))
    assert found["z"] == pytest.approx(0.88006, abs=2e-5)
    assert found["density_kg_m3"] == pytest.approx(found["density_mol_l"] * found["molar_mass"])
    assert (found["method"], found["pressure_kpa"], found["temperature_k"]) == ("detail", 6000, 290)
    assert found["library"].startswith("pyaga8 ")


def test_china_is_the_default_of_heating_values(capsys):
    found = answer(capsys, "heating-value", "--composition", TYPED)
    assert (found["combustion_c"], found["metering_c"], found["pressure_kpa"]) == (20, 20, 101.325)
    assert found["heating_value"] == pytest.approx(37.8848, abs=1e-4)
    assert found["wobbe_index"] == pytest.approx(found["heating_value"] / found["relative_density"] ** 0.5)


@pytest.mark.parametrize(("language", "word"), [("en", "molar mass"), ("zh_CN", "摩尔质量")])
def test_it_is_read_in_either_language(language, word, capsys):
    assert gas(*z(TYPED), "--lang", language) == 0
    assert gas("heating-value", "--composition", TYPED, "--lang", language) == 0
    assert capsys.readouterr().out.count(word) == 2


def test_full_width_digits_and_signs_are_understood(capsys):
    plain = answer(capsys, *z("methane=0.96,ethane=0.04"))
    assert answer(capsys, *z("methane＝０．９６，ethane=０．０４", "４，０００", "２９０")) == plain
    assert answer(capsys, *z("methane = 9.6e-1; ethane=4E-02", "4000.0", "290")) == plain


@pytest.mark.parametrize(
    ("arguments", "says"),
    [
        (z("methane=nan,ethane=0.04"), "methane: “nan”"),
        (z("methane=1.04,ethane=-0.04"), "1.04, more than 1"),
        (z("methane=1,ethane=-0.001"), "ethane is -0.001"),
        (z("methane=0.9,ethane=0.05"), "add up to 0.95"),
        (z("methane=96,ethane=4"), "0.965 for 96.5 %"),
        (z("methan=1"), "“methan” is none"),
        (z("methane=0.5,methane=0.5"), "“methane” is given twice"),
        (z("methane=1,"), "“” is not a component"),
        (z("methane=12,5"), "“5” is not a component"),
        (z("methane=1", "4"), "not MPa"),
        (z("methane=1", "0"), "above 0"),
        (z("methane=1", "-4000"), "above 0"),
        (z("methane=1", "nan"), "--pressure-kpa: “nan”"),
        (z("methane=1", "4 MPa"), "without a unit"),
        (z("methane=1", "1_000"), "is not a number"),
        (z("methane=1", "4000", "17"), "not ℃"),
        (z("methane=1", "4000", "inf"), "--temperature-k: “inf”"),
        (z("methane=1", "1e9"), "holds up to 280000 kPa"),
        (z("methane=1", "4000", "290", "--method", "other"), "invalid choice"),
        (z("methane=1", "4000", "290", "--hs", "40"), "not both"),
        (z("methane=1", "4000", "290", "--method", "sgerg"), "not both"),
        (z("nowhere.json"), "nowhere.json cannot be read"),
        (z("."), ". cannot be read"),
        (z("x" * 5000), "cannot be read"),
        (["z", "--pressure-kpa", "4000", "--temperature-k", "290"], "--composition is needed"),
        (["z", "--composition", "methane=1"], "--pressure-kpa"),
        (["z", "--method", "sgerg", "--hs", "40", "--pressure-kpa", "4000", "--temperature-k", "290"], "--hs, --d and --co2"),
        (
            ["z", "--method", "sgerg", "--hs", "8500", "--d", "0.58", "--co2", "0", "--pressure-kpa", "4000", "--temperature-k", "290"],
            "8500",
        ),
        (["heating-value", "--composition", "methane=1", "--combustion-c", "18"], "18 ℃"),
        (["heating-value", "--composition", "methane=1", "--metering-c", "25"], "25 ℃"),
        (["heating-value", "--composition", "methane=0.5"], "add up to 0.5"),
        (["heating-value"], "--composition is needed"),
        ([], "WHAT"),
    ],
)
def test_wrong_input_is_one_sentence_and_2(arguments, says, tmp_path, monkeypatch, capsys):
    monkeypatch.chdir(tmp_path)
    assert gas(*arguments) == 2
    said = capsys.readouterr()
    assert (said.out, said.err.count("\n")) == ("", 1)
    assert says in said.err


@pytest.mark.parametrize(
    ("content", "says"),
    [
        (b"", "is not a JSON file"),
        (b"{", "is not a JSON file"),
        ("甲烷".encode("gb18030"), "is not a JSON file"),
        (b"[" * 100_000, "is not a JSON file"),
        (b"[1]", "no “composition” object"),
        (b'{"composition": [1]}', "no “composition” object"),
        (b'{"composition": {}}', "no “composition” object"),
        (b'{"methane": 1}', "no “composition” object"),
        (b'{"composition": {"methane": NaN}}', "methane is nan"),
        (b'{"composition": {"methane": "0.9"}}', "methane is 0.9: it must be a number"),
        (b'{"composition": {"methane": null}}', "methane is None"),
        (b'{"composition": {"methane": 0.5, "methane": 1}}', "“methane” is given twice"),
        (b'{"composition": {"methane": 1e400}}', "methane is inf"),
    ],
)
def test_a_wrong_file_is_one_sentence_and_2(content, says, tmp_path, capsys):
    file = tmp_path / "gas.json"
    file.write_bytes(content)
    assert gas(*z(str(file))) == 2
    said = capsys.readouterr()
    assert (said.out, said.err.count("\n")) == ("", 1)
    assert says in said.err


def test_an_unreadable_file_is_one_sentence_and_2(tmp_path, monkeypatch, capsys):
    def refuse(*_args: object, **_options: object) -> str:
        raise PermissionError(13, "Permission denied")

    file = tmp_path / "gas.json"
    file.write_text("{}")
    monkeypatch.setattr("pathlib.Path.read_text", refuse)
    assert gas(*z(str(file))) == 2
    assert capsys.readouterr().err.count("\n") == 1
