"""A check of everything the console stands on: records, machine, mail, backups.

Nothing is made, upgraded or mended; each line says what is well, or what to do.
"""

from boconsole.doors import output
from boconsole.doors.calls import Call
from boconsole.doors.checks import machine, records, services
from boconsole.doors.checks.finding import FAIL, OK, WARN, Finding
from boconsole.doors.output import Answer
from boconsole.language import _

MARKS = {OK: "ok", WARN: "!", FAIL: "!!"}


def doctor(call: Call) -> Answer:
    """Check everything; 1 when something is broken."""
    findings = [*records.look(call), *services.look(call), *machine.look(call)]
    states = [finding.state for finding in findings]
    value = {
        "ok": FAIL not in states,
        "checks": [{**one._asdict(), "ok": one.state != FAIL} for one in findings],
    }
    return Answer(value, lambda: _text(findings), code=1 if FAIL in states else 0)


def _text(findings: list[Finding]) -> str:
    rows: list[tuple[str, str, str]] = []
    for one in findings:
        rows.append((MARKS[one.state], one.check, one.detail))
        if one.advice:
            rows.append(("", "", f"-> {one.advice}"))
    states = [one.state for one in findings]
    closing = machine.summary(states.count(FAIL), states.count(WARN))
    return output.table(("", _("Check"), _("Finding")), rows) + f"\n\n{closing}"
