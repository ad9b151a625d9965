"""Taking the same measure of several contestants in turn, so that noise hits all alike."""

import statistics
import time
from collections.abc import Callable, Mapping


def alternate(contestants: Mapping[str, Callable[[], object]], rounds: int) -> dict[str, float]:
    """Return the median seconds of each contestant; they take turns, `rounds` times."""
    taken: dict[str, list[float]] = {name: [] for name in contestants}
    for _ in range(rounds):
        for name, call in contestants.items():
            start = time.perf_counter()
            call()
            taken[name].append(time.perf_counter() - start)
    return {name: statistics.median(values) for name, values in taken.items()}


def percentile(values: list[float], part: float) -> float:
    """Return the value below which `part` of the values lie."""
    return sorted(values)[min(len(values) - 1, int(len(values) * part))]


def median_ms(call: Callable[[], object], rounds: int = 31) -> float:
    """Return the median milliseconds of a call."""
    return alternate({"": call}, rounds)[""] * 1000
