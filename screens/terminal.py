"""What the terminal can do, told from its environment, also where SSH drops half of it."""

from __future__ import annotations

from collections.abc import Mapping
from fnmatch import fnmatch
from typing import Literal

Colours = Literal["standard", "256", "truecolor"]

TERMINALS: tuple[tuple[str, Colours], ...] = (
    ("*-direct", "truecolor"),
    ("*ghostty*", "truecolor"),
    ("alacritty*", "truecolor"),
    ("foot*", "truecolor"),
    ("wezterm*", "truecolor"),
    ("contour*", "truecolor"),
    ("*kitty*", "truecolor"),
    ("iterm2*", "truecolor"),
    ("*-256color", "256"),
    ("xterm", "256"),
    ("tmux", "256"),
    ("screen", "256"),
    ("konsole*", "256"),
    ("putty*", "256"),
)
"""By pattern of TERM, first fit; everything else has the 16 colours."""


def colours(environ: Mapping[str, str]) -> Colours:
    """Return how many colours to use: COLORTERM first, then what TERM is known for."""
    if environ.get("TERM_PROGRAM") == "Apple_Terminal":
        return "256"
    if environ.get("COLORTERM", "").lower() in {"truecolor", "24bit"}:
        return "truecolor"
    term = environ.get("TERM", "").lower()
    return next((found for pattern, found in TERMINALS if fnmatch(term, pattern)), "standard")


def clipboard_sequence(text: str, environ: Mapping[str, str], limit: int = 74_000) -> str:
    """Return the OSC 52 sequence that copies `text`, wrapped where tmux or screen stand between.

    Args:
        text: What to copy.
        environ: Of the process; `TMUX` and `TERM` tell of the wrap.
        limit: Of characters after encoding; terminals drop longer ones silently.

    Returns:
        The sequence, or "" when the text is too long.
    """
    from base64 import b64encode

    encoded = b64encode(text.encode()).decode()
    if len(encoded) > limit:
        return ""
    sequence = f"\x1b]52;c;{encoded}\a"
    term = environ.get("TERM", "")
    if "TMUX" in environ or term.startswith("tmux"):
        escaped = sequence.replace("\x1b", "\x1b\x1b")
        return f"\x1bPtmux;{escaped}\x1b\\"
    if term.startswith("screen"):
        return f"\x1bP{sequence}\x1b\\"
    return sequence
