"""OFX and QFX files, SGML (1.x) and XML (2.x), as banks really write them.

ofxtools makes the tree; here the text is made fit for it, and the statements are taken out of
the tree without holding banks to the letter of the specification: headers with unknown words,
elements left empty, `<BR/>` in a memo and amounts with a comma are all seen in the wild.
"""

import html
import re
from bisect import bisect_right
from collections.abc import Callable, Iterable, Iterator
from datetime import date
from typing import TypeVar
from xml.etree.ElementTree import Element

from boconsole.bank.errors import ReaderMissingError, StatementError
from boconsole.bank.reading.numbers import ofx_amount, ofx_day
from boconsole.bank.reading.parts import ReadLine, ReadStatement, Refused
from boconsole.language import _
from boconsole.text import UNSAFE

Value = TypeVar("Value")

START = re.compile(rb"OFXHEADER|<OFX>", re.IGNORECASE)
BODY = re.compile(r"<OFX>", re.IGNORECASE)
CHARSET = re.compile(r"CHARSET:\s*([\w-]+)|encoding=[\"']([\w-]+)", re.IGNORECASE)
CODECS = {"1252": "cp1252", "iso-8859-1": "cp1252", "8859-1": "cp1252", "latin1": "cp1252"}
"""Everything that is no UTF-8; cp1252 reads what ISO 8859-1 has, and what banks put in."""
TAG = re.compile(r"<(/?)([A-Za-z0-9._]+)\s*(/?)>")
BREAK = re.compile(r"<br\s*/?>", re.IGNORECASE)
STATEMENTS = ("STMTRS", "CCSTMTRS", "INVSTMTRS")
TIMED = ("DTPOSTED", "DTASOF", "DTSTART")
PLACED = (*STATEMENTS, "STMTTRN", *TIMED)
"""Elements whose line in the file is known."""


def is_ofx(content: bytes) -> bool:
    """Return whether a file begins as OFX does."""
    return bool(START.search(content[:4_096]))


def read_ofx(file: str, content: bytes) -> list[ReadStatement]:
    """Return the statements of a file, one for each account.

    Args:
        file: Its name, for refusals.
        content: What it holds.

    Raises:
        StatementError: It cannot be read; the line is named.
        ReaderMissingError: ofxtools is not installed.
    """
    text = _decoded(content)
    if (body := BODY.search(text)) is None:
        raise StatementError(file, 1, _("there is no <OFX> in it"))
    lines = _LinesOf(text)
    root = _tree(file, _tidy(text[body.start() :]))
    places = _Places(root, lines)
    reader = _Reader(file, places)
    found = [reader.statement(each) for each in root.iter() if each.tag in STATEMENTS]
    if not found:
        raise StatementError(file, 0, _told(root) or _("there is no bank statement in it"))
    return found


def _decoded(content: bytes) -> str:
    head = content[:1_024].decode("ascii", "replace")
    named = CHARSET.search(head)
    word = ((named[1] or named[2]) if named else "").casefold()
    try:
        return content.decode("utf-8-sig")
    except UnicodeDecodeError:
        return content.decode(CODECS.get(word, "cp1252"), "replace")


def _tidy(body: str) -> str:
    """Return the text with large tags, and without breaks, comments, and empty elements of SGML.

    An element that is never closed anywhere holds a value; without one it is left out, as it
    would take in what follows. Everything keeps its order.
    """
    body = re.sub(r"<!--.*?-->|<\?[^>]*\?>", "", BREAK.sub(" ", body), flags=re.DOTALL)
    body = TAG.sub(lambda tag: "" if tag[3] else f"<{tag[1]}{tag[2].upper()}>", body)
    closed = {tag[2] for tag in TAG.finditer(body) if tag[1]}

    def kept(tag: re.Match[str]) -> str:
        return tag[0] if tag[1] in closed else ""

    return re.sub(r"<([A-Z0-9._]+)>\s*(?=<)", kept, body)


def _tree(file: str, body: str) -> Element:
    if body.rstrip("\0\x1a \r\n\t")[-6:] != "</OFX>":
        raise StatementError(file, 0, _("it is cut off before </OFX>; fetch it again"))
    try:
        from ofxtools.Parser import TreeBuilder
    except ImportError as error:
        raise ReaderMissingError from error

    builder = TreeBuilder()
    try:
        builder.feed(body)
        root: Element = builder.close()
    except (SyntaxError, AssertionError, IndexError, TypeError) as error:
        reason = " ".join(str(error).split())[:120]
        raise StatementError(file, 0, _("it is no whole OFX file ({reason})").format(
            reason=reason or type(error).__name__)) from error  # fmt: skip
    return root


def _told(root: Element) -> str:
    """Return what the bank says instead of a statement."""
    for status in root.iter("STATUS"):
        if _text(status, "SEVERITY").upper() == "ERROR":
            said = _text(status, "MESSAGE") or _text(status, "CODE")
            return _("the bank says: {said}").format(said=said[:200])
    return ""


