"""The handover composes itself, says what stands in its way, and knows who may sign."""

from __future__ import annotations

import json
from dataclasses import replace
from datetime import date, datetime, timedelta
from decimal import Decimal
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from stationdesk.domain import handover as rules
from stationdesk.domain import words
from stationdesk.domain.errors import say
from stationdesk.domain.handover import (
    AbnormalPoint,
    ChecklistDue,
    ChecklistResult,
    ChecklistsFacts,
    Desk,
    DueRound,
    DutyFacts,
    EmergencySpan,
    EquipmentFact,
    EquipmentFacts,
    ExtendedDuty,
    Facts,
    FoundLine,
    HazardFact,
    HazardsFacts,
    ItemFact,
    ItemsFacts,
    Kind,
    Line,
    LineState,
    LogFact,
    LogFacts,
    Obstacle,
    PointValue,
    ReadingsFacts,
    RoundsFacts,
    ShiftFacts,
    Side,
    StationFacts,
    Stops,
    Telling,
    Verdict,
    VerdictKind,
    duty_words,
)
from stationdesk.domain.limits import Limits
from stationdesk.domain.moments import at_wall
from stationdesk.domain.names import Name
from stationdesk.domain.readings import Reading, summary
from stationdesk.domain.said import canonical, digest, unpack

SHANGHAI = ZoneInfo("Asia/Shanghai")
DAY = date(2026, 11, 21)
ZHANG, LI, WANG, LIU, CHEN, ZHAO = 1, 2, 3, 4, 5, 6
NAMES = {ZHANG: "张伟", LI: "李娜", WANG: "王强", LIU: "刘洋", CHEN: "陈静", ZHAO: "赵磊"}

DEFINITION = rules.definition_of(
    [
        {"code": "mode", "zh": "运行方式", "en": "Running mode", "rule": "running_mode"},
        {"code": "equipment", "zh": "设备状况", "en": "Equipment", "rule": "equipment"},
        {"code": "records", "zh": "报表资料", "en": "Records", "rule": "records"},
        {"code": "contact", "zh": "工作联系", "en": "Orders and contacts", "rule": "contact"},
        {"code": "fire", "zh": "消防器材", "en": "Fire equipment", "rule": "checklist:fire"},
        {"code": "hygiene", "zh": "岗位卫生", "en": "Cleanliness", "rule": ""},
        {"code": "problems", "zh": "存在问题及上级指示", "en": "Problems", "rule": "problems"},
    ],
    [
        {"code": "unclean", "zh": "未清洁", "en": "Not clean"},
        {"code": "records", "zh": "资料不全", "en": "Incomplete", "rule": "line:records"},
        {"code": "emergency", "zh": "事故处理中", "en": "Accident", "rule": "emergency"},
    ],
)


def at(clock: str) -> datetime:
    hours, minutes = clock.split(":")
    return at_wall(DAY, int(hours) * 60 + int(minutes), SHANGHAI)


FILTER = AbnormalPoint(
    "dp-f", Name("过滤器压差", "Filter difference"), at("06:00"), at("08:00"), Decimal(37), "kPa", Decimal(30), True, True, True
)
FIRE = ChecklistResult(3, "fire", Name("消防器材检查", "Fire equipment"), "fire", at("07:20"), 12)
MF17 = FoundLine(3, "04", Name("灭火器 MF-17", "Extinguisher MF-17"), at("07:20"), "指针不在绿区", "YH-2026-0120")
HAZARD = HazardFact(119, "YH-2026-0119", Name("一般", "Minor"), "过滤区 F-101", "压差高于 30 kPa", at("24:00"), "open", "沈浩")
ITEM = ItemFact(341, "YL-2026-0341", "item", "加臭泵 2# 膜片待到货", at_wall(date(2026, 11, 23), 1020, SHANGHAI), "韩梅", carried=11)
WINDOW = DueRound("site", Name("站内巡检", "Site round"), at("07:00"))

