"""Until when documents are kept, and legal holds that keep them longer.

A document may be destroyed from the day on which the time of its class is over, counted from the
date that the rule names. Where that date is missing it has no day, and is told apart from what is
kept for ever. An open hold stops everything.
"""

from collections.abc import Collection, Sequence
from datetime import date

from boconsole import audit
from boconsole.errors import InvalidChangeError, NotFoundError
from boconsole.language import N_, _
from boconsole.moments import add_months
from boconsole.projects.fields import day_of
from boconsole.registry import classes, reading, words
from boconsole.registry.classes import Rule
from boconsole.registry.reading import Document, DocumentRow, HoldRow
from boconsole.session import Session
from boconsole.text import required_line
from boconsole.tickets.rows import Versioned
from db.registry import documents, retention

CHUNK = 500
ADVICE = {
    "dated": N_("no date to count from; fill in the date of the document"),
    "expires": N_("no date to count from; fill in its last day"),
    "approved": N_("never approved; take it back and have it approved, or change its class"),
}
"""By the date that is missing."""


def due(row: DocumentRow, rule: Rule) -> tuple[date | None, str]:
    """Return from when on a document may be destroyed or is to be looked at, and which of both.

    Without a day, but with one of both, the date is missing that the rule counts from.

    Args:
        row: The document.
        rule: Of its class.
    """
    if row.state == words.DESTROYED or not rule.months:
        return None, ""
    since = {
        "created": row.created_at.date(), "dated": row.dated_on, "expires": row.expires_on,
        "approved": row.approved_on, "closed": row.closed_on,
    }[rule.since]  # fmt: skip
    if since is None:
        return None, rule.then if awaited(row, rule) else ""
    day = add_months(since, rule.months)
    return max(day, row.kept_until) if row.kept_until else day, rule.then


def awaited(row: DocumentRow, rule: Rule) -> str:
    """Return which date somebody has to fill in; nothing where it comes by itself, or is there.

    A document in use has no end of use yet, and a draft no approval: both come in time.
    """
    if row.state == words.DESTROYED or not rule.months:
        return ""
    if rule.since == "dated":
        return "" if row.dated_on else "dated"
    if rule.since == "expires":
        return "" if row.expires_on else "expires"
    never = row.approved_on is None and row.state in words.CLOSED
    return "approved" if rule.since == "approved" and never else ""


def advice(row: DocumentRow, rule: Rule) -> str:
    """Return what to fill in so that the rule can count; nothing where nothing is missing."""
    missing = awaited(row, rule)
    return _(ADVICE[missing]) if missing else ""


def keep_due(document_id: int) -> None:
    """Keep the day of a document that follows from its class, inside the caller's transaction."""
    row = documents.find(document_id, date.min)
    if row is not None:
        rule = classes.rules().get(row.class_id, classes.NO_RULE) if row.class_id else None
        documents.set_due(row.id, *due(row, rule or classes.NO_RULE))


def recompute(session: Session, class_ids: Collection[int]) -> int:
    """Keep the days of all documents of some classes anew; returns how many there are."""
    rules, last, done = classes.rules(), 0, 0
    while ids := documents.select_of_class(class_ids, last, CHUNK):
        for row in documents.select(ids, reading.today(session)):
            documents.set_due(row.id, *due(row, rules.get(row.class_id or 0, classes.NO_RULE)))
        last, done = ids[-1], done + len(ids)
    return done


def keep_until(session: Session, seen: Versioned, day: object, reason: str) -> Document:
    """Keep a document longer than the rule of its class says.

    Raises:
        InvalidChangeError: The day lies before the one on which it is due, or no reason is given.
    """
    from boconsole.registry import writing

    session.require("document.destroy")
    until = day_of(day, "until")
    reason = required_line(reason, field="reason")

    def change(old: DocumentRow) -> dict[str, object]:
        if until is None or until <= (old.due_on or reading.today(session)):
            raise InvalidChangeError("until", _("lies before the end of the time it is kept"))
        return {"kept_until": until}

    return writing.each(session, [seen], "keep", change, reason)[0]


# Legal holds


def hold(
    session: Session, seen: Sequence[Versioned], matter: str, reason: str, until: object = None
) -> list[Document]:
    """Put documents under a legal hold.

    Args:
        session: Who does.
        seen: The documents.
        matter: The case, such as `Acme v. us, 2026-14`.
        reason: Why it is to be kept.
        until: The last day of the hold; none while nobody releases it.

    Raises:
        InvalidChangeError: Nothing is said of why, or the day is over.
        NotFoundError: A document is not there.
    """
    from boconsole.registry import writing

    session.require("document.hold")
    matter = required_line(matter, field="matter", limit=200)
    reason = required_line(reason, field="reason")
    last, today = day_of(until, "until"), reading.today(session)
    if last is not None and last < today:
        raise InvalidChangeError("until", _("lies in the past; take a later day"))
    done = []
    with audit.writing():
        for ref in seen:
            row = reading.again(session, ref.id)
            writing.require_present(row)
            retention.insert_hold({
                "document_id": row.id, "matter": matter, "reason": reason, "from_on": today,
                "until_on": last, "put_by_id": session.user.id or None, "at": session.now(),
            })  # fmt: skip
            told = {"hold": (None, matter), "reason": (None, reason), "until": (None, last)}
            done.append(writing.write(session, "hold", row, {}, told=told))
    return done


def release(session: Session, seen: Sequence[Versioned], reason: str) -> list[Document]:
    """End all open holds of documents.

    Raises:
        NotFoundError: One is under none.
        InvalidChangeError: No reason is given.
    """
    from boconsole.registry import writing

    session.require("document.hold")
    reason = required_line(reason, field="reason")
    done = []
    with audit.writing():
        for ref in seen:
            row = reading.again(session, ref.id)
            holds = open_holds(row.id, reading.today(session))
            if not holds:
                raise NotFoundError(_("hold on {number}").format(number=words.number(row.id)))
            for each in holds:
                retention.release(each.id, session.user.id or None, session.now(), reason)
            told = {"hold": (", ".join(each.matter for each in holds), None),
                    "reason": (None, reason)}  # fmt: skip
            done.append(writing.write(session, "release", row, {}, told=told))
    return done


def open_holds(document_id: int, today: date) -> list[HoldRow]:
    """Return the holds that keep a document on a day."""
    return [
        each for each in retention.select_holds(document_id)
        if each.released_at is None and (each.until_on is None or each.until_on >= today)
    ]  # fmt: skip
