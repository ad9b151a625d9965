"""What queries may say about payments."""

import re
from collections.abc import Callable
from dataclasses import replace
from functools import lru_cache

from boconsole.errors import InvalidChangeError
from boconsole.filters.area import Area, Field, Flag, Names
from boconsole.filters.remembering import remembered
from boconsole.ledger.words import parse_entry_number
from boconsole.session import Session
from db.conditions import AnyOf, Compare, Condition, Not, both
from db.invoices import payment_pages
from db.invoices.payment_pages import DRAFT, LEFT_OVER, POSTED, UNDONE, WAITING
from db.ledger import choices

DIGITS = re.compile(r"[0-9]{1,9}")
FIELDS = (
    Field("number", "name", "RCP-2026-00042, 42", ("id",), column="entry", source="numbers",
          unknown_is_nothing=True, sortable=False),
    Field("payment", "name", "a whole number", column="entry", source="payments", guessed=True,
          unknown_is_nothing=True, sortable=False),
    Field("date", "day", "the day it was paid", ("dated",)),
    Field("contact", "name", "customer or supplier, or a part of the name", ("partner",),
          column="partner", source="contacts", sortable=False),
    Field("kind", "choice", "money in, money out, or a credit set off", ("way",),
          {word: word for word in ("in", "out", "offset")}, sortable=False),
    Field("side", "choice", "of customers or of suppliers",
          choices={word: word for word in ("receivable", "payable")}, guessed=True,
          sortable=False),
    Field("state", "choice", "a draft waits or was approved", ("status",),
          {word: word for word in ("draft", "posted", "undone")}, column="stored", guessed=True,
          sortable=False),
    Field("amount", "amount", "what it settles and leaves over", sortable=False),
    Field("currency", "name", "of the amount", ("commodity",), source="commodities",
          sortable=False),
    Field("account", "name", "bank or cash, and what is below", ("acct",), source="accounts",
          optional=True, sortable=False),
    Field("reference", "line", "such as the text of the bank", ("ref",), sortable=False),
    Field("preparer", "name", "who prepared it", ("by",), source="people", person=True,
          sortable=False),
    Field("approver", "name", "who approved it", source="people", person=True, optional=True,
          sortable=False),
)  # fmt: skip


def payment_area(session: Session) -> Area:
    """Return what queries may say about payments; names are looked up when they are used."""
    flags = (
        Flag("draft", "not posted yet", lambda _: DRAFT),
        Flag("posted", "in the books", lambda _: POSTED),
        Flag("undone", "taken back", lambda _: UNDONE),
        Flag("waiting", "nobody approved it, or its undoing, yet",
             lambda _: WAITING),
        Flag("approvable", "one that I may approve", lambda _: _approvable(session)),
        Flag("credit", "something of it is left over", lambda _: LEFT_OVER),
        Flag("gain", "rates gained or lost something", lambda _: Not(Compare("gain", "=", 0))),
        Flag("mine", "prepared by me", lambda _: Compare("preparer", "=", session.user.id)),
    )  # fmt: skip
    return Area("payments", FIELDS, flags, _sources(), mine="preparer")


def remembered_area(session: Session) -> Area:
    """Return the area with its names read once, for typing; a number passes by its form."""
    known = remembered(payment_area(session))
    partners = [name.lower() for name in payment_pages.list_partners("", 2_000)]
    names = {
        **known.names,
        "numbers": Names(
            _as_known(lambda word: bool(DIGITS.fullmatch(word)) or _is_whole(word)), _nothing
        ),
        "payments": Names(_as_known(_is_whole), _nothing),
        "contacts": known.names["contacts"]._replace(
            find=_as_known(lambda word: any(word in name for name in partners))
        ),
        "accounts": known.names["accounts"]._replace(find=_as_known(bool)),
    }
    return replace(known, names=names)


def _approvable(session: Session) -> Condition:
    if "payment.approve" not in session.permissions:
        return AnyOf()
    me = session.user.id
    draft = both(DRAFT, Not(Compare("preparer", "=", me)))
    undoing = both(POSTED, Not(Compare("undoer", "=", me)))
    return both(WAITING, AnyOf((draft, undoing)))


def _sources() -> dict[str, Names]:
    pairs = {
        "numbers": (_find_numbered, _nothing),
        "payments": (_find_whole, _nothing),
        "contacts": (payment_pages.find_partners, payment_pages.list_partners),
        "accounts": (choices.find_accounts, choices.list_accounts),
        "commodities": (choices.find_commodities, choices.list_commodities),
        "people": (choices.find_people, choices.list_people),
    }
    return {name: Names(lru_cache(64)(find), suggest) for name, (find, suggest) in pairs.items()}


def _as_known(knows: Callable[[str], bool]) -> Callable[[str], tuple[object, ...]]:
    return lambda word: (0,) if word and knows(word.lower()) else ()


def _nothing(_start: str, _limit: int) -> list[str]:
    return []


def _is_whole(word: str) -> bool:
    """Return whether a word is a whole number such as RCP-2026-00042."""
    try:
        return not parse_entry_number(word).id and "-" in word
    except InvalidChangeError:
        return False


def _find_whole(word: str) -> tuple[int, ...]:
    if not _is_whole(word):
        return ()
    wanted = parse_entry_number(word)
    return choices.find_entries(wanted.series, wanted.year, wanted.number)


def _find_numbered(word: str) -> tuple[int, ...]:
    if DIGITS.fullmatch(word) and int(word) < 2**31:
        return choices.find_entries("", "", int(word))
    return _find_whole(word)