FINE = Facts(
    ShiftFacts(77, DAY, "N", Name("夜班", "Night"), at("00:00"), at("08:00")),
    ReadingsFacts(hours=9, read=9, values=(PointValue("p-in", Name("进站压力", "Inlet pressure"), Decimal("2.39"), "MPa", at("08:00")),)),
    RoundsFacts(windows=4, done=4),
    ChecklistsFacts(due=2, done=2, latest=(FIRE,)),
    items=ItemsFacts(orders=2, orders_done=2, instructions=3, instructions_done=3),
    equipment=EquipmentFacts(in_use=86, standby=12, out=(EquipmentFact("OP-102", Name("加臭泵 2#", "Odorant pump 2#")),)),
    station=StationFacts("A 路运行，B 路备用"),
)
BOTH = Desk(Side((ZHANG, LI, WANG), ZHANG), Side((LIU, CHEN, ZHAO), LIU))
SIGNED = replace(BOTH, outgoing=replace(BOTH.outgoing, signed_at=at("08:03")))


def facts(**changed: Any) -> Facts:
    return replace(FINE, **changed)


def composed(made: Facts = FINE) -> dict[str, Line]:
    return {line.code: line for line in rules.compose(DEFINITION, made)}


def obstacles(made: Facts = FINE, desk: Desk = BOTH, verdicts: tuple[Verdict, ...] = ()) -> tuple[Obstacle, ...]:
    return rules.readiness(rules.compose(DEFINITION, made), verdicts, desk, made)


def codes(found: tuple[Obstacle, ...]) -> list[str]:
    return [each.said.code for each in found]


def clean(by: int = LIU) -> Verdict:
    return Verdict("hygiene", VerdictKind.AS_FOUND, by)


def reserved(made: Facts, line: str, by: int = ZHANG, accepted: int | None = None) -> Verdict:
    return Verdict(line, VerdictKind.WITH_RESERVATION, by, "已报站长", composed(made)[line].ground, accepted)


