"""Which fixed assets a query names: words of the query language, on a register small enough.

`laptop` or `FA-0007` (part of number, name, class or note), `state:in-use`, `class:Computers`;
`-`, `or` and parentheses as everywhere. Assets that went are left out unless a state is named.
"""

from collections.abc import Callable, Iterator

from boconsole.errors import QuerySyntaxError
from boconsole.filters.parse import parse
from boconsole.filters.syntax import And, Node, Not, Or, Range, Term, Word
from boconsole.fixed_assets.reading import Asset
from boconsole.fixed_assets.words import GONE, STATE_TITLES, WITHDRAWN
from boconsole.language import _

Matcher = Callable[[Asset], bool]
ANY = "any"
"""Every state."""


def matcher(query: str) -> Matcher:
    """Return the test that a query means.

    Raises:
        QuerySyntaxError: It cannot be read, or asks for what assets do not have.
    """
    read = parse(query)
    if read.sort or read.group or read.columns or read.limit or read.edit:
        raise QuerySyntaxError(_("expected conditions alone, without sort:, limit: or | set"), 0)
    if read.where is None:
        return _there
    test = _node(read.where)
    if any(term.name == "state" for term in _terms(read.where)):
        return test
    return lambda asset: _there(asset) and test(asset)


def _there(asset: Asset) -> bool:
    return asset.state not in (GONE, WITHDRAWN)


def _terms(node: Node) -> Iterator[Term]:
    match node:
        case And(parts) | Or(parts):
            for part in parts:
                yield from _terms(part)
        case Not(part):
            yield from _terms(part)
        case Term():
            yield node


def _node(node: Node) -> Matcher:
    match node:
        case And(parts):
            every = [_node(part) for part in parts]
            return lambda asset: all(test(asset) for test in every)
        case Or(parts):
            some = [_node(part) for part in parts]
            return lambda asset: any(test(asset) for test in some)
        case Not(part):
            test = _node(part)
            return lambda asset: not test(asset)
        case Word(text):
            low = text.casefold()
            return lambda asset: low in _text(asset)
        case Term():
            return _term(node)
    raise QuerySyntaxError(_("the register has no past; see the schedule"), node.column)


def _text(asset: Asset) -> str:
    row = asset.row
    return f"{asset.number}\n{row.name}\n{row.class_name}\n{row.note}".casefold()


def _term(term: Term) -> Matcher:
    if term.operator not in ("", "~") or any(isinstance(value, Range) for value in term.values):
        raise QuerySyntaxError(_("expected : and a name"), term.column)
    words = [value.text for value in term.values if not isinstance(value, Range)]
    if term.name == "class":
        lows = [word.casefold() for word in words]
        return lambda asset: asset.row.class_name.casefold() in lows
    if term.name == "state":
        known = (*STATE_TITLES, ANY)
        if wrong := [word for word in words if word not in known]:
            reason = _("{wrong} is none of {words}").format(wrong=wrong[0], words=", ".join(known))
            raise QuerySyntaxError(reason, term.column)
        return lambda asset: ANY in words or asset.state in words
    raise QuerySyntaxError(_("expected state: or class:, or words"), term.column)
