"""What contracts say, as it is typed and as the trail tells it, turned into columns."""

from collections.abc import Mapping
from datetime import date, timedelta

from boconsole.errors import InvalidChangeError
from boconsole.language import _
from boconsole.moments import add_months
from boconsole.projects.fields import day_of, known, money_of, person_id
from boconsole.registry import words
from boconsole.registry.fields import counterpart_columns, counterpart_text, value_text
from boconsole.text import clean, clean_line, required_line
from boconsole.tickets.words import one_of
from db.registry.rows import ContractRow

Given = Mapping[str, object]
TERM = ("start_on", "end_on", "notice", "renewal", "renewal_term", "value", "every")
FIELDS = (
    "title", "kind", "owner", "counterpart", "reference", "signed_on", "note", "state", *TERM,
)  # fmt: skip
TRAIL = (*FIELDS, "term", "terminated_on", "reason")
day = day_of


def last_notice(end: date | None, months: int, days: int) -> date | None:
    """Return the last day on which notice can be given: the end less the notice period."""
    if end is None or not (months or days):
        return None
    return add_months(end, -months) - timedelta(days=days)


def told_of(row: ContractRow) -> dict[str, object]:
    """Return a contract as it could be typed, with what follows from operations."""
    return {
        "title": row.title, "kind": row.kind, "state": row.state, "owner": row.owner,
        "counterpart": counterpart_text(row), "reference": row.reference,
        "signed_on": row.signed_on, "note": row.note, "start_on": row.start_on,
        "end_on": row.end_on, "notice": words.span(row.notice_months, row.notice_days),
        "renewal": row.renewal, "renewal_term": words.span(row.renewal_months),
        "value": value_text(row), "every": row.every, "term": row.term,
        "terminated_on": row.terminated_on, "reason": row.reason,
    }  # fmt: skip


def columns_of(given: Given, before: ContractRow | None) -> dict[str, object]:
    """Return the columns of fields of a contract, checked, with the last day for a notice.

    Raises:
        InvalidChangeError, NotFoundError: A value cannot be taken.
    """
    known(given, FIELDS)
    found: dict[str, object] = {}
    if "title" in given:
        found["title"] = required_line(str(given["title"] or ""), field="title", limit=200)
    for name, choices in (("kind", words.KINDS), ("renewal", words.RENEWALS)):
        if name in given:
            found[name] = one_of(name, str(given[name] or ""), tuple(choices))
    if "state" in given:
        found["state"] = one_of("state", str(given["state"]), (words.DRAFT, words.ACTIVE))
    if "every" in given:
        every = str(given["every"] or "")
        found["every"] = one_of("every", every, tuple(words.EVERY)) if every else ""
    if "owner" in given:
        found["owner_id"] = person_id(given["owner"])
    if "counterpart" in given:
        found |= counterpart_columns(given["counterpart"])
    if "reference" in given:
        found["reference"] = clean_line(str(given["reference"] or ""), field="reference")
    if "note" in given:
        found["note"] = clean(str(given["note"] or ""), field="note")
    for name in ("signed_on", "start_on", "end_on"):
        if name in given:
            found[name] = day_of(given[name], name)
    if "notice" in given:
        months, days = words.parse_span(str(given["notice"] or ""), "notice")
        found |= {"notice_months": months, "notice_days": days}
    if "renewal_term" in given:
        found["renewal_months"] = words.parse_months(str(given["renewal_term"] or "0"), "renewal")
    if "value" in given:
        code = before.commodity if before else ""
        found["amount"], found["commodity_id"], _told = money_of(given["value"], code, "value")
    return _agreed(found, before)


def _agreed(found: dict[str, object], before: ContractRow | None) -> dict[str, object]:
    """Return columns that agree with one another, and with what is there."""

    def now(name: str) -> object:
        return found.get(name, getattr(before, name) if before else None)

    start, end = now("start_on"), now("end_on")
    if "start_on" in found and start is None:
        raise InvalidChangeError("start_on", _("is needed"))
    if isinstance(start, date) and isinstance(end, date) and end < start:
        raise InvalidChangeError("end_on", _("cannot come before the start"))
    if now("renewal") in ("automatic", "decision") and end is None and "renewal" in found:
        raise InvalidChangeError("end_on", _("is needed for a contract that is renewed"))
    if before is None or found.keys() & {"end_on", "notice_months", "notice_days"}:
        months, days = (int(str(now(name) or 0)) for name in ("notice_months", "notice_days"))
        notice = last_notice(end if isinstance(end, date) else None, months, days)
        found["notice_on"] = notice
    return found


def put_back(given: Given, before: ContractRow) -> dict[str, object]:
    """Return the columns of a contract as the trail told it, whatever they were."""
    typed = {name: value for name, value in given.items() if name in FIELDS and name != "state"}
    found = columns_of(typed, before) if typed else {}
    if "state" in given:
        found["state"] = str(given["state"])
    if "term" in given:
        found["term"] = int(str(given["term"]))
    if "terminated_on" in given:
        found["terminated_on"] = day_of(given["terminated_on"], "terminated_on")
    if "reason" in given:
        found["reason"] = str(given["reason"] or "")
    if found.get("state") == words.ACTIVE and "notice_on" not in found:
        end = found.get("end_on", before.end_on)
        found["notice_on"] = last_notice(
            end if isinstance(end, date) else None, before.notice_months, before.notice_days
        )
    return found