class TestLines:
    def test_a_routine_shift_asks_one_question(self) -> None:
        lines = composed()
        assert {code for code, line in lines.items() if line.state is LineState.NEEDS_PERSON} == {"hygiene"}
        assert not [line for line in lines.values() if line.state is LineState.CONTRADICTED]
        assert codes(obstacles()) == ["way.person", "way.outgoing"]

    def test_the_words_of_the_picture_in_both_languages(self) -> None:
        lines = composed()
        with words.speaking("zh_CN"):
            assert rules.line_words(lines["mode"].facts, SHANGHAI, DAY) == "A 路运行，B 路备用；进站压力 2.39 MPa"
            assert rules.line_words(lines["records"].facts, SHANGHAI, DAY) == "抄录 9/9；巡检 4/4；检查表 2/2"
            assert rules.line_words(lines["contact"].facts, SHANGHAI, DAY) == "调度令已回令 2/2；指示传达 3/3"
        assert rules.line_words(lines["fire"].facts, SHANGHAI, DAY) == "Fire equipment: 12 of 12 in order"
        assert rules.line_words(lines["problems"].facts, SHANGHAI, DAY) == "Nothing is carried over"

    def test_a_point_beyond_its_limit_contradicts_the_equipment(self) -> None:
        line = composed(facts(readings=replace(FINE.readings, abnormal=(FILTER,))))["equipment"]
        assert line.state is LineState.CONTRADICTED
        assert line.reason is not None
        assert rules.say_fact(line.reason, SHANGHAI, DAY) == "Filter difference 37 kPa above 30"
        assert ("point", "dp-f", at("06:00")) in [each.target for each in line.evidence]

    def test_a_run_that_ended_and_is_explained_contradicts_nothing(self) -> None:
        over = facts(readings=replace(FINE.readings, abnormal=(replace(FILTER, ongoing=False),)))
        assert composed(over)["equipment"].state is LineState.AS_FOUND_POSSIBLE
        assert composed(over)["records"].state is LineState.AS_FOUND_POSSIBLE

    @pytest.mark.parametrize(
        ("changed", "line", "code", "page"),
        [
            ({"readings": replace(FINE.readings, missing=(at("03:00"),))}, "records", "readings.missing", "readings"),
            ({"readings": replace(FINE.readings, open=(at("08:00"),))}, "records", "readings.open", "readings"),
            (
                {"readings": replace(FINE.readings, abnormal=(replace(FILTER, ongoing=False, explained=False),))},
                "records",
                "readings.owed",
                "readings",
            ),
            ({"readings": replace(FINE.readings, doubts=FINE.readings.values)}, "records", "readings.doubt", "readings"),
            ({"rounds": RoundsFacts(4, 3, open=(WINDOW,))}, "records", "rounds.open", "rounds"),
            ({"rounds": RoundsFacts(4, 3, owing=(WINDOW,))}, "records", "rounds.owing", "rounds"),
            ({"rounds": RoundsFacts(4, 3, running=(replace(WINDOW, round_id=9),))}, "records", "rounds.running", "rounds"),
            ({"rounds": RoundsFacts(4, 4, abnormal=(MF17,))}, "equipment", "round.abnormal", "rounds"),
            (
                {"checklists": ChecklistsFacts(1, 0, (ChecklistDue("tools", Name("班前检查", "Tools"), "tools"),), (FIRE,))},
                "records",
                "checklists.wanting",
                "checklists",
            ),
            (
                {"checklists": ChecklistsFacts(1, 0, (ChecklistDue("fire", Name("消防", "Fire"), "fire"),), (FIRE,))},
                "fire",
                "checklists.wanting",
                "checklists",
            ),
            (
                {"checklists": ChecklistsFacts(1, 1, latest=(replace(FIRE, abnormal=(MF17,)),))},
                "fire",
                "checklist.abnormal_words",
                "checklists",
            ),
            ({"items": ItemsFacts((ItemFact(1, "DD-1", "order", "升压"),), orders=1)}, "contact", "orders.unread", "hazards"),
            ({"log": LogFacts(unclaimed=(LogFact(5, at("02:10")),))}, "contact", "log.unclaimed", "log"),
            ({"hazards": HazardsFacts((replace(HAZARD, overdue=True),))}, "problems", "problems.overdue", "hazards"),
            ({"hazards": HazardsFacts((replace(HAZARD, report_owed=True),))}, "problems", "problems.unreported", "hazards"),
        ],
    )
    def test_what_contradicts_what_and_where_it_is_cured(self, changed: dict[str, Any], line: str, code: str, page: str) -> None:
        made = composed(facts(**changed))
        assert {each for each, found in made.items() if found.state is LineState.CONTRADICTED} == {line}
        assert code in [lack.said.code for lack in made[line].lacks]
        (obstacle,) = [each for each in obstacles(facts(**changed)) if each.said.code == code]
        assert (obstacle.page, obstacle.stops, obstacle.line) == (page, Stops.OUTGOING, line)
        with words.speaking("zh_CN"):
            assert "{" not in rules.say_fact(obstacle.said, SHANGHAI, DAY)
            assert rules.cure_words(obstacle.cure)

    def test_open_work_that_is_known_contradicts_nothing(self) -> None:
        made = facts(
            rounds=RoundsFacts(4, 4, late=(WINDOW,), missed=(WINDOW,), abnormal=(replace(MF17, settled=True),)),
            checklists=ChecklistsFacts(2, 2, latest=(replace(FIRE, abnormal=(replace(MF17, settled=True),)),)),
            hazards=HazardsFacts((HAZARD,)),
            items=ItemsFacts((ITEM, ItemFact(2, "DD-2", "order", "降压", read_back=True))),
        )
        assert not [line for line in composed(made).values() if line.state is LineState.CONTRADICTED]
        assert rules.say_fact(composed(made)["problems"].facts[0], SHANGHAI) == "Carried over 3, of them new 2"

    def test_without_records_a_person_must_look(self) -> None:
        made = composed(Facts(FINE.shift))
        assert made["mode"].state is made["fire"].state is made["hygiene"].state is LineState.NEEDS_PERSON

    def test_every_sentence_can_be_said_in_chinese(self) -> None:
        with words.speaking("zh_CN"):
            for code, sentence in rules.FACTS.items():
                if sentence.replace("{", "").replace("}", "").strip("abcdefghijklmnopqrstuvwxyz_ "):
                    assert words._(sentence) != sentence, code

    def test_an_unknown_rule_is_refused(self) -> None:
        with pytest.raises(rules.RuleUnknownError):
            rules.definition_of([{"code": "x", "zh": "x", "rule": "guess"}])
        assert rules.definition_of(*rules.definition_data(DEFINITION)) == DEFINITION

    def test_grounds_of_refusal_say_what_the_facts_bear_out(self) -> None:
        made = facts(readings=replace(FINE.readings, missing=(at("03:00"),)), station=replace(FINE.station, emergency_since=at("07:50")))
        found = rules.ground_states(DEFINITION, rules.compose(DEFINITION, made), made)
        assert {each.code: each.holds for each in found} == {"unclean": None, "records": True, "emergency": True}


