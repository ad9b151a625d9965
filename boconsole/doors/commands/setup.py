"""What an organisation sets up once: lists, templates, triggers."""

from datetime import date

from boconsole.doors.calls import Call
from boconsole.doors.commands.tickets import parse_assignments
from boconsole.doors.output import Answer
from boconsole.errors import InvalidChangeError
from boconsole.language import _
from boconsole.tickets.words import one_of


def add_queue(call: Call) -> Answer:
    """Add a queue."""
    from boconsole.tickets import setting_up

    setting_up.add_queue(call.session(), call.words.name, _parts(call.words.members))
    return _saved(call)


def set_rule(call: Call) -> Answer:
    """Say who gets the tickets of a queue."""
    from boconsole.tickets import assigning

    assigning.set_rule(call.session(), call.words.name, call.words.method)
    return _saved(call)


def add_category(call: Call) -> Answer:
    """Add a category with the parents that are missing."""
    from boconsole.tickets import setting_up

    setting_up.add_category(call.session(), call.words.name)
    return _saved(call)


def add_organisation(call: Call) -> Answer:
    """Add an organisation."""
    from boconsole.tickets import setting_up

    words = call.words
    setting_up.add_organisation(call.session(), words.name, domain=words.domain, kind=words.kind)
    return _saved(call)


def add_field(call: Call) -> Answer:
    """Add a custom field."""
    from boconsole.tickets import setting_up

    words = call.words
    setting_up.add_field(
        call.session(),
        words.name,
        words.label or words.name.replace("_", " ").capitalize(),
        words.type,
        kind=words.kind,
        choices=_parts(words.choices),
        required=words.required,
    )
    return _saved(call)


def save_template(call: Call) -> Answer:
    """Save a template of new tickets."""
    from boconsole.tickets import templates

    templates.save(call.session(), call.words.name, parse_assignments(call.words.changes))
    return _saved(call)


def recur(call: Call) -> Answer:
    """Make a ticket of a template again and again."""
    from boconsole.tickets import templates

    words = call.words
    try:
        start = date.fromisoformat(words.start)
    except ValueError:
        raise InvalidChangeError(
            "from", _("{start!r} is not a day such as 2026-06-01").format(start=words.start[:20])
        ) from None
    templates.recur(call.session(), words.name, words.template, words.every, start)
    return _saved(call)


def save_trigger(call: Call) -> Answer:
    """Save a trigger."""
    from boconsole.tickets import triggering

    words = call.words
    changes = parse_assignments(words.changes)
    triggering.save(call.session(), words.name, words.on, words.condition, changes, words.notify)
    return _saved(call)


def remove(call: Call) -> Answer:
    """Take a view, macro or trigger out of use."""
    from boconsole import views
    from boconsole.tickets import macros, triggering

    what = one_of("what", call.words.what, ("view", "macro", "trigger"))
    session = call.session()
    if what == "view":
        views.remove(session, "ticket", call.words.name)
    elif what == "macro":
        macros.remove(session, call.words.name)
    else:
        triggering.remove(session, call.words.name)
    return Answer({"name": call.words.name}, _("{name} is removed.").format(name=call.words.name))


def _saved(call: Call) -> Answer:
    name = call.words.name
    return Answer({"name": name}, _("{name} is saved.").format(name=name))


def _parts(text: str) -> tuple[str, ...]:
    return tuple(part.strip() for part in text.split(",") if part.strip())
