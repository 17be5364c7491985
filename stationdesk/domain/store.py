"""What the store answers when it cannot do what is asked of it."""

from __future__ import annotations

from stationdesk.domain.errors import DomainError
from stationdesk.domain.words import N_, _
from stationdesk.values import dataclass


class StoreNewerError(DomainError):
    """The store was upgraded by a newer program: `found` is its schema revision, `wanted` the program's."""

    words = N_("This store was upgraded by a newer StationDesk (schema {found}; this program knows {wanted}). Install the newer program.")


class StoreOlderError(DomainError):
    """The store comes from an older program and waits for `upgrade`; `found` and `wanted` are schema revisions."""

    words = N_("This store comes from an older StationDesk (schema {found}) and must be upgraded to {wanted} first.")


class StoreMissingError(DomainError):
    words = N_("There is no store at {place}.")


class StoreThereError(DomainError):
    words = N_("There is already a file at {place}.")


class StoreGoneError(DomainError):
    """What was opened is not there any more; what is written to it would be lost unseen."""

    words = N_("The store is not at {place} any more (moved, replaced, out of reach). Nothing was saved. Put it back, or start again.")


class NotAStoreError(DomainError):
    words = N_("{place} is not a StationDesk store.")


class StoreOnNetworkError(DomainError):
    """Write-ahead logging needs shared memory, which no network share has; `kind` is the file system's name."""

    words = N_("{place} lies on a network share ({kind}), where a store would be damaged. Keep it on a disk of this computer.")


class StoreAddressError(DomainError):
    words = N_("{place} names a kind of database that this version cannot use. Give the path of a file.")


class StoreBusyError(DomainError):
    words = N_("Another program is writing to the store. Nothing was saved; please try again.")


class StoreReadOnlyError(DomainError):
    words = N_("The store cannot be written to: the file or its folder is read-only. Nothing was saved.")


class StoreFullError(DomainError):
    words = N_("The disk is full. Nothing was saved; free some space and try again.")


class StoreUnwrittenError(DomainError):
    """The disk refuses to be written for another reason than room; `detail` is the database's own sentence."""

    words = N_("The disk could not be written ({detail}). Nothing was saved; look at the disk, then try again.")


class StoreUnreadHereError(DomainError):
    """On a medium that cannot be written the newest changes, still in the file beside the store, cannot be read."""

    words = N_("{place} lies on a medium that cannot be written, and its newest changes in the -wal file beside it. Copy both to a disk.")


class StoreDamagedError(DomainError):
    """The file cannot be read as it should; `detail` is the database's own sentence."""

    damage = True
    words = N_("The store file is damaged ({detail}). Run verify, then restore a backup.")


class StoreAlteredError(DomainError):
    """Verify finds the store not as the program left it; `findings` is their number, `told` what it says of them."""

    words = N_("The store is not as the program left it. Write on paper until a whole one is in its place.")


RECORDS = {
    "account": N_("login"),
    "account_key": N_("signing key"),
    "carried": N_("carried-over line"),
    "checklist": N_("checklist"),
    "checklist_item": N_("checklist item"),
    "checklist_line": N_("checklist answer"),
    "checklist_template": N_("checklist template"),
    "checklist_version": N_("checklist template"),
    "checkpoint": N_("checkpoint"),
    "contact": N_("contact"),
    "crew": N_("crew"),
    "crew_member": N_("place in a crew"),
    "duty_spell": N_("sign-on"),
    "emergency": N_("emergency state"),
    "equipment": N_("equipment"),
    "equipment_due": N_("due date of equipment"),
    "explanation": N_("explanation"),
    "failed_sign_in": N_("failed sign-in"),
    "handover": N_("handover"),
    "handover_objection": N_("refusal or dissent"),
    "handover_verdict": N_("verdict of a handover line"),
    "hazard": N_("safety hazard"),
    "hazard_step": N_("step of a hazard"),
    "ink_signature": N_("emergency signature"),
    "journal": N_("journal entry"),
    "log_claim": N_("claim of an entry"),
    "log_entry": N_("log entry"),
    "notice": N_("notice"),
    "on_post": N_("on-post confirmation"),
    "open_item": N_("open item"),
    "person": N_("person"),
    "point": N_("reading point"),
    "point_version": N_("reading point"),
    "printed_sheet": N_("printed sheet"),
    "put_off": N_("question put off"),
    "reading": N_("reading"),
    "reading_gap": N_("explanation of missing hours"),
    "recovery_code": N_("recovery code"),
    "role_grant": N_("role"),
    "rotation_plan": N_("rotation"),
    "round": N_("round"),
    "round_line": N_("answer of a round"),
    "round_pause": N_("pause of a round"),
    "route": N_("route"),
    "route_version": N_("route"),
    "setting_value": N_("setting"),
    "sheet_template": N_("sheet template"),
    "shift": N_("shift"),
    "signature": N_("signature"),
    "station": N_("station"),
    "station_list": N_("list of the station"),
    "window_excuse": N_("explanation of a missed round"),
    "calendar_day": N_("day of the calendar"),
    "calendar_year": N_("year of the calendar"),
    "fixed_duty": N_("fixed duty"),
    "leave": N_("leave"),
    "qualification": N_("qualification"),
    "roster": N_("roster"),
    "roster_edit": N_("change of a roster"),
    "roster_line": N_("line of a roster"),
    "roster_reason": N_("reason in a roster"),
    "roster_rules": N_("roster rules"),
    "swap": N_("swap"),
    "wish": N_("wish"),
}
"""Table → what the station calls one of its records."""


@dataclass(frozen=True)
class RecordName:
    """What a record of a table is called, in the language of whoever reads the sentence it stands in."""

    table: str

    def __str__(self) -> str:
        return _(RECORDS[self.table]) if self.table in RECORDS else _("record")


class RecordFrozenError(DomainError):
    """A signed, closed or insert-only record was to be changed."""

    words = N_("Not saved: what is signed or closed ({record}) cannot be changed. Make a correction as a new entry.")

    def __init__(self, table: str) -> None:
        super().__init__(table=table, record=RecordName(table))


class RecordThereError(DomainError):
    """A record with this key is there already."""

    words = N_("Not saved: the same entry ({record}) is there already. Look at it, and correct it there if it is wrong.")

    def __init__(self, table: str) -> None:
        super().__init__(table=table, record=RecordName(table))


class ChangedMeanwhileError(DomainError):
    """Two edits of one record met; `table` is its kind."""

    words = N_("Somebody else has changed this meanwhile. Look at it again, then repeat your change.")


class UnstorableTextError(DomainError):
    words = N_("The text contains a character that cannot be kept (a NUL or half a character). Remove it and try again.")


class UnstorableNumberError(DomainError):
    words = N_("The number is too large or not a number, and cannot be kept.")


class UnreadableValueError(DomainError):
    """A stored value that does not fit its column; `value` is what was found."""

    damage = True
    words = N_("The store holds a value that cannot be read: {value}. Run verify.")


class SecretRefusedError(DomainError):
    """The password or code does not open the sealed key."""

    field = "password"
    words = N_("The password is not right.")


class DestinationThereError(DomainError):
    field = "output"
    words = N_("{place} is already there. Choose another name.")


class BackupRefusedError(DomainError):
    """A backup that does not verify is never restored; `findings` is their number, `first` the first of them."""

    words = N_("The backup is not whole ({findings} findings, the first: {first}). Nothing was replaced.")


class UpgradeRefusedError(DomainError):
    words = N_("The store does not verify ({findings} findings, the first: {first}). It was not upgraded.")
