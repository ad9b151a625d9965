"""The benchmark and the errors of forecasts; pure.

Sources: Hyndman and Athanasopoulos, Forecasting: Principles and Practice (3rd ed.), 5.2 and 5.5
(seasonal naive method and its intervals), 5.8 (MAE, MASE), 5.10 (rolling origin). The scaled
error is that of Hyndman and Koehler, Another look at measures of forecast accuracy (2006).
"""

from collections.abc import Callable, Sequence
from math import sqrt
from statistics import fmean

from boconsole.forecasts.series import Error, Spread

Z80, Z95 = 1.2815515655446004, 1.959963984540054
"""Standard deviations of 80 % and 95 % of a normal distribution."""
ORIGINS = 12
Predict = Callable[[int], Sequence[Spread]]
"""Answers with what is expected behind the first so many values."""


def spread(mean: float, deviation: float) -> Spread:
    """Return the intervals of a normal distribution."""
    return Spread(mean, mean - Z80 * deviation, mean + Z80 * deviation,
                  mean - Z95 * deviation, mean + Z95 * deviation)  # fmt: skip


def seasonal_errors(values: Sequence[int], season: int) -> list[int]:
    """Return by how much each value differs from that of a season before."""
    return [value - values[place] for place, value in enumerate(values[season:])]


def seasonal_naive(values: Sequence[int], season: int, ahead: int) -> list[Spread]:
    """Return what comes if each step is as a season before; the deviation grows with seasons."""
    missed = seasonal_errors(values, season)
    deviation = sqrt(sum(each * each for each in missed) / max(len(missed), 1))
    return [
        spread(values[len(values) - season + step % season], deviation * sqrt(step // season + 1))
        for step in range(ahead)
    ]


def origins(length: int, least: int, ahead: int) -> list[int]:
    """Return from how many values on a forecast is tried: evenly, at most `ORIGINS`."""
    last = length - ahead
    if last < least:
        return []
    wanted = min(ORIGINS, last - least + 1)
    if wanted == 1:
        return [last]
    return sorted({least + round((last - least) * place / (wanted - 1)) for place in range(wanted)})


def measure(
    method: str, values: Sequence[int], season: int, tried: Sequence[int], ahead: int,
    predict: Predict,
) -> Error:  # fmt: skip
    """Return how wrong a method was from several origins, `ahead` steps from each.

    The error is scaled by the seasonal naive one within the values before the first origin.
    """
    pairs = [
        (values[origin + step], found)
        for origin in tried
        for step, found in enumerate(predict(origin)[:ahead])
    ]
    mae = fmean(abs(actual - found.mean) for actual, found in pairs)
    scale = fmean([abs(each) for each in seasonal_errors(values[: tried[0]], season)] or [0])
    within80 = sum(found.low80 <= actual <= found.high80 for actual, found in pairs)
    within95 = sum(found.low95 <= actual <= found.high95 for actual, found in pairs)
    return Error(method, mae, mae / scale if scale else None,
                 100 * within80 / len(pairs), 100 * within95 / len(pairs))  # fmt: skip
