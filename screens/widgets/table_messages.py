"""What a record table tells its screen."""

from __future__ import annotations

from typing import Any

from textual.message import Message

from screens.widgets.marks import Marks


class TableMessage(Message):
    """Something about one table."""

    def __init__(self, table: Any) -> None:  # Any: of whatever rows the table shows
        super().__init__()
        self.table = table

    @property
    def control(self) -> Any:  # Any: as above
        """The table, for `@on` selectors."""
        return self.table


class RowHighlighted(TableMessage):
    """The cursor is on another record, or on none; wait a little before reading its details."""

    def __init__(self, table: Any, record: int | None) -> None:  # Any: as above
        super().__init__(table)
        self.record = record


class RowOpened(TableMessage):
    """A record shall be opened."""

    def __init__(self, table: Any, record: int) -> None:  # Any: as above
        super().__init__(table)
        self.record = record


class MarksChanged(TableMessage):
    """Other records are marked than before."""

    def __init__(self, table: Any, marks: Marks) -> None:  # Any: as above
        super().__init__(table)
        self.marks = marks


class SortRequested(TableMessage):
    """The reader asks for another order; `add` keeps the one there is before it."""

    def __init__(self, table: Any, field: str, *, add: bool) -> None:  # Any: as above
        super().__init__(table)
        self.field = field
        self.add = add


class Counted(TableMessage):
    """The number of rows is known, or known again."""


class Busy(TableMessage):
    """Rows are being read for longer than a moment, or that is over."""

    def __init__(self, table: Any, *, busy: bool) -> None:  # Any: as above
        super().__init__(table)
        self.busy = busy


class RecordMissing(TableMessage):
    """A record to jump to is not in the list."""

    def __init__(self, table: Any, record: int) -> None:  # Any: as above
        super().__init__(table)
        self.record = record


class PageFailed(TableMessage):
    """Rows could not be read; those shown are the last good ones."""

    def __init__(self, table: Any, error: BaseException) -> None:  # Any: as above
        super().__init__(table)
        self.error = error
