"""计量认证: once a day the metering person looks at every run's meter and corrector, and says what was found."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from stationdesk.domain.errors import DomainError
from stationdesk.domain.words import N_, _

CHECKS: Mapping[str, str] = {
    "counter": N_("meter counts evenly, no noise, no leak"),
    "corrected": N_("corrector counts, no alarm, battery good"),
    "clock": N_("corrector's clock agrees within a minute"),
    "base": N_("base pressure and temperature as agreed"),
    "composition": N_("composition in the corrector is the one in force"),
    "pressure": N_("pressure agrees with the gauge"),
    "temperature": N_("temperature agrees with the thermometer"),
    "seals": N_("seals whole"),
}
"""What is looked at of each run, in the order of the sheet."""


class CheckUnknownError(DomainError):
    words = N_("There is no check {check} of a metering run.")
    field = "check"


class CheckWantingError(DomainError):
    """Something was not looked at."""

    words = N_("{count} checks are not answered yet.")
    field = "check"


class CheckWordsError(DomainError):
    """Something is not in order and nobody says what."""

    words = N_("{run}, {check}: say what is not in order.")
    field = "words"


class CertificateDayError(DomainError):
    words = N_("The gas day {day} has not begun.")
    field = "day"


@dataclass(frozen=True)
class Checked:
    """One check of one run. value: what was shown, as written down."""

    stream: str  # code of the run
    check: str
    in_order: bool
    value: str = ""
    words: str = ""


def check_answers(runs: Mapping[str, object], answers: Sequence[Checked]) -> None:
    """CheckUnknownError, CheckWantingError, CheckWordsError. runs: code → name of those to be looked at."""
    for each in answers:
        if each.stream not in runs or each.check not in CHECKS:
            raise CheckUnknownError(check=each.check)
        if not each.in_order and not each.words.strip():
            raise CheckWordsError(run=runs[each.stream], check=_(CHECKS[each.check]))
    wanting = {(run, check) for run in runs for check in CHECKS} - {(each.stream, each.check) for each in answers}
    if wanting:
        raise CheckWantingError(count=len(wanting))


def in_order(answers: Iterable[Checked]) -> bool:
    """Whether nothing was found."""
    return all(each.in_order for each in answers)
