"""Reads a journal and what it includes, statement after statement in the order of the files.

Nothing is passed over in silence: a line that is not understood raises `JournalError` with its
place; one that is understood and does not belong to books is yielded as `Left`.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from glob import glob
from pathlib import Path

from boconsole.journals.hledger import plain
from boconsole.journals.hledger.blocks import (
    RULES,
    AccountBlock,
    Block,
    CommodityBlock,
    RuleBlock,
)
from boconsole.journals.hledger.directives import SIMPLE
from boconsole.journals.hledger.postings import EntryBlock
from boconsole.journals.hledger.scope import Scope
from boconsole.journals.parts import Entry, JournalError, Place, Statement, require_file
from boconsole.language import _

_WORDS = re.compile(
    r"!?(end apply account|end aliases|apply account|end comment"
    r"|[A-Za-z][a-z-]*(?=\s|$)|[YP](?=[0-9]))"
)
_BLOCKS: dict[str, type[AccountBlock] | type[CommodityBlock]] = {
    "account": AccountBlock,
    "commodity": CommodityBlock,
}
_PART = 2**17
"""Letters that are read at once."""
_INDENTS = (" ", "\t")
_PREFIXES = ("timeclock:", "timedot:", "csv:", "ssv:", "tsv:", "rules:")
_OTHERS = (".timeclock", ".timedot", ".csv", ".ssv", ".tsv", ".rules")


def read(path: Path, *, plainly: bool = False) -> Iterator[Statement]:
    """Yield what a journal says.

    Args:
        path: The file.
        plainly: Yield plain entries as they are booked, which takes less than half the time.

    Raises:
        JournalError: A file cannot be opened, is not UTF-8, or has a line that is not understood.
    """
    place = Place(str(path), 1)
    yield from _File(path, Scope(), (), place, plainly).statements()


@dataclass
class _File:
    """One file on the way.

    Attributes:
        above: Files that include it.
        asked: Where it was named.
        plainly: Plain entries are read in one go.
        ended: The line read last has an end.
        hidden: What is read stands in a comment of many lines.
    """

    path: Path
    scope: Scope
    above: tuple[Path, ...]
    asked: Place
    plainly: bool
    ended: bool = True
    hidden: bool = False

    def statements(self) -> Iterator[Statement]:
        """Yield the statements of this file and of those it includes."""
        block: EntryBlock | Block | None = None
        name, scope = str(self.path), self.scope
        for number, line in self._lines():
            if isinstance(line, Entry):
                if block:
                    yield from block.close()
                    block = None
                yield line
                continue
            if self.hidden:
                self.hidden = line.strip() != "end comment"
                continue
            if line[:1] in _INDENTS and not line.isspace():
                if block is None:
                    _outside(line, Place(name, number))
                else:
                    block.add(line, number)
                continue
            if block:
                yield from block.close()
                block = None
            if line[:1].isdigit():
                block = EntryBlock(line, scope, Place(name, number))
            elif line.startswith("comment") and line.strip() == "comment":
                self.hidden = True
            elif line and line[0] not in ";#*" and not line.isspace():
                block, found = self._directive(line, Place(name, number))
                yield from found
        if isinstance(block, EntryBlock) and not self.ended and block.is_doubtful():
            reason = _("The file seems cut off here; complete the entry and end its last line.")
            raise JournalError(Place(name, number), reason)
        if block:
            yield from block.close()

    def _lines(self) -> Iterator[tuple[int, str | Entry]]:
        """Yield lines without their ends, or plain entries, each with the number of its line."""
        name, number = str(self.path), 1
        for text in self._texts():
            at = 0
            while at < len(text):
                if self.plainly and not self.hidden and text[at].isdigit():
                    found = plain.read(text, at, self.scope, name, number)
                    if found:
                        entry, at = found
                        yield number, entry
                        number += 1 + len(entry.lines)
                        continue
                end = text.find("\n", at) + 1 or len(text)
                yield number, text[at:end].rstrip("\r\n")
                number += 1
                at = end

    def _texts(self) -> Iterator[str]:
        """Yield the file in parts of whole lines."""
        rest = ""
        try:
            with self.path.open(encoding="utf-8-sig", newline="\n") as file:
                while part := file.read(_PART):
                    cut = part.rfind("\n") + 1
                    if cut:
                        yield rest + part[:cut]
                        rest = ""
                    rest += part[cut:]
        except UnicodeDecodeError:
            raise self._undecoded() from None
        except OSError as error:
            reason = _("The file {file} cannot be read ({reason}).")
            reason = reason.format(file=self.path, reason=error.strerror)
            raise JournalError(self.asked, reason) from error
        self.ended = not rest
        if rest:
            yield rest

    def _undecoded(self) -> JournalError:
        place = Place(str(self.path), 1)
        with self.path.open("rb") as file:
            for number, raw in enumerate(file, 1):
                try:
                    raw.decode()
                except UnicodeDecodeError as error:
                    column = len(raw[: error.start].decode()) + 1
                    place = Place(str(self.path), number, column)
                    break
        return JournalError(place, _("This is not UTF-8 text; save the file as UTF-8."))

    def _directive(self, line: str, place: Place) -> tuple[Block | None, Iterator[Statement]]:
        if line[0] in RULES:
            return RuleBlock(RULES[line[0]], line, self.scope, place), iter(())
        match = _WORDS.match(line)
        word = match[1] if match else ""
        line = line.removeprefix("!")
        if word in _BLOCKS:
            return _BLOCKS[word](line, self.scope, place), iter(())
        if word == "include":
            return None, self._include(line[len(word) :].strip(), place)
        if word not in SIMPLE:
            reason = _("This line is not known in a journal; correct it or take it out.")
            raise JournalError(place, reason)
        return None, SIMPLE[word](line, self.scope, place)

    def _include(self, text: str, place: Place) -> Iterator[Statement]:
        for path in self._named(text, place):
            require_file(path, place)
            here = path.resolve()
            if here == self.path.resolve() or here in self.above:
                reason = _("{file} includes itself; take the line out.")
                raise JournalError(place, reason.format(file=path))
            above = (*self.above, self.path.resolve())
            inner = _File(path, self.scope.inner(), above, place, self.plainly)
            yield from inner.statements()

    def _named(self, text: str, place: Place) -> list[Path]:
        if text.startswith(_PREFIXES) or text.endswith(_OTHERS):
            reason = _("Only journals can be included; {file} is not one.")
            raise JournalError(place, reason.format(file=text))
        try:
            pattern = str(Path(text.removeprefix("journal:")).expanduser())
            names = sorted(glob(pattern, root_dir=self.path.parent, recursive=True))
            found = [self.path.parent / name for name in names]
        except (ValueError, RuntimeError, OSError, re.error):
            found = []
        if not text or not found:
            reason = _("There is no file {file} to include; correct the name.")
            raise JournalError(place, reason.format(file=text))
        return found


def _outside(line: str, place: Place) -> None:
    """Refuse an indented line that belongs to nothing, unless it is a comment."""
    text = line.lstrip()
    if not text.startswith(";"):
        reason = _("An indented line belongs to an entry, and none is open here.")
        raise JournalError(place._replace(column=len(line) - len(text) + 1), reason)
