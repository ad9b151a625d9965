"""The proof of the stock: what is on hand and away is the sum of all movements."""

from collections.abc import Iterator

from boconsole.language import _
from boconsole.stock import words
from db.stock import items


def faults() -> Iterator[str]:
    """Yield everything that does not hold, as sentences."""
    for item_id, on_hand, away, moved, moved_away in items.select_miscounted():
        yield _(
            "{number} counts {on_hand} on hand and {away} away; its movements make {moved} and "
            "{moved_away}."
        ).format(
            number=words.item_number(item_id), on_hand=on_hand, away=away, moved=moved,
            moved_away=moved_away,
        )  # fmt: skip
    for item_id, holder, quantity in items.select_overdrawn():
        yield _("{holder} has {n} of {number}.").format(
            holder=holder, n=quantity, number=words.item_number(item_id)
        )
