"""Lists of options whose cursor is shown in reverse, as the themes of 16 colours want it."""

from __future__ import annotations

from textual.style import Style
from textual.widgets import OptionList


class Menu(OptionList):
    """A list of options.

    The library leaves `reverse` out of the style of an option; without it no cursor is seen
    where the cursor has no colour of its own.
    """

    def get_visual_style(self, *component_classes: str, partial: bool = False) -> Style:
        """Return the style, with the reverse of its parts."""
        style = super().get_visual_style(*component_classes, partial=partial)
        parts = [self.get_component_styles(name).text_style for name in component_classes]
        return style + Style(reverse=True) if any(part.reverse for part in parts) else style
