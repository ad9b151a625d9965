"""What queries may say about documents of one side: what customers owe, or what is owed."""

import re
from dataclasses import replace
from functools import lru_cache

from boconsole.errors import InvalidChangeError
from boconsole.filters.area import Area, Field, Flag, Names
from boconsole.filters.remembering import remembered
from boconsole.invoices.words import SIDES, Side
from boconsole.ledger.words import parse_entry_number
from boconsole.session import Session
from db.conditions import Compare, Condition, Not, both
from db.fields import number_of
from db.invoices import finding
from db.invoices.documents import partner_names_from
from db.invoices.finding import DRAFT, OPEN
from db.ledger import choices

DIGITS = re.compile(r"[0-9]{1,9}")
DRAFT_NUMBER = re.compile(r"(?:[A-Z]{2,6}-)?#([1-9][0-9]{0,9})", re.IGNORECASE)
"""`#7`, or `INV-#7` where the letters tell the room."""
STATES = {
    "draft": "draft", "issued": "issued", "partly_paid": "partly paid", "paid": "paid",
    "cancelled": "cancelled",
}  # fmt: skip
SPELLINGS = {"partly": "partly_paid", "canceled": "cancelled", "credited": "cancelled"}
KINDS = {
    "receivable": {"invoice": "invoice", "credit-note": "invoice-credit"},
    "payable": {"bill": "bill", "credit-note": "bill-credit"},
}


def _fields(side: Side) -> tuple[Field, ...]:
    return (
        Field("number", "name", "INV-2026-00042, 42, #7", ("id",), column="id", source="numbers",
              unknown_is_nothing=True),
        Field("document", "name", "a whole number", column="id", source="documents", guessed=True,
              unknown_is_nothing=True, sortable=False),
        Field("state", "choice", "draft, issued, partly_paid, paid …", ("status",), STATES,
              SPELLINGS, {"open": ("issued", "partly_paid")}, guessed=True, sortable=False),
        Field("kind", "choice", "the document itself, or a credit note", ("type",), KINDS[side],
              sortable=False),
        Field("contact", "name", "customer or supplier, or a part of the name",
              ("partner", "customer", "supplier"), source="partners", loose=True,
              like="partner_name"),
        Field("date", "day", "the day of the document", ("dated",)),
        Field("due", "day", "the day it is due"),
        Field("amount", "amount", "the total", ("total",), sortable=False),
        Field("open", "amount", "what is open of it", column="rest", sortable=False),
        Field("currency", "name", "such as USD", ("commodity",), source="commodities",
              sortable=False),
        Field("reference", "words", "number of the other side", ("ref",), sortable=False),
        Field("text", "words", "words of the lines", ("lines",), column="lines", sortable=False),
        Field("note", "words", "words of the note", sortable=False),
        Field("preparer", "name", "who prepared it", ("by",), source="people", person=True,
              sortable=False),
        Field("approver", "name", "who approved it", source="people", person=True, optional=True,
              sortable=False),
    )  # fmt: skip


def documents_area(session: Session, side: Side) -> Area:
    """Return what queries may say; names are looked up when they are used."""
    today = number_of(session.now().astimezone(session.zone).date())
    credits_ = Compare("kind", "=", SIDES[side][1])
    late = both(OPEN, Compare("due", "<", today), Not(credits_))
    flags = (
        Flag("draft", "not issued yet", lambda _: DRAFT),
        Flag("issued", "with a number, whatever was paid", lambda _: Not(DRAFT)),
        Flag("open", "issued and not settled", lambda _: OPEN),
        Flag("overdue", "open after its due day", lambda _: late),
        Flag("paid", "nothing is open", lambda _: Compare("state", "=", "paid")),
        Flag("credit", "a credit note", lambda _: credits_),
        Flag("mine", "prepared by me", lambda _: Compare("preparer", "=", session.user.id)),
    )
    return Area("invoices", _fields(side), flags, _sources(side), mine="preparer")


def of_side(side: Side) -> Condition:
    """Return the condition of being a document of a side."""
    return Compare("side", "=", side)


def remembered_area(session: Session, side: Side) -> Area:
    """Return the area with its names read once, for typing; a number passes by its form."""
    known = remembered(documents_area(session, side))
    passing = {name: Names(_form, _nothing) for name in ("numbers", "documents")}
    return replace(known, names={**known.names, **passing})


def _form(word: str) -> tuple[object, ...]:
    return (0,) if DIGITS.fullmatch(word) or _whole(word) else ()


def _sources(side: Side) -> dict[str, Names]:
    def find_whole(word: str) -> tuple[object, ...]:
        if draft := DRAFT_NUMBER.fullmatch(word):
            return finding.find_id(side, int(draft[1])) if int(draft[1]) < 2**31 else ()
        if not _whole(word):
            return ()
        wanted = parse_entry_number(word)
        return finding.find_by_entries(
            side, choices.find_entries(wanted.series, wanted.year, wanted.number)
        )

    def find_numbered(word: str) -> tuple[object, ...]:
        if DIGITS.fullmatch(word) and int(word) < 2**31:
            return finding.find_by_entries(side, choices.find_entries("", "", int(word)))
        return find_whole(word)

    pairs = {
        "numbers": (find_numbered, _nothing),
        "documents": (find_whole, _nothing),
        "partners": (finding.find_partners, partner_names_from),
        "commodities": (choices.find_commodities, choices.list_commodities),
        "people": (choices.find_people, choices.list_people),
    }
    return {name: Names(lru_cache(64)(find), suggest) for name, (find, suggest) in pairs.items()}


def _nothing(_start: str, _limit: int) -> list[str]:
    return []


def _whole(word: str) -> bool:
    """Return whether a word is a whole number such as INV-2026-00042 or #7."""
    if DRAFT_NUMBER.fullmatch(word):
        return True
    if "-" not in word:
        return False
    try:
        return bool(parse_entry_number(word).series)
    except InvalidChangeError:
        return False