class TestReadiness:
    def test_what_is_not_due_yet_says_when_it_will_be(self) -> None:
        made = facts(
            readings=replace(FINE.readings, read=7, to_come=(at("07:00"), at("08:00"))), rounds=RoundsFacts(4, 3, to_come=(WINDOW,))
        )
        waiting = [each for each in obstacles(made) if each.cure == "wait"]
        assert [each.at for each in waiting] == [at("06:50"), at("07:50"), at("07:00")]
        assert rules.next_moment(rules.compose(DEFINITION, made)) == at("07:50")
        assert composed(made)["records"].state is LineState.AS_FOUND_POSSIBLE

    def test_an_unscheduled_handover_does_not_wait_but_says_why(self) -> None:
        made = facts(readings=replace(FINE.readings, to_come=(at("08:00"),)))
        ill = replace(BOTH, kind=Kind.UNSCHEDULED, reason="张伟突发疾病")
        assert "readings.to_come" not in codes(obstacles(made, ill))
        assert "way.reason" in codes(obstacles(made, replace(ill, reason=" ")))

    def test_a_reservation_is_written_by_one_side_and_accepted_by_the_other(self) -> None:
        made = facts(readings=replace(FINE.readings, abnormal=(FILTER,)))
        assert "point.above" in codes(obstacles(made))
        assert "way.accept" in codes(obstacles(made, verdicts=(reserved(made, "equipment"),)))
        done = obstacles(made, SIGNED, (reserved(made, "equipment", accepted=LIU), clean()))
        assert done == ()

    def test_a_reservation_of_the_relief_needs_no_acceptance(self) -> None:
        made = facts(readings=replace(FINE.readings, abnormal=(FILTER,)))
        assert obstacles(made, SIGNED, (reserved(made, "equipment", by=CHEN), clean())) == ()

    def test_a_new_value_of_the_same_trouble_keeps_the_reservation_and_new_trouble_does_not(self) -> None:
        made = facts(readings=replace(FINE.readings, abnormal=(FILTER,)))
        verdicts = (reserved(made, "equipment", accepted=LIU), clean())
        worse = facts(readings=replace(FINE.readings, abnormal=(replace(FILTER, value=Decimal(41)),)))
        assert obstacles(worse, SIGNED, verdicts) == ()
        more = replace(made, rounds=RoundsFacts(4, 4, abnormal=(MF17,)))
        assert codes(obstacles(more, SIGNED, verdicts)) == ["way.renew"]

    def test_as_found_does_not_stand_against_the_facts(self) -> None:
        made = facts(readings=replace(FINE.readings, abnormal=(FILTER,)))
        said = Verdict("equipment", VerdictKind.AS_FOUND, ZHANG)
        assert "point.above" in codes(obstacles(made, verdicts=(said,)))
        assert rules.standing_verdict(composed(made)["equipment"], [said]) is None
        assert rules.standing_verdict(composed()["equipment"], []) is VerdictKind.AS_FOUND
        assert rules.standing_verdict(composed()["hygiene"], []) is None
        assert rules.standing_verdict(composed()["hygiene"], [clean()]) is VerdictKind.AS_FOUND

    def test_the_emergency_state_stops_both(self) -> None:
        made = facts(station=replace(FINE.station, emergency_since=at("07:50")))
        assert "way.emergency" in codes(rules.in_way_of(Stops.OUTGOING, obstacles(made, SIGNED, (clean(),))))

    def test_nobody_there_a_refusal_and_changed_records_stop_the_relief(self) -> None:
        assert "way.nobody" in codes(obstacles(desk=replace(BOTH, incoming=Side())))
        assert codes(obstacles(desk=replace(SIGNED, refused=True), verdicts=(clean(),))) == ["way.refused"]
        assert codes(obstacles(desk=replace(SIGNED, content_changed=True), verdicts=(clean(),))) == ["way.changed"]

    def test_what_waits_for_the_relief_does_not_stop_the_outgoing(self) -> None:
        assert rules.in_way_of(Stops.OUTGOING, obstacles()) == ()
        assert codes(rules.in_way_of(Stops.INCOMING, obstacles())) == ["way.person", "way.outgoing"]

    @given(st.sets(st.sampled_from(["missing", "abnormal", "rounds", "fire", "overdue", "unread"])))
    def test_reservations_always_open_a_way(self, troubles: set[str]) -> None:
        made = _with(troubles)
        lines = rules.compose(DEFINITION, made)
        verdicts = [Verdict(each.code, VerdictKind.WITH_RESERVATION, ZHANG, "带问题", each.ground, LIU) for each in lines if each.lacks]
        assert rules.readiness(lines, [*verdicts, clean()], SIGNED, made) == ()
        assert bool(verdicts) == bool(troubles)


