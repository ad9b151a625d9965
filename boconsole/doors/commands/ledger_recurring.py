"""What is planned, by command: templates, and entries that come back."""

from datetime import timedelta

from boconsole.doors import output
from boconsole.doors.calls import Call
from boconsole.doors.output import Answer
from boconsole.language import _
from boconsole.ledger.words import parse_day

YEAR = timedelta(days=366)


def save_template(call: Call) -> Answer:
    """Keep the lines of an entry under a name."""
    from boconsole.ledger import recurring

    words = call.words
    made = recurring.save_template(
        call.session(), words.name, words.lines, payee=words.payee, description=words.description
    )
    return Answer(made._asdict(), _("{path} is kept.").format(path=made.name))


def list_templates(call: Call) -> Answer:
    """List templates of entries."""
    from boconsole.ledger import recurring

    found = recurring.templates(call.session())
    rows = [(each.name, each.payee, each.description, "; ".join(each.lines)) for each in found]
    headings = (_("Template"), _("Payee"), _("Description"), _("Lines"))
    return Answer(
        [each._asdict() for each in found],
        lambda: output.table(headings, rows) if rows else _("Nothing."),
    )


def recur(call: Call) -> Answer:
    """Make an entry of a template again and again, or no more."""
    from boconsole.ledger import recurring

    words, session = call.words, call.session()
    if words.stop:
        recurring.stop(session, words.name)
        return Answer({"name": words.name, "stopped": True},
                      _("{name} makes no more entries.").format(name=words.name))  # fmt: skip
    recurring.recur(
        session, words.name, words.template, words.every, parse_day(words.starts, field="from"),
        ends=parse_day(words.ends, field="to") if words.ends else None, posts=words.post,
    )  # fmt: skip
    made = recurring.run_due(session)
    told = _("{name} is kept; {count} entries that were due are made.")
    return Answer({"name": words.name, "made": made}, told.format(name=words.name, count=made))


def coming(call: Call) -> Answer:
    """Tell the entries that will come."""
    from boconsole.ledger import recurring

    session = call.session()
    today = session.now().astimezone(session.zone).date()
    until = parse_day(call.words.ends, field="to") if call.words.ends else today + YEAR
    found = recurring.coming(session, until)
    rows = [(str(each.day), each.recurrence, each.template,
             _("posted at once") if each.posts else _("as a draft")) for each in found]  # fmt: skip
    headings = (_("Date"), _("Recurrence"), _("Template"), _("How"))
    return Answer(
        [each._asdict() for each in found],
        lambda: output.table(headings, rows) if rows else _("Nothing."),
    )
