"""The timer on its key, wherever there is something to spend time on."""

from __future__ import annotations

from functools import partial

from boconsole.language import _
from boconsole.projects import timing
from boconsole.projects.timing import Timed
from boconsole.projects.words import TIME, length
from screens.shell import ShellScreen


def toggle(screen: ShellScreen, number: str) -> None:
    """Start one's timer on a task or a ticket, switch it over, or stop it there."""
    screen.change(partial(timing.toggle, screen.session, number), said=told, feature=TIME)


def told(made: Timed) -> str:
    """Return what became of a timer."""
    row = made.row
    if row.running:
        return _("The timer runs on {number}; T stops it.").format(number=made.number)
    return _("{time} on {number}.").format(time=length(row.minutes), number=made.number)
