"""From a query's tree to a selection: names get their meaning, bare words are guessed.

Guesses are made in a fixed order: what is quoted is text, then record numbers, `me`,
`@domain`, mail addresses, values of the fields that may be guessed, and text. Guesses of the
same field side by side mean any of them; the area's default holds unless something lifts it.
"""

import re
from collections.abc import Sequence

from boconsole.errors import QuerySyntaxError
from boconsole.filters.area import Area, Field, Present
from boconsole.filters.past import changed_condition, was_condition
from boconsole.filters.syntax import (
    And,
    Change,
    Changed,
    Name,
    Node,
    Not,
    Or,
    Query,
    Term,
    Value,
    Was,
    Word,
)
from boconsole.filters.values import Reading, condition_of, similar
from boconsole.language import _
from boconsole.session import Session
from db import conditions
from db.conditions import All, AnyOf, Compare, Condition, Order, Selection, Words, both, conjuncts

MAIL = re.compile(r"[^@\s,]+@[^@\s,]+\.[^@\s,]+")
DOMAIN = re.compile(r"@[^@\s,]+\.[^@\s,]+")
MAX_SORT = 3
SPECIAL = ("is", "has", "no")


def resolve(query: Query, area: Area, session: Session) -> Selection:
    """Return the selection that a query means for one person now.

    Raises:
        QuerySyntaxError: A field, value, flag or column is not one of the area's.
    """
    return _Resolver(area, session).selection(query)


