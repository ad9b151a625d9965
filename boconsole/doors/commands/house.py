"""The house itself: making a database, settings, and the proof of the audit trail."""

from boconsole.doors import output
from boconsole.doors.calls import Call
from boconsole.doors.output import Answer
from boconsole.language import _
from boconsole.settings import listed, without_password


def init(call: Call) -> Answer:
    """Make the database, or bring it up to date."""
    session = call.session()
    where = without_password(call.settings.database)
    return Answer(
        {"database": where, "user": session.user.login},
        _("The database {where} is ready; {login} signs in.").format(
            where=where, login=session.user.login
        ),
    )


def list_settings(call: Call) -> Answer:
    """List each setting with its value, where it came from, and what it is for."""
    rows = listed(call.settings)
    return Answer(
        [dict(zip(("name", "value", "source", "meaning"), row, strict=True)) for row in rows],
        lambda: output.table(
            (_("Setting"), _("Value"), _("Source"), _("Meaning")),
            [(name, value, _(source), _(meaning)) for name, value, source, meaning in rows],
        ),
    )


def verify(call: Call) -> Answer:
    """Check the whole audit trail; 1 when it is broken."""
    from boconsole import audit

    session = call.session(create=False)
    session.require("audit.read")
    verdict = audit.verify()
    value = {"ok": not verdict.broken, **verdict._asdict()}
    if verdict.broken:
        sentence = _("The audit trail is broken: {reason}.").format(reason=verdict.reason)
        return Answer(value, notes=(sentence,), code=1)
    return Answer(value, _("{lines} lines, all sealed as written.").format(lines=verdict.lines))
