"""Which state an asset may go to from which: a pure rule.

What somebody has is deployed, and only handing out leads there; taking back leads to the stock.
What was disposed of is gone. In repair an asset stays with its holder.
"""

from boconsole.assets.errors import AssetTransitionError

POSSIBLE: dict[str, tuple[str, ...]] = {
    "ordered": ("in_stock", "disposed"),
    "in_stock": ("in_repair", "lost", "retired", "disposed"),
    "deployed": ("in_repair", "lost"),
    "in_repair": ("in_stock", "deployed", "lost", "retired", "disposed"),
    "lost": ("in_stock", "retired", "disposed"),
    "retired": ("in_stock", "disposed"),
    "disposed": (),
}
FIRST = ("ordered", "in_stock", "in_repair", "retired", "lost")
"""States that an asset may begin in; deployed follows from its holder."""
ENDS_HOLDING = frozenset(("lost", "retired", "disposed"))
"""States in which nobody has it any more."""


def possible(state: str, *, held: bool) -> tuple[str, ...]:
    """Return the states that an asset may be set to, by whether somebody has it."""
    without = {"in_stock"} if held else {"deployed"}
    return tuple(each for each in POSSIBLE[state] if each not in without)


def check(tag: str, old: str, new: str, *, held: bool) -> None:
    """Raise AssetTransitionError unless an asset may be set from one state to the other."""
    ways = possible(old, held=held)
    if new not in ways:
        raise AssetTransitionError(tag, old, new, ways)
