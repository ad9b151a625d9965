"""A forecast in sentences: by which method, how wrong it was, and what that means."""

from collections.abc import Callable

from boconsole.forecasts.series import DAY, Error, Forecast
from boconsole.language import N_, _, ngettext

METHODS = {
    "seasonal naive": N_("as a season before"),
    "naive": N_("as the last one"),
}
"""Methods in words, beside their names."""


def told(found: Forecast, written: Callable[[int], str]) -> list[str]:
    """Return the sentences.

    Args:
        found: The forecast.
        written: How a value is written.
    """
    count = len(found.history.values)
    days = found.history.step == DAY
    history = (ngettext("{n} day", "{n} days", count) if days
               else ngettext("{n} week", "{n} weeks", count)).format(n=count)  # fmt: skip
    lines = [
        _("Method: {method}, from {history} of history. All of it is an estimate.").format(
            method=method_told(found.method), history=history
        ),
        _("Tried from {origins} points in time, {ahead} steps ahead each:").format(
            origins=found.origins, ahead=found.ahead
        ),
        *(f"  {_error(each, found, written)}" for each in found.errors),
    ]
    if not found.beaten:
        lines.append(_("The model does no better than repeating what was, which is used instead."))
    return lines


def method_told(name: str) -> str:
    """Return the name of a method with its meaning."""
    return f"{name} ({_(METHODS[name])})" if name in METHODS else name


def _error(each: Error, found: Forecast, written: Callable[[int], str]) -> str:
    money = found.history.step != DAY and written(1) != "1"
    mae = written(round(each.mae)) if money else f"{each.mae:.1f}"
    mase = "-" if each.mase is None else f"{each.mase:.2f}"
    return _(
        "{method}: error {mae} (MAE), {mase} (MASE); {within80}% and {within95}% "
        "lay in the intervals of 80% and 95%"
    ).format(method=each.method, mae=mae, mase=mase, within80=round(each.within80),
             within95=round(each.within95))  # fmt: skip