def _with(troubles: set[str]) -> Facts:
    readings = replace(
        FINE.readings, missing=(at("03:00"),) if "missing" in troubles else (), abnormal=(FILTER,) if "abnormal" in troubles else ()
    )
    latest = replace(FIRE, abnormal=(MF17,)) if "fire" in troubles else FIRE
    return facts(
        readings=readings,
        rounds=RoundsFacts(4, 3, open=(WINDOW,)) if "rounds" in troubles else FINE.rounds,
        checklists=replace(FINE.checklists, latest=(latest,)),
        hazards=HazardsFacts((replace(HAZARD, overdue=True),)) if "overdue" in troubles else HazardsFacts(),
        items=ItemsFacts((ItemFact(1, "DD-1", "order", "升压"),), orders=1) if "unread" in troubles else FINE.items,
    )


class TestVerdicts:
    def test_what_the_records_contradict_is_not_as_found(self) -> None:
        line = composed(facts(readings=replace(FINE.readings, abnormal=(FILTER,))))["equipment"]
        with pytest.raises(rules.ContradictedError) as caught:
            rules.check_verdict(line, "as_found", "", ZHANG, BOTH)
        with words.speaking("zh_CN"):
            error = rules.ContradictedError(line=str(line.name))
            assert say(error) == "“设备状况”与记录矛盾，不能勾相符，只能带问题交接。"
        assert caught.value.field == "verdict"
        assert rules.check_verdict(line, "with_reservation", "早班切 B 路", ZHANG, BOTH) is VerdictKind.WITH_RESERVATION
        with pytest.raises(rules.ReservationWordsError):
            rules.check_verdict(line, "with_reservation", "  ", ZHANG, BOTH)

    def test_what_no_fact_decides_is_ticked_by_the_relief(self) -> None:
        line = composed()["hygiene"]
        assert rules.check_verdict(line, "as_found", "", CHEN, BOTH) is VerdictKind.AS_FOUND
        with pytest.raises(rules.IncomingTicksError):
            rules.check_verdict(line, "as_found", "", ZHANG, BOTH)

    def test_a_reservation_is_accepted_by_the_relief(self) -> None:
        rules.check_acceptance(CHEN, BOTH)
        with pytest.raises(rules.IncomingAcceptsError):
            rules.check_acceptance(LI, BOTH)

    def test_refusing_wants_a_ground_and_words(self) -> None:
        def object_to(kind: str, text: str, ground: str, by: int = LIU) -> str:
            return rules.check_objection(kind, text, ground, DEFINITION.grounds, by, BOTH)

        assert object_to("refuse", "压差未处理", "records") == "refuse"
        assert object_to("dissent", "记录字迹不清", "") == "dissent"
        with pytest.raises(rules.RefusalWordsError):
            object_to("dissent", " ", "")
        with pytest.raises(rules.RefusalGroundError):
            object_to("refuse", "不接", "mood")
        with pytest.raises(rules.IncomingAcceptsError):
            object_to("refuse", "不接", "records", by=ZHANG)

    def test_a_refusal_stands_until_it_is_withdrawn(self) -> None:
        assert rules.refused_since([]) is None
        assert rules.refused_since([("dissent", at("08:00"))]) is None
        assert rules.refused_since([("refuse", at("08:01")), ("refuse", at("08:05"))]) == at("08:01")
        assert rules.refused_since([("refuse", at("08:01")), ("withdraw", at("08:05"))]) is None
        assert rules.refused_since([("refuse", at("08:01")), ("withdraw", at("08:05")), ("refuse", at("08:06"))]) == at("08:06")


