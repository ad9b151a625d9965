"""The looks: dark, light, high contrast and without colour.

The first four use the terminal's own 16 colours, which costs the fewest bytes and looks right
in every terminal; `night` and `day` are for terminals with many colours. Nothing is told by
colour alone.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

from textual.theme import Theme

from boconsole.language import N_
from screens.terminal import colours

VARIABLES: Mapping[str, str] = {
    "bar-style": "reverse",
    "key-style": "bold",
    "quiet-style": "dim",
    "cursor-style": "reverse",
    "rule": "ansi_bright_black",
    "rule-focus": "ansi_blue",
}
"""Our own names in the style sheets; each theme may change them."""

_QUIET_CURSORS: Mapping[str, str] = {
    "block-cursor-text-style": "reverse",
    "block-cursor-background": "ansi_default",
    "block-cursor-foreground": "ansi_default",
    "block-cursor-blurred-text-style": "bold",
    "block-cursor-blurred-background": "ansi_default",
    "block-cursor-blurred-foreground": "ansi_default",
    "input-cursor-background": "ansi_default",
    "input-cursor-foreground": "ansi_default",
    "input-cursor-text-style": "reverse",
    "input-selection-background": "ansi_default",
    "input-selection-foreground": "ansi_default",
    "ansi-background": "ansi_black",
    "ansi-foreground": "ansi_white",
    "border": "ansi_blue",
    "border-blurred": "ansi_bright_black",
}


DARK = Theme(
    "dark",
    primary="ansi_blue",
    secondary="ansi_cyan",
    warning="ansi_yellow",
    error="ansi_red",
    success="ansi_green",
    accent="ansi_cyan",
    foreground="ansi_default",
    background="ansi_default",
    surface="ansi_default",
    panel="ansi_default",
    boost="ansi_default",
    ansi=True,
    variables=dict(_QUIET_CURSORS),
)
LIGHT = replace(
    DARK,
    name="light",
    dark=False,
    warning="ansi_magenta",
    accent="ansi_blue",
    variables={
        **_QUIET_CURSORS,
        "ansi-background": "ansi_white",
        "ansi-foreground": "ansi_black",
    },
)
CONTRAST = Theme(
    "contrast",
    primary="ansi_bright_yellow",
    secondary="ansi_bright_white",
    warning="ansi_bright_yellow",
    error="ansi_bright_red",
    success="ansi_bright_green",
    accent="ansi_bright_yellow",
    foreground="ansi_bright_white",
    background="ansi_black",
    surface="ansi_black",
    panel="ansi_black",
    boost="ansi_black",
    ansi=True,
    variables={
        **_QUIET_CURSORS,
        "quiet-style": "none",
        "rule": "ansi_bright_white",
        "rule-focus": "ansi_bright_yellow",
        "border": "ansi_bright_yellow",
        "border-blurred": "ansi_bright_white",
        "ansi-foreground": "ansi_bright_white",
    },
)
PLAIN = replace(
    DARK,
    name="plain",
    primary="ansi_default",
    secondary="ansi_default",
    warning="ansi_default",
    error="ansi_default",
    success="ansi_default",
    accent="ansi_default",
    variables={
        **_QUIET_CURSORS,
        "rule": "ansi_default",
        "rule-focus": "ansi_default",
        "border": "ansi_default",
        "border-blurred": "ansi_default",
    },
)
NIGHT = Theme(
    "night",
    primary="#5fafd7",
    secondary="#87afaf",
    warning="#d7af5f",
    error="#ff8787",
    success="#87d787",
    accent="#5fafd7",
    foreground="#d0d0d0",
    background="#1c1c1c",
    surface="#262626",
    panel="#303030",
    variables={"rule": "#4e4e4e", "rule-focus": "#5fafd7"},
)
DAY = Theme(
    "day",
    primary="#005f87",
    secondary="#00605f",
    warning="#875f00",
    error="#af0000",
    success="#005f00",
    accent="#005f87",
    foreground="#1c1c1c",
    background="#ffffff",
    surface="#f0f0f0",
    panel="#e4e4e4",
    dark=False,
    variables={"rule": "#a8a8a8", "rule-focus": "#005f87"},
)
THEMES: Mapping[str, tuple[str, Theme]] = {
    "dark": (N_("Dark, with the terminal's colours"), DARK),
    "light": (N_("Light, with the terminal's colours"), LIGHT),
    "contrast": (N_("High contrast"), CONTRAST),
    "plain": (N_("Without colour"), PLAIN),
    "night": (N_("Dark, with many colours"), NIGHT),
    "day": (N_("Light, with many colours"), DAY),
}


def choose_theme(wanted: str, environ: Mapping[str, str]) -> str:
    """Return the theme to start with.

    `NO_COLOR` and terminals without colour win over the wish; without a wish it is `dark`;
    a theme of many colours falls back where the terminal has 16.
    """
    if environ.get("NO_COLOR") or environ.get("TERM") in {"dumb", "vt100", "vt220"}:
        return "plain"
    if wanted not in THEMES:
        return "dark"
    if colours(environ) == "standard":
        return {"night": "dark", "day": "light"}.get(wanted, wanted)
    return wanted
