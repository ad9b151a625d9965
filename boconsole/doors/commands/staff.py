"""Staff by command: people, their facts and departments."""

from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

from boconsole.doors import output
from boconsole.doors.calls import Call
from boconsole.doors.commands.files import import_answer
from boconsole.doors.output import Answer
from boconsole.doors.progress import Progress
from boconsole.errors import InvalidChangeError
from boconsole.language import _, ngettext
from boconsole.ledger.words import parse_day

if TYPE_CHECKING:
    from boconsole.session import Session
    from boconsole.staff.card import Card
    from boconsole.staff.changing import NewFact
    from boconsole.staff.finding import EmployeeRow

OWN = ("name", "sort_as", "email", "phone", "language", "user", "contact")
WORK = ("title", "department", "manager", "place", "grade")


def given_of(call: Call, names: tuple[str, ...]) -> dict[str, object]:
    """Return those words that were given."""
    return {name: value for name in names if (value := getattr(call.words, name)) is not None}


def day_of(text: str | None, field: str = "date") -> date | None:
    """Return a day, None for nothing."""
    return parse_day(text, field=field) if text else None


def one_answer(session: "Session", row: "EmployeeRow", told: str) -> Answer:
    """Return a person as the answer of a change."""
    from boconsole.staff import card, exporting, finding

    found = card.read(session, row.id)
    value = exporting.card_record(found, finding.today_of(session))
    return Answer(value, told.format(number=row.number, name=output.safe(row.name)))


# People


def new(call: Call) -> Answer:
    """Add a person."""
    from boconsole.staff import changing

    session = call.session()
    row = changing.new(session, given_of(call, OWN))
    return one_answer(session, row, _("{number} {name} is added."))


def edit(call: Call) -> Answer:
    """Change a person."""
    from boconsole.staff import changing, finding

    session = call.session()
    given = given_of(call, OWN)
    if not given:
        raise InvalidChangeError("staff", _("say what to change; see --help"))
    row = changing.edit(session, finding.find(session, call.words.number), given)
    return one_answer(session, row, _("{number} {name} is changed."))


# Reading


def list_staff(call: Call) -> Answer:
    """List people."""
    from boconsole.staff import asking, exporting

    session = call.session()
    query = " ".join(call.words.query)
    found = asking.select(session, query, day_of(call.words.at, "at"))

    def text() -> str:
        rows = [
            (one.number, one.row.name, position.title if position else "-",
             position.department if position else "-", position.manager if position else "-",
             str(one.standing.first or "-"), str(one.contract_ends or "-"), one.standing.state)
            for one in found for position in (one.standing.position,)
        ]  # fmt: skip
        headings = (_("Number"), _("Name"), _("Title"), _("Department"), _("Manager"), _("Since"),
                    _("Contract until"), _("State"))  # fmt: skip
        asked = [name for name in asking.PRIVATE if name in query]
        wide = [(*row, *(str(one.private.get(name) or "-") for name in asked))
                for row, one in zip(rows, found, strict=True)]  # fmt: skip
        return output.table((*headings, *asked), wide) if rows else _("Nothing.")

    records = [
        {**exporting.record(one.standing),
         **{name: str(one.private[name]) for name in asking.PRIVATE if name in one.private}}
        for one in found
    ]  # fmt: skip
    return Answer(records, text)


def mine(call: Call) -> Answer:
    """Show everything that is kept about whoever asks."""
    from boconsole import my_own

    found = my_own.read(call.session())

    def text() -> str:
        rows = [(_(my_own.TITLES[one.section]), output.safe(one.what), output.safe(one.told))
                for one in found]  # fmt: skip
        return output.table((_("Section"), _("What"), _("About it")), rows)

    return Answer([my_own.record(one) for one in found], text)


def show(call: Call) -> Answer:
    """Show a person."""
    from boconsole.staff import card, exporting, finding

    session = call.session()
    row = finding.find(session, call.words.number)
    day = day_of(call.words.at, "at") or finding.today_of(session)
    found = card.read(session, row.id, day, opened=call.words.private)
    return Answer(exporting.card_record(found, day), lambda: _card_text(found, day))