class _Resolver:
    """Resolves one query."""

    def __init__(self, area: Area, session: Session) -> None:
        self.area = area
        self.session = session
        self.reading = Reading(area, session)
        self.lifted = False
        self.alone = False
        self.last_text: Word | None = None

    def selection(self, query: Query) -> Selection:
        bare = [] if query.where is None else _bare_words(query.where)
        self.alone = len(bare) == 1
        texts = [word for word in bare if not word.quoted and self.guess(word) is None]
        self.last_text = texts[-1] if texts and texts[-1] is bare[-1] else None
        self.lifted = query.everything
        where = [] if query.where is None else [self.condition(query.where)]
        if self.area.default is not None and not self.lifted:
            where.insert(0, self.area.default)
        return Selection(
            both(*where) if where else All(),
            tuple(self.order(name) for name in self.at_most(query.sort)),
            query.limit,
            "" if query.group is None else self.sortable(query.group).stored,
            tuple(self.shown(name) for name in query.columns),
            tuple(self.edited(change) for change in query.edit),
        )

    def condition(self, node: Node) -> Condition:
        match node:
            case Word():
                return self.together((node,))
            case And(parts):
                return self.together(parts)
            case Or(parts):
                return self.joined(tuple(self.condition(part) for part in parts))
            case Not(part):
                last, self.last_text = self.last_text, None
                inner = self.condition(part)
                self.last_text = last
                return conditions.Not(inner)
            case Term():
                return self.term(node)
            case Was():
                self.lifted = True
                return was_condition(self.reading, self.field(node.name, node.column), node)
            case Changed():
                self.lifted = True
                return changed_condition(self.reading, self.field(node.name, node.column), node)

    def together(self, parts: Sequence[Node]) -> Condition:
        """Return all parts, with guesses of one field joined and all text in one condition."""
        found: list[Condition] = []
        guessed: dict[str, list[Condition]] = {}
        words: list[str] = []
        phrases: list[str] = []
        for part in parts:
            if not isinstance(part, Word):
                found.append(self.condition(part))
            elif part.quoted:
                phrases.append(part.text)
            elif (term := self.guess(part)) is None:
                words.append(part.text)
            else:
                guessed.setdefault(term.name, []).append(self.term(term))
        found += [self.joined(tuple(each)) for each in guessed.values()]
        if words or phrases:
            found.append(self.words(parts, words, phrases))
        return both(*found)

    def words(self, parts: Sequence[Node], words: list[str], phrases: list[str]) -> Words:
        last = any(part is self.last_text for part in parts)
        return Words(tuple(words), tuple(phrases), prefix=last)

    def guess(self, word: Word) -> Term | None:
        """Return the term that a bare word means, or None for text."""
        area, text = self.area, word.text
        prefix = area.prefix.lower() + "-"
        digits = text[len(prefix) :] if text.lower().startswith(prefix) else text.lstrip("#")
        if area.record and digits.isdecimal() and digits.isascii() and len(digits) <= 9:
            if digits != text or self.alone:
                return _term(area.record, digits, word)
            return None
        if area.mine and text.lower() == "me":
            return _term(area.mine, "me", word)
        if area.mail and (DOMAIN.fullmatch(text) or MAIL.fullmatch(text)):
            return _term(area.mail, text, word)
        for field in area.fields:
            if field.guessed and self.is_value(field, text):
                return _term(field.name, text, word)
        return None

    def is_value(self, field: Field, text: str) -> bool:
        if field.source:
            return bool(self.area.names[field.source].find(text))
        return text.lower() in field.groups or field.choice(text) is not None

    def term(self, term: Term) -> Condition:
        if term.name == "is":
            return self.joined(tuple(self.flag(value) for value in self.plain(term)))
        if term.name in ("has", "no"):
            return self.joined(tuple(self.presence(term.name, value) for value in self.plain(term)))
        field = self.field(term.name, term.column)
        self.lifted = self.lifted or field.lifts
        return condition_of(self.reading, field, term)

    def joined(self, parts: tuple[Condition, ...]) -> Condition:
        """Return any of the parts; what all of them ask for is asked for once, in front."""
        if len(parts) == 1:
            return parts[0]
        default = self.area.default
        if default is not None and all(default in conjuncts(part) for part in parts):
            return both(default, AnyOf(parts))
        return AnyOf(parts)

    def plain(self, term: Term) -> tuple[Value, ...]:
        values = tuple(value for value in term.values if isinstance(value, Value))
        if term.operator or len(values) < len(term.values):
            raise QuerySyntaxError(
                _("expected a word after {name}:").format(name=term.name), term.column
            )
        return values

    def flag(self, value: Value) -> Condition:
        for flag in self.area.flags:
            if flag.name == value.text.lower():
                self.lifted = self.lifted or flag.lifts
                now = int(self.session.now().timestamp())
                return flag.condition(Present(now, self.session.user.id))
        names = ", ".join(flag.name for flag in self.area.flags)
        raise QuerySyntaxError(
            _("expected one of {names}; not {text!r}").format(names=names, text=value.text),
            value.column,
        )

    def presence(self, word: str, value: Value) -> Condition:
        field = self.field(value.text.lower(), value.column)
        if not (field.optional or field.many):
            names = ", ".join(each.name for each in self.area.fields if each.optional or each.many)
            raise QuerySyntaxError(
                _("{name} is never empty; expected one of {names}").format(
                    name=field.name, names=names
                ),
                value.column,
            )
        self.lifted = self.lifted or field.lifts
        empty = Compare(field.stored, "empty")
        return empty if word == "no" else conditions.Not(empty)

    def field(self, name: str, column: int) -> Field:
        found = self.area.field(name)
        if found is None:
            raise QuerySyntaxError(_unknown(self.area, name), column)
        return found

    def sortable(self, name: Name) -> Field:
        field = self.field(name.text, name.column)
        if not field.sortable:
            names = ", ".join(each.name for each in self.area.fields if each.sortable)
            raise QuerySyntaxError(
                _("cannot sort by {name}; expected one of {names}").format(
                    name=field.name, names=names
                ),
                name.column,
            )
        return field

    def at_most(self, names: tuple[Name, ...]) -> tuple[Name, ...]:
        if len(names) > MAX_SORT:
            raise QuerySyntaxError(
                _("expected at most {max_sort} fields to sort by").format(max_sort=MAX_SORT),
                names[MAX_SORT].column,
            )
        return names

    def order(self, name: Name) -> Order:
        field = self.sortable(name)
        return Order(field.stored, name.descending != (field.kind == "ranked"))

    def shown(self, name: Name) -> str:
        if name.text in self.area.columns:
            return name.text
        return self.field(name.text, name.column).name

    def edited(self, change: Change) -> tuple[str, str]:
        field = self.area.field(change.name)
        return (field.name if field else change.name, change.value.text)


def _term(name: str, text: str, word: Word) -> Term:
    return Term(name, "", (Value(text, column=word.column),), word.column)


def _bare_words(node: Node) -> list[Word]:
    """Return the words without a field, in the order of the line."""
    match node:
        case Word():
            return [node]
        case And(parts) | Or(parts):
            return [word for part in parts for word in _bare_words(part)]
        case Not(part):
            return _bare_words(part)
        case _:
            return []


def _unknown(area: Area, name: str) -> str:
    head, dot, _tail = name.partition(".")
    if head == "cf":
        known = sorted(area.custom_index)
    else:
        known = [each.name for each in area.fields if each.name.startswith(head + ".")]
    if dot and known:
        return _("there is no field {name!r}; expected one of {names}").format(
            name=name, names=", ".join(known)
        )
    every = [*area.index, *SPECIAL, "was", "changed", "sort", "group", "cols", "limit"]
    hint = similar(name, every) or _("; put text in quotes")
    return _("there is no field {name!r}{hint}").format(name=name, hint=hint)
