"""What somebody who leaves has to hand over: people, departments, and work that goes on."""

from collections.abc import Callable
from datetime import date

from boconsole.language import _, ngettext
from boconsole.staff import dated
from boconsole.staff.dated import Standing
from db.checklists import handing
from db.staff import people

WORK: dict[str, Callable[[int], str]] = {
    "tickets": lambda n: ngettext("Hand over {n} open ticket", "Hand over {n} open tickets", n),
    "projects": lambda n: ngettext("Hand over {n} project", "Hand over {n} projects", n),
    "openings": lambda n: ngettext("Name another manager for {n} opening",
                                   "Name another manager for {n} openings", n),
    "steps": lambda n: ngettext("Hand over {n} step of check lists",
                                "Hand over {n} steps of check lists", n),
}  # fmt: skip


def titles(one: Standing, day: date) -> list[str]:
    """Return the steps of somebody whose last day is known; nothing for what there is none of."""
    found = []
    last_manager = {person: manager for person, _starts, manager in people.select_managers()}
    under = [person for person, manager in last_manager.items() if manager == one.id]
    below = sum(other.state != "left" for other in dated.standings(day, under)) if under else 0
    if below:
        told = ngettext("Give {n} person another manager", "Give {n} people another manager", below)
        found.append(told.format(n=below))
    found += [_("Name another head of {department}").format(department=name)
              for name in handing.select_headed(one.id)]  # fmt: skip
    counted = handing.count_open(one.id, one.employee.user_id or 0)
    return found + [WORK[kind](n).format(n=n) for kind, n in counted.items() if n]
