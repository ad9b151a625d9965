"""What queries may say about journal entries."""

import re
from collections.abc import Callable
from dataclasses import replace
from functools import lru_cache

from boconsole.errors import InvalidChangeError
from boconsole.filters.area import Area, Field, Flag, Names
from boconsole.filters.remembering import remembered
from boconsole.ledger import marks
from boconsole.ledger.approving import waiting_ids
from boconsole.ledger.words import ENTRY_KINDS, STATES, parse_entry_number
from boconsole.session import Session
from db.conditions import AnyOf, Compare, Condition, Not, both
from db.ledger import charts, choices
from db.ledger.journal import DRAFT, POSTED, REVERSED

DIGITS = re.compile(r"[0-9]{1,9}")
FIELDS = (
    Field("number", "name", "JNL-2026-00042, 42", ("id",), column="id", source="numbers",
          unknown_is_nothing=True),
    Field("entry", "name", "a whole number", column="id", source="entries", guessed=True,
          unknown_is_nothing=True, sortable=False),
    Field("date", "day", "the day it is booked", ("dated",)),
    Field("state", "choice", "posted has the reversed ones too", ("status",),
          {word: word for word in STATES}, guessed=True, sortable=False),
    Field("kind", "choice", "normal, reversal …", ("type",), {word: word for word in ENTRY_KINDS},
          sortable=False),
    Field("payee", "words", "who paid or was paid", sortable=False),
    Field("description", "words", "words of the texts", ("about",), sortable=False),
    Field("code", "words", "such as the number of a voucher", sortable=False),
    Field("account", "name", "path, code or ending, and what is below", ("acct",),
          source="accounts", sortable=False),
    Field("amount", "amount", "of a line, without its sign", sortable=False),
    Field("commodity", "name", "currency of a line", ("currency",), source="commodities",
          sortable=False),
    Field("preparer", "name", "who prepared it", ("by",), source="people", person=True,
          sortable=False),
    *marks.FIELDS,
    Field("approver", "name", "who approved it", source="people", person=True, optional=True,
          sortable=False),
)  # fmt: skip


def journal_area(session: Session) -> Area:
    """Return what queries may say about entries; names are looked up when they are used."""
    mine = Compare("preparer", "=", session.user.id)
    may = "ledger.approve" in session.permissions
    flags = (
        Flag("draft", "not posted yet", lambda _: DRAFT),
        Flag("posted", "in the books, reversed ones too", lambda _: POSTED),
        Flag("reversed", "taken back by another", lambda _: REVERSED),
        Flag("unapproved", "a draft that needs an approval", lambda _: _waiting()),
        Flag(
            "approvable",
            "one that I may approve",
            lambda _: both(_waiting(), Not(mine)) if may else AnyOf(),
        ),
        Flag("mine", "prepared by me", lambda _: mine),
    )
    return Area(
        "ledger", FIELDS, flags, marks.sources(_sources()), mine="preparer", open=marks.OPEN
    )


def remembered_area(session: Session) -> Area:
    """Return the area with its names read once, for typing; a number passes by its form.

    What a flag stands for is not looked up: that it is one is all that typing asks.
    """
    known = remembered(journal_area(session))
    paths: dict[str, None] = {}
    for row in charts.select_accounts():
        parts = row.path.lower().split(":")
        paths.update((":".join(parts[place:]), None) for place in range(len(parts)))
        paths[row.code.lower()] = None
    names = {
        **known.names,
        "numbers": Names(_as_known(_numbered), _nothing),
        "entries": Names(_as_known(_whole), _nothing),
        "accounts": known.names["accounts"]._replace(find=_as_known(paths.__contains__)),
    }
    flags = tuple(replace(flag, condition=lambda _: AnyOf()) for flag in known.flags)
    return replace(known, names=marks.remembered(names), flags=flags)


def _as_known(knows: Callable[[str], bool]) -> Callable[[str], tuple[object, ...]]:
    return lambda word: (0,) if word and knows(word.lower()) else ()


def _waiting() -> Condition:
    """Return what asks for drafts above a limit that nobody has approved."""
    found = waiting_ids()
    return Compare("id", "in", tuple(found)) if found else AnyOf()


def _sources() -> dict[str, Names]:
    pairs = {
        "numbers": (_find_numbered, _nothing),
        "entries": (_find_whole, _nothing),
        "accounts": (choices.find_accounts, choices.list_accounts),
        "commodities": (choices.find_commodities, choices.list_commodities),
        "people": (choices.find_people, choices.list_people),
    }
    return {name: Names(lru_cache(64)(find), suggest) for name, (find, suggest) in pairs.items()}


def _nothing(_start: str, _limit: int) -> list[str]:
    return []


def _numbered(word: str) -> bool:
    return bool(DIGITS.fullmatch(word)) or _whole(word)


def _whole(word: str) -> bool:
    """Return whether a word is a whole number such as JNL-2026-00042 or DRF-7."""
    if "-" not in word:
        return False
    try:
        parse_entry_number(word)
    except InvalidChangeError:
        return False
    return True


def _find_whole(word: str) -> tuple[int, ...]:
    if not _whole(word):
        return ()
    wanted = parse_entry_number(word)
    if wanted.id:
        return (wanted.id,)
    return choices.find_entries(wanted.series, wanted.year, wanted.number)


def _find_numbered(word: str) -> tuple[int, ...]:
    if DIGITS.fullmatch(word) and int(word) < 2**31:
        return choices.find_entries("", "", int(word))
    return _find_whole(word)
