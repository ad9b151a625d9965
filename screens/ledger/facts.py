"""What entries and amounts look like: numbers, states, sums, lines in columns."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from decimal import Decimal
from typing import TYPE_CHECKING

from rich.cells import cell_len
from textual.content import Content

from boconsole.language import N_, _, decimal
from boconsole.ledger.dimensions import tags_text, unsaid
from boconsole.ledger.lines import of_posting
from boconsole.ledger.reading import Whole
from boconsole.ledger.words import repeats
from screens import attached
from screens.cells import Cell, Look, fit, moment, safe
from screens.prose import toned, wrapped

if TYPE_CHECKING:
    from boconsole.audit import HistoryEntry
    from boconsole.ledger.balances import RegisterRow
    from boconsole.ledger.linking import LinkLine
    from boconsole.ledger.reading import JournalLine, PostingRow, Sum
    from boconsole.session import Session

FEATURE = AREA = "ledger"
STATES = {
    "draft": Look("D", N_("draft"), "warn"),
    "posted": Look("P", N_("posted"), ""),
    "reversed": Look("R", N_("reversed"), "muted"),
}
KINDS = {
    "normal": N_("normal"), "reversal": N_("reversal"), "closing": N_("closing"),
    "import": N_("import"), "document": N_("document"),
    "fixed-asset": N_("fixed asset"),
    "opening": N_("opening balance"),
}  # fmt: skip
LABEL = 16


def sealed() -> str:
    """Say why tags of a posted entry stay."""
    return _("Tags of a posted entry are sealed; l on its page adds links.")


def state_word(word: str) -> Cell:
    """Return letter and word of the state of an entry: `P posted`."""
    look = STATES.get(word)
    return Cell(f"{look.letter} {_(look.word)}", look.tone) if look else Cell(safe(word), "muted")


def money(minor: int, precision: int) -> str:
    """Return an amount as the language writes it, with all its digits: `-1,234.50`."""
    return decimal(Decimal(minor).scaleb(-precision), precision)


def amount(row: RegisterRow) -> str:
    """Return the amount of a line of a register."""
    return f"{money(row.line.amount, row.line.precision)} {safe(row.line.commodity)}"


def balance(row: RegisterRow) -> str:
    """Return what the account held of that commodity after a line."""
    return f"{money(row.balance, row.line.precision)} {safe(row.line.commodity)}"


def register_line(row: RegisterRow, room: int) -> Content:
    """Return a line of a register in one line of a preview: day, text, amount."""
    text = amount(row)
    rest = room - 11 - cell_len(text) - 1
    words = fit(title(row.line.payee, row.line.description), max(rest, 0))
    return toned((f"{row.line.dated} ", "muted"), f"{words} {text}")


def exact(number: Decimal, code: str, precisions: Mapping[str, int]) -> str:
    """Return an amount that is being typed, with at least the digits of its commodity."""
    exponent = number.as_tuple().exponent
    digits = max(precisions.get(code, 0), -exponent if isinstance(exponent, int) else 0)
    return f"{decimal(number, digits)} {safe(code)}".strip()


def sums(found: Sequence[Sum]) -> str:
    """Return the debits of an entry: the first commodity, and how many more there are."""
    if not found:
        return ""
    first, more = found[0], len(found) - 1
    text = f"{money(first.amount, first.precision)} {safe(first.commodity)}"
    return f"{text} +{more}" if more else text


def about(line: JournalLine) -> str:
    """Return payee and description in one line, saying nothing twice."""
    return title(line.payee, line.description)


def title(payee: str, description: str) -> str:
    """Return payee and description in one line; a journal may have them joined already."""
    if not payee or repeats(payee, description):
        return safe(description or payee)
    return safe(f"{payee} | {description}" if description else payee)


def picture(whole: Whole, room: int, session: Session) -> list[Content]:
    """Return an entry to read: its facts, its lines aligned, the running total."""
    facts = [
        line for label, cell in _facts(whole, session)
        for line in wrapped(
            toned(cell), room, toned((fit(_(label), LABEL), "muted")), " " * LABEL
        )
    ]  # fmt: skip
    head = wrapped(toned((title(whole.entry.head.payee, whole.entry.head.description), "strong")),
                   room)  # fmt: skip
    return [*head, *facts, Content(""), *table(whole.entry.postings, room)]


def _facts(whole: Whole, session: Session) -> list[tuple[str, Cell]]:
    entry, head = whole.entry, whole.entry.head
    state = state_word(entry.state)
    if whole.waits:
        waits = _("needs an approval")
        state = Cell(f"{state.text}, {waits}", "warn")
    told = [
        (N_("State"), state),
        (N_("Date"), Cell(str(head.dated))),
        (N_("Kind"), Cell(_(KINDS.get(head.kind, head.kind)) if head.kind != "normal" else "")),
        (N_("Code"), Cell(safe(head.code))),
        (N_("Note"), Cell(safe(head.comment))),
        (N_("Prepared by"), Cell(safe(whole.people.get(head.prepared_by, "")))),
        (N_("May approve"), approvers(whole.approvers, session) if whole.waits else Cell("")),
        (N_("Approved by"), Cell(_by(whole, head.approved_by, head.approved_at, session))),
        (N_("Posted by"), Cell(_by(whole, head.posted_by, head.posted_at, session))),
        (N_("Reason"), Cell(safe(head.reason))),
    ]
    if whole.linked:
        label = N_("Reversed by") if head.reversed_by else N_("Reverses")
        told.append((label, Cell(whole.linked[1], "info")))
    told += [
        (N_("Tags"), Cell(safe(tags_text(entry.written.tags)), "info")),
        *((N_("Link"), Cell(_link(link, session), "info")) for link in whole.links),
        (N_("Files"), Cell(attached.told(whole.files))),
    ]
    return [(label, cell) for label, cell in told if cell.text]


def approvers(logins: Sequence[str], session: Session) -> Cell:
    """Return who may approve a draft, the reader first and called you; nobody is told as well."""
    if not logins:
        return Cell(_("nobody else"), "bad")
    me = session.user.login
    others = [safe(login) for login in logins if login != me]
    if me in logins:
        return Cell(", ".join([_("you"), *others]), "good")
    return Cell(", ".join(others), "warn")


def _link(link: LinkLine, session: Session) -> str:
    text = f"{safe(link.value)}  {safe(link.title)}".rstrip()
    if link.added_at is None:
        return text
    at = moment(link.added_at.astimezone(session.zone))
    return _("{link} (added later by {who}, {at})").format(link=text, who=safe(link.added_by),
                                                           at=at)  # fmt: skip


def _by(whole: Whole, person: int | None, at: object, session: Session) -> str:
    from datetime import datetime

    if person is None:
        return ""
    there = at.astimezone(session.zone) if isinstance(at, datetime) else None
    return safe(whole.people.get(person, "")) + (f"  {moment(there)}" if there else "")


def changes(entry: HistoryEntry) -> list[str]:
    """Return what a line of the trail changed, one field on a line; lists one item on a line."""
    lines = []
    for change in entry.changes:
        if isinstance(change.before, list) or isinstance(change.after, list):
            gone, come = ([] if value in (None, "") else _plain(value)
                          for value in (change.before, change.after))  # fmt: skip
            lines += [f"{_(change.field)}:", *(f"  - {one}" for one in gone),
                      *(f"  + {one}" for one in come)]  # fmt: skip
        else:
            before, after = _plain(change.before)[0], _plain(change.after)[0]
            lines.append(f"{_(change.field)}: {before} → {after}")
    return lines


def _plain(value: object) -> list[str]:
    if isinstance(value, list):
        return [str(one) for one in value]
    return ["-" if value in (None, "") else str(value)]


def table(postings: Sequence[PostingRow], room: int) -> list[Content]:
    """Return lines in columns: account, amount, and what the entry sums to so far."""
    amounts = [f"{money(row.amount, row.precision)} {safe(row.commodity)}" for row in postings]
    so_far = _running(postings)
    titles = (_("Account"), _("Amount"), _("So far"))
    wide = max(map(len, [titles[1], *amounts]))
    running = max(map(len, [titles[2], *so_far]))
    account = room - wide - running - 4
    if account < 16:
        account, running = room - wide - 2, 0
    lines = [_row(titles, (account, wide, running), "muted")]
    for row, amount, total in zip(postings, amounts, so_far, strict=True):
        name = {0: "{}", 1: "[{}]"}.get(row.kind, "({})").format(safe(row.account))
        lines.append(_row((name, amount, total), (account, wide, running)))
        lines += [toned(("  " + more, "muted")) for more in _more(row)]
    return lines


def _row(texts: tuple[str, str, str], widths: tuple[int, int, int], tone: str = "") -> Content:
    account, amount, total = widths
    parts = [(f"{_left(texts[0], account)}  {fit(texts[1], amount, right=True)}", tone)]
    if total:
        parts.append((f"  {fit(texts[2], total, right=True)}", "muted"))
    return toned(*parts)


def _left(path: str, width: int) -> str:
    """Return a path that fills a width; a long one loses its beginning, which says least."""
    return fit("…" + path[-(width - 1) :] if len(path) > width else path, width)


def _more(row: PostingRow) -> list[str]:
    """Return what a line says beside its amount: what it is worth, and its label."""
    worth = f"= {money(row.value, row.value_precision)} {safe(row.value_commodity)}"
    tags = tags_text(unsaid(of_posting(row).tags, row.label))
    return [
        *([worth] if row.commodity_id != row.value_commodity_id else []),
        *([safe(row.label)] if row.label else []),
        *([safe(tags)] if tags else []),
    ]


def _running(postings: Sequence[PostingRow]) -> list[str]:
    """Return the sum after each line in the commodity it weighs in; unbalanced lines have none."""
    totals: dict[tuple[int, str], int] = {}
    found = []
    for row in postings:
        if row.kind > 1:
            found.append("")
            continue
        key = (row.kind, row.value_commodity)
        totals[key] = totals.get(key, 0) + row.value
        text = f"{money(totals[key], row.value_precision)} {safe(row.value_commodity)}"
        found.append(text)
    return found
