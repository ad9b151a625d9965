"""Which custom fields a ticket may have, and which it must."""

from collections.abc import Sequence

from boconsole.errors import InvalidChangeError
from boconsole.language import _
from boconsole.tickets.fields import CustomChange
from db.tickets import names


def check(kind: str, changes: Sequence[CustomChange], *, new: bool) -> None:
    """Refuse values for fields of another kind of ticket, and required fields left empty.

    Args:
        kind: What the ticket is.
        changes: The values given; text None clears one.
        new: Whether the ticket begins, so that every required field has to be given.

    Raises:
        InvalidChangeError: Names the field.
    """
    given = {change.name: change.text for change in changes}
    for field in names.select_fields():
        belongs = field.ticket_kind in ("", kind)
        name = f"cf.{field.name}"
        if given.get(field.name) and not belongs:
            reason = _("belongs to tickets of kind {kind} only").format(kind=field.ticket_kind)
            raise InvalidChangeError(name, reason)
        empty = not given.get(field.name) and (new or field.name in given)
        if field.required and belongs and empty:
            raise InvalidChangeError(name, _("is required; give it a value"))
