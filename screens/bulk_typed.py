"""Lists whose filter line takes `… | set field=value` as a change of everything that matches."""

from __future__ import annotations

from abc import abstractmethod
from collections.abc import Mapping, Sequence
from functools import partial
from typing import Any, ClassVar, Generic, TypeVar

from textual import on

from boconsole.errors import QuerySyntaxError
from boconsole.filters import parse
from boconsole.language import _, grouped
from screens.dialogs import ConfirmDialog
from screens.query_lists import QueryListScreen
from screens.widgets.filter_line import FilterLine

RowT = TypeVar("RowT")
Given = Mapping[str, str]


class BulkTypedScreen(QueryListScreen[RowT], Generic[RowT]):
    """Asks before it changes them; one operation, one undo."""

    BULK: ClassVar[bool] = True

    @abstractmethod
    def find_bulk(self, query: str, given: Given) -> Sequence[Any]:  # Any: Ref of the feature
        """Return what matches; raises what the change would raise; blocks."""

    @abstractmethod
    def bulk_question(self, number: int) -> str:
        """Return the question, with `{changes}` and `{n}` in it."""

    @abstractmethod
    def change_bulk(self, found: Sequence[Any], given: Given) -> None:  # Any: as above
        """Start the change."""

    @on(FilterLine.Submitted)
    def _bulk_typed(self, event: FilterLine.Submitted) -> None:
        query, bar, _tail = event.text.partition("|")
        if not bar:
            return
        event.prevent_default()
        self._keep_history()
        try:
            given = {change.name: change.value.text for change in parse(event.text).edit}
        except QuerySyntaxError as error:
            self.app.report(error)
            return
        self.leave_filter()
        self.show_query(query.strip())
        self.load(
            partial(self.find_bulk, query.strip(), given), partial(self._ask_bulk, given),
            group="ask",
        )  # fmt: skip

    def _ask_bulk(self, given: Given, found: Sequence[Any]) -> None:  # Any: as above
        if not found:
            self.app.say(_("Nothing matches, so nothing would change."))
            return
        told = ", ".join(f"{field}={value}" for field, value in given.items())
        question = self.bulk_question(len(found)).format(changes=told, n=grouped(len(found)))

        def take(sure: bool | None) -> None:
            if sure:
                self.change_bulk(found, given)

        self.app.push_screen(ConfirmDialog(question, yes=_("change them")), take)
