"""What queries may say about journal entries."""

import re
from collections.abc import Callable
from dataclasses import replace
from functools import lru_cache, partial

from boconsole.errors import InvalidChangeError
from boconsole.filters.area import Area, Field, Flag, Names
from boconsole.filters.remembering import remembered
from boconsole.ledger.approving import threshold
from boconsole.ledger.dimensions import PREFIXES, link_of
from boconsole.ledger.words import ENTRY_KINDS, STATES, parse_entry_number
from boconsole.session import Session
from db.conditions import AnyOf, Compare, Condition, Not, both
from db.ledger import charts, choices, dimensions
from db.ledger.dimensions import RECORDS, TAG
from db.ledger.journal import DRAFT, POSTED, REVERSED

DIGITS = re.compile(r"[0-9]{1,9}")
OPEN = {
    "tag": Field("tag", "name", "the value of a tag", many=True, unknown_is_nothing=True,
                 sortable=False),
}  # fmt: skip
"""`tag.project` and the like."""
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
    Field("tag", "name", "name, or name=value; tag.name:value", source="tag", many=True,
          unknown_is_nothing=True, sortable=False),
    Field("link", "name", "TKT-42, or any reference", source="link", many=True,
          unknown_is_nothing=True, sortable=False),
    *(Field(name, "name", "what links name", source=name, many=True, unknown_is_nothing=True,
            sortable=False) for name in RECORDS),
    Field("approver", "name", "who approved it", source="people", person=True, optional=True,
          sortable=False),
)  # fmt: skip


def journal_area(session: Session) -> Area:
    """Return what queries may say about entries; names are looked up when they are used."""
    waiting = _waiting()
    mine = Compare("preparer", "=", session.user.id)
    may = "ledger.approve" in session.permissions
    flags = (
        Flag("draft", "not posted yet", lambda _: DRAFT),
        Flag("posted", "in the books, reversed ones too", lambda _: POSTED),
        Flag("reversed", "taken back by another", lambda _: REVERSED),
        Flag("unapproved", "a draft that needs an approval", lambda _: waiting),
        Flag(
            "approvable",
            "one that I may approve",
            lambda _: both(waiting, Not(mine)) if may else AnyOf(),
        ),
        Flag("mine", "prepared by me", lambda _: mine),
    )
    return Area("ledger", FIELDS, flags, Sources(_sources()), mine="preparer", open=OPEN)


def remembered_area(session: Session) -> Area:
    """Return the area with its names read once, for typing; a number passes by its form."""
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
    return replace(known, names=Sources(names | _marks()))


def _as_known(knows: Callable[[str], bool]) -> Callable[[str], tuple[object, ...]]:
    return lambda word: (0,) if word and knows(word.lower()) else ()


def _waiting() -> Condition:
    """Return what asks for drafts above the threshold that nobody has approved."""
    most = threshold()
    if most is None:
        return AnyOf()
    return both(DRAFT, Compare("approver", "empty"), Compare("debits", ">", most))


def _sources() -> dict[str, Names]:
    pairs = {
        "numbers": (_find_numbered, _nothing),
        "entries": (_find_whole, _nothing),
        "accounts": (choices.find_accounts, choices.list_accounts),
        "commodities": (choices.find_commodities, choices.list_commodities),
        "people": (choices.find_people, choices.list_people),
    }
    found = {name: Names(lru_cache(64)(find), suggest) for name, (find, suggest) in pairs.items()}
    return found | _marks()


class Sources(dict[str, Names]):
    """What names mean; values of a tag are asked for by its name."""

    def __missing__(self, name: str) -> Names:
        """Return the values of a tag such as `tag.project`."""
        return _values_of(name.removeprefix(TAG), _folded)


def _marks() -> dict[str, Names]:
    """Return the sources of tags and links: any word may be one."""
    links = {name: _values_of(name, partial(_of_record, name)) for name in RECORDS}
    return {"tag": Names(_folded, dimensions.list_names),
            "link": _values_of("link", _of_link), **links}  # fmt: skip


def _values_of(name: str, find: Callable[[str], tuple[object, ...]]) -> Names:
    return Names(find, partial(dimensions.list_values, name))


def _folded(word: str) -> tuple[object, ...]:
    return (word.casefold(),)


def _of_link(word: str) -> tuple[object, ...]:
    return (link_of(word).value_key,)


def _of_record(name: str, word: str) -> tuple[object, ...]:
    """Return what `ticket:1042` or `ticket:TKT-1042` means; a tag of that name is found too."""
    prefix = PREFIXES.get(name)
    number = f"{prefix}-{word}" if prefix and DIGITS.fullmatch(word) else word
    return tuple(dict.fromkeys((link_of(number).value_key, word.casefold())))


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
