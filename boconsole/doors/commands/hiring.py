"""People who are hired and let go by command, with their check lists."""

from typing import TYPE_CHECKING

from boconsole.doors.calls import Call
from boconsole.doors.commands.staff import OWN, WORK, day_of, given_of, one_answer
from boconsole.doors.output import Answer
from boconsole.errors import InvalidChangeError
from boconsole.language import _
from boconsole.ledger.words import parse_day

if TYPE_CHECKING:
    from boconsole.session import Session
    from boconsole.staff.changing import NewFact


def hire(call: Call) -> Answer:
    """Employ somebody: new, known, or a candidate; the onboarding begins."""
    from boconsole.checklists import moves
    from boconsole.staff import finding

    session, words = call.session(), call.words
    if words.number.upper().startswith("CAN"):
        return _hire_candidate(call, session)
    if not words.start:
        raise InvalidChangeError("from", _("is needed"))
    start = parse_day(words.start, field="from")
    if words.number:
        known = finding.find(session, words.number)
        row = moves.hire_known(session, known, start, _hired(call))
    else:
        row = moves.hire(session, given_of(call, OWN), start, _hired(call))
    return one_answer(session, row, _("{number} {name} is hired."))


def _hire_candidate(call: Call, session: "Session") -> Answer:
    from boconsole.recruitment import hiring, seeing, stages
    from boconsole.staff import finding

    words = call.words
    candidate = seeing.candidate(session, words.number)
    application = stages.named(session, candidate, words.opening)
    if given_of(call, WORK) or words.salary or words.contract or words.until:
        raise InvalidChangeError("hire", _("title, contract and salary come from the offer"))
    first = day_of(words.start, "from")
    own = {name: value for name, value in given_of(call, OWN).items() if name != "name"}
    known = None
    if words.known:
        new = words.known.lower() in ("new", _("new").lower())
        known = hiring.NOBODY if new else finding.find(session, words.known).id
    row = hiring.hire(session, application, own, first=first, known=known)
    return one_answer(session, row, _("{number} {name} is hired."))


def _hired(call: Call) -> "list[NewFact]":
    """Return the facts that a hire names."""
    from boconsole.staff.changing import NewFact

    words, found = call.words, []
    if position := given_of(call, WORK):
        found.append(NewFact("position", position))
    if words.contract or words.until:
        given = {"kind": words.contract or "fixed"}
        found.append(NewFact("contract", given, None, day_of(words.until, "until")))
    if words.salary:
        per = {"per": words.per} if words.per else {}
        found.append(NewFact("salary", {"amount": words.salary, **per}))
    if schedule := given_of(call, ("country", "region", "week")):
        found.append(NewFact("schedule", schedule))
    terms = {"pay_group": words.group, "rule_set": words.rules, "tax_status": words.tax_status}
    if terms := {name: value for name, value in terms.items() if value is not None}:
        found.append(NewFact("terms", terms))
    if words.account:
        found.append(NewFact("bank", {"account": words.account}))
    return found


def leave(call: Call) -> Answer:
    """End an employment."""
    from boconsole.checklists import moves
    from boconsole.staff import finding

    session, words = call.session(), call.words
    row = finding.find(session, words.number)
    last = parse_day(words.on, field="on")
    row = moves.leave(session, row, last, words.reason, why=words.why)
    return one_answer(
        session, row, _("{number} {name} leaves on {day}.").replace("{day}", str(last))
    )
