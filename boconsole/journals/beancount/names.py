"""Names that beancount allows, for accounts, commodities, tags and fields that it does not.

A name that is allowed stays. Any other has its letters changed, always in the same way, and gets
a number where the result is taken.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Iterable, Mapping

from boconsole.journals.beancount.source import ROOTS
from boconsole.journals.beancount.syntax import COMMODITY, KEY

_ROOT_OF = {kind: root for root, kind in ROOTS.items()} | {"cash": "Assets"}
_WORDS = {
    "asset": "Assets",
    "assets": "Assets",
    "liability": "Liabilities",
    "liabilities": "Liabilities",
    "debt": "Liabilities",
    "debts": "Liabilities",
    "equity": "Equity",
    "income": "Income",
    "incomes": "Income",
    "revenue": "Income",
    "revenues": "Income",
    "expense": "Expenses",
    "expenses": "Expenses",
}
_OTHER_ROOT = "Equity"
_NOT_COMMODITIES = ("TRUE", "FALSE", "NULL")
_FIELDS_TAKEN = ("filename", "lineno")
_match_commodity = re.compile(rf"{COMMODITY}|[A-Z]").fullmatch
_match_key = re.compile(KEY).fullmatch
_match_tag = re.compile("[A-Za-z0-9_/.-]+").fullmatch


def account_names(accounts: Iterable[str], kinds: Mapping[str, str]) -> dict[str, str]:
    """Return a name that beancount allows for each account.

    Args:
        accounts: Names as they are.
        kinds: Kind of account by name; accounts below one that is named are of its kind.
    """
    return _unique(accounts, _is_account, lambda name: _account(name, _kind_of(name, kinds)))


def commodity_names(commodities: Iterable[str]) -> dict[str, str]:
    """Return a name that beancount allows for each commodity."""
    return _unique(commodities, is_commodity, _commodity)


def field_names(names: Iterable[str]) -> dict[str, str]:
    """Return a name that beancount allows for each field of one entry or posting."""
    return _unique(names, _is_field, _field)


def is_tag(name: str) -> bool:
    """Return whether beancount takes a word as `#tag` or `^link`."""
    return bool(_match_tag(name))


def is_commodity(name: str) -> bool:
    """Return whether beancount takes a word as commodity."""
    return bool(_match_commodity(name)) and name not in _NOT_COMMODITIES


def _unique(
    names: Iterable[str], allowed: Callable[[str], bool], change: Callable[[str], str]
) -> dict[str, str]:
    known = sorted(set(names))
    found = {name: name for name in known if allowed(name)}
    taken = set(found)
    for name in known:
        if name not in found:
            changed = unique = change(name)
            count = 1
            while unique in taken:
                count += 1
                unique = f"{changed}-{count}"
            found[name] = unique
            taken.add(unique)
    return found


def _kind_of(name: str, kinds: Mapping[str, str]) -> str:
    parts = name.split(":")
    for count in range(len(parts), 0, -1):
        if kind := kinds.get(":".join(parts[:count])):
            return kind
    return ""


def _is_account(name: str) -> bool:
    root, *parts = name.split(":")
    return root in ROOTS and bool(parts) and all(map(_is_part, parts))


def _is_part(part: str) -> bool:
    return part != "" and _starts(part[0]) and all(_goes_on(letter) for letter in part)


def _starts(letter: str) -> bool:
    return unicodedata.category(letter) in ("Lu", "Nd")


def _goes_on(letter: str) -> bool:
    category = unicodedata.category(letter)
    return category[0] == "L" or category == "Nd" or letter == "-"


def _account(name: str, kind: str) -> str:
    parts = name.split(":")
    root = _ROOT_OF.get(kind) or _WORDS.get(parts[0].lower(), "")
    if root and len(parts) > 1 and _WORDS.get(parts[0].lower()) == root:
        parts = parts[1:]
    return ":".join([root or _OTHER_ROOT, *map(_part, parts)])


def _part(part: str) -> str:
    text = "".join(letter if _goes_on(letter) else "-" for letter in part)
    first = text[:1].upper()
    if len(first) == 1 and _starts(first):
        return first + text[1:]
    return f"X{text}"


def _commodity(name: str) -> str:
    text = "".join(map(_capital, name)) or "NONE"
    if not text[0].isalpha():
        text = f"X{text}"
    if not text[-1].isalnum():
        text = f"{text}X"
    return f"{text}X" if text in _NOT_COMMODITIES else text


def _capital(letter: str) -> str:
    """Return capitals for a letter: its own, or the words of its Unicode name."""
    if letter.isascii() and (letter.isalnum() or letter in "._-'"):
        return letter.upper()
    if letter == " ":
        return "-"
    words = unicodedata.name(letter, "") or f"U{ord(letter):X}"
    return re.sub("[^A-Z0-9-]", "-", words)


def _is_field(name: str) -> bool:
    return bool(_match_key(name)) and name not in _FIELDS_TAKEN


def _field(name: str) -> str:
    text = re.sub("[^a-zA-Z0-9_-]", "-", name)
    text = text[:1].lower() + text[1:]
    if not text[:1].islower():
        text = f"x{text}"
    return text if _is_field(text) else f"{text}-x"
