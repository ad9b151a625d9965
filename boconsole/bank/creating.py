"""Entries and payments that a bank line lacks: posted and matched with it in one transaction."""

from collections.abc import Mapping, Sequence
from datetime import date

from boconsole import audit
from boconsole.bank.errors import MatchError
from boconsole.bank.matching import FEATURE, Matched, bank_of, match, require_free, text_of
from boconsole.errors import InvalidChangeError, StaleRecordError
from boconsole.invoices import paying
from boconsole.invoices.paying import NewPayment
from boconsole.invoices.words import payment_number
from boconsole.journals.parts import Entry
from boconsole.language import _
from boconsole.ledger import entering, entries
from boconsole.ledger.entries import JournalEntry
from boconsole.ledger.typing import typed
from boconsole.money import plain
from boconsole.session import Session
from boconsole.text import LINE_LIMIT
from db.bank import lines, links
from db.bank.rows import BankLineRow, BankRow, BookLineRow
from db.invoices.rows import PaymentRow


def own_line(bank: BankRow, amount: int) -> str:
    """Return the line of the bank's own account, as it is typed."""
    code = bank.commodity if bank.commodity.isalpha() else f'"{bank.commodity}"'
    return f"{bank.account}  {plain(amount, bank.precision)} {code}"


def about_of(bank: BankRow, line: BankLineRow) -> str:
    """Return what an entry for a bank line is about, unless somebody says better."""
    return (text_of(line) or bank.account)[:LINE_LIMIT]


def create(
    session: Session,
    line: BankLineRow,
    against: Sequence[str],
    *,
    description: str = "",
    payee: str = "",
    dated: date | None = None,
    beside: Sequence[BookLineRow] = (),
) -> tuple[JournalEntry, Matched]:
    """Post the entry that a bank line lacks, and match both.

    Args:
        session: Who does it.
        line: An open bank line.
        against: The other lines, as they are typed: an account, or several with amounts, of
            which one may be left out.
        description: By default what the bank says.
        payee: Who paid or was paid.
        dated: By default the day of the bank line.
        beside: Lines of the books that are part of the amount already.

    Raises:
        MatchError, StaleRecordError: As `match`.
        BoconsoleError: As `boconsole.ledger.entries.enter`.
    """
    bank = bank_of(line)
    rest = line.amount - sum(book.amount for book in beside)
    entry = typed(
        dated or line.dated, (description or about_of(bank, line))[:LINE_LIMIT],
        [own_line(bank, rest), *against], payee=payee, code=line.reference,
    )  # fmt: skip
    return enter(session, line, entry, beside)


def enter(
    session: Session, line: BankLineRow, entry: Entry, beside: Sequence[BookLineRow] = ()
) -> tuple[JournalEntry, Matched]:
    """Post an entry that has a line on the bank's account, and match that; as `create`.

    Raises:
        MatchError: The entry has no line there.
    """
    session.require("bank.match")
    bank = bank_of(line)
    require_free(line)
    with audit.writing():
        made = entries.enter(session, entry)
        mine = links.select_unlinked(bank, [made.head.id])
        if not mine:
            raise MatchError(
                _("The entry needs a line on {account} in {code}.").format(
                    account=bank.account, code=bank.commodity
                )
            )
        done = match(session, line, [*beside, *mine])
    return made, done


def enter_typed(
    session: Session,
    line: BankLineRow,
    values: Mapping[str, object],
    beside: Sequence[BookLineRow] = (),
) -> tuple[JournalEntry, Matched]:
    """Post what was typed in a form, and match it; as `enter`.

    Raises:
        LineError: A line cannot be taken; it is named.
    """
    day = values.get("date")
    if not isinstance(day, date):
        raise InvalidChangeError("date", _("is needed"))
    texts = {
        name: str(values.get(name) or "") for name in ("payee", "description", "code", "comment")
    }
    typed_lines = entering.typed_of(str(values.get(entering.LINES) or ""))
    return enter(session, line, entering.entry_of(day, typed_lines, **texts), beside)


def pay(
    session: Session, line: BankLineRow, new: NewPayment
) -> tuple[PaymentRow, Matched | None]:  # fmt: skip
    """Record a payment of documents that a bank line tells of, and match its entry.

    Above the threshold of approvals the payment waits as a draft, and the line with it: nothing
    else is matched with that until the payment is posted or deleted.

    Raises:
        MatchError: A payment was recorded already, and waits.
        BoconsoleError: As `paying.pay` and `match`.
    """
    session.require("bank.match")
    bank = bank_of(line)
    require_free(line)
    with audit.writing():
        made = paying.pay(session, new)
        if made.entry_id is None:
            if not lines.set_payment(line, made.id):
                raise StaleRecordError(_("bank line {id}").format(id=line.id), line.id)
            told = audit.Line(
                line.id, {"waits_for": (None, payment_number(made))}, line.version + 1
            )
            audit.record(session, "bank.wait", FEATURE, [told])
            return made, None
        done = match(session, line, links.select_unlinked(bank, [made.entry_id]))
    return made, done
