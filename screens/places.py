"""Where somebody was: the places `[` and `]` walk through, as in a browser."""

from typing import NamedTuple

LIMIT = 100


class Place(NamedTuple):
    """One place: an area, what its list shows, and the record that is open in it."""

    area: str
    query: str = ""
    view: str = ""
    record: str = ""


class Places:
    """The visited places and which of them is shown; a new visit drops what lay ahead."""

    def __init__(self) -> None:
        self._visited: list[Place] = []
        self._at = -1

    @property
    def current(self) -> Place | None:
        """The place shown now."""
        return self._visited[self._at] if self._visited else None

    def visit(self, place: Place) -> None:
        """Remember a place as the one shown now; the same one twice counts once."""
        if place == self.current:
            return
        del self._visited[self._at + 1 :]
        self._visited.append(place)
        del self._visited[:-LIMIT]
        self._at = len(self._visited) - 1

    def earlier(self) -> Place | None:
        """Step back and return that place; None at the first one."""
        if self._at <= 0:
            return None
        self._at -= 1
        return self._visited[self._at]

    def later(self) -> Place | None:
        """Step forward and return that place; None at the last one."""
        if self._at + 1 >= len(self._visited):
            return None
        self._at += 1
        return self._visited[self._at]
