"""What the bank looks like: the proof of an account, its lines, and what is proposed for one."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from textual.content import Content

from boconsole.bank import desk, matching, offering, telling
from boconsole.bank.desk import BankLineRow, BankRow, BookLineRow, Standing
from boconsole.bank.proposing import Proposal
from boconsole.language import N_, _, ngettext
from boconsole.session import Session
from screens.cells import Cell, Look, fit, safe
from screens.ledger.facts import money, title
from screens.prose import toned, wrapped

FEATURE = "bank"
FEATURES = (FEATURE, "bank_statement", "bank_account", "ledger")
"""Whose changes make the balances others."""
WAITING = "waiting"
"""An open line whose payment a colleague has to approve."""
STATES = {
    "open": Look("O", N_("open"), "warn"),
    "matched": Look("M", N_("matched"), "good"),
    "aside": Look("A", N_("aside"), "muted"),
    "doubtful": Look("?", N_("twice?"), "bad"),
    WAITING: Look("W", N_("waiting"), "info"),
}
NUMBER, DAY = 15, 10


class Told(NamedTuple):
    """What there is to say of one bank line.

    Attributes:
        ways: What it may be matched with, the best first.
        books: What it is matched with.
        twin: The line that seems to be the same.
        waits_for: Number of the payment that was recorded for it and waits for an approval.
    """

    line: BankLineRow
    ways: Sequence[Proposal]
    books: Sequence[BookLineRow]
    twin: BankLineRow | None
    waits_for: str = ""


def read(session: Session, line_id: int) -> Told:
    """Return what there is to say of one bank line as it is now; blocks."""
    line = matching.get(session, line_id)
    books = desk.matched_with(session, line) if line.state == "matched" else []
    doubtful = line.state == "doubtful" and line.twin_id
    twin = matching.get(session, line.twin_id) if doubtful and line.twin_id else None
    if line.waits is not None:
        return Told(line, (), books, twin, matching.waits_for(line))
    return Told(line, offering.offers(session, line), books, twin)


def state_word(line: BankLineRow) -> Cell:
    """Return letter and word of the state of a line: `O open`."""
    look = STATES[WAITING if line.waits is not None else line.state]
    return Cell(f"{look.letter} {_(look.word)}", look.tone)


def tail(path: str, width: int) -> str:
    """Return a path that fits a width; a long one loses its beginning, which says least."""
    return path if len(path) <= width else "…" + path[-(width - 1) :]


# The proof of an account


def proof(bank: BankRow, found: Standing, room: int) -> list[Content]:
    """Return the balances in one line, and in the next whether they agree or what is missing."""
    digits = bank.precision
    day = f" ({found.told.closing_on})" if found.told else ""
    balances = _joined(
        (
            (_("Bank statement") + day, money(found.statement, digits)),
            (_("Reconciled"), money(found.linked, digits)),
            (_("Books"), f"{money(found.books, digits)} {bank.commodity}"),
        ),
        room,
    )
    closed = "  " + _("Closed up to {day}.").format(day=found.closed) if found.closed else ""
    if found.proved:
        said = _("Proved: the statement's balance is the reconciled balance of the books.")
        return [*balances, *wrapped(toned((said + closed, "good")), room)]
    missing = _("Missing: {what}").format(what="; ".join(_missing(bank, found)))
    return [*balances, *wrapped(toned((missing + closed, "warn")), room)]


def _joined(parts: Sequence[tuple[str, str]], room: int) -> list[Content]:
    """Return labels with their amounts, as many in a line as fit whole."""
    lines: list[Content] = []
    for label, amount in parts:
        part = toned((f"{label} ", "muted"), (amount, "strong"))
        if lines and lines[-1].cell_length + 2 + part.cell_length <= room:
            lines[-1] = lines[-1] + Content("  ") + part
        else:
            lines.append(part)
    return lines


def _missing(bank: BankRow, found: Standing) -> list[str]:
    """Return what stands between the statement's balance and the reconciled one."""
    told = []
    for (number, amount), text in (
        (found.open, ngettext("{n} line open {sum}", "{n} lines open {sum}", found.open[0])),
        (found.doubtful, ngettext("{n} told twice? {sum}", "{n} told twice? {sum}",
                                  found.doubtful[0])),
        (found.aside if found.missing else (0, 0),
         ngettext("{n} set aside {sum}", "{n} set aside {sum}", found.aside[0])),
    ):  # fmt: skip
        if number:
            told.append(text.format(n=number, sum=money(amount, bank.precision)))
    if found.missing:
        more = money(found.missing, bank.precision)
        told.append(_("the bank says {amount} more than its lines").format(amount=more))
    if found.linked != found.matched:
        told.append(_("matches are unequal; boconsole ledger check names them"))
    return told


