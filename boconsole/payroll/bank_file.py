"""The file that tells a bank whom to pay: CSV, one line for each person with something to get."""

import csv
from pathlib import Path

from boconsole import audit
from boconsole.ledger.exporting import whole
from boconsole.ledger.sheets import harmless
from boconsole.money import plain
from boconsole.payroll import words
from boconsole.payroll.errors import MissingBankError, RunStateError
from boconsole.session import Session
from boconsole.staff import paying
from boconsole.staff import words as staff_words
from db.payroll import runs as stored
from db.payroll.rows import RunRow

HEADINGS = ("number", "name", "account", "bank", "bic", "amount", "currency", "date", "reference")


def write(session: Session, row: RunRow, path: Path, *, skip: bool = False) -> int:
    """Write the file of a run; returns how many are paid by it.

    Args:
        session: Needs `payroll.prepare` or `payroll.post`, with `staff.read` and `staff.bank`.
        row: Posted or paid.
        path: Where to; a file that is there is written anew, whole or not at all.
        skip: Leave out people whose bank account nobody entered.

    Raises:
        RunStateError: The run is not posted.
        MissingBankError: Bank accounts are missing.
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
    found = [slip for slip in slips if slip.employee_id in banks]
    with whole(path, "", private=True) as file:
        table = csv.writer(file)
        table.writerow(HEADINGS)
        for slip in found:
            bank = banks[slip.employee_id]
            name = bank.holder or slip.name
            table.writerow((
                staff_words.number(slip.employee_id), harmless(name), harmless(bank.account),
                harmless(bank.bank), harmless(bank.bic), plain(slip.net, row.digits),
                row.currency, str(day), f"{row.number} {row.title}",
            ))  # fmt: skip
    with audit.writing():
        told: dict[str, tuple[object, object]] = {"bank_file": (None, len(found))}
        audit.record(session, "payroll.bank_file", words.AREA, [audit.Line(row.id, told)])
    return len(found)
