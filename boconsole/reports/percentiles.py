"""Percentiles of lengths of time, exact: no histogram and no estimate."""

from collections.abc import Sequence

PERCENTS = (50, 75, 90, 95)


def percentiles(ordered: Sequence[int], percents: Sequence[int] = PERCENTS) -> list[int | None]:
    """Return percentiles by nearest rank: the smallest value that so many per cent do not exceed.

    Source: the inverse of the empirical distribution function, method 1 of R. J. Hyndman and
    Y. Fan, "Sample Quantiles in Statistical Packages", The American Statistician 50 (1996), which
    is `percentile_disc` of SQL:2003.
    """
    count = len(ordered)
    return [ordered[(count * percent + 99) // 100 - 1] if count else None for percent in percents]
