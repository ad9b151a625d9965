"""The proof of the bank: what is matched is equal, kept sums are true, closed balances hold."""

from collections.abc import Iterator

from boconsole.language import _
from boconsole.ledger.checking import Fault, number_of_entry
from boconsole.money import plain
from db.bank import accounts as stored
from db.bank import closings, lines, links, months
from db.bank.rows import BankRow, ClosingRow


def faults() -> Iterator[Fault]:
    """Yield everything that does not hold."""
    banks = {bank.id: bank for bank in stored.select_banks()}
    for bank in banks.values():
        yield from _unequal(bank)
    for row in closings.select_all():
        yield from _closed(banks[row.bank_id], row)
    for bank_id, month, state, kept, wanted in months.differences():
        bank = banks[bank_id]
        reason = _(
            "the sum of {state} lines of {account} in {month} is kept as {kept}, they make {wanted}"
        ).format(
            state=state, account=bank.account, month=f"{month // 100}-{month % 100:02}",
            kept=plain(kept, bank.precision), wanted=plain(wanted, bank.precision),
        )  # fmt: skip
        yield Fault("bank sum", bank.account, reason)


def _unequal(bank: BankRow) -> Iterator[Fault]:
    for line_id in links.select_unequal(bank.id):
        line = lines.find_line(line_id)
        assert line is not None
        found = links.sum_of(line_id)
        reason = _(
            "bank line {id} of {account} is {amount} ({state}), what it is matched with {found}"
        ).format(
            id=line_id, account=bank.account, amount=plain(line.amount, bank.precision),
            state=_(line.state), found=plain(found, bank.precision),
        )  # fmt: skip
        yield Fault("bank match", bank.account, reason)
    for entry_id, amount, matched in links.select_torn(bank):
        number = number_of_entry(entry_id)
        reason = _(
            "{number} has {amount} on {account}, and {matched} of it is matched with the bank"
        ).format(
            number=number, account=bank.account, amount=plain(amount, bank.precision),
            matched=plain(matched, bank.precision),
        )  # fmt: skip
        yield Fault("bank match", number, reason)


def _closed(bank: BankRow, row: ClosingRow) -> Iterator[Fault]:
    """Yield where a closed balance is no more what bank and books say up to its day."""
    settled = links.sum_settled(bank.id, row.through)
    held = lines.sum_lines(bank.id, ends=row.through)
    for found in dict.fromkeys((held, *settled)):
        if found != row.balance:
            reason = _(
                "{account} was closed on {day} with {balance}, its lines now make {found}"
            ).format(
                account=bank.account, day=row.through, balance=plain(row.balance, bank.precision),
                found=plain(found, bank.precision),
            )  # fmt: skip
            yield Fault("bank closing", bank.account, reason)
