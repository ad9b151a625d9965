"""Forecasts by command: what is expected, how sure it is, and how wrong the method was."""

from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING, Any

from boconsole.doors import output
from boconsole.doors.calls import Call
from boconsole.doors.commands.licences import whole
from boconsole.doors.output import Answer
from boconsole.errors import InvalidChangeError
from boconsole.language import _

if TYPE_CHECKING:
    from boconsole.forecasts.series import Forecast

Written = Callable[[int], str]


def tickets(call: Call) -> Answer:
    """Forecast how many tickets come in."""
    from boconsole.forecasts import reading
    from boconsole.forecasts.series import DAY, WEEK

    words = call.words
    if words.weeks and words.days:
        raise InvalidChangeError("days", _("give --weeks or --days, not both"))
    unit, typed = (DAY, words.days) if words.days else (WEEK, words.weeks)
    found = reading.tickets(call.session(), unit, whole(typed, "ahead") if typed else None)
    return Answer(_value(found, str), lambda: _text(found, str))


def cash(call: Call) -> Answer:
    """Forecast the balance of all money, week by week."""
    from boconsole.forecasts import reading
    from boconsole.money import plain

    typed = call.words.weeks
    found = reading.cash(
        call.session(), whole(typed, "ahead") if typed else None, call.words.currency
    )
    precision, code = found.commodity.precision, found.commodity.code

    def written(amount: int) -> str:
        return plain(amount, precision)

    value = _value(found.forecast, written)
    value |= {"commodity": code, "balance": written(found.balance)}
    for point, known in zip(value["points"], found.known, strict=True):
        point |= {"documents": written(known.documents), "recurring": written(known.recurring)}
    head = _("Balance: {amount} {code}").format(amount=written(found.balance), code=code)
    return Answer(value, lambda: f"{head}\n\n{_text(found.forecast, written)}")


def _value(found: "Forecast", written: Written) -> dict[str, Any]:  # Any: what JSON can hold
    return {
        "estimate": True,
        "method": found.method,
        "beats_benchmark": found.beaten,
        "step": found.history.step,
        "steps_of_history": len(found.history.values),
        "origins": found.origins,
        "steps_tried": found.ahead,
        "errors": [
            {"method": each.method, "mae": written(round(each.mae)) if written is not str
             else round(each.mae, 2), "mase": None if each.mase is None else round(each.mase, 3),
             "within_80": round(each.within80, 1), "within_95": round(each.within95, 1)}
            for each in found.errors
        ],
        "points": [
            {"day": each.day, **{name: written(getattr(each, name)) if written is not str
                                 else getattr(each, name)
                                 for name in ("mean", "low80", "high80", "low95", "high95")}}
            for each in found.points
        ],
    }  # fmt: skip


def _text(found: "Forecast", written: Written) -> str:
    from boconsole.forecasts.telling import told

    cells: Sequence[tuple[str, ...]] = [
        (str(each.day), f"~{written(each.mean)}", f"{written(each.low80)} … {written(each.high80)}",
         f"{written(each.low95)} … {written(each.high95)}")
        for each in found.points
    ]  # fmt: skip
    headings = (_("From"), _("Expected"), _("80 of 100 cases"), _("95 of 100 cases"))
    table = output.table(headings, cells, right=frozenset((1, 2, 3)))
    return "\n".join((table, "", *told(found, written)))
