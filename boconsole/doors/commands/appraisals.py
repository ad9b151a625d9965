"""Appraisals by command: cycles, goals, reviews, ratings and what follows."""

from collections.abc import Sequence
from typing import TYPE_CHECKING

from boconsole.doors import output
from boconsole.doors.calls import Call
from boconsole.doors.output import Answer
from boconsole.errors import InvalidChangeError, NotFoundError
from boconsole.language import _, ngettext
from boconsole.ledger.words import parse_day

if TYPE_CHECKING:
    from boconsole.appraisals.reading import AppraisalRow, CycleRow, Form
    from boconsole.appraisals.reviewing import Answer as Said
    from boconsole.session import Session

FIELDS = ("name", "starts_on", "ends_on", "goals_on", "self_on", "review_on", "calibration_on",
          "scale")  # fmt: skip


# Cycles


def cycles(call: Call) -> Answer:
    """List cycles."""
    from boconsole.appraisals import exporting, reading, words

    found = reading.cycles(call.session())

    def text() -> str:
        rows = [
            (one.row.number, output.safe(one.row.name), str(one.row.starts_on),
             str(one.row.ends_on), words.state_title(one.row.state), str(one.due or "-"),
             f"{one.done}/{one.people}")
            for one in found
        ]  # fmt: skip
        heads = (_("Number"), _("Name"), _("From"), _("To"), _("Phase"), _("Due"), _("Done"))
        return output.table(heads, rows, right=frozenset((6,)))

    return Answer([exporting.listed(one) for one in found], text)


def new(call: Call) -> Answer:
    """Make a cycle."""
    from boconsole.appraisals import cycles as rules

    session = call.session()
    return _told(session, rules.new(session, _cycle_given(call)), _("{number} {name} is made."))


def edit(call: Call) -> Answer:
    """Change a cycle."""
    from boconsole.appraisals import cycles as rules

    session = call.session()
    row = rules.edit(session, _cycle(call, session), _cycle_given(call))
    return _told(session, row, _("{number} {name} is changed."))


def _cycle_given(call: Call) -> dict[str, object]:
    words = call.words
    given = {name: value for name in FIELDS if (value := getattr(words, name)) is not None}
    if words.question:
        given["questions"] = "\n".join(words.question)
    if words.department:
        given |= {"takes": "department", "takes_from": words.department}
    elif words.query:
        given |= {"takes": "query", "takes_from": words.query}
    elif words.everybody:
        given |= {"takes": "all", "takes_from": ""}
    return given


def advance(call: Call) -> Answer:
    """Move a cycle on."""
    from boconsole.appraisals import cycles as rules

    session = call.session()
    row = rules.advance(session, _cycle(call, session), call.words.reason)
    return _told(session, row, _("{number} {name} is in the phase {state}."))


def close(call: Call) -> Answer:
    """Close a cycle."""
    from boconsole.appraisals import cycles as rules
    from boconsole.appraisals import words
    from boconsole.appraisals.writing import require_phase

    session = call.session()
    row = _cycle(call, session)
    require_phase(row, words.CALIBRATION)
    return _told(session, rules.advance(session, row, call.words.reason),
                 _("{number} {name} is in the phase {state}."))  # fmt: skip


def back(call: Call) -> Answer:
    """Move a cycle back."""
    from boconsole.appraisals import cycles as rules

    session = call.session()
    row = rules.back(session, _cycle(call, session), call.words.reason)
    return _told(session, row, _("{number} {name} is in the phase {state}."))


def reopen(call: Call) -> Answer:
    """Open a closed cycle again."""
    from boconsole.appraisals import cycles as rules

    session = call.session()
    row = rules.reopen(session, _cycle(call, session), call.words.reason)
    return _told(session, row, _("{number} {name} is in the phase {state}."))


def _cycle(call: Call, session: "Session") -> "CycleRow":
    from boconsole.appraisals import reading

    word = call.words.cycle
    if word:
        return reading.find_cycle(session, word)
    found = reading.cycles(session)
    if not found:
        raise NotFoundError(_("appraisal cycle; make one: appraisals new --help"))
    return found[0].row


def _told(session: "Session", row: "CycleRow", sentence: str) -> Answer:
    from boconsole.appraisals import exporting, words

    del session
    state = words.state_title(row.state)
    told = sentence.format(number=row.number, name=output.safe(row.name), state=state)
    return Answer(exporting.cycle(row), told)


