"""From the text of a query to its tree.

The grammar: parts side by side mean all of them, `or` binds less than that, `not` and `-`
more; `sort: group: cols: limit:` and `any` belong to the whole line.
"""

import re
from dataclasses import dataclass, field

from boconsole.errors import QuerySyntaxError
from boconsole.filters.syntax import And, Change, Name, Node, Not, Or, Query, Word
from boconsole.filters.terms import name_of, read_edit, read_term
from boconsole.filters.tokens import FIELD, PIPE, QUOTES, WORD, Reader
from boconsole.language import _, grouped

MAX_DEPTH = 40
MAX_LIMIT = 100_000
SHAPES = {
    "sort": "sort",
    "order": "sort",
    "group": "group",
    "cols": "cols",
    "columns": "cols",
    "limit": "limit",
}
DIGITS = re.compile(r"\d{1,9}")


def parse(text: str) -> Query:
    """Return what a query says.

    Raises:
        QuerySyntaxError: It cannot be read; the error names column and expectation.
    """
    return _Parser(Reader(text)).query()


@dataclass
class _Shape:
    """What the line says about the list as a whole."""

    everything: bool = False
    sort: tuple[Name, ...] = ()
    group: Name | None = None
    columns: tuple[Name, ...] = ()
    limit: int | None = None
    seen: set[str] = field(default_factory=set)


class _Parser:
    """Recursive descent over one reader."""

    def __init__(self, reader: Reader) -> None:
        self.reader = reader
        self.shape = _Shape()
        self.depth = 0

    def query(self) -> Query:
        where = self.alternatives()
        edit: tuple[Change, ...] = ()
        if self.reader.skip():
            if self.reader.peek() == ")":
                raise QuerySyntaxError(_("expected no ) here, none is open"), self.reader.at)
            edit = read_edit(self.reader)
        shape = self.shape
        return Query(
            where, shape.everything, shape.sort, shape.group, shape.columns, shape.limit, edit
        )

    def alternatives(self) -> Node | None:
        parts: list[Node] = []
        first = self.together()
        if first is not None:
            parts.append(first)
        while (at := self.keyword("or")) is not None:
            if not parts:
                raise QuerySyntaxError(_("expected a condition before or"), at)
            part = self.together()
            if part is None:
                raise QuerySyntaxError(_("expected a condition after or"), self.reader.at)
            parts.append(part)
        if not parts:
            return None
        return parts[0] if len(parts) == 1 else Or(_flat(parts, Or))

    def together(self) -> Node | None:
        parts: list[Node] = []
        while self.reader.skip() and self.reader.peek() != ")":
            if self.at_joint():
                break
            if self.keyword("and") is not None or self.took_shape():
                continue
            parts.append(self.single())
        if not parts:
            return None
        return parts[0] if len(parts) == 1 else And(_flat(parts, And))

    def at_joint(self) -> bool:
        return self.sees_keyword("or") or self.reader.looking_at(PIPE) is not None

    def sees_keyword(self, keyword: str) -> bool:
        match = self.reader.looking_at(WORD)
        return match is not None and match.group().lower() == keyword

    def keyword(self, keyword: str) -> int | None:
        self.reader.skip()
        if not self.sees_keyword(keyword):
            return None
        at = self.reader.at
        self.reader.at += len(keyword)
        return at

    def took_shape(self) -> bool:
        start = self.reader.at
        if self.keyword("any") is not None:
            self.only_outside("any", start)
            self.shape.everything = True
            return True
        match = self.reader.looking_at(FIELD)
        kind = SHAPES.get(match.group(1).lower()) if match and match.group(2) in ":=" else None
        if match is None or kind is None:
            return False
        self.only_outside(f"{kind}:", start)
        if kind in self.shape.seen:
            raise QuerySyntaxError(_("expected {kind}: only once").format(kind=kind), start)
        self.shape.seen.add(kind)
        self.reader.at = match.end()
        self.take_shape(kind)
        return True

    def only_outside(self, what: str, at: int) -> None:
        if self.depth:
            raise QuerySyntaxError(
                _("expected {what} outside of not and brackets").format(what=what), at
            )

    def take_shape(self, kind: str) -> None:
        start = self.reader.at
        if kind == "limit":
            digits = self.reader.take(DIGITS)
            if not digits or not 1 <= int(digits) <= MAX_LIMIT or not self.reader.ended():
                raise QuerySyntaxError(
                    _("expected a number from 1 to {max_limit}").format(
                        max_limit=grouped(MAX_LIMIT)
                    ),
                    start,
                )
            self.shape.limit = int(digits)
            return
        names = tuple(name_of(item, kind) for item in self.reader.take_items(f"{kind}:"))
        if kind == "sort":
            self.shape.sort = names
        elif kind == "cols":
            self.shape.columns = names
        elif len(names) == 1:
            self.shape.group = names[0]
        else:
            raise QuerySyntaxError(_("expected one field to group by"), start)

    def single(self) -> Node:
        self.depth += 1
        if self.depth > MAX_DEPTH:
            raise QuerySyntaxError(
                _("expected at most {max_depth} levels").format(max_depth=MAX_DEPTH), self.reader.at
            )
        node = self.negated() or self.bracket() or read_term(self.reader) or self.word()
        self.depth -= 1
        return node

    def negated(self) -> Node | None:
        start = self.reader.at
        if self.keyword("not") is None:
            following = self.reader.text[start + 1 : start + 2]
            if self.reader.peek() != "-" or not following or following.isspace():
                return None
            if following == ")":
                return None
            self.reader.at += 1
        if not self.reader.skip() or self.reader.peek() == ")" or self.at_joint():
            raise QuerySyntaxError(_("expected a condition after not"), self.reader.at)
        self.depth += 1
        refused = self.reader.at
        if self.took_shape():
            raise QuerySyntaxError(_("expected a condition after not"), refused)
        self.depth -= 1
        part = self.single()
        return part.part if isinstance(part, Not) else Not(part)

    def bracket(self) -> Node | None:
        start = self.reader.at
        if not self.reader.take_char("("):
            return None
        node = self.alternatives()
        if not self.reader.take_char(")"):
            raise QuerySyntaxError(_("expected a closing )"), start)
        if node is None:
            raise QuerySyntaxError(_("expected a condition between the brackets"), start + 1)
        return node

    def word(self) -> Node:
        start = self.reader.at
        if self.reader.peek() in QUOTES:
            text = self.reader.take_quoted()
            if not self.reader.ended():
                raise QuerySyntaxError(_("expected a blank after the quote"), self.reader.at)
            return Word(text, quoted=True, column=start)
        return Word(self.reader.take(WORD), column=start)


def _flat(parts: list[Node], kind: type[And] | type[Or]) -> tuple[Node, ...]:
    """Return the parts with those of the same kind opened."""
    found: list[Node] = []
    for part in parts:
        found.extend(part.parts if isinstance(part, kind) else [part])
    return tuple(found)
