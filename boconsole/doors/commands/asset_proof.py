"""The proof of assets by command."""

from boconsole.doors.calls import Call
from boconsole.doors.output import Answer
from boconsole.language import _


def check(call: Call) -> Answer:
    """Compare assets with the register of the books; the exit code is 1 when they differ."""
    from boconsole.assets import checking

    found = checking.faults(call.session())
    told = "\n".join(f"{fault.reason}." for fault in found)
    value = {"faults": [fault._asdict() for fault in found]}
    return Answer(value, told or _("Assets and the books agree."), code=1 if found else 0)
