"""Reads beancount files: statements in the order of the files, included ones in their place.

Common lines are read with one regular expression each, all others word by word. What is not
understood ends the reading with its place.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping
from datetime import date
from pathlib import Path

from boconsole.journals.beancount import syntax
from boconsole.journals.beancount.directives import DIRECTIVES, Dated, needed_text
from boconsole.journals.beancount.entries import (
    common_entry,
    flagged_entry,
    match_header,
    take_flag,
)
from boconsole.journals.beancount.source import ROOTS, Source, included
from boconsole.journals.beancount.syntax import Setting, Tokens
from boconsole.journals.parts import (
    AccountLine,
    JournalError,
    Left,
    Place,
    Statement,
    require_file,
)
from boconsole.language import _

AUTO_ACCOUNTS = ("beancount.plugins.auto_accounts", "beancount.plugins.auto")
_ROOT_NAMES = {
    "name_assets": "asset",
    "name_liabilities": "liability",
    "name_equity": "equity",
    "name_income": "income",
    "name_expenses": "expense",
}
_USED = {
    "booking_method",
    "infer_tolerance_from_cost",
    "inferred_tolerance_default",
    "inferred_tolerance_multiplier",
    "tolerance_multiplier",
    "use_precise_interpolation",
}
_DEEPEST = 100
_match_idle = re.compile(
    r"[ \t\r]*(?:;.*)?|[*:!&?%].*|#(?:[^A-Za-z0-9_/.-].*)?", re.DOTALL
).fullmatch

_Found = Iterator[Statement | Setting]


def read(path: Path) -> Iterator[Statement | Setting]:
    """Yield what a file and those it includes say, in their order.

    Raises:
        JournalError: A line is not understood, or a file cannot be read.
    """
    source = Source(path, ROOTS, Place(str(path), 1))
    return _Reader(source, {path.resolve()}, 0).statements()


class _Reader:
    """Reads one file; `seen` are all files of the journal so far."""

    def __init__(self, source: Source, seen: set[Path], depth: int) -> None:
        self.source, self.seen, self.depth = source, seen, depth

    def statements(self) -> _Found:
        source = self.source
        lines = source.lines
        while source.row < len(lines):
            line = lines[source.row]
            source.row += 1
            if found := match_header(line):
                yield common_entry(source, found)
            elif not _match_idle(line):
                yield from self._directive()
        self._check_popped()

    def _check_popped(self) -> None:
        for tag, place in self.source.tags:
            reason = _("the tag {name} is never popped; write `poptag` below its last entry")
            raise JournalError(place, reason.format(name=tag))
        for name, _value, place in self.source.meta:
            reason = _("the field {name} is never popped; write `popmeta` below its last entry")
            raise JournalError(place, reason.format(name=name))

    def _directive(self) -> _Found:
        start = self.source.here()
        tokens = self.source.tokens()
        first = tokens.peek()
        if first.offset == 0 and first.kind == "date":
            yield from self._dated(tokens, tokens.date(), start)
        elif first.offset == 0 and first.kind == "word" and first.text in _UNDATED:
            tokens.take("word")
            yield from _UNDATED[first.text](self, tokens, start)
        elif first.offset > 0:
            reason = _("this line belongs to no entry; move it under one, or start it with `;`")
            raise JournalError(start, reason)
        else:
            tokens.refuse(_("a date, `;` or one of {words}").format(words=", ".join(_UNDATED)))

    def _dated(self, tokens: Tokens, dated: date, start: Place) -> _Found:
        flag = tokens.take("word", "txn") or take_flag(tokens)
        if flag:
            yield flagged_entry(self.source, tokens, dated, flag)
            return
        word = tokens.peek().text
        if word not in DIRECTIVES:
            tokens.refuse(_("`*`, `!` or one of {words}").format(words=", ".join(DIRECTIVES)))
        tokens.take("word")
        statement = DIRECTIVES[word](Dated(self.source, tokens, dated, start))
        tokens.end()
        fields = self.source.fields()
        if word == "open" and isinstance(statement, AccountLine):
            note = "\n".join(f"{name}: {value}" for name, value in fields)
            yield statement._replace(note=note)
            return
        yield statement
        if fields and not isinstance(statement, Left):
            yield Left(_("fields of `{word}`").format(word=word), start)

    def option(self, tokens: Tokens, start: Place) -> _Found:
        """Yield an option that booking needs; know the names of the root accounts."""
        name, place = needed_text(tokens), tokens.place()
        value = needed_text(tokens)
        tokens.end()
        used = name in _USED and self.depth == 0
        if name in _ROOT_NAMES:
            self._name_root(_ROOT_NAMES[name], value, place)
        elif used or name == "operating_currency":
            yield Setting(name, value, place)
        else:
            yield Left(_("option {name}").format(name=name[:80]), start)

    def _name_root(self, kind: str, value: str, place: Place) -> None:
        if not re.fullmatch(syntax.ACCOUNT, f"{value}:A"):
            reason = _("{name} cannot be the first part of an account; choose a word like Assets")
            raise JournalError(place, reason.format(name=value[:40]))
        roots = self.source.roots
        others = {name: other for name, other in roots.items() if other != kind}
        self.source.roots = {**others, value: kind}
        self.source.known.clear()

    def plugin(self, tokens: Tokens, start: Place) -> _Found:
        """Yield a plugin as left, and that accounts open by themselves where it does that."""
        name = needed_text(tokens)
        if tokens.peek().kind == "string":
            tokens.string("")
        tokens.end()
        if name in AUTO_ACCOUNTS:
            yield Setting(name, "", start)
        else:
            yield Left(_("plugin {name}").format(name=name[:80]), start)

    def include(self, tokens: Tokens, start: Place) -> _Found:
        """Yield what the named files say."""
        pattern = needed_text(tokens)
        tokens.end()
        for path in included(self.source.path, pattern, start):
            require_file(path, start)
            if path.resolve() in self.seen or self.depth > _DEEPEST:
                reason = _("{path} is included already; take this line out")
                raise JournalError(start, reason.format(path=path))
            self.seen.add(path.resolve())
            inner = Source(path, self.source.roots, start)
            yield from _Reader(inner, self.seen, self.depth + 1).statements()

    def pushtag(self, tokens: Tokens, start: Place) -> _Found:
        """Put a tag on the entries that follow."""
        tag = tokens.need("tag", _("a tag such as #trip"))
        tokens.end()
        self.source.tags.append((tag[1:], start))
        yield from ()

    def poptag(self, tokens: Tokens, start: Place) -> _Found:
        """End what `pushtag` began."""
        tag = tokens.need("tag", _("a tag such as #trip"))[1:]
        tokens.end()
        found = [index for index, pushed in enumerate(self.source.tags) if pushed[0] == tag]
        if not found:
            self._refuse_pop(tag, start)
        del self.source.tags[found[0]]
        yield from ()

    def pushmeta(self, tokens: Tokens, start: Place) -> _Found:
        """Put a field on the entries that follow."""
        name, value = self.source.field(tokens, ())
        self.source.meta.append((name, value, start))
        yield from ()

    def popmeta(self, tokens: Tokens, start: Place) -> _Found:
        """End what `pushmeta` began."""
        name = tokens.need("key", _("a field such as `name:`"))
        tokens.need_mark(":")
        tokens.end()
        found = [index for index, pushed in enumerate(self.source.meta) if pushed[0] == name]
        if not found:
            self._refuse_pop(name, start)
        del self.source.meta[found[-1]]
        yield from ()

    def _refuse_pop(self, name: str, start: Place) -> None:
        reason = _("{name} is not pushed here; take this line out")
        raise JournalError(start, reason.format(name=name))


_UNDATED: Mapping[str, Callable[[_Reader, Tokens, Place], _Found]] = {
    "option": _Reader.option,
    "plugin": _Reader.plugin,
    "include": _Reader.include,
    "pushtag": _Reader.pushtag,
    "poptag": _Reader.poptag,
    "pushmeta": _Reader.pushmeta,
    "popmeta": _Reader.popmeta,
}
