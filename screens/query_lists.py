"""Lists that are asked in the query language: checked and completed while typing, kept as views.

What a reader chose (columns of each view, earlier queries) is kept between sessions.
"""

from __future__ import annotations

from abc import abstractmethod
from collections.abc import Mapping, Sequence
from functools import partial
from typing import Any, Generic, TypeVar

from textual import on

from boconsole import preferences, views
from boconsole.errors import BoconsoleError, QuerySyntaxError
from boconsole.filters import Area, complete, parse, resolve
from boconsole.language import _
from screens.dialogs import PromptDialog
from screens.lists import ListScreen, View
from screens.widgets.filter_line import Candidates, FilterLine

RowT = TypeVar("RowT")


class QueryListScreen(ListScreen[RowT], Generic[RowT]):
    """A list of one kind whose filter line takes the query language.

    Its `FEATURE` owns the views, its `AREA` begins the names of what is kept.
    """

    def __init__(self) -> None:
        super().__init__()
        self._area: Area | None = None
        self._views: list[View] = []
        self._kept: dict[str, Any] = {}  # Any: what JSON can hold

    @abstractmethod
    def read_area(self) -> Area:
        """Return what queries may say, with its names read once; blocks."""

    def first_views(self) -> Sequence[View]:
        """Return views that are always there, before the saved ones."""
        return ()

    def on_mount(self) -> None:
        """Read once what typing is checked against."""
        if self.may_read:
            self._read_names()

    def on_screen_resume(self) -> None:
        """Read names again that others may have added."""
        if self._area is not None:
            self._read_names()

    def _read_names(self) -> None:
        def read() -> tuple[Area, list[View], dict[str, Any]]:
            kept = preferences.read_all(self.session)
            saved = views.list_all(self.session, self.FEATURE)
            found = [*self.first_views(), *(View(view.name, view.query) for view in saved)]
            named = [
                view._replace(columns=kept.get(self._columns_of(view.name), {})) for view in found
            ]
            return self.read_area(), named, kept

        self.load(read, self._take_names, group="names")

    def _take_names(self, found: tuple[Area, list[View], dict[str, Any]]) -> None:
        first = self._area is None
        self._area, self._views, self._kept = found
        if first:
            self.query_one(FilterLine).history = list(self._kept.get(self._history, ()))
            self.take_view(self.view)

    def plain_columns(self) -> Mapping[str, Any]:
        """Return the columns that were kept for the plain list."""
        return dict(self._kept.get(self._columns_of(""), {}))

    def columns_changed(self, state: Mapping[str, Any]) -> None:
        """Keep the columns of this view."""
        self._keep(self._columns_of(self.view), dict(state))

    def _keep(self, name: str, value: Any) -> None:
        work = partial(preferences.keep, self.session, name, value)
        self.load(work, lambda _kept: self._read_names(), group="keep")

    @on(FilterLine.Submitted)
    def _keep_history(self) -> None:
        self._keep(self._history, list(self.query_one(FilterLine).history))

    @property
    def _history(self) -> str:
        """Under which name the earlier queries are kept."""
        return f"{self.AREA}.history"

    def _columns_of(self, view: str) -> str:
        """Return under which name the columns of a view are kept."""
        return f"{self.AREA}.columns.{view}"

    def views(self) -> Sequence[View]:
        """Return the views."""
        return self._views

    def check(self, query: str) -> tuple[int, str] | None:
        """Return column and message of what is wrong with a query."""
        if self._area is None:
            return None
        try:
            resolve(parse(query), self._area, self.session)
        except QuerySyntaxError as error:
            return error.column, error.reason
        except BoconsoleError as error:
            return 0, str(error)
        return None

    def complete(self, query: str, caret: int) -> Candidates | None:
        """Return what could stand at the caret of the filter line."""
        return complete(query, caret, self._area) if self._area else None

    def neighbour(self, record_id: int, step: int) -> int | None:
        """Return the record after (1) or before (-1) another near the screen, moving there."""
        window = self.table.listing.window
        ids = [window.key(row) for row in window.rows]
        place = ids.index(record_id) + step if record_id in ids else -1
        if not 0 <= place < len(ids):
            return None
        self.table.jump_to(ids[place])
        return ids[place]

    def action_save_view(self) -> None:
        """Ask for a name and save the query under it."""
        prompt = PromptDialog(_("Save this query as (start with + to share it)"))
        self.app.push_screen(prompt, self._save_view)

    def _save_view(self, name: str | None) -> None:
        if not name:
            return
        plain, shared, query = name.lstrip("+ "), name.startswith("+"), self.query_text

        def save() -> int:
            return views.save(self.session, self.FEATURE, plain, query, shared=shared)

        def saved(_view: object) -> None:
            self.view = plain
            self.show_status()
            self._read_names()

        self.change(save, said=_("Saved as {name}.").format(name=plain), done=saved)
