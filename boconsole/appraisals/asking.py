"""Queries on cycles of appraisals."""

from boconsole.appraisals import words
from boconsole.appraisals.reading import Cycle
from boconsole.filters.whole import Has, Register

CYCLES: Register[Cycle] = Register(
    text=lambda one: f"{one.row.number}\n{one.row.name}",
    fields={
        "name": Has(lambda one: one.row.name),
        "from": Has(lambda one: one.row.starts_on, "day"),
        "to": Has(lambda one: one.row.ends_on, "day"),
        "due": Has(lambda one: one.due, "day"),
        "state": Has(lambda one: one.row.state, "choice", words.STATES),
    },
    flags={"waiting": lambda one: one.waits > 0},
)
