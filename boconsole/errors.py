"""Refusals: one class for each, built from facts, whose text is the sentence people read.

Callers catch `REFUSALS` at the edge only.
"""

from collections.abc import Mapping, Sequence

from boconsole.language import _
from db.errors import StorageError, speak_with

speak_with(_)


class BoconsoleError(Exception):
    """Something was refused; the text says what, and what to do."""


class InvalidChangeError(BoconsoleError):
    """A value cannot be taken for a field."""

    def __init__(self, field: str, reason: str) -> None:
        super().__init__(f"{_(field)}: {reason}")
        self.field = field
        self.reason = reason


class NotAllowedError(BoconsoleError):
    """The one who acts lacks a permission."""

    def __init__(self, login: str, permission: str) -> None:
        super().__init__(
            _(
                "{login} may not do this ({permission}); ask an administrator for the permission."
            ).format(login=login, permission=permission)
        )
        self.permission = permission


class DisabledAccountError(BoconsoleError):
    """The account of the one who acts was disabled since signing in."""

    def __init__(self, login: str) -> None:
        super().__init__(
            _(
                "The account {login} was disabled; nothing more is saved. Ask an administrator."
            ).format(login=login)
        )


class NotFoundError(BoconsoleError):
    """The record does not exist, or not any more."""

    def __init__(self, what: str) -> None:
        super().__init__(_("There is no {what}.").format(what=what))
        self.what = what


class StaleRecordError(BoconsoleError):
    """Somebody else changed the record in the meantime.

    Attributes:
        record_id: Which record.
        version: Its version now.
        theirs: What they changed: field to value now.
        yours: What was to be changed: field to wanted value.
    """

    def __init__(
        self,
        what: str,
        record_id: int = 0,
        version: int = 0,
        theirs: Mapping[str, object] | None = None,
        yours: Mapping[str, object] | None = None,
    ) -> None:
        super().__init__(
            _(
                "{what} was changed by somebody else in the meantime; nothing was saved. "
                "Look at both and save again."
            ).format(what=what)
        )
        self.what = what
        self.record_id = record_id
        self.version = version
        self.theirs = dict(theirs or {})
        self.yours = dict(yours or {})


class TransitionError(BoconsoleError):
    """A ticket cannot go from one state to the other."""

    def __init__(self, number: str, old: str, new: str, possible: Sequence[str]) -> None:
        ways = ", ".join(possible) or _("none")
        super().__init__(
            _("{number} is {old} and cannot become {new}; possible from here: {ways}.").format(
                number=number, old=old, new=new, ways=ways
            )
        )


class UndoError(BoconsoleError):
    """There is nothing to undo, or it was touched since."""


class QuerySyntaxError(BoconsoleError):
    """A filter line cannot be read.

    Attributes:
        column: Where, counted from 0.
        reason: What was expected.
    """

    def __init__(self, reason: str, column: int) -> None:
        super().__init__(_("{reason} (column {column})").format(reason=reason, column=column + 1))
        self.reason = reason
        self.column = column


class SettingError(BoconsoleError):
    """A setting has a value that is not allowed."""

    def __init__(self, name: str, value: str, allowed: str) -> None:
        super().__init__(
            _("{name} is {value!r}; allowed: {allowed}.").format(
                name=name, value=value, allowed=allowed
            )
        )


REFUSALS = (BoconsoleError, StorageError)
"""What an edge (screen, command line) shows as a sentence; anything else is a fault of ours."""
