"""What queries may say of tags and links, of entries and of lines alike.

`tag:project`, `tag:project=apollo` or `tag.project:apollo`; `link:TKT-1042`, `ticket:1042`.
"""

from collections.abc import Callable
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
from db.ledger.dimensions import RECORDS, TAG

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


class Sources(dict[str, Names]):
    """What names mean; values of a tag are asked for by its name."""

    def __missing__(self, name: str) -> Names:
        """Return the values of a tag such as `tag.project`."""
        return _values_of(name.removeprefix(TAG), _folded)


def sources() -> dict[str, Names]:
    """Return the sources of tags and links: any word may be one."""
    links = {name: _values_of(name, partial(_of_record, name)) for name in RECORDS}
    return {"tag": Names(_folded, stored.list_names),
            "link": _values_of("link", _of_link), **links}  # fmt: skip


def _values_of(name: str, find: Callable[[str], tuple[object, ...]]) -> Names:
    return Names(find, partial(stored.list_values, name))


def _folded(word: str) -> tuple[object, ...]:
    return (word.casefold(),)


def _of_link(word: str) -> tuple[object, ...]:
    return (link_of(word).value_key,)


def _of_record(name: str, word: str) -> tuple[object, ...]:
    """Return what `ticket:1042` or `ticket:TKT-1042` means; a tag of that name is found too."""
    found = [link_of(word).value_key, word.casefold()]
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
    area = Area("ledger", FIELDS, names=Sources(sources()), open=OPEN)
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
