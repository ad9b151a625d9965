"""What queries may ask of pay runs and their slips."""

from boconsole.filters.whole import Has, Register
from boconsole.payroll import words
from db.payroll.rows import RunRow, SlipRow

RUNS: Register[RunRow] = Register(
    text=lambda row: "\n".join((row.number, row.title, row.pay_group, row.preparer, row.reason)),
    fields={
        "number": Has(lambda row: row.number),
        "month": Has(lambda row: row.title),
        "group": Has(lambda row: row.pay_group),
        "kind": Has(lambda row: row.kind, "choice", tuple(words.RUN_KINDS)),
        "state": Has(lambda row: row.state, "choice", tuple(words.STATE_TITLES)),
        "people": Has(lambda row: row.people, "number"),
    },
)
SLIPS: Register[SlipRow] = Register(
    text=lambda row: "\n".join((row.number, row.name, row.department, row.title)),
    fields={
        "number": Has(lambda row: row.number),
        "name": Has(lambda row: row.name),
        "department": Has(lambda row: row.department),
        "title": Has(lambda row: row.title),
        "status": Has(lambda row: row.status),
        "net": Has(lambda row: row.net, "number"),
        "tax": Has(lambda row: row.tax, "number"),
        "earned": Has(lambda row: row.earned, "number"),
    },
)
