"""Values of the fields that an organisation added: of tickets, and of other records.

The text that is kept is canonical, so that it compares and sorts.
"""

import json
from collections.abc import Sequence
from decimal import Decimal, InvalidOperation
from typing import NamedTuple, Protocol

from boconsole.errors import InvalidChangeError
from boconsole.language import _
from boconsole.moments import parse_moment
from boconsole.session import Session
from boconsole.text import TEXT_LIMIT, clean


class CustomChange(NamedTuple):
    """A value for a custom field; text None clears it."""

    field_id: int
    name: str
    text: str | None
    number: Decimal | None


class CustomField(Protocol):
    """A field that an organisation added, to tickets or to other records."""

    @property
    def id(self) -> int:
        """Its number."""

    @property
    def name(self) -> str:
        """As queries call it, without `cf.`."""

    @property
    def type(self) -> str:
        """`text`, `number`, `date`, `choice` or `reference`."""

    @property
    def choices(self) -> str:
        """A JSON list."""


def custom_change(session: Session, field: CustomField, text: str) -> CustomChange:
    """Return the value that a text means for a custom field; an empty one clears it.

    Raises:
        InvalidChangeError: It is none of the field's type.
    """
    name = field.name
    text = clean(text, field=f"cf.{name}", limit=TEXT_LIMIT)
    if not text:
        return CustomChange(field.id, field.name, None, None)
    if field.type == "number":
        value = _decimal(name, text)
        return CustomChange(field.id, field.name, format(value, "f"), value)
    if field.type == "date":
        moment = parse_moment(text, session.now(), session.zone, field=f"cf.{name}")
        return CustomChange(
            field.id, field.name, moment.astimezone(session.zone).date().isoformat(), None
        )
    if field.type == "choice":
        text = _choice(name, text, json.loads(field.choices))
    return CustomChange(field.id, field.name, text, None)


def _choice(name: str, text: str, choices: Sequence[str]) -> str:
    """Return the choice that a text means, whatever its case."""
    low = text.strip().lower()
    for choice in (*(each for each in choices if each == text), *choices):
        if choice.lower() == low:
            return choice
    raise InvalidChangeError(
        f"cf.{name}",
        _("{text!r} is not one of {choices}").format(text=text[:40], choices=", ".join(choices)),
    )


def _decimal(name: str, text: str) -> Decimal:
    try:
        value = Decimal(text)
        if not value.is_finite() or abs(value) >= Decimal(10) ** 18:
            raise InvalidOperation
    except ArithmeticError:
        raise InvalidChangeError(
            f"cf.{name}", _("{text!r} is not a number").format(text=text[:40])
        ) from None
    return value.quantize(Decimal("0.000001")).normalize()