class TestSigning:
    def ready(self, desk: Desk = SIGNED) -> tuple[Obstacle, ...]:
        return obstacles(desk=desk, verdicts=(clean(),))

    def test_the_outgoing_leader_signs_then_the_incoming_one(self) -> None:
        rules.check_outgoing(ZHANG, BOTH, self.ready(BOTH), FINE)
        rules.check_incoming(LIU, SIGNED, self.ready(), FINE)

    def test_nobody_but_the_leader_signs(self) -> None:
        for by in (LI, LIU, 99):
            with pytest.raises(rules.NotLeaderError):
                rules.check_outgoing(by, BOTH, (), FINE)
        for by in (CHEN, ZHANG):
            with pytest.raises(rules.NotLeaderError):
                rules.check_incoming(by, SIGNED, (), FINE)

    @pytest.mark.parametrize(
        ("desk", "error"),
        [
            (BOTH, rules.OutgoingFirstError),
            (replace(SIGNED, content_changed=True), rules.ContentChangedError),
            (replace(SIGNED, refused=True), rules.RefusedStandsError),
            (replace(SIGNED, incoming=Side((LIU, ZHANG), ZHANG)), rules.SamePersonError),
        ],
    )
    def test_the_relief_signs_last_over_unchanged_content(self, desk: Desk, error: type[Exception]) -> None:
        with pytest.raises(error):
            rules.check_incoming(desk.incoming.leader or 0, desk, (), FINE)

    def test_obstacles_are_counted(self) -> None:
        with pytest.raises(rules.NotReadyError) as caught:
            rules.check_incoming(LIU, SIGNED, obstacles(desk=SIGNED), FINE)
        assert caught.value.count == 1
        made = facts(readings=replace(FINE.readings, missing=(at("03:00"), at("04:00"))))
        with pytest.raises(rules.NotReadyError) as caught:
            rules.check_outgoing(ZHANG, BOTH, obstacles(made), made)
        assert caught.value.count == 2

    def test_an_emergency_postpones(self) -> None:
        made = facts(station=replace(FINE.station, emergency_since=at("07:50")))
        with pytest.raises(rules.EmergencyPostponesError):
            rules.check_outgoing(ZHANG, BOTH, (), made)

    def test_a_crew_of_one_may_take_over_from_itself_and_the_sheet_can_say_so(self) -> None:
        alone = replace(SIGNED, outgoing=Side((ZHANG,), ZHANG, at("08:03")), incoming=Side((ZHANG,), ZHANG))
        rules.check_incoming(ZHANG, alone, (), FINE)
        assert alone.incoming.alone
        assert rules.members(alone.outgoing) == ()

    def test_leader_and_members_differ_where_there_are_two(self) -> None:
        assert rules.members(BOTH.outgoing) == (LI, WANG)

    def test_ink_is_signed_later_by_its_own_hand_within_72_hours(self) -> None:
        due = rules.ink_due(at("08:00"))
        assert due == at("08:00") + timedelta(hours=72)
        assert rules.ink_state(due, None, due) == "owed"
        assert rules.ink_state(due, None, due + timedelta(seconds=1)) == "overdue"
        assert rules.ink_state(due, at("09:00"), due + timedelta(days=9)) == "settled"
        rules.check_settle(LIU, LIU)
        with pytest.raises(rules.NotYoursToSettleError):
            rules.check_settle(LIU, CHEN)
        with pytest.raises(rules.InkReasonError):
            rules.check_ink(" ")

    def test_a_handover_out_of_turn_says_why(self) -> None:
        assert rules.check_unscheduled("unscheduled", "突发疾病") is Kind.UNSCHEDULED
        assert rules.check_unscheduled("routine", "") is Kind.ROUTINE
        with pytest.raises(rules.UnscheduledReasonError):
            rules.check_unscheduled("unscheduled", "")


