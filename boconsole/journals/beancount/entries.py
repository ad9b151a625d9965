"""Reads the entries of a beancount file with their postings, tags, links, fields and comments.

A flag that is neither `*` nor `!` is kept as a tag named `flag`.
"""

from __future__ import annotations

import re
from datetime import date

from boconsole.journals.beancount import amounts, syntax
from boconsole.journals.beancount.source import Field, Source
from boconsole.journals.beancount.syntax import Tokens
from boconsole.journals.parts import (
    REAL,
    Amount,
    JournalError,
    Lot,
    Place,
    Posting,
    Price,
    Status,
    Transaction,
)
from boconsole.language import _

FLAG = "flag"
_new = tuple.__new__
_COMMODITY = r"[A-Z](?:[A-Z0-9'._-]*[A-Z0-9])?"
_AMOUNT = rf"({syntax.NUMBER})[ \t]+({_COMMODITY})"

match_header = re.compile(
    r"([0-9]{4}-[0-9]{2}-[0-9]{2})[ \t]+(\*|!|txn)"
    r'(?:[ \t]+"([^"\\]*)")?(?:[ \t]+"([^"\\]*)")?[ \t\r]*(?:;(.*))?'
).fullmatch
_match_posting = re.compile(
    rf"[ \t]+(?:([*!])[ \t]+)?({syntax.ACCOUNT})"
    rf"(?:[ \t]+([-+]?{syntax.NUMBER})[ \t]+({_COMMODITY})"
    rf"(?:[ \t]*\{{[ \t]*{_AMOUNT}[ \t]*\}})?(?:[ \t]*(@@?)[ \t]*{_AMOUNT})?)?"
    r"[ \t\r]*(?:;(.*))?"
).fullmatch


class _Head:
    """What stands in the first line of an entry, and what lines above the postings add."""

    __slots__ = (
        "comments", "dated", "fields", "flag", "links", "narration", "payee", "place", "tags",
    )  # fmt: skip

    def __init__(self, source: Source, dated: date, flag: str) -> None:
        self.place = Place(source.name, source.row)
        self.dated = dated
        self.flag = flag
        self.payee = self.narration = ""
        self.tags: list[Field] = [(tag, "") for tag, _place in source.tags] if source.tags else []
        self.links: list[str] = []
        self.fields: list[Field] = []
        self.comments: list[str] = []


def common_entry(source: Source, found: re.Match[str]) -> Transaction:
    """Return the entry whose first line is a common one."""
    dated, flag, first, second, comment = found.groups()
    head = _Head(source, source.day(dated), flag)
    head.payee, head.narration = (first, second) if second is not None else ("", first or "")
    if comment:
        head.comments.append(comment.strip("; "))
    return _entry(source, head)


def flagged_entry(source: Source, tokens: Tokens, dated: date, flag: str) -> Transaction:
    """Return the entry whose date and flag were taken."""
    head = _Head(source, dated, flag)
    texts: list[str] = []
    while tokens.take("mark", "|") or tokens.peek().kind == "string":
        if tokens.peek().kind == "string":
            texts.append(tokens.string(""))
    if len(texts) > 2:
        reason = _("an entry has a payee and a narration; take the other texts out")
        raise JournalError(head.place, reason)
    head.payee, head.narration = ["", "", *texts][-2:]
    _take_tags(tokens, head)
    tokens.end()
    if tokens.comment:
        head.comments.append(tokens.comment)
    return _entry(source, head)


def _take_tags(tokens: Tokens, head: _Head) -> None:
    while tokens.peek().kind in ("tag", "link"):
        if tag := tokens.take("tag"):
            head.tags.append((tag[1:], ""))
        else:
            head.links.append(tokens.take("link")[1:])


def _entry(source: Source, head: _Head) -> Transaction:
    postings = _postings(source, head)
    status: Status = "*" if head.flag in ("*", "txn") else "!" if head.flag == "!" else ""
    tags: tuple[Field, ...] = ()
    if head.tags or head.fields or source.meta or not status:
        named = {name for name, _value in head.fields}
        pushed = {name: value for name, value, _place in source.meta if name not in named}
        own = () if status else ((FLAG, head.flag),)
        tags = (*dict.fromkeys(head.tags), *pushed.items(), *head.fields, *own)
    return Transaction(
        head.dated,
        None,
        status,
        "",
        head.payee,
        head.narration,
        postings,
        tags,
        tuple(dict.fromkeys(head.links)) if head.links else (),
        "\n".join(head.comments) if head.comments else "",
        head.place,
    )


def _postings(source: Source, head: _Head) -> list[Posting]:
    """Take the indented lines of an entry; what is not a posting's goes to the head."""
    postings: list[Posting] = []
    lines, end = source.lines, len(source.lines)
    while source.row < end:
        line = lines[source.row]
        if found := _match_posting(line):
            source.row += 1
            postings.append(_common_posting(source, found))
        elif line[:1] in (" ", "\t") and (text := line.strip()):
            source.row += 1
            if text[0] == ";":
                _add_comment(text.strip("; "), postings, head)
            else:
                _other_line(source, postings, head)
        else:
            break
    return postings


def _add_comment(text: str, postings: list[Posting], head: _Head) -> None:
    if not postings:
        head.comments.append(text)
        return
    last = postings[-1]
    text = f"{last.comment}\n{text}" if last.comment else text
    postings[-1] = last._replace(comment=text)


def _other_line(source: Source, postings: list[Posting], head: _Head) -> None:
    tokens = source.tokens()
    kind = tokens.peek().kind
    if kind == "key" and postings:
        last = postings[-1]
        postings[-1] = last._replace(tags=(*last.tags, source.field(tokens, last.tags)))
    elif kind == "key":
        head.fields.append(source.field(tokens, head.fields))
    elif kind not in ("tag", "link"):
        postings.append(_posting(source, tokens))
    elif postings:
        tokens.refuse(_("a posting; tags and links stand above the first one"))
    else:
        _take_tags(tokens, head)
        tokens.end()


def _common_posting(source: Source, found: re.Match[str]) -> Posting:
    flag, account, number, commodity, cost, cost_in, at, price, price_in, comment = found.groups()
    column = found.start(2) + 1
    if account not in source.known:
        source.check_account(account, source.here(column))
    return _new(
        Posting,
        (
            account,
            source.amount(number, commodity) if number else None,
            Price(source.amount(price, price_in), at == "@@") if at else None,
            Lot(source.amount(cost, cost_in).number, None, cost_in) if cost else None,
            None,
            REAL,
            flag or "",
            None,
            comment.strip("; ") if comment else "",
            (),
            source.row,
            column,
        ),
    )


def _posting(source: Source, tokens: Tokens) -> Posting:
    row = source.row
    flag = take_flag(tokens)
    status: Status = "*" if flag == "*" else "!" if flag == "!" else ""
    place = tokens.place()
    account = source.account(tokens)
    amount = amounts.maybe_amount(tokens)
    lot = amounts.maybe_lot(tokens)
    price = amounts.maybe_price(tokens)
    tokens.end()
    if amount is None and (lot or price):
        amount = Amount(syntax.MISSING, "")
    return Posting(
        account,
        amount,
        price,
        lot,
        status=status,
        comment=tokens.comment,
        tags=() if status or not flag else ((FLAG, flag),),
        line=row,
        column=place.column,
    )


def take_flag(tokens: Tokens) -> str:
    """Take a flag such as `*`, `!` or a capital letter, or return nothing."""
    if flag := tokens.take("letter"):
        return flag
    token = tokens.peek()
    return tokens.take("mark") if token.text in tuple("*!&#?%") else ""
