"""Two people changed one record: theirs and yours, field by field, and which to keep."""

from __future__ import annotations

from collections.abc import Mapping
from typing import ClassVar, NamedTuple

from rich.text import Text
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.reactive import reactive
from textual.widget import Widget

from boconsole.errors import StaleRecordError
from boconsole.language import _
from screens.cells import fit, safe
from screens.dialogs import Dialog

NAME_WIDTH = 14
CUT = 26


class Difference(NamedTuple):
    """One field as they left it and as you want it; `both` when both sides changed it."""

    field: str
    theirs: object
    yours: object
    both: bool


def differences(error: StaleRecordError) -> list[Difference]:
    """Return the fields that are not the same on both sides; a None stands for unchanged."""
    fields = [*error.yours, *(name for name in error.theirs if name not in error.yours)]
    found = [
        Difference(
            name,
            error.theirs.get(name),
            error.yours.get(name),
            name in error.theirs and name in error.yours,
        )
        for name in fields
    ]
    return [one for one in found if not one.both or one.theirs != one.yours]


class Sides(Widget, can_focus=True):
    """The fields in a table: theirs and yours, the kept side marked."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("up,k", "move(-1)", show=False),
        Binding("down,j", "move(1)", show=False),
        Binding("space,left,right,h,l", "turn", show=False),
    ]
    row: reactive[int] = reactive(0)
    """The field under the cursor."""

    def __init__(self, found: list[Difference], labels: Mapping[str, str], *, keeping: bool):
        super().__init__()
        self.found = found
        self.mine = [not one.both and one.yours is not None for one in found]
        self._labels = labels
        self._keeping = keeping
        self.styles.height = len(found) + (2 if keeping else 1)

    def action_move(self, step: int) -> None:
        """Go to another field."""
        self.row = min(max(self.row + step, 0), len(self.found) - 1)

    def action_turn(self) -> None:
        """Keep the other side, where both changed the field."""
        if self._keeping and self.found and self.found[self.row].both:
            self.mine[self.row] = not self.mine[self.row]
            self.refresh()

    def render(self) -> Text:
        """Return the table; `>` marks the side that is kept."""
        width = max(8, min(CUT, (self.size.width - NAME_WIDTH - 6) // 2))
        theirs, yours = _("theirs"), _("yours")
        head = f"  {fit('', NAME_WIDTH)}  {fit(theirs, width)}  {yours}"
        lines = [Text(head, "bold")]
        for place, one in enumerate(self.found):
            sides = [
                f"{'>' if kept and self._keeping else ' '} {fit(_value(value), width)}"
                for value, kept in (
                    (one.theirs, not self.mine[place]),
                    (one.yours, self.mine[place]),
                )
            ]
            name = fit(safe(self._labels.get(one.field, one.field)), NAME_WIDTH)
            here = place == self.row and self._keeping
            lines.append(Text(f"  {name}{''.join(sides)}", "reverse" if here else ""))
        if self._keeping and not any(self.mine):
            lines.append(Text(_("  enter now drops what you typed; space takes yours"), "bold"))
        return Text("\n").join(lines)


class ConflictDialog(Dialog[dict[str, object]]):
    """Shows both sides; answers the values of yours that are kept, None when it was left.

    Args:
        error: Both sides.
        labels: Field names as people read them.
        keeping: Whether sides can be chosen; without it, it only shows what happened.
    """

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("enter,ctrl+s", "keep", "Save"),
        Binding("q", "leave", "Leave"),
    ]
    AUTO_FOCUS = "Sides"

    def __init__(
        self,
        error: StaleRecordError,
        labels: Mapping[str, str] | None = None,
        *,
        keeping: bool = True,
    ) -> None:
        choose = _("space the other side   enter saves   esc back to the form")
        super().__init__(str(error), choose if keeping else _("enter or esc closes"))
        self._sides = Sides(differences(error), labels or {}, keeping=keeping)

    def body(self) -> ComposeResult:
        """Yield the table."""
        yield self._sides

    def action_keep(self) -> None:
        """Answer the chosen values of yours."""
        pairs = zip(self._sides.found, self._sides.mine, strict=True)
        self.dismiss({one.field: one.yours for one, mine in pairs if mine})


def _value(value: object) -> str:
    return "" if value is None else safe(value)
