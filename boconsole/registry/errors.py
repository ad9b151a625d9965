"""Refusals of the registry."""

from datetime import date

from boconsole.errors import BoconsoleError
from boconsole.language import _
from boconsole.registry import words


class DocumentStateError(BoconsoleError):
    """A document is not in a state in which this can be done."""

    def __init__(self, document_id: int, state: str, advice: str) -> None:
        super().__init__(
            _("{number} is {state}; {advice}.").format(
                number=words.number(document_id), state=_(words.STATES[state]), advice=advice
            )
        )


class OwnDocumentError(BoconsoleError):
    """Somebody who wrote a document would approve it."""

    def __init__(self, document_id: int, login: str) -> None:
        super().__init__(
            _("{login} wrote {number}; somebody else approves it.").format(
                login=login, number=words.number(document_id)
            )
        )


class NotAskedError(BoconsoleError):
    """Somebody who was not asked, or whose turn it is not, would decide."""

    def __init__(self, document_id: int, asked: str) -> None:
        super().__init__(
            _("{number} waits for {asked}; only who is asked decides.").format(
                number=words.number(document_id), asked=asked or "-"
            )
        )


class HeldError(BoconsoleError):
    """A legal hold keeps a document."""

    def __init__(self, document_id: int, matter: str) -> None:
        super().__init__(
            _("{number} is under a legal hold ({matter}); release that first.").format(
                number=words.number(document_id), matter=matter
            )
        )


class NotDueError(BoconsoleError):
    """A document is still to be kept."""

    def __init__(self, document_id: int, until: date | None) -> None:
        super().__init__(
            _("{number} is to be kept until {day}; it is destroyed after that.").format(
                number=words.number(document_id), day=until or _("for ever")
            )
        )


class SamePersonError(BoconsoleError):
    """Who proposed a destruction would confirm it."""

    def __init__(self, login: str) -> None:
        super().__init__(_("{login} proposed this; somebody else confirms it.").format(login=login))


class NoticeError(BoconsoleError):
    """A contract cannot end that soon."""

    def __init__(self, contract_id: int, day: date) -> None:
        super().__init__(
            _(
                "{number} can be terminated to {day} at the earliest; take that day, or say that "
                "the other side agreed."
            ).format(number=words.contract_number(contract_id), day=day)
        )


class KeeperError(BoconsoleError):
    """Somebody who only reads a guarded document would say who else does."""

    def __init__(self, document_id: int, level: str, owner: str) -> None:
        super().__init__(
            _("{number} is {level}; only {owner} says who reads it.").format(
                number=words.number(document_id), level=_(words.LEVELS[level]), owner=owner
            )
        )
