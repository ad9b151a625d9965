"""Time by command: a timer, entries by hand, what an hour costs, how time is rounded."""

from typing import TYPE_CHECKING

from boconsole.doors import output
from boconsole.doors import project_records as records
from boconsole.doors.calls import Call
from boconsole.doors.output import Answer
from boconsole.errors import InvalidChangeError
from boconsole.language import _

if TYPE_CHECKING:
    from boconsole.projects.timing import Timed


def start(call: Call) -> Answer:
    """Start the timer on a task or a ticket."""
    from boconsole.projects import timing

    words = call.words
    made = timing.start(call.session(), words.on, words.note or "", switch=words.switch)
    return _told(made, _("The timer runs on {number} {subject}."))


def stop(call: Call) -> Answer:
    """Stop the timer."""
    from boconsole.projects import timing
    from boconsole.projects.words import parse_length

    words = call.words
    minutes = None if words.time is None else parse_length(words.time, "minutes")
    made = timing.stop(call.session(), words.note or "", minutes)
    return _told(made, _("{time} on {number} {subject}."))


def add(call: Call) -> Answer:
    """Note time that was spent."""
    from boconsole.projects import timing
    from boconsole.projects.fields import day_of
    from boconsole.projects.words import parse_length

    words = call.words
    made = timing.add(
        call.session(), words.on, parse_length(words.time, "minutes"), day_of(words.day, "date"),
        words.note or "",
    )  # fmt: skip
    return _told(made, _("{time} on {number} {subject}."))


def edit(call: Call) -> Answer:
    """Correct an entry."""
    from boconsole.doors.commands.knowledge import whole
    from boconsole.projects import timing
    from boconsole.projects.fields import day_of
    from boconsole.projects.words import parse_length

    words, session = call.words, call.session()
    old = timing.again(whole(words.id, "id"))
    minutes = old.minutes if words.time is None else parse_length(words.time, "minutes")
    day = day_of(words.day, "date") or old.day
    note = old.note if words.note is None else words.note
    made = timing.edit(session, old.id, 0, minutes, day, note)
    return _told(made, _("{time} on {number} {subject}."))


def list_time(call: Call) -> Answer:
    """List time that was spent, and what runs."""
    from boconsole.projects import timing
    from boconsole.projects.fields import day_of
    from boconsole.projects.words import length

    words, session = call.words, call.session()
    if words.on:
        found = timing.of_subject(session, words.on)
    else:
        starts, ends = day_of(words.starts, "from"), day_of(words.ends, "to")
        found = timing.list_between(session, starts, ends, words.user or "")
    total = sum(row.minutes for row in found)

    def text() -> str:
        cells = [
            (str(row.id), str(row.day), row.user, timing.number_of(row),
             _("running") if row.running else length(row.minutes), row.subject, row.note)
            for row in found
        ]  # fmt: skip
        if not cells:
            return _("No time was noted.")
        headings = (_("Id"), _("Day"), _("Who"), _("On"), _("Time"), _("Subject"), _("Note"))
        told = output.fitted_table(headings, cells, output.terminal_width(), cut=5)
        together = _("Together")
        return f"{told}\n\n{together} {length(total)}"

    return Answer([records.entry(row) for row in found], text)


def rule(call: Call) -> Answer:
    """Show or set how timers are rounded."""
    from boconsole.doors.commands.knowledge import whole
    from boconsole.projects import timing

    words, session = call.words, call.session()
    step, way = timing.rule(session)
    if words.step or words.way:
        step = whole(words.step, "step") if words.step else step
        step, way = timing.set_rule(session, step, words.way or way)
    told = _("Timers count in steps of {n} minutes, rounded {way}.").format(n=step, way=way)
    return Answer({"step": step, "round": way}, told)


def rates(call: Call) -> Answer:
    """Show what hours of roles cost, or set one."""
    from boconsole.money import plain
    from boconsole.projects import timing
    from boconsole.projects.fields import day_of

    words, session = call.words, call.session()
    if words.role:
        if not words.rate:
            raise InvalidChangeError("rate", _("needs a currency, such as 480 USD"))
        timing.set_rate(session, words.role, words.rate, day_of(words.since, "from"))
    found = timing.rates(session)
    value = [
        {"role": row.role, "from": row.from_on, "rate": plain(row.amount, row.precision),
         "currency": row.commodity}
        for row in found
    ]  # fmt: skip

    def text() -> str:
        cells = [(str(each["role"]), str(each["from"]), f"{each['rate']} {each['currency']}")
                 for each in value]  # fmt: skip
        return output.table((_("Role"), _("From"), _("An hour")), cells, right=frozenset((2,)))

    return Answer(value, text)


def _told(made: "Timed", sentence: str) -> Answer:
    from boconsole.projects.words import length

    row = made.row
    told = sentence.format(number=made.number, subject=row.subject, time=length(row.minutes))
    return Answer(records.entry(row), told)
