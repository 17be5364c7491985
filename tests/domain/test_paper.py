from __future__ import annotations

import json
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from stationdesk.domain.errors import say
from stationdesk.domain.paper import (
    CellChoice,
    ColumnChoice,
    ColumnWidthError,
    Named,
    NoColumnsError,
    SectionChoice,
    Template,
    TemplateError,
    definition,
    parse_template,
)
from stationdesk.domain.words import speaking


def refusal(given: Any) -> str:
    with pytest.raises(TemplateError) as refused:
        parse_template(given if isinstance(given, str) else json.dumps(given))
    return say(refused.value)


def test_a_whole_template() -> None:
    template = parse_template(
        '{"title": "表", "company": {"zh": "甲", "en": "A"},'
        ' "sections": {"seven": {"columns": ["n", {"key": "fact", "name": "事实", "width": 80}]}},'
        ' "signatures": ["chief", {"name": "盖章处", "dated": false}]}'
    )
    assert template.title == Named("表")
    assert template.sections["seven"].columns == (ColumnChoice("n"), ColumnChoice("fact", Named("事实"), 80.0))
    assert template.signatures == (CellChoice("chief"), CellChoice(name=Named("盖章处"), dated=False))


def test_nothing_is_the_programs_own() -> None:
    assert parse_template(" ") == parse_template("{}") == Template()


def test_texts_follow_the_language_and_fall_back_to_chinese() -> None:
    both, one = Named("甲", "A"), Named("甲")
    assert (both.here("own"), one.here("own"), Named().here("own")) == ("A", "甲", "own")
    with speaking("zh_CN"):
        assert both.here("own") == "甲"


@pytest.mark.parametrize(
    ("given", "words"),
    [
        ('{"title": }', "The sheet template is not JSON: line 1, column 11."),
        ([], "In the sheet template, “template” is not what it should be: { … }."),
        (
            {"titel": "x"},
            "The sheet template knows no “titel” in “template”. It knows: title, company, form_no, remark, sections, signatures.",
        ),
        ({"title": 7}, "In the sheet template, “title” is not what it should be: { … }."),
        ({"sections": {"seven": {"columns": "n"}}}, "In the sheet template, “seven.columns” is not what it should be: [ … ]."),
        ({"sections": {"seven": {"columns": []}}}, "“seven” has no column left."),
        ({"sections": {"seven": {"columns": ["n", "n"]}}}, "Column “n” stands twice in “seven”."),
        ({"sections": {"seven": {"columns": [{"key": "n", "width": 900}]}}}, "Column “n” is 900 mm wide; 5 to 250 mm are possible."),
        ({"sections": {"seven": {"columns": [{"key": "n", "width": "wide"}]}}}, "Column “n” is wide mm wide; 5 to 250 mm are possible."),
        (
            {"sections": {"seven": {"columns": [{"name": "n"}]}}},
            'In the sheet template, “seven.columns.key” is not what it should be: " … ".',
        ),
        ({"signatures": [{"key": "chief", "ink": 1}]}, "In the sheet template, “signatures.ink” is not what it should be: true / false."),
    ],
)
def test_what_is_wrong_is_said_where_it_is(given: Any, words: str) -> None:
    assert refusal(given) == words


JSON = st.recursive(
    st.none() | st.booleans() | st.floats(allow_nan=False) | st.text(max_size=5),
    lambda inner: (
        st.lists(inner, max_size=3)
        | st.dictionaries(st.sampled_from(["title", "sections", "signatures", "columns", "key", "name", "width"]), inner, max_size=4)
    ),
    max_leaves=12,
)


@given(JSON | st.fixed_dictionaries({"sections": st.fixed_dictionaries({"a": JSON}), "signatures": JSON}))
def test_any_json_is_a_template_or_refused_in_words(given: Any) -> None:
    said = "read"
    try:
        parse_template(json.dumps(given))
    except TemplateError as error:
        said = say(error)
    assert said


def test_a_template_comes_back_from_its_definition() -> None:
    own = parse_template(
        json.dumps(
            {
                "title": {"zh": "交接班记录表", "en": "Handover"},
                "form_no": "QSMZ-07",
                "sections": {
                    "seven": {
                        "title": "七交",
                        "columns": ["n", {"key": "fact", "name": "事实", "width": 80}, {"key": "evidence", "shown": False}],
                        "rest": True,
                    },
                    "items": {"columns": ["text"]},
                },
                "signatures": ["outgoing", {"key": "chief", "ink": True}, {"name": "盖章处", "dated": False}],
            }
        )
    )
    assert parse_template(definition(own)) == own
    assert definition(Template()) == "{}"


def test_a_form_with_nothing_shown_or_a_width_no_paper_has_is_refused() -> None:
    hidden = SectionChoice(columns=(ColumnChoice("n", shown=False),), rest=True)
    with pytest.raises(NoColumnsError):
        definition(Template(sections={"seven": hidden}))
    with pytest.raises(ColumnWidthError):
        definition(Template(sections={"seven": SectionChoice(columns=(ColumnChoice("n", width=900),))}))
