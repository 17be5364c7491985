from __future__ import annotations

import pytest

from stationdesk.domain.paper import UnknownReportError
from stationdesk.reports import registry
from stationdesk.reports.registry import Period, Report, builder, find


def test_unknown_report_names_those_there_are(monkeypatch: pytest.MonkeyPatch) -> None:
    lines = (Report("handover", "Shift handover record", Period.SHIFT, "a:b"), Report("rounds", "Rounds", Period.SHIFT, "a:b"))
    monkeypatch.setattr(registry, "REPORTS", lines)
    assert find("rounds") is lines[1]
    with pytest.raises(UnknownReportError, match=r"There is no report “hand-over”\. There are: handover, rounds\."):
        find("hand-over")


def test_a_builder_is_found_by_its_place() -> None:
    from tests.reports import samples

    assert builder("tests.reports.samples:readings") is samples.readings


def test_every_line_of_the_registry_names_a_function_and_no_name_stands_twice() -> None:
    names = [report.name for report in registry.REPORTS]
    assert len(names) == len(set(names))
    for report in registry.REPORTS:
        assert report.words
        for place in filter(None, (report.sheet, report.form)):
            assert callable(builder(place))
