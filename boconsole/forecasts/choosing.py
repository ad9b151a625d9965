"""A model or what was before: whichever erred less where the answer is known.

The model is chosen and estimated on what lies before the first origin; from each origin it goes
on with the parameters that it has, so that no later value tells it anything (a rolling origin
without estimating again, see Tashman, Out-of-sample tests of forecasting accuracy, 2000). Both
methods are judged by the same steps. What is shown is estimated on everything.
"""

import warnings

from boconsole.errors import BoconsoleError
from boconsole.forecasts import measuring, smoothing
from boconsole.forecasts.series import NEEDED, WEEK, Error, Forecast, Series, Spread, rounded
from boconsole.language import _, ngettext

NAIVE, REPEAT = "seasonal naive", "naive"
EVALUATED = 8
"""Steps ahead that are tried at most."""


class TooLittleError(BoconsoleError):
    """There is too little history to forecast from."""

    def __init__(self, there: int, step: str) -> None:
        needed = NEEDED[step]
        if step == WEEK:
            text = ngettext("{n} week", "{n} weeks", there).format(n=there)
            told = _("There is history of {there} alone; a forecast needs {needed} weeks.")
        else:
            text = ngettext("{n} day", "{n} days", there).format(n=there)
            told = _("There is history of {there} alone; a forecast needs {needed} days.")
        super().__init__(told.format(there=text, needed=needed))
        self.there, self.step = there, step


def require(series: Series) -> None:
    """Raise TooLittleError where a history begins too late: zeros at its start do not count."""
    there = list(series.values)
    while there and not there[0]:
        there.pop(0)
    if len(there) < NEEDED[series.step]:
        raise TooLittleError(len(there), series.step)


def forecast(series: Series, ahead: int, floor: int | None = None) -> Forecast:
    """Return what is expected behind a history.

    Args:
        series: The history.
        ahead: Steps.
        floor: The least that can be.

    Raises:
        TooLittleError: It is too short.
        NoLibraryError: The extra is not installed.
    """
    require(series)
    values, season = series.values, series.season
    tried_ahead = min(ahead, EVALUATED)
    tried = measuring.origins(len(values), max(len(values) // 2, 2 * season), tried_ahead)
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # of the library: a fit that did not settle is judged too
        chosen = smoothing.choose(values[: tried[0]], season)

        def smoothed(origin: int) -> list[Spread]:
            return smoothing.predict(smoothing.again(chosen, values[:origin]), tried_ahead)

        model = measuring.measure(chosen.shape.name, values, season, tried, tried_ahead, smoothed)
        naive = _naive_error(series, tried, tried_ahead)
        wins = model.mae < naive.mae
        if wins:
            whole = smoothing.fit(chosen.shape, values, season)
            found = smoothing.predict(whole, ahead)
        else:
            found = measuring.seasonal_naive(values, season, ahead)
    used, other = (model, naive) if wins else (naive, model)
    points = rounded(found, series, floor)
    return Forecast(series, used.method, points, (used, other), len(tried), tried_ahead, wins)


def _naive_error(series: Series, tried: list[int], ahead: int) -> Error:
    values, season = series.values, series.season

    def repeated(origin: int) -> list[Spread]:
        return measuring.seasonal_naive(values[:origin], season, ahead)

    name = NAIVE if season > 1 else REPEAT
    return measuring.measure(name, values, season, tried, ahead, repeated)