def _card_text(found: "Card", day: date) -> str:
    from boconsole.staff import exporting, typed, words
    from boconsole.staff.writing import told_of_days

    told = exporting.record(found.standing)
    lines = [output.pairs([(name.replace("_", " "), str(value)) for name, value in told.items()
                           if value not in ("", None)])]  # fmt: skip
    for kind, rows in found.facts.items():
        if kind in ("employment", "position", "schedule", "contract") or not rows:
            continue
        shown = [f"{_(words.FACT_TITLES[kind])}: {told_of_days(row)}" for row in rows]
        lines.append("\n".join(shown))
    for kind, parts in found.parts.items():
        title = _(words.PARTS[kind].title)
        shown = []
        for part in parts:
            values = [str(value) for value in typed.values_of(part).values() if value]
            shown.append(f"{title}: {' · '.join(values)}")
        lines.append("\n".join(shown))
    if found.closed:
        names = ", ".join(_(words.GROUP_TITLES[group]) for group in found.closed)
        lines.append(_("Closed: {names}; --private opens them.").format(names=names))
    del day
    return "\n\n".join(output.safe(line) for line in lines)


def show_tree(call: Call) -> Answer:
    """Show who reports to whom."""
    from boconsole.staff import tree

    session = call.session()
    nodes = tree.tree(session, day_of(call.words.at, "at"))

    def text() -> str:
        lines = []
        for node in nodes:
            position = node.standing.position
            title = f", {position.title}" if position else ""
            below = f" ({node.below})" if node.below else ""
            name = f"{node.standing.number} {node.standing.employee.name}{title}{below}"
            lines.append("  " * node.depth + output.one_line(name))
        return "\n".join(lines) or _("Nothing.")

    records = [
        {"number": node.standing.number, "name": node.standing.employee.name, "depth": node.depth,
         "reports": node.reports, "below": node.below}
        for node in nodes
    ]  # fmt: skip
    return Answer(records, text)


def history(call: Call) -> Answer:
    """Tell what happened to a record."""
    from boconsole.staff import finding, privacy

    session = call.session()
    row = finding.find(session, call.words.number)
    entries = privacy.history(session, row.id)
    records = [
        {"at": entry.at, "by": entry.actor, "door": entry.origin, "action": entry.action,
         "changes": {one.field: [one.before, one.after] for one in entry.changes}}
        for entry in entries
    ]  # fmt: skip
    rows = [
        (output.local(entry.at, session.zone), entry.actor, entry.action,
         ", ".join(one.field for one in entry.changes if one.field != "facts"))
        for entry in entries
    ]  # fmt: skip
    headings = (_("At"), _("By"), _("What"), _("Fields"))
    return Answer(records, output.table(headings, rows))


def check(call: Call) -> Answer:
    """Prove the records."""
    from boconsole.staff import checking

    found = checking.faults(call.session())
    told = "\n".join(found) if found else _("All records are as they were written down.")
    return Answer({"faults": found}, told, code=1 if found else 0)


# Facts


def enter(call: Call) -> Answer:
    """Enter a fact."""
    from boconsole.staff import changing, finding

    session = call.session()
    row = finding.find(session, call.words.number)
    row = changing.enter(session, row, _entry(call))
    return one_answer(session, row, _("{number} {name} is changed."))


def correct(call: Call) -> Answer:
    """Correct a fact."""
    from boconsole.staff import changing, finding

    session = call.session()
    row = finding.find(session, call.words.number)
    row = changing.correct(session, row, _id(call), _entry(call))
    return one_answer(session, row, _("{number} {name} is changed."))


def withdraw(call: Call) -> Answer:
    """Take a fact back."""
    from boconsole.staff import changing, finding

    session, words = call.session(), call.words
    row = finding.find(session, words.number)
    row = changing.withdraw(session, row, words.kind, _id(call), words.reason)
    return one_answer(session, row, _("{number} {name} is changed."))


