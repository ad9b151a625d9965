"""Figures of projects by command: earned value of typed amounts."""

from decimal import Decimal
from typing import TYPE_CHECKING

from boconsole.doors import output
from boconsole.doors.calls import Call
from boconsole.doors.output import Answer
from boconsole.errors import InvalidChangeError
from boconsole.language import _

if TYPE_CHECKING:
    from boconsole.projects.earned_value import EarnedValue

AMOUNTS = ("bac", "pv", "ev", "ac", "sv", "cv", "eac", "etc", "vac")
INDEXES = ("spi", "cpi", "tcpi")
LARGEST = Decimal(10) ** 18


def earned_value(call: Call) -> Answer:
    """Tell the earned value of a budget, of what was planned and done, and of what it cost."""
    from boconsole.projects import earned_value as rules

    words = call.words
    found = rules.of_shares(
        amount("bac", words.bac), share("planned", words.planned),
        share("complete", words.complete), amount("actual", words.actual),
        words.method or (rules.ESTIMATE if words.rest else rules.TYPICAL),
        amount("rest", words.rest) if words.rest else None,
    )  # fmt: skip
    return Answer(record(found), lambda: told(found))


def record(found: "EarnedValue") -> dict[str, object]:
    """Return the figures for programs: amounts to the cent, indexes to four places, as text."""
    values = {name: _rounded(getattr(found, name), 2) for name in AMOUNTS}
    values |= {name: _rounded(getattr(found, name), 4) for name in INDEXES}
    return {**values, "method": found.method}


def told(found: "EarnedValue") -> str:
    """Return the figures for people."""
    from boconsole.projects.earned_value import METHODS

    names = {
        "bac": _("Budget at completion"), "pv": _("Planned value"), "ev": _("Earned value"),
        "ac": _("Actual cost"), "sv": _("Schedule variance"), "cv": _("Cost variance"),
        "spi": _("Schedule index"), "cpi": _("Cost index"), "eac": _("Estimate at completion"),
        "etc": _("Estimate to complete"), "vac": _("Variance at completion"),
        "tcpi": _("Index the rest must reach"),
    }  # fmt: skip
    values = record(found)
    rows = [(name.upper(), label, str(values[name] or "-")) for name, label in names.items()]
    table = output.table((_("Figure"), _("Meaning"), _("Value")), rows, right=frozenset((2,)))
    estimated = _("Estimated so:") + f" {_(METHODS[found.method])}"
    return f"{table}\n\n{estimated}"


def _rounded(value: Decimal | None, places: int) -> str | None:
    from boconsole.money import rounded

    return None if value is None else str(rounded(value, places))


def amount(field: str, text: str) -> Decimal:
    """Return an amount that was typed; raises InvalidChangeError."""
    from boconsole.money import typed

    value = typed(text)
    if value is None or abs(value) > LARGEST:
        raise InvalidChangeError(field, _("{text!r} is not an amount").format(text=text[:40]))
    return value


def share(field: str, text: str) -> Decimal:
    """Return percent that were typed, `40%` or `40`."""
    return amount(field, text.strip().removesuffix("%"))


def load(call: Call) -> Answer:
    """Tell who has how much to do in which week."""
    from boconsole import workload
    from boconsole.doors.commands.knowledge import whole
    from boconsole.leave.quantities import plain
    from boconsole.projects import capacity
    from boconsole.projects.capacity import AWAY
    from boconsole.projects.words import length

    weeks = whole(call.words.weeks, "weeks") if call.words.weeks else capacity.WEEKS
    if not 1 <= weeks <= capacity.MOST_WEEKS:
        raise InvalidChangeError("weeks", _("lies between {least} and {most}").format(
            least=1, most=capacity.MOST_WEEKS))  # fmt: skip
    found = workload.load(call.session(), weeks)
    value = {
        "weeks": list(found.mondays), "capacity": list(found.capacity),
        "people": [
            {"login": each.login, "minutes": list(each.weeks), "later": each.later,
             "without_estimate": each.unknown, "capacity": list(each.has),
             "away": [plain(part) for part in each.away],
             "over": [day for day, too_much in zip(found.mondays, capacity.over(each),
                                                   strict=True) if too_much]}
            for each in found.people
        ],
    }  # fmt: skip

    def text() -> str:
        cells = [
            (each.login, *(
                f"{'! ' if too_much else ''}{length(minutes)}{f' {AWAY}' if away else ''}"
                for minutes, too_much, away in
                zip(each.weeks, capacity.over(each), each.away, strict=True)))
            for each in found.people
        ]  # fmt: skip
        headings = (_("Who"), *(f"{day:%m-%d}" for day in found.mondays))
        right = frozenset(range(1, len(headings)))
        if not cells:
            return _("Nobody has open tasks.")
        told = output.table(headings, cells, right=right)
        legend = _("! more than the week has   {away} away").format(away=AWAY)
        return f"{told}\n\n{legend}"

    return Answer(value, text)
