from __future__ import annotations

from dataclasses import replace

from hypothesis import given, settings
from hypothesis import strategies as st

from stationdesk.reports.lines import read_lines
from stationdesk.reports.paint import make
from stationdesk.reports.sheet import Chart, Column, Facts, Paragraph, Run, Sheet, Signature, Signatures, Table
from tests.reports import samples
from tests.reports.builds import log, reader, sheet_of

NAME = "欧阳阿卜杜热西提·阿不都克里木·买买提江·吐尔逊娜依·古丽"


def whole(sheet: Sheet) -> tuple[str, ...]:
    """The lines of a sheet; what is read back from the file must be the same."""
    made = make(sheet)
    assert read_lines(made.pdf) == list(made.lines)
    return made.lines


def test_the_handover_is_one_page_in_chinese_and_says_what_it_should() -> None:
    made = make(samples.handover())
    assert made.pages == 1
    for line in ("交接班记录", "表号 QSMZ-JL-07（第 3 版） 编号 JJB-20261121-1", "第 1 页 共 1 页", "7F3A-Q2WD-9KTM-5HXR-C8VN", "△ 带问题"):
        assert line in made.lines
    assert made.lines.count("✓ 相符") == 5


def test_the_handover_in_english_has_no_chinese_but_names() -> None:
    lines = whole(samples.handover("en", chart=True))
    chinese = {line for line in lines if any("一" <= char <= "鿿" for char in line)}
    assert chinese == {
        *("张伟", "李娜、王强", "刘洋", "陈静、赵磊", "沈浩", "韩梅", "王强", "李娜"),
        "Printed 2026-11-21 08:10 by 刘洋 (1st)",
    }
    assert "Page 2 of 2" in lines
    assert "Housekeeping" in lines


def test_200_rows_repeat_their_head_and_count_pages() -> None:
    made = make(sheet_of(log(230)))
    assert made.pages > 4
    assert made.lines.count("记录人") == made.pages
    assert [line for line in made.lines if line.startswith("第 ")] == [f"第 {n} 页 共 {made.pages} 页" for n in range(1, made.pages + 1)]
    assert [line for line in made.lines if line.startswith("压差")] == [f"压差 {n} kPa" for n in range(230)]
    assert read_lines(made.pdf) == list(made.lines)


@settings(max_examples=15)
@given(st.lists(st.text(alphabet="压力，。（）abc 123\n", max_size=400), min_size=1, max_size=60), st.booleans())
def test_a_table_never_loses_a_row_or_a_letter(texts: list[str], landscape: bool) -> None:
    rows = [{"n": n, "text": text, "who": f"#{n}"} for n, text in enumerate(texts)]
    made = make(sheet_of(replace(log(1), rows=rows), landscape=landscape))
    assert [line for line in made.lines if line.startswith("#")] == [f"#{n}" for n in range(len(texts))]
    drawn = "".join(made.lines)
    assert all(drawn.count(char) >= "".join(texts).count(char) for char in "压力（）abc")
    assert read_lines(made.pdf) == list(made.lines)


def test_a_note_of_10000_characters_goes_over_pages_whole() -> None:
    text = "现场看过，整洁（人工确认）。压差 30 kPa；" * 400
    for section in (Paragraph("note", "说明", text), replace(log(1), rows=[{"n": 1, "text": text, "who": "张伟"}])):
        made = make(sheet_of(section))
        assert made.pages >= 3
        assert [sum(line.count(char) for line in made.lines) for char in "现整）；"] == [400] * 4
        assert read_lines(made.pdf) == list(made.lines)


def test_names_of_30_characters_stay_in_their_cells() -> None:
    cells = [Signature(str(n), "交班班长（乙班）代班长兼安全员兼资料员", NAME, "08:03:22 口令签字") for n in range(4)]
    lines = whole(sheet_of(log(2), Signatures("signatures", cells=cells)))
    assert "".join(lines).count(NAME) == 4 or "".join(lines).count(NAME[-4:]) == 4


def test_signatures_never_stand_alone_on_a_page() -> None:
    cells = Signatures("signatures", cells=[Signature("chief", "站长审核", "沈浩", "08:00 口令签字")])
    for rows in range(28, 40):
        pages = [page.extract_text() for page in reader(make(sheet_of(log(rows), cells)).pdf).pages]
        assert "站长审核" in pages[-1]
        assert f"压差 {rows - 1} kPa" in pages[-1]
        assert f"压差 {rows - 2} kPa" in pages[-1]


def test_empty_table_says_so() -> None:
    assert "无" in whole(sheet_of(replace(log(0), empty="无")))


def test_blank_form_fills_one_page_and_has_no_code() -> None:
    made = make(samples.blank_handover())
    assert made.pages == 1
    assert "核验码" not in made.lines
    assert "空白表：停机时手填，事后补录并注明" in made.lines
    assert made.lines.count("年 月 日") == 4


def test_struck_value_and_its_correction_are_one_line() -> None:
    assert "91.0 19.0" in whole(samples.readings())


def test_watermark_is_no_line_of_the_record() -> None:
    with_mark, without = make(samples.readings("试运行")), make(samples.readings(""))
    assert with_mark.lines == without.lines
    assert with_mark.pdf != without.pdf
    assert make(replace(samples.handover("en"), watermark="Trial operation")).pages == 2


def test_wide_letterheads_shrink_instead_of_running_into_each_other() -> None:
    sheet = replace(
        sheet_of(log(1)),
        company="示例天然气管道输配有限公司" * 4,
        station="确山门站" * 8,
        form_no="QSMZ-JL-07（第 3 版）" * 5,
        number="JJB-1",
        title="交接班记录" * 12,
    )
    assert whole(sheet)


def test_table_with_many_columns_keeps_them_on_the_page() -> None:
    table = samples.readings().sections[1]
    assert isinstance(table, Table)
    assert "抄录" in whole(sheet_of(table))  # 14 columns on portrait: narrower, none left out


def test_a_name_wider_than_its_column_is_smaller_and_whole() -> None:
    columns = [Column(f"c{n}", "Difference") for n in range(16)]
    made = make(Sheet("x", [Table("t", "", columns=columns, rows=[{each.key: "1" for each in columns}])], language="en"))
    assert made.lines.count("Difference") == 16


def test_chart_without_readings_is_drawn() -> None:
    assert "低 2.20" in whole(sheet_of(Chart("trend", "压力", points=[(0, None)], limits=[("低 2.20", 2.2), ("高 2.70", 2.7)])))
    assert whole(sheet_of(Chart("trend", "压力")))


def test_facts_with_fewer_pairs_take_the_whole_line() -> None:
    lines = whole(
        sheet_of(Facts("facts", bands=[[("站场", "确山门站"), ("日期", "2026-11-21")], [("说明", "长" * 60)]], widths=(15, 0, 15, 0)))
    )
    assert "长" * 40 in "".join(lines)


def test_runs_may_be_mixed_in_a_cell() -> None:
    table = replace(log(0), rows=[{"n": 1, "text": [Run("已撤下，"), Run("换备用", bold=True), Run("（口头）", grey=True)], "who": None}])
    assert "已撤下，换备用（口头）" in whole(sheet_of(table))


def test_same_bytes_of_the_same_sheet() -> None:
    assert make(samples.handover()).file_hash == make(samples.handover()).file_hash