# One line


def picture(bank: BankRow, told: Told | None, chosen: int, room: int) -> list[Content]:
    """Return what is known of a line: its proposals, or what became of it."""
    if told is None:
        return []
    line = told.line
    if line.state == "matched":
        head = _("Matched with") if told.books else _("Nothing moved; it needs no match.")
        return [toned((head, "strong")), *(_book(bank, book, room) for book in told.books)]
    if line.state == "aside":
        return wrapped(toned((_("Set aside: "), "strong"), line.reason), room)
    if told.twin is not None:
        return _twice(bank, told.twin, room)
    if told.waits_for:
        words = _("{payment} waits for the approval of a colleague; it is matched after that.")
        return wrapped(toned((words.format(payment=told.waits_for), "muted")), room)
    if not told.ways:
        words = _("Nothing fits. n makes the entry, f chooses by hand, i records a payment.")
        return wrapped(toned((words, "muted")), room)
    return _proposals(bank, told.ways, chosen, room)


def _twice(bank: BankRow, twin: BankLineRow, room: int) -> list[Content]:
    head = _("Told twice? It seems to be bank line {id}, and counts nothing until you decide.")
    about = f"{twin.dated}  {money(twin.amount, bank.precision)}  {matching.text_of(twin)}"
    keys = _("w sets it aside as the same movement, K keeps it as one of its own.")
    return [
        *wrapped(toned((head.format(id=twin.id), "bad")), room), toned(fit(safe(about), room)),
        *wrapped(toned((keys, "muted")), room),
    ]  # fmt: skip


def _proposals(
    bank: BankRow, ways: Sequence[Proposal], chosen: int, room: int
) -> list[Content]:  # fmt: skip
    """Return the chosen proposal whole, and the others in one line each."""
    way = ways[chosen]
    sure = _("sure") if way.certain else _("{points} points").format(points=way.score)
    head = _("Proposal {n} of {all}: {sure}").format(n=chosen + 1, all=len(ways), sure=sure)
    lines = [toned((head, "good" if way.certain else "strong"))]
    if way.kind == "new":
        lines.append(toned(_("A new entry against "), (safe(way.account), "info")))
    lines += [_book(bank, book, room) for book in way.lines]
    lines += wrapped(toned((", ".join(map(telling.reason_text, way.reasons)), "muted")), room)
    if way.lines and way.rest:
        rest = _("It is {rest} off; a splits the line.").format(
            rest=money(way.rest, bank.precision)
        )
        lines.append(toned((rest, "warn")))
    others = [(place, each) for place, each in enumerate(ways) if place != chosen]
    return lines + [toned((fit(_short(place, each), room), "muted")) for place, each in others]


def _short(place: int, way: Proposal) -> str:
    numbers = dict.fromkeys(matching.number_of(book) for book in way.lines)
    new = _("new: {account}").format(account=safe(way.account))
    what = new if way.kind == "new" else ", ".join(numbers)
    points = _("{points} points").format(points=way.score)
    return f"{place + 1}: {what}  {points}"


def _book(bank: BankRow, book: BookLineRow, room: int) -> Content:
    return toned(fit(book_text(bank, book), room))


def book_text(bank: BankRow, book: BookLineRow) -> str:
    """Return a line of the books in one line: number, day, amount, text."""
    amount = money(book.amount, bank.precision)
    about = title(book.payee, book.description)
    return f"{fit(matching.number_of(book), NUMBER)} {book.dated}  {amount:>12}  {about}"


def facts(bank: BankRow, line: BankLineRow, room: int) -> list[Content]:
    """Return everything that the bank says in a line."""
    amount = f"{money(line.amount, bank.precision)} {bank.commodity}"
    told = [
        (_("Line"), str(line.id)), (_("Date"), str(line.dated)), (_("Amount"), amount),
        (_("State"), state_word(line).text), (_("Name"), line.name), (_("Text"), line.memo),
        (_("Reference"), line.reference), (_("Reason"), line.reason),
    ]  # fmt: skip
    found: list[Content] = []
    for label, text in told:
        if text:
            first = toned((fit(label, 12), "muted"))
            found += wrapped(toned(safe(text)), room, first, " " * 12)
    return found
