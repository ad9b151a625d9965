"""Entries as they are typed: lines such as `Expenses:Paper  12.50 USD`, one side left open."""

from collections.abc import Sequence
from datetime import date

from boconsole.errors import InvalidChangeError
from boconsole.journals.hledger import booking
from boconsole.journals.hledger.postings import EntryBlock
from boconsole.journals.hledger.scope import Scope
from boconsole.journals.parts import Entry, JournalError, Place, Transaction
from boconsole.language import _

LINES = "lines"
"""The field that a refusal of a typed line names."""


def typed(
    dated: date,
    description: str,
    lines: Sequence[str],
    *,
    payee: str = "",
    code: str = "",
    comment: str = "",
) -> Entry:
    """Return the balanced entry that somebody typed.

    Args:
        dated: Its day.
        description: What it is about.
        lines: Account, two blanks, amount with commodity, as an hledger posting; one amount may
            be left out and takes what balances. Prices with `@` and `@@`.
        payee: Who paid or was paid.
        code: Such as the number of a voucher.
        comment: Anything else.

    Raises:
        InvalidChangeError: A line cannot be read, or the entry does not balance.
    """
    block = EntryBlock("2000-01-01", Scope(), Place("", 0))
    try:
        for number, line in enumerate(lines, 1):
            block.add(f"    {line.strip()}", number)
        found = [each for each in block.close() if isinstance(each, Transaction)]
        if claimed := next((each for each in found[0].postings if each.claim), None):
            reason = _("A balance cannot be asserted here; leave = away.")
            raise JournalError(Place("", claimed.line), reason)
        written = found[0]._replace(
            dated=dated, description=description, payee=payee, code=code, comment=comment
        )
        return booking.book([written]).entries[0]
    except JournalError as refusal:
        where = _("line {line}: ").format(line=refusal.place.line) if refusal.place.line else ""
        raise InvalidChangeError(LINES, where + refusal.reason) from refusal