# People


def list_people(call: Call) -> Answer:
    """List the people of a cycle, and how ratings are distributed."""
    from boconsole.appraisals import exporting, questions, reading, words

    session = call.session()
    row = _cycle(call, session)
    found = reading.people(session, row)

    def text() -> str:
        rows = [
            (one.number, output.safe(one.row.name), output.safe(one.department),
             output.safe(one.row.manager), _(words.STEPS[one.step]), f"{one.row.weight} %",
             output.safe(one.title) or "-")
            for one in found
        ]  # fmt: skip
        heads = (_("Number"), _("Name"), _("Department"), _("Reviewed by"), _("Step"), _("Goals"),
                 _("Rating"))  # fmt: skip
        steps = questions.scale_of(row.scale)
        shares = [(output.safe(one.department), *map(str, one.counts), str(one.unrated))
                  for one in reading.distribution(row, found)]  # fmt: skip
        titles = (_("Department"), *(output.safe(step.title) for step in steps), _("none yet"))
        return f"{output.table(heads, rows)}\n\n{output.table(titles, shares)}"

    return Answer(exporting.whole(row, found), text)


def show(call: Call) -> Answer:
    """Show an appraisal."""
    from boconsole.appraisals import reading

    session = call.session()
    return _form(session, reading.find(session, call.words.number), "")


def _form(session: "Session", row: "AppraisalRow", told: str) -> Answer:
    from boconsole.appraisals import exporting, reading

    found = reading.form(session, row.id)
    if told:
        told = told.format(number=row.number, name=output.safe(row.name))
        return Answer(exporting.form(found), told)
    return Answer(exporting.form(found), lambda: _form_text(found))


def _form_text(found: "Form") -> str:
    from boconsole.appraisals import words

    person, row = found.person, found.person.row
    lines = [f"{person.number} {output.safe(row.name)}, {output.safe(found.cycle.name)}",
             ": ".join((words.state_title(found.cycle.state), _(words.STEPS[person.step]))),
             ": ".join((_("Rating"), output.safe(person.title) or "-")), ""]  # fmt: skip
    goals = [(str(goal.id), output.safe(goal.title), f"{goal.weight} %",
              "-" if goal.reached is None else f"{goal.reached} %", output.safe(goal.result))
             for goal in found.goals]  # fmt: skip
    heads = (_("Goal"), _("Title"), _("Weight"), _("Reached"), _("Result"))
    answers = []
    for one in found.questions:
        for title, kept in ((_("Self"), found.own.get(one.title)),
                            (_("Manager"), found.boss.get(one.title))):  # fmt: skip
            if kept:
                answers.append((output.safe(one.title), title, str(kept.score or "-"),
                                output.safe(kept.note)))  # fmt: skip
    lines += [output.table(heads, goals), "",
              output.table((_("Question"), _("By"), _("Score"), _("Note")), answers)]  # fmt: skip
    for title, text in ((_("Self"), row.self_text), (_("Manager"), row.review_text),
                        (_("Reply"), row.reply)):  # fmt: skip
        if text:
            lines += ["", f"{title}: {output.safe(text)}"]
    return "\n".join(lines)


def add(call: Call) -> Answer:
    """Take people into a cycle."""
    from boconsole.appraisals import gathering
    from boconsole.staff import finding

    session = call.session()
    row = _cycle(call, session)
    for word in call.words.people:
        gathering.add(session, row, finding.find(session, word).id)
    done = len(call.words.people) or gathering.gather(session, row)
    told = ngettext("{n} person is added.", "{n} people are added.", done)
    return Answer({"added": done}, told.format(n=done))


def leave_out(call: Call) -> Answer:
    """Take somebody out of a cycle."""
    from boconsole.appraisals import gathering

    session, row = _found(call)
    gathering.leave_out(session, row, call.words.reason)
    return Answer({"number": row.number}, _("{name} does not take part any more.").format(
        name=output.safe(row.name)))  # fmt: skip


def give(call: Call) -> Answer:
    """Let somebody else write the review."""
    from boconsole.appraisals import gathering

    session, row = _found(call)
    row = gathering.give_to(session, row, call.words.manager)
    return _form(session, row, _("{number} {name}: kept."))


