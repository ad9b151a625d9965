"""Forecasts are computed in a process of their own: the library takes seconds and much memory.

What goes over is plain JSON: no record, no session. `python -m boconsole.forecasts.apart` reads
a question and writes its answer.
"""

import json
import subprocess
import sys
from datetime import date
from typing import Any

from boconsole.errors import BoconsoleError
from boconsole.forecasts import flows
from boconsole.forecasts.choosing import TooLittleError
from boconsole.forecasts.flows import Flows, Known, Paid
from boconsole.forecasts.series import Error, Forecast, Point, Series
from boconsole.forecasts.smoothing import NoLibraryError
from boconsole.language import _

PATIENCE = 180
"""Seconds."""


class FailedError(BoconsoleError):
    """The process that computes ended without an answer."""

    def __init__(self, reason: str) -> None:
        super().__init__(
            _("The forecast could not be computed ({reason}); try a shorter one.").format(
                reason=reason
            )
        )


def forecast(series: Series, ahead: int, floor: int | None = None) -> Forecast:
    """Return what is expected behind a history; raises as `choosing.forecast`, and FailedError."""
    return _forecast(_ask({"series": series, "ahead": ahead, "floor": floor})["forecast"])


def cash(known: Flows, ahead: int) -> tuple[Forecast, tuple[Known, ...]]:
    """Return the balance that is expected; raises as `flows.forecast`, and FailedError."""
    found = _ask({"flows": known, "ahead": ahead})
    return _forecast(found["forecast"]), tuple(Known(*each) for each in found["known"])


def _ask(question: dict[str, Any]) -> dict[str, Any]:  # Any: what JSON can hold
    text = json.dumps(question, default=str)
    try:
        done = subprocess.run(  # our own module, by the interpreter that runs us
            [sys.executable, "-m", "boconsole.forecasts.apart"], check=False, text=True,
            input=text, capture_output=True, timeout=PATIENCE,
        )  # fmt: skip
    except subprocess.TimeoutExpired as error:
        raise FailedError(_("it took too long")) from error
    except PermissionError:  # a session over SSH starts no other program
        return _taken(json.dumps(answer(json.loads(text)), default=str))
    if done.returncode:
        raise FailedError((done.stderr.strip().splitlines() or ["-"])[-1][:200])
    return _taken(done.stdout)


def _taken(told: str) -> dict[str, Any]:  # Any: as above
    found: dict[str, Any] = json.loads(told)  # Any: as above
    if "too_little" in found:
        raise TooLittleError(*found["too_little"])
    if "no_library" in found:
        raise NoLibraryError
    return found


def _forecast(found: list[Any]) -> Forecast:  # Any: as above
    history, method, points, errors, origins, ahead, beaten = found
    return Forecast(
        _series(history), method,
        tuple(Point(date.fromisoformat(day), *rest) for day, *rest in points),
        tuple(Error(*each) for each in errors), origins, ahead, beaten,
    )  # fmt: skip


def _series(found: list[Any]) -> Series:  # Any: as above
    first, step, values = found
    return Series(date.fromisoformat(first), step, tuple(values))


def answer(question: dict[str, Any]) -> dict[str, Any]:  # Any: as above
    """Compute what was asked."""
    from boconsole.forecasts import choosing

    try:
        if "series" in question:
            series = _series(question["series"])
            return {"forecast": choosing.forecast(series, question["ahead"], question["floor"])}
        first, balance, moved, documents, recurring = question["flows"]
        asked = Flows(date.fromisoformat(first), balance, tuple(moved),
                      tuple(Paid(*each) for each in documents), tuple(recurring))  # fmt: skip
        told, known = flows.forecast(asked, question["ahead"])
    except TooLittleError as error:
        return {"too_little": [error.there, error.step]}
    except NoLibraryError:
        return {"no_library": True}
    return {"forecast": told, "known": known}


if __name__ == "__main__":
    json.dump(answer(json.load(sys.stdin)), sys.stdout, default=str)