class _LinesOf:
    """Line numbers of places in a text."""

    def __init__(self, text: str) -> None:
        self.text = text
        self._ends = [found.start() for found in re.finditer(r"\r\n?|\n", text)]

    def of(self, place: int) -> int:
        return bisect_right(self._ends, place - 1) + 1

    def tags(self, name: str) -> Iterator[int]:
        for found in re.finditer(rf"<{name}\s*>", self.text, re.IGNORECASE):
            yield self.of(found.start())


class _Places:
    """In which line each element of a tree began: both are in the same order."""

    def __init__(self, root: Element, lines: _LinesOf) -> None:
        self._lines: dict[int, int] = {}
        for name in PLACED:
            elements = [each for each in root.iter(name) if name not in TIMED or each.text]
            places = list(lines.tags(name))
            if len(places) == len(elements):
                self._lines.update(
                    (id(element), place) for element, place in zip(elements, places, strict=True)
                )

    def line(self, *elements: Element | None) -> int:
        """Return the line of the first element that has one, or 0."""
        known = (self._lines.get(id(each), 0) for each in elements if each is not None)
        return next((line for line in known if line), 0)


class _Reader:
    """Takes statements out of a tree."""

    def __init__(self, file: str, places: _Places) -> None:
        self.file = file
        self.places = places

    def statement(self, tree: Element) -> ReadStatement:
        listed = tree.find("BANKTRANLIST")
        if listed is None:
            listed = self.cash_of(tree)
        held = tree.find("LEDGERBAL")
        starts = listed.find("DTSTART") if listed is not None else None
        closing = closing_on = None
        if held is not None and _text(held, "BALAMT"):
            closing = self.value(ofx_amount, _text(held, "BALAMT"), held.find("DTASOF"), tree)
            if _text(held, "DTASOF"):
                closing_on = self.value(ofx_day, _text(held, "DTASOF"), held.find("DTASOF"), tree)
        found = tuple(self.lines(listed if listed is not None else ()))
        if closing_on is None and found:
            closing_on = max(line.dated for line in found)
        return ReadStatement(
            self.number(tree), _text(tree, "CURDEF").upper(), found, None,
            closing if closing_on else None, closing_on,
            self.starts(starts), self.places.line(tree),
        )  # fmt: skip

    def starts(self, element: Element | None) -> date | None:
        if element is None or not element.text or not element.text.strip("0 "):
            return None
        return self.value(ofx_day, element.text, element)

    def number(self, tree: Element) -> str:
        for name in ("BANKACCTFROM", "CCACCTFROM", "INVACCTFROM"):
            if (account := tree.find(name)) is not None:
                return _text(account, "ACCTID")
        return ""

    def cash_of(self, tree: Element) -> Element | None:
        """Return the movements of cash in an account for investments; trades are refused."""
        listed = tree.find("INVTRANLIST")
        for each in listed if listed is not None else ():
            if each.tag not in ("DTSTART", "DTEND", "INVBANKTRAN"):
                reason = _("it holds trades ({kind}), which are no movements of a bank account")
                line = self.places.line(tree)
                raise StatementError(self.file, line, reason.format(kind=each.tag))
        return listed

    def lines(self, listed: Iterable[Element]) -> Iterator[ReadLine]:
        for tree in listed:
            found = tree.find("STMTTRN") if tree.tag == "INVBANKTRAN" else tree
            if found is not None and found.tag == "STMTTRN":
                yield self.movement(found)

    def movement(self, tree: Element) -> ReadLine:
        posted = tree.find("DTPOSTED")
        payee = tree.find("PAYEE")
        other = tree.find("BANKACCTTO")
        names = [_text(tree, "NAME"), _text(payee, "NAME"), _text(tree, "EXTDNAME")]
        told = [_text(tree, "MEMO"), _text(other, "ACCTID")]
        references = dict.fromkeys(_text(tree, name) for name in ("CHECKNUM", "REFNUM"))
        return ReadLine(
            self.value(ofx_day, _text(tree, "DTPOSTED"), posted, tree),
            self.value(ofx_amount, _text(tree, "TRNAMT"), tree),
            _text(tree, "FITID"),
            next((name for name in names if name), ""),
            " ".join(part for part in told if part),
            " ".join(each for each in references if each),
            self.places.line(tree),
        )

    def value(self, read: Callable[[str], Value], text: str, *near: Element | None) -> Value:
        try:
            return read(text)
        except Refused as refusal:
            line = self.places.line(*near)
            raise StatementError(self.file, line, str(refusal)) from refusal


def _text(tree: Element | None, name: str) -> str:
    """Return the text of an element below another, its entities read; empty where it is not."""
    found = tree.find(name) if tree is not None else None
    if found is None:
        return ""
    return " ".join(UNSAFE.sub("", html.unescape(found.text or "")).split())
