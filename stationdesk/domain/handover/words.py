"""The sentences of a handover by their codes: content keeps code and values, the words are found where it is shown."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, datetime
from zoneinfo import ZoneInfo

from stationdesk.domain.moments import format_deadline
from stationdesk.domain.said import Said, value_words
from stationdesk.domain.words import N_, _

FACTS = {
    # running mode
    "mode.words": "{words}",
    "mode.none": N_("No running mode is recorded"),
    "mode.value": "{point} {value} {unit}",
    "mode.switched": N_("switched {count} times in this shift"),
    # equipment
    "equipment.count": N_("In use {in_use}, standby {standby}, out of service {out}"),
    "equipment.out": N_("{code} {name} out of service"),
    "equipment.overdue": N_("past their test date: {count}"),
    "point.above": N_("{point} {value} {unit} above {limit}"),
    "point.below": N_("{point} {value} {unit} below {limit}"),
    "round.abnormal": N_("{point}: abnormal on the round of {time}"),
    # records
    "readings.count": N_("Readings {read}/{hours}"),
    "readings.late": N_("entered late {count}"),
    "readings.corrected": N_("corrected {count}"),
    "readings.explained": N_("hours not read, explained {count}"),
    "readings.open": N_("Reading {time}: not taken yet"),
    "readings.missing": N_("Reading {time}: missed, not explained"),
    "readings.to_come": N_("Reading {time}: not due yet"),
    "readings.owed": N_("{point} at {time}: explanation owed"),
    "readings.doubt": N_("{point} at {time}: a doubt stands without a word"),
    "rounds.count": N_("Rounds {done}/{windows}"),
    "rounds.late": N_("late, explained {count}"),
    "rounds.missed": N_("missed, explained {count}"),
    "rounds.owing": N_("{route} {time}: late or missed, not explained"),
    "rounds.open": N_("{route} {time}: not walked yet"),
    "rounds.running": N_("{route} {time}: not signed off yet"),
    "rounds.to_come": N_("{route} {time}: not due yet"),
    "checklists.count": N_("Checklists {done}/{due}"),
    "checklists.wanting": N_("{name} is not done yet"),
    # contact
    "orders.count": N_("Dispatch orders reported {done}/{all}"),
    "orders.unread": N_("Order {number} was not read back"),
    "instructions.count": N_("Instructions passed on {done}/{all}"),
    "emergencies.count": N_("Emergency records {count}"),
    "log.unclaimed": N_("The emergency record of {time} has no name yet"),
    # checklists of a subject
    "checklist.result": N_("{name}: {fine} of {lines} in order"),
    "checklist.abnormal": N_("{point} abnormal"),
    "checklist.abnormal_words": N_("{point}: {words}"),
    "checklist.never": N_("{name} has not been filled in yet"),
    "checklist.none": N_("No checklist tells of it"),
    # problems
    "problems.count": N_("Carried over {count}, of them new {fresh}"),
    "problems.none": N_("Nothing is carried over"),
    "problems.overdue": N_("{number} is past its deadline {deadline}"),
    "problems.unreported": N_("{number} {grade} is not reported yet"),
    # what a person must see
    "person.look": N_("No record tells of it: both crews look on the spot"),
    # evidence
    "see.readings": N_("Readings {time}"),
    "see.readings_shift": N_("Readings"),
    "see.rounds": N_("Rounds"),
    "see.round": N_("Round {time}"),
    "see.checklists": N_("Checklists"),
    "see.checklist": N_("Checklist {time}"),
    "see.log": N_("Duty log {time}"),
    "see.hazard": N_("Hazard {number}"),
    "see.item": "{number}",
    "see.items": N_("Open items"),
    "see.equipment": N_("Equipment ledger"),
    # what stands in the way beside the lines
    "way.emergency": N_("Emergency state since {time}: the handover waits, both crews stay on duty"),
    "way.nobody": N_("Nobody of the relief is signed on"),
    "way.leaderless": N_("Nobody leads the relief yet"),
    "way.person": N_("{line}: to be looked at by the relief"),
    "way.accept": N_("{line}: the reservation is to be accepted"),
    "way.renew": N_("{line}: the facts have changed since the reservation was written"),
    "way.outgoing": N_("The outgoing leader has not signed"),
    "way.changed": N_("The records have changed since the outgoing leader signed; that signature is given anew"),
    "way.refused": N_("The relief refuses to take over; the refusal stands until it is withdrawn"),
    "way.reason": N_("An unscheduled handover needs a reason"),
    # the takeover of the gas
    "metering.base": N_("{stream}: the relief has not read its counters"),
    "metering.reason": N_("{stream}: amber, no reason given"),
    "metering.sheet": N_("{stream}: red, no discrepancy sheet"),
    "metering.sign_outgoing": N_("{stream}: sheet not signed by the outgoing side"),
    "metering.sign_incoming": N_("{stream}: sheet not signed by the relief"),
}

CURES = {
    "read": N_("Read"),
    "explain": N_("Explain"),
    "start": N_("Start"),
    "finish": N_("Finish"),
    "read_back": N_("Read back"),
    "claim": N_("Give a name"),
    "see": N_("Look"),
    "report": N_("Report"),
    "settle": N_("Settle"),
    "confirm": N_("Confirm"),
    "accept": N_("Accept"),
    "renew": N_("Write anew"),
    "sign_on": N_("Sign on"),
    "sign": N_("Sign"),
    "end_emergency": N_("End emergency"),
    "withdraw": N_("Withdraw"),
    "base": N_("Enter"),
    "reason": N_("Explain"),
    "sheet": N_("Open the sheet"),
    "sign_outgoing": N_("Sign"),
    "sign_incoming": N_("Sign"),
    "wait": "",
}

DEADLINES = frozenset({"deadline"})


def say_fact(said: Said, zone: ZoneInfo, day: date | None = None) -> str:
    """The sentence in the language spoken now; moments as HH:MM on the station's wall, with their date where that is not `day`."""
    words = {
        key: format_deadline(value, zone) if key in DEADLINES and isinstance(value, datetime) else value_words(value, zone, day)
        for key, value in said.values.items()
    }
    return _(FACTS[said.code]).format(**words)


def line_words(facts: Iterable[Said], zone: ZoneInfo, day: date | None = None) -> str:
    """The facts of a line as one text."""
    return _("; ").join(say_fact(said, zone, day) for said in facts)


def cure_words(cure: str) -> str:
    """What stands on the link that leads to the cure; "" where one can only wait."""
    return _(CURES[cure])