class TestContent:
    def content(self, made: Facts = FINE, verdicts: tuple[Verdict, ...] = (), desk: Desk = BOTH) -> dict[str, Any]:
        series = [Reading("p-in", at(f"{n:02}:00"), Decimal(f"2.4{n}"), Limits()) for n in range(9)]
        summaries = [(Name("进站压力", "Inlet pressure"), "MPa", summary(series, 2))]
        return rules.content("JJB-20261121-1", made, rules.compose(DEFINITION, made), verdicts, desk, names=NAMES, summaries=summaries)

    def test_it_is_json_of_codes_and_values_in_no_language(self) -> None:
        text = canonical(self.content())
        assert canonical(json.loads(text)) == text
        with words.speaking("zh_CN"):
            assert canonical(self.content()) == text

    def test_its_facts_can_be_said_years_later_in_either_language(self) -> None:
        stored = json.loads(canonical(self.content(facts(readings=replace(FINE.readings, abnormal=(FILTER,))))))
        said = unpack(stored["lines"][1]["facts"])
        assert rules.line_words(said, SHANGHAI, DAY).endswith("Filter difference 37 kPa above 30")
        with words.speaking("zh_CN"):
            assert rules.line_words(said, SHANGHAI, DAY).endswith("过滤器压差 37 kPa 高于 30")

    def test_what_the_relief_says_does_not_change_what_the_outgoing_leader_signed(self) -> None:
        before = digest(canonical(self.content()))
        assert (
            digest(canonical(self.content(verdicts=(clean(), Verdict("fire", VerdictKind.WITH_RESERVATION, CHEN, "一具欠压"))))) == before
        )
        accepted = reserved(FINE, "equipment", accepted=LIU)
        assert self.content(verdicts=(accepted,)) == self.content(verdicts=(replace(accepted, accepted_by=None),))

    @pytest.mark.parametrize(
        "changed",
        [
            facts(readings=replace(FINE.readings, corrected=1)),
            facts(hazards=HazardsFacts((HAZARD,))),
            facts(items=ItemsFacts((ITEM,))),
            facts(station=replace(FINE.station, mode="B 路运行，A 路备用")),
            facts(shift=replace(FINE.shift, part=2)),
        ],
    )
    def test_any_change_of_the_facts_changes_the_digest(self, changed: Facts) -> None:
        assert canonical(self.content(changed)) != canonical(self.content())

    def test_what_one_person_alone_ticks_after_signing_does_not_void_it(self) -> None:
        alone = replace(BOTH, outgoing=Side((ZHANG,), ZHANG), incoming=Side((ZHANG,), ZHANG))
        assert self.content(verdicts=(clean(by=ZHANG),), desk=alone) == self.content(desk=alone)

    def test_a_reservation_of_the_outgoing_side_is_part_of_it(self) -> None:
        assert self.content(verdicts=(reserved(FINE, "equipment"),)) != self.content()

    def test_the_acceptance_names_the_content_and_what_the_relief_said(self) -> None:
        lines = rules.compose(DEFINITION, FINE)
        made = rules.acceptance("abc", lines, [clean(), reserved(FINE, "equipment", accepted=LIU)], BOTH, [("dissent", "", "记录不清")])
        assert made["handover"] == "abc"
        assert [each["line"] for each in made["verdicts"]] == ["hygiene"]
        assert made["accepted"] == [{"line": "equipment", "by": LIU}]
        assert made["objections"][0]["words"] == "记录不清"

    def test_the_leader_comes_first_and_each_number_once(self) -> None:
        made = self.content(desk=replace(BOTH, outgoing=Side((LI, ZHANG, WANG), ZHANG)))
        assert [each["name"] for each in made["outgoing"]["people"]] == ["张伟", "李娜", "王强"]
        assert rules.handover_number(DAY, 1) == "JJB-20261121-1"

    def test_what_goes_over_keeps_its_number_new_things_first(self) -> None:
        old = replace(HAZARD, id=109, number="YH-2026-0109", carried=38, deadline=at_wall(date(2026, 11, 30), 1020, SHANGHAI))
        found = rules.carried(
            facts(hazards=HazardsFacts((old, HAZARD)), items=ItemsFacts((ITEM, replace(ITEM, number="YL-9", deadline=None))))
        )
        assert [each.number for each in found] == ["YH-2026-0119", "YL-2026-0341", "YH-2026-0109", "YL-9"]
        assert {each.subject_kind for each in found} == {"hazard", "open_item"}


