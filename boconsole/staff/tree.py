"""Who reports to whom on a day, as a tree that can be walked."""

from datetime import date
from typing import NamedTuple

from boconsole.session import Session
from boconsole.staff import dated, finding
from boconsole.staff.dated import Standing


class Node(NamedTuple):
    """A person in the tree.

    Attributes:
        depth: 0 for those without a manager who works here that day.
        reports: Right below.
        below: At any depth.
        above: Id of the manager, 0 at the top.
    """

    standing: Standing
    depth: int
    reports: int
    below: int
    above: int

    @property
    def id(self) -> int:
        """Of the person."""
        return self.standing.id


def tree(session: Session, day: date | None = None) -> list[Node]:
    """Return everybody who is employed on a day and seen: each before those below, by name."""
    day = day or finding.today_of(session)
    found = {one.id: one for one in dated.on(session, day, employed=True)}
    under: dict[int, list[int]] = {}
    for one in found.values():
        boss = (one.position.manager_id if one.position else None) or 0
        under.setdefault(boss if boss in found else 0, []).append(one.id)
    nodes: list[Node] = []
    rest = [(top, 0, 0) for top in reversed(under.get(0, []))]
    while rest:
        this, depth, above = rest.pop()
        below = under.get(this, [])
        nodes.append(Node(found[this], depth, len(below), 0, above))
        rest += [(each, depth + 1, this) for each in reversed(below)]
    return _counted(nodes)


def _counted(nodes: list[Node]) -> list[Node]:
    """Return the nodes with how many are below each."""
    below = {node.id: 0 for node in nodes}
    for node in reversed(nodes):
        if node.above:
            below[node.above] += below[node.id] + 1
    return [node._replace(below=below[node.id]) for node in nodes]
