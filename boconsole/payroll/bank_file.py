"""The file that tells a bank whom to pay: CSV, or credit transfers of ISO 20022."""

import csv
from collections.abc import Sequence
from pathlib import Path

from boconsole import audit
from boconsole.ledger.exporting import whole
from boconsole.ledger.sheets import harmless
from boconsole.money import plain
from boconsole.payroll import credit_transfers, words
from boconsole.payroll.credit_transfers import Account, Batch, Transfer
from boconsole.payroll.errors import MissingBankError, RunStateError
from boconsole.session import Session
from boconsole.staff import paying
from boconsole.staff import words as staff_words
from db.payroll import runs as stored
from db.payroll.rows import RunRow, SlipRow
from db.staff.rows import BankRow

XML = ".xml"
HEADINGS = ("number", "name", "account", "bank", "bic", "amount", "currency", "date", "reference")


def write(
    session: Session, row: RunRow, path: Path, *, skip: bool = False, account: str = "",
    bic: str = "",
) -> int:  # fmt: skip
    """Write the file of a run; returns how many are paid by it.

    Args:
        session: Needs `payroll.prepare` or `payroll.post`, with `staff.read` and `staff.bank`.
        row: Posted or paid.
        path: Where to; a file that is there is written anew, whole or not at all. One that ends
            in `.xml` is a credit transfer of ISO 20022, any other is CSV.
        skip: Leave out people whose bank account nobody entered.
        account: That pays, for ISO 20022; by default the IBAN of the company's bank.
        bic: Of its bank.

    Raises:
        RunStateError: The run is not posted.
        MissingBankError: Bank accounts are missing.
        InvalidChangeError: An account cannot be one.
    """
    if not session.may("payroll.prepare"):
        session.require("payroll.post")
    if row.state not in (words.POSTED, words.PAID):
        raise RunStateError(row.number, row.state, words.POSTED)
    slips = [slip for slip in stored.select_slips(row.id) if slip.net > 0]
    day = row.paid_on or row.pay_on
    banks = paying.banks_on(session, day, [slip.employee_id for slip in slips],
                            how=f"bank file of {row.number}")  # fmt: skip
    missing = [staff_words.number(slip.employee_id) for slip in slips
               if slip.employee_id not in banks]  # fmt: skip
    if missing and not skip:
        raise MissingBankError(missing)
    found = [(slip, banks[slip.employee_id]) for slip in slips if slip.employee_id in banks]
    if path.suffix.lower() == XML:
        _write_transfers(session, row, path, found, credit_transfers.payer(account, bic))
    else:
        _write_csv(row, path, found)
    with audit.writing():
        told: dict[str, tuple[object, object]] = {"bank_file": (None, len(found))}
        audit.record(session, "payroll.bank_file", words.AREA, [audit.Line(row.id, told)])
    return len(found)


def _write_csv(row: RunRow, path: Path, found: Sequence[tuple[SlipRow, BankRow]]) -> None:
    with whole(path, "", private=True) as file:
        table = csv.writer(file)
        table.writerow(HEADINGS)
        for slip, bank in found:
            table.writerow((
                staff_words.number(slip.employee_id), harmless(bank.holder or slip.name),
                harmless(bank.account), harmless(bank.bank), harmless(bank.bic),
                plain(slip.net, row.digits), row.currency, str(row.paid_on or row.pay_on),
                f"{row.number} {row.title}",
            ))  # fmt: skip


def _write_transfers(
    session: Session, row: RunRow, path: Path, found: Sequence[tuple[SlipRow, BankRow]],
    payer: Account,
) -> None:  # fmt: skip
    transfers = [
        Transfer(f"{row.number}-{staff_words.number(slip.employee_id)}",
                 Account(bank.holder or slip.name, bank.account, bank.bic, bank.bank),
                 plain(slip.net, row.digits))
        for slip, bank in found
    ]  # fmt: skip
    total = plain(sum(slip.net for slip, _bank in found), row.digits)
    batch = Batch(row.number, f"{row.number} {row.title}", payer, row.currency,
                  row.paid_on or row.pay_on, session.now(), total)  # fmt: skip
    credit_transfers.write(path, batch, transfers)
