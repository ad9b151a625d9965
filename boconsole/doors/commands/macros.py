"""Macros: listing, running, and changing the list."""

from boconsole.doors import output
from boconsole.doors.calls import Call
from boconsole.doors.commands.tickets import parse_assignments, ref, shown
from boconsole.doors.output import Answer
from boconsole.language import _


def list_macros(call: Call) -> Answer:
    """List the macros by name."""
    from boconsole.tickets import macros

    found = macros.list_all(call.session())
    value = [
        {"name": macro.name, "reply": macro.reply, "internal": macro.internal,
         "changes": dict(macro.changes)}
        for macro in found
    ]  # fmt: skip
    rows = [
        (
            macro.name,
            ", ".join(f"{field}={word}" for field, word in macro.changes.items()) or "-",
            output.shortened(output.one_line(macro.reply), 60) or "-",
        )
        for macro in found
    ]
    return Answer(value, lambda: output.table((_("Macro"), _("Changes"), _("Reply")), rows))


def apply(call: Call) -> Answer:
    """Run a macro on a ticket."""
    from boconsole.tickets import macros

    seen = ref(call)
    session = call.session()
    macros.apply(session, [seen], macros.find(session, call.words.name))
    return shown(session, seen.id)


def save(call: Call) -> Answer:
    """Add a macro, or replace the one of that name."""
    from boconsole.tickets import macros

    changes: dict[str, object] = dict(parse_assignments(call.words.changes))
    session = call.session()
    macros.save(session, call.words.name, call.words.reply, changes, internal=call.words.internal)
    return Answer(
        {"name": call.words.name}, _("Macro {name} is saved.").format(name=call.words.name)
    )
