"""What queries may ask of requests, days of attendance, types and days off."""

from boconsole.filters.whole import Has, Register
from boconsole.leave import words, worktime
from boconsole.leave.attending import Attended
from boconsole.leave.reading import Request

ENDED = (words.REJECTED, words.WITHDRAWN, words.REPLACED)
REQUESTS: Register[Request] = Register(
    text=lambda one: f"{one.number}\n{one.row.employee}\n{one.row.title}\n{one.row.code}",
    fields={
        "number": Has(lambda one: one.number),
        "name": Has(lambda one: one.row.employee),
        "type": Has(lambda one: one.row.code),
        "state": Has(lambda one: one.state, "choice", tuple(words.STATES)),
        "first": Has(lambda one: one.row.first, "day"),
        "last": Has(lambda one: one.row.last, "day"),
        "takes": Has(lambda one: one.quantity // 100, "number"),
    },
    flags={"mine": lambda one: one.mine, "waiting": lambda one: one.decides},
    usual=lambda one: one.state not in ENDED,
)
ATTENDED: Register[Attended] = Register(
    text=lambda one: f"{one.name}\n{one.on}\n{one.holiday}",
    fields={
        "name": Has(lambda one: one.name),
        "date": Has(lambda one: one.on, "day"),
        "state": Has(lambda one: one.day.state, "choice", worktime.STATES),
        "worked": Has(lambda one: one.day.worked, "number"),
        "late": Has(lambda one: one.day.late, "number"),
    },
)
