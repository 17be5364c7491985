"""All that the package gives: imported when something is asked of the package, not of one of its modules."""

from stationdesk.services.checklists.evidence import facts
from stationdesk.services.checklists.fill import (
    abort_checklist,
    answer_item,
    close_checklist,
    pause_checklist,
    resume_checklist,
    start_checklist,
)
from stationdesk.services.checklists.templates import (
    ChecklistText,
    TemplateView,
    add_checklist,
    checklist_text,
    retire_checklist,
    set_checklist_version,
    templates_view,
)
from stationdesk.services.checklists.view import (
    ChecklistBlank,
    ChecklistBrief,
    ChecklistsView,
    ChecklistView,
    DueView,
    blank_checklist,
    briefs,
    checklist_view,
    checklists_of_shift,
    checklists_view,
    due_in,
    history,
)
from stationdesk.services.lines import Answered, Given, HazardWish, LineView

__all__ = [
    "Answered",
    "ChecklistBlank",
    "ChecklistBrief",
    "ChecklistText",
    "ChecklistView",
    "ChecklistsView",
    "DueView",
    "Given",
    "HazardWish",
    "LineView",
    "TemplateView",
    "abort_checklist",
    "add_checklist",
    "answer_item",
    "blank_checklist",
    "briefs",
    "checklist_text",
    "checklist_view",
    "checklists_of_shift",
    "checklists_view",
    "close_checklist",
    "due_in",
    "facts",
    "history",
    "pause_checklist",
    "resume_checklist",
    "retire_checklist",
    "set_checklist_version",
    "start_checklist",
    "templates_view",
]
