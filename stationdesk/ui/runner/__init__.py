"""Pages ask the store through the runner: three database threads, answers in the GUI thread, closed pages are safe.

desk: commands and short queries, in the order asked. bench: long reads. aside: a command that works long in a process of its own.

A page hands bound methods; they are held weakly, and
are called only while the owner lives. Errors of the domain go to on_error (else to the signal refused); anything else is a defect.
"""

from stationdesk.ui.runner.runner import BrokenError, Runner, utc_now
from stationdesk.ui.runner.task import CancelledError, Task

__all__ = ["BrokenError", "CancelledError", "Runner", "Task", "utc_now"]
