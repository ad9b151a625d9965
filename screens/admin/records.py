"""From a line of the trail to the record that it is about."""

from __future__ import annotations

from typing import TYPE_CHECKING

from boconsole.errors import InvalidChangeError
from boconsole.language import _
from boconsole.trail.area import FORMS
from screens.areas import named_screen

if TYPE_CHECKING:
    from boconsole.trail.reading import TrailLine
    from screens.shell import ShellScreen

PAGES = {
    "ledger": "screens.ledger.entry:EntryScreen",
    "invoice": "screens.ledger.invoice:DocumentScreen",
    "payment": "screens.ledger.payment:PaymentScreen",
    "user": "screens.admin.user:UserScreen",
}
"""By the kind of record, the page that takes its id."""


def open_record(screen: ShellScreen, line: TrailLine) -> None:
    """Open the record of a line.

    Raises:
        InvalidChangeError: Such records have no page, or the line is about none.
    """
    feature, record_id = line.entry.feature, line.entry.record_id
    if feature in PAGES and record_id:
        page = named_screen(PAGES[feature])
        screen.app.push_screen(page(record_id))  # type: ignore[call-arg]  # each page takes an id
        return
    prefix = FORMS.get(feature, "").partition("-")[0]
    known = {one for area in screen.app.areas.values() for one in area.prefixes}
    if prefix in known and record_id:
        screen.app.open_record(line.record)
        return
    raise InvalidChangeError("record", _("{record} has no page of its own.").format(
        record=line.record))  # fmt: skip
