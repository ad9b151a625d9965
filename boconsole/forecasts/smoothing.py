"""Exponential smoothing by statsmodels, the extra `forecast`, which takes seconds to import.

Names are those of the taxonomy ETS(error, trend, season): A additive, Ad damped, M
multiplicative, N none. Of the candidates the one with the least AICc is taken. Deviations are
computed with the degrees of freedom, as in Hyndman and Athanasopoulos, 8.7: sigma is the root of
SSE / (T - k).
"""

from collections.abc import Sequence
from math import sqrt
from typing import Any, NamedTuple

from boconsole.errors import BoconsoleError
from boconsole.forecasts.measuring import Z80, Z95
from boconsole.forecasts.series import Spread
from boconsole.language import _

SEED, REPETITIONS = 1, 2_000
LONGEST_SEASON = 24
"""A longer one has more starting values than a history can tell."""


class NoLibraryError(BoconsoleError):
    """The extra `forecast` is not installed."""

    def __init__(self) -> None:
        super().__init__(
            _("Forecasts need statsmodels; install the extra: pip install 'boconsole[forecast]'.")
        )


class Shape(NamedTuple):
    """A candidate; an empty trend or season is none."""

    error: str
    trend: str
    damped: bool
    season: str

    @property
    def name(self) -> str:
        """`ETS(A,Ad,A)`."""
        trend = {"": "N", "add": "Ad" if self.damped else "A"}[self.trend]
        return f"ETS({_letter(self.error)},{trend},{_letter(self.season)})"


class Smoothed(NamedTuple):
    """A candidate with the parameters that were found."""

    shape: Shape
    period: int
    parameters: Any  # Any: the library has no types
    fitted: Any  # Any: as above


PLAIN = (Shape("add", "", False, ""), Shape("add", "add", False, ""),
         Shape("add", "add", True, ""))  # fmt: skip
SEASONAL = (Shape("add", "", False, "add"), Shape("add", "add", False, "add"),
            Shape("add", "add", True, "add"))  # fmt: skip
GROWING = (Shape("mul", "add", False, "mul"), Shape("mul", "add", True, "mul"))
"""Whose season grows with the level; for values above 0."""


def _letter(word: str) -> str:
    return {"add": "A", "mul": "M", "": "N"}[word]


def candidates(values: Sequence[int], period: int) -> tuple[Shape, ...]:
    """Return the shapes that a history can tell."""
    if not 1 < period <= LONGEST_SEASON or len(values) < 2 * period + 5:
        return PLAIN
    return (*PLAIN, *SEASONAL, *(GROWING if min(values) > 0 else ()))


def choose(values: Sequence[int], period: int) -> Smoothed:
    """Return the candidate with the least AICc; raises NoLibraryError."""
    found = [fit(shape, values, period) for shape in candidates(values, period)]
    return min(found, key=lambda each: float(each.fitted.aicc))


def fit(shape: Shape, values: Sequence[float], period: int, *, exactly: bool = False) -> Smoothed:
    """Estimate the parameters of a shape.

    Args:
        shape: Which.
        values: The history.
        period: Steps of a season.
        exactly: Estimate the starting values of the season too, which takes much longer.
    """
    start = "estimated" if exactly or not shape.season else "heuristic"
    found = _model(shape, values, period, start).fit(disp=False, maxiter=500)
    return Smoothed(shape, period, found.params, found)


def predict(model: Smoothed, ahead: int) -> list[Spread]:
    """Return what is expected behind the history of a model."""
    import numpy as np

    found = model.fitted
    last = int(found.nobs)
    told: dict[str, Any] = {}  # Any: as the library takes them
    if model.shape.error == "mul":
        told = {"rng": np.random.default_rng(SEED), "simulate_repetitions": REPETITIONS}
    seen = found.get_prediction(start=last, end=last + ahead - 1, **told)
    wide = sqrt(last / max(last - _freedom(model), 1))
    means = [float(each) for each in found.forecast(ahead)]
    spreads = []
    for mean, row in zip(means, seen.summary_frame(alpha=0.05).itertuples(), strict=True):
        up, down = (row.pi_upper - mean) * wide / Z95, (mean - row.pi_lower) * wide / Z95
        spreads.append(Spread(mean, mean - Z80 * down, mean + Z80 * up,
                              mean - Z95 * down, mean + Z95 * up))  # fmt: skip
    return spreads


def again(model: Smoothed, values: Sequence[float]) -> Smoothed:
    """Return a model with the parameters it has, smoothed over another history."""
    shape = model.shape
    start = "heuristic" if shape.season else "estimated"
    fresh = _model(shape, values, model.period, start)
    return model._replace(fitted=fresh.smooth(model.parameters))


def _freedom(model: Smoothed) -> int:
    """Return how many parameters were estimated, the starting values of the level among them."""
    return len(model.parameters)


def _model(shape: Shape, values: Sequence[float], period: int, start: str) -> Any:  # Any: as above
    try:
        import pandas as pd
        from statsmodels.tsa.exponential_smoothing.ets import ETSModel
    except ImportError as error:
        raise NoLibraryError from error
    return ETSModel(
        pd.Series([float(each) for each in values]),
        error=shape.error, trend=shape.trend or None, damped_trend=shape.damped,
        seasonal=shape.season or None, seasonal_periods=period if shape.season else None,
        initialization_method=start,
    )  # fmt: skip