def _id(call: Call) -> int:
    text = call.words.id.lstrip("#")
    if not text.isascii() or not text.isdecimal() or len(text) > 9:
        raise InvalidChangeError("id", _("{text!r} is no whole number").format(text=text[:20]))
    return int(text)


def _entry(call: Call) -> "NewFact":
    from boconsole.staff.changing import NewFact

    words = call.words
    wrong = [word for word in words.fields if "=" not in word]
    if wrong:
        raise InvalidChangeError(wrong[0][:40], _("expected FIELD=VALUE"))
    given = {word.partition("=")[0].replace("-", "_"): word.partition("=")[2]
             for word in words.fields}  # fmt: skip
    return NewFact(words.kind, given, day_of(words.start, "from"), day_of(words.until, "until"),
                   words.reason)  # fmt: skip


def renew(call: Call) -> Answer:
    """Renew a contract."""
    from boconsole.staff import changing, finding

    session, words = call.session(), call.words
    row = finding.find(session, words.number)
    given = {"kind": words.kind} if words.kind else {}
    row = changing.renew(session, row, given, day_of(words.until, "until"))
    return one_answer(session, row, _("The contract of {number} {name} is renewed."))


def undo(call: Call) -> Answer:
    """Take back the last change."""
    from boconsole.checklists import moves
    from boconsole.staff import words

    session = call.session()
    numbers = [words.number(one) for one in moves.undo_last(session)]
    told = _("Undone: {numbers}.").format(numbers=", ".join(numbers))
    return Answer({"undone": numbers}, told)


# Departments


def list_departments(call: Call) -> Answer:
    """List departments."""
    from boconsole.staff import departments

    found = departments.every(call.session())
    paths = departments.paths(found)
    rows = sorted(found, key=lambda row: paths[row.id].casefold())
    records = [departments.record(row, paths[row.id]) for row in rows]
    table = output.table(
        (_("Department"), _("Head"), _("Cost centre"), _("Closed")),
        [(paths[row.id], row.head or "-", row.cost_centre or "-", str(row.closed_on or "-"))
         for row in rows],
    )  # fmt: skip
    return Answer(records, table if rows else _("Nothing."))


def put_department(call: Call) -> Answer:
    """Add or change a department."""
    from boconsole.errors import NotFoundError
    from boconsole.staff import departments

    session, words = call.session(), call.words
    given = given_of(call, ("parent", "head", "cost_centre", "closed_on"))
    try:
        old = departments.named(words.name)
    except NotFoundError:
        row = departments.new(session, words.name, **given)
        told = _("{name} is added.")
    else:
        name = {"name": words.rename} if words.rename else {}
        row = departments.edit(session, old, {**given, **name})
        told = _("{name} is changed.")
    path = departments.paths(departments.every(session))[row.id]
    return Answer(departments.record(row, path), told.format(name=output.safe(row.name)))


# Files


def import_staff(call: Call) -> Answer:
    """Take people in from a file by a map."""
    from boconsole.staff import importing

    words, session = call.words, call.session()
    with Progress(_("People read")) as progress:
        report = importing.import_staff(
            session, Path(words.file), Path(words.map), dry_run=words.dry_run,
            refused_path=Path(words.refused) if words.refused else None, progress=progress,
        )  # fmt: skip
    return import_answer(report, _("people made"), _("people would be made"))


def export(call: Call) -> Answer:
    """Write people to a file."""
    from boconsole.staff import asking, exporting

    *query, name = call.words.words
    session = call.session()
    found = asking.select(session, " ".join(query), day_of(call.words.at, "at"))
    done = exporting.export(session, Path(name), found, private=call.words.private)
    told = ngettext("{n} person is in {path}.", "{n} people are in {path}.", done)
    return Answer({"people": done, "file": name}, told.format(n=done, path=name))
