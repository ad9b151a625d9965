"""What queries may say of tags and links, of entries and of lines alike.

`tag:project`, `tag:project=apollo` or `tag.project:apollo`; `link:TKT-1042`, `ticket:1042`.
"""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import replace as replaced
from functools import partial

from boconsole.errors import QuerySyntaxError
from boconsole.filters import resolve
from boconsole.filters.area import Area, Field, Names
from boconsole.filters.syntax import And, Node, Not, Or, Query, Term, Value
from boconsole.language import _
from boconsole.ledger.dimensions import DOCUMENT, MAIL, PREFIXES, RECORD, link_of
from boconsole.session import Session
from db.conditions import Condition
from db.ledger import dimension_sums as stored
from db.ledger.dimension_sums import LINKS
from db.ledger.dimensions import RECORDS, TAG, key_of

KEPT = 1_000
"""Tags and links that are remembered for typing."""
OPEN = {
    "tag": Field("tag", "name", "the value of a tag", many=True, unknown_is_nothing=True,
                 sortable=False),
}  # fmt: skip
"""`tag.project` and the like."""
FIELDS = (
    Field("tag", "name", "name, name=value; or tag.name:value", source="tag", many=True,
          unknown_is_nothing=True, sortable=False),
    Field("link", "name", "TKT-42, or any reference", source="link", many=True,
          unknown_is_nothing=True, sortable=False),
    *(Field(name, "name", "a link by its number", source=name, many=True,
            unknown_is_nothing=True, sortable=False) for name in RECORDS),
)  # fmt: skip


Suggest = Callable[[str, str, int], list[str]]
"""Takes the name of a tag or of what links name, a beginning and a limit; returns values."""


class Sources(dict[str, Names]):
    """What names mean; values of a tag are asked for by its name, and any word may be one.

    Args:
        others: Names of other fields.
        tags: Offers names of tags.
        values: Offers values.
    """

    def __init__(
        self, others: Mapping[str, Names], tags: Callable[[str, int], list[str]], values: Suggest
    ) -> None:
        super().__init__(others)
        self._values = values
        self["tag"] = Names(_folded, tags)
        self["link"] = Names(_of_link, partial(values, LINKS))
        for name in RECORDS:
            self[name] = Names(partial(_of_record, name), partial(values, name))

    def __missing__(self, name: str) -> Names:
        """Return the values of a tag such as `tag.project`."""
        return Names(_folded, partial(self._values, name.removeprefix(TAG)))


def sources(others: Mapping[str, Names]) -> Sources:
    """Return names with those of tags and links, which are looked up when they are asked for."""
    return Sources(others, stored.list_names, stored.list_values)


def remembered(others: Mapping[str, Names]) -> Sources:
    """Return the same with what is offered read once: the newest of each."""
    values: dict[str, dict[str, None]] = {}
    spelled: dict[str, str] = {}
    for name, value in stored.select_latest("tag", KEPT):
        spelled.setdefault(name.casefold(), name)
        values.setdefault(name.casefold(), {})[value] = None
    for name, value in stored.select_latest("link", KEPT):
        for each in (name, LINKS):
            values.setdefault(each, {})[value] = None
    tags = sorted(spelled.values())

    def offered(name: str, start: str, limit: int) -> list[str]:
        return _beginning(filter(None, values.get(name.casefold(), ())), start)[:limit]

    return Sources(others, lambda start, limit: _beginning(tags, start)[:limit], offered)


def _beginning(words: Iterable[str], start: str) -> list[str]:
    low = start.casefold()
    return [word for word in words if word.casefold().startswith(low)]


def _folded(word: str) -> tuple[object, ...]:
    return (key_of(word),)


def _of_link(word: str) -> tuple[object, ...]:
    return (link_of(word).value_key,)


def _of_record(name: str, word: str) -> tuple[object, ...]:
    """Return what `ticket:1042` or `ticket:TKT-1042` means; a tag of that name is found too."""
    found = [link_of(word).value_key, key_of(word)]
    if word.isdecimal():
        found += [f"{prefix}-{int(word)}" for prefix, each in PREFIXES.items() if each == name]
    return tuple(dict.fromkeys(found))


# Beside other words


def parted(session: Session, query: Query) -> tuple[Query, Condition | None]:
    """Return a query without what it says of tags and links, and that as a condition on lines.

    Raises:
        QuerySyntaxError: Both stand in one `or`.
    """
    parts = query.where.parts if isinstance(query.where, And) else (query.where,)
    mine = tuple(part for part in parts if part is not None and _is_mark(part))
    rest = tuple(part for part in parts if part is not None and part not in mine)
    if any(_has_mark(part) for part in rest):
        reason = _("tags and links stand beside what else is asked, not in one `or` with it")
        raise QuerySyntaxError(reason, 0)
    if not mine:
        return query, None
    area = Area("ledger", FIELDS, names=sources({}), open=OPEN)
    condition = resolve(Query(_both(mine)), area, session).where
    return replaced(query, where=_both(rest)), condition


def _both(parts: tuple[Node, ...]) -> Node | None:
    return And(parts) if len(parts) > 1 else parts[0] if parts else None


def _is_mark(node: Node) -> bool:
    match node:
        case And(parts) | Or(parts):
            return all(_is_mark(part) for part in parts)
        case Not(part):
            return _is_mark(part)
        case Term(("has" | "no"), _operator, values):
            return all(isinstance(value, Value) and _names_mark(value.text) for value in values)
        case Term(name) if name in RECORDS:
            return all(isinstance(value, Value) and _is_number(value.text) for value in node.values)
        case Term(name):
            return _names_mark(name)
    return False


def _has_mark(node: Node) -> bool:
    match node:
        case And(parts) | Or(parts):
            return any(_has_mark(part) for part in parts)
        case Not(part):
            return _has_mark(part)
    return _is_mark(node)


def _names_mark(name: str) -> bool:
    low = name.lower()
    return low in ("tag", "link") or (low.startswith(TAG) and len(low) > len(TAG))


def _is_number(text: str) -> bool:
    """Return whether a word names a record; `Asset:Bank` is an account."""
    return text.isdecimal() or any(form.fullmatch(text) for form in (RECORD, DOCUMENT, MAIL))
