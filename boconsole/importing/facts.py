"""What the cells of tables about bought things become: days, prices, yes or no."""

import re
from datetime import UTC, date, datetime
from decimal import Decimal, InvalidOperation

from boconsole.importing.values import choice, shown
from boconsole.language import _

FOREIGN = re.compile(r"[^\d.,+-]")
YES_NO = choice({
    "yes": True, "true": True, "1": True, "y": True, "no": False, "false": False, "0": False,
    "n": False,
})  # fmt: skip


def price(cell: str) -> Decimal:
    """Return an amount such as `$1,234.50`; the point is the decimal one."""
    text = FOREIGN.sub("", cell).replace(",", "")
    try:
        number = Decimal(text)
    except InvalidOperation:
        number = Decimal("NaN")
    if not number.is_finite() or number < 0:
        raise ValueError(_("{cell} is no amount").format(cell=shown(cell)))
    return number


def day_of(seconds: int | None) -> date | None:
    """Return the day of an instant that a map read, None for none."""
    return None if seconds is None else datetime.fromtimestamp(seconds, UTC).date()