def _found(call: Call) -> "tuple[Session, AppraisalRow]":
    from boconsole.appraisals import reading

    session = call.session()
    return session, reading.find(session, call.words.number)


# Contents


def goal(call: Call) -> Answer:
    """Set, change or remove a goal."""
    from boconsole.appraisals import goals

    session, row = _found(call)
    words = call.words
    if words.id and not words.id.isdecimal():
        raise InvalidChangeError("id", _("is a whole number"))
    goal_id = int(words.id or 0)
    if words.remove:
        row = goals.remove(session, row, goal_id)
    else:
        names = (*goals.SET, *goals.RESULT)
        given = {name: value for name in names if (value := getattr(words, name)) is not None}
        row = goals.put(session, row, given, goal_id)
    return _form(session, row, _("{number} {name}: kept."))


def review(call: Call) -> Answer:
    """Write the self review, or that of a manager."""
    from boconsole.appraisals import permitted, reviewing
    from boconsole.appraisals.permitted import Standing
    from boconsole.appraisals.writing import cycle_again

    session, row = _found(call)
    words = call.words
    said = _said(words.score, words.note)
    if Standing(session, cycle_again(row.cycle_id)).to(row) == permitted.SELF:
        row = reviewing.write_self(session, row, said, words.text, submit=words.submit)
    else:
        row = reviewing.write_review(session, row, said, words.text, words.rating,
                                     submit=words.submit)  # fmt: skip
    told = _("{number} {name}: submitted.") if words.submit else _("{number} {name}: kept.")
    return _form(session, row, told)


def _said(scores: Sequence[str], notes: Sequence[str]) -> "dict[str, Said]":
    from boconsole.appraisals.reviewing import Answer as Said

    found: dict[str, Said] = {}
    for place, words in enumerate((scores, notes)):
        for word in words:
            question, mark, value = word.partition("=")
            if not mark:
                raise InvalidChangeError("question", _("expected name=value"))
            before = found.get(question, Said(None, None))
            found[question] = before._replace(**{("score", "note")[place]: value})
    return found


def send_back(call: Call) -> Answer:
    """Let a review be written again."""
    from boconsole.appraisals import reviewing

    session, row = _found(call)
    row = reviewing.send_back(session, row, call.words.side, call.words.reason)
    return _form(session, row, _("{number} {name}: kept."))


# Ratings


def rate(call: Call) -> Answer:
    """Move a rating in calibration."""
    from boconsole.appraisals import rating

    session, row = _found(call)
    row = rating.calibrate(session, row, call.words.rating, call.words.reason)
    return _form(session, row, _("{number} {name}: kept."))


def release(call: Call) -> Answer:
    """Let people read their reviews."""
    from boconsole.appraisals import rating, reading

    session = call.session()
    row = _cycle(call, session)
    rows = [reading.find(session, word, row) for word in call.words.people]
    done = rating.release(session, rows) if rows else rating.release_all(session, row)
    told = ngettext("{n} review is released.", "{n} reviews are released.", len(done))
    return Answer([one.number for one in done], told.format(n=len(done)))


def acknowledge(call: Call) -> Answer:
    """Say that one has read it."""
    from boconsole.appraisals import rating

    session, row = _found(call)
    row = rating.acknowledge(session, row, call.words.reply)
    return _form(session, row, _("{number} {name}: acknowledged."))


def undo(call: Call) -> Answer:
    """Take back one's own last step."""
    from boconsole.appraisals import undoing

    found = undoing.undo_last(call.session())
    return Answer([one.number for one in found], _("{numbers}: taken back.").format(
        numbers=", ".join(one.number for one in found[:3])))  # fmt: skip


def propose(call: Call) -> Answer:
    """Propose a raise or a bonus."""
    from boconsole.appraisals import proposing

    session, row = _found(call)
    words = call.words
    day = parse_day(words.start, field="from")
    row = proposing.propose(session, row, words.kind, words.amount, day, words.note)
    return _form(session, row, _("{number} {name}: kept."))


def decide(call: Call) -> Answer:
    """Apply or decline a proposal."""
    from boconsole.appraisals import proposing

    session, row = _found(call)
    if call.words.verdict == "apply":
        row = proposing.apply(session, row)
        return _form(session, row, _("{number} {name}: applied, on the record."))
    row = proposing.decline(session, row, call.words.reason)
    return _form(session, row, _("{number} {name}: declined."))
