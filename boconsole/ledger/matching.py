"""Which balances a query names.

Words of the query language, on a chart small enough to be looked through: `bank` or
`Assets:Bank` (part of a path, whatever its case), `account:Assets` (that account and those
below), `kind:income`, `code:1100`, `role:cash`, `commodity:USD`; `-`, `or` and parentheses as
everywhere. Tags and links (`tag.project:apollo`, see `marks`) name the lines that are summed.
"""

from collections.abc import Callable
from typing import TYPE_CHECKING

from boconsole.errors import QuerySyntaxError
from boconsole.filters.parse import parse
from boconsole.filters.syntax import And, Node, Not, Or, Query, Range, Term, Value, Word
from boconsole.language import _
from boconsole.ledger import marks
from boconsole.ledger.words import KINDS, ROLES
from boconsole.session import Session
from db.conditions import Condition

if TYPE_CHECKING:
    from boconsole.ledger.balances import Worth

Matcher = Callable[["Worth"], bool]
CHOICES = {"kind": KINDS, "role": ROLES}


def matcher(query: str) -> Matcher:
    """Return the test that a query means.

    Raises:
        QuerySyntaxError: It cannot be read, or asks for what balances do not have.
    """
    return _matcher(parse(query))


def asked(session: Session, query: str) -> tuple[Matcher, Condition | None]:
    """Return the test of accounts, and which lines are summed: those of some tags or links.

    Raises:
        QuerySyntaxError: It cannot be read, or asks for what lines do not have.
    """
    rest, lines = marks.parted(session, parse(query))
    return _matcher(rest), lines


def lines_of(session: Session, query: str) -> Condition | None:
    """Return which lines a query names by their tags and links; None for an empty one.

    Raises:
        QuerySyntaxError: It asks for anything else.
    """
    rest, lines = marks.parted(session, parse(query))
    if rest.where is not None or _shaped(rest):
        raise QuerySyntaxError(_("expected tags and links alone, as in tag.project:apollo"), 0)
    return lines


def _matcher(read: Query) -> Matcher:
    if _shaped(read):
        raise QuerySyntaxError(_("expected conditions alone, without sort:, limit: or | set"), 0)
    return _node(read.where) if read.where is not None else lambda _worth: True


def _shaped(query: Query) -> bool:
    return bool(query.sort or query.group or query.columns or query.limit or query.edit)


def _node(node: Node) -> Matcher:
    match node:
        case And(parts):
            every = [_node(part) for part in parts]
            return lambda worth: all(test(worth) for test in every)
        case Or(parts):
            some = [_node(part) for part in parts]
            return lambda worth: any(test(worth) for test in some)
        case Not(part):
            test = _node(part)
            return lambda worth: not test(worth)
        case Word(text):
            return _part(text)
        case Term():
            return _term(node)
    raise QuerySyntaxError(_("balances have no past; ask with --at"), node.column)


def _part(text: str) -> Matcher:
    low = text.casefold()
    return lambda worth: low in worth.account.path.casefold()


def _term(term: Term) -> Matcher:
    words = [_text(value, term) for value in term.values]
    if term.operator not in ("", "~"):
        raise QuerySyntaxError(_("expected : and a name"), term.column)
    if term.name in CHOICES:
        return _choice(term, words)
    if term.name == "commodity":
        return lambda worth: worth.commodity.code in words
    if term.name == "code":
        return lambda worth: worth.account.code in words
    if term.name == "account":
        lows = [word.casefold() for word in words]
        return lambda worth: any(_belongs(worth.account.path.casefold(), low) for low in lows)
    return _part(f"{term.name}:{','.join(words)}")


def _text(value: Value | Range, term: Term) -> str:
    if isinstance(value, Range):
        raise QuerySyntaxError(_("expected one value, not a range"), term.column)
    return value.text


def _belongs(path: str, account: str) -> bool:
    return path == account or path.startswith(f"{account}:")


def _choice(term: Term, words: list[str]) -> Matcher:
    known = CHOICES[term.name]
    for word in words:
        if word not in known:
            reason = _("expected one of {words}").format(words=", ".join(known))
            raise QuerySyntaxError(reason, term.column)
    return lambda worth: getattr(worth.account, term.name) in words