# --- what was out of the ordinary in the duty


def test_extended_duty_is_told_by_those_who_stayed_alike() -> None:
    start, left, until = at("08:00"), at("08:30"), at("09:00")
    stayed = (
        ExtendedDuty(ZHANG, "张伟", start, "丁班班车抛锚"),
        ExtendedDuty(LI, "李娜", start, "丁班班车抛锚", left),
        ExtendedDuty(WANG, "王强", start, "丁班班车抛锚"),
    )
    over = Telling(SHANGHAI, DAY, until, over=True)
    assert duty_words(DutyFacts(stayed), over) == [
        "Extended duty of 张伟, 王强: 08:00–09:00, 1.00 h each. 丁班班车抛锚",
        "Extended duty of 李娜: 08:00–08:30, 0.50 h. 丁班班车抛锚",
    ]
    going_on = replace(over, over=False)
    assert duty_words(DutyFacts(stayed[:1]), going_on) == ["Extended duty of 张伟: since 08:00, 1.00 h so far. 丁班班车抛锚"]


def test_an_emergency_that_lasts_at_the_handover_says_so() -> None:
    lasting = DutyFacts(emergencies=(EmergencySpan(at("07:00"), "张伟"),))
    telling = Telling(SHANGHAI, DAY, at("09:00"), over=True)
    assert duty_words(lasting, telling) == ["Emergency state since 07:00, declared by 张伟, not over at the handover"]
    assert duty_words(lasting, replace(telling, over=False)) == ["Emergency state since 07:00, declared by 张伟"]


def test_duty_comes_back_from_the_content_as_it_went_in() -> None:
    stayed = ExtendedDuty(ZHANG, "张伟", at("08:00"), "车坏了", at("09:00"))
    duty = DutyFacts((stayed,), (EmergencySpan(at("07:00"), "", "气味", at("08:00"), "张伟", "无泄漏"),))
    lines = list(composed().values())
    signed = rules.content("JJB-1", facts(duty=duty), lines, [], BOTH, names=NAMES)
    assert rules.duty_in(unpack(json.loads(canonical(signed)))) == duty
    quiet = rules.content("JJB-1", FINE, lines, [], BOTH, names=NAMES)
    assert "duty" not in quiet
    assert rules.duty_in(unpack(quiet)) == DutyFacts()
