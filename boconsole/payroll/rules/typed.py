"""Values of a file of rules, each checked; a fault is told with its place."""

import re
from collections.abc import Mapping, Sequence
from datetime import date, datetime
from decimal import Decimal
from fractions import Fraction
from typing import Any

from boconsole.language import _
from boconsole.payroll.rules.errors import RuleFileError

LARGEST = 10**15
NAME = re.compile(r"[A-Za-z0-9][A-Za-z0-9_./-]{0,59}")
FRACTION = re.compile(r"[0-9]{1,9}/[0-9]{1,9}")


class Values:
    """Reads single values of the tables of one file.

    Attributes:
        file: Its name.
        where: The row that is read, for refusals.
        digits: Behind the point of its amounts.
    """

    def __init__(self, file: str) -> None:
        self.file = file
        self.where = ""
        self.digits = 0

    def dated(self, table: Mapping[str, Any]) -> tuple[str, date, date | None, str]:
        """Return code, first day, last day and source of a row."""
        code = self.name(table, "code")
        starts, ends = self.days(table)
        return code, starts, ends, self.text(table, "source", "")

    def days(self, table: Mapping[str, Any]) -> tuple[date, date | None]:
        """Return first and last day."""
        starts, ends = table.get("from"), table.get("to")
        for field, day in (("from", starts), ("to", ends)):
            missing = day is None and field == "to"
            if not missing and (not isinstance(day, date) or isinstance(day, datetime)):
                raise self.fault(_("{field} is a day such as 2026-01-01").format(field=field))
        if ends is not None and ends < starts:
            raise self.fault(_("it ends before it starts"))
        return starts, ends  # type: ignore[return-value]  # both were looked at

    def name(self, table: Mapping[str, Any], field: str) -> str:
        """Return a name without blanks."""
        text = self.text(table, field, "")
        if not NAME.fullmatch(text):
            raise self.fault(_("{field} is a name without blanks").format(field=field))
        return text

    def text(self, table: Mapping[str, Any], field: str, default: str) -> str:
        """Return a text, or the default."""
        value = table.get(field, default)
        if not isinstance(value, str) or len(value) > 300:
            raise self.fault(_("{field} is a text of at most 300 letters").format(field=field))
        return str(value)

    def yes(self, table: Mapping[str, Any], field: str) -> bool:
        """Return whether something holds; by default it does not."""
        value = table.get(field, False)
        if not isinstance(value, bool):
            raise self.fault(_("{field} is true or false").format(field=field))
        return value

    def whole(self, table: Mapping[str, Any], field: str, default: int, most: int) -> int:
        """Return a small whole number."""
        number = self.number(table.get(field, default), field)
        if number.denominator == 1 and 0 <= number <= most:
            return int(number)
        reason = _("{field} is a whole number from 0 to {most}")
        raise self.fault(reason.format(field=field, most=most))

    def number(self, value: object, field: str) -> Fraction:
        """Return an exact number: `3`, `0.25` or `"1/3"`."""
        if isinstance(value, str):
            above, _line, below = value.partition("/")
            if FRACTION.fullmatch(value) and int(below):
                return Fraction(int(above), int(below))
        if isinstance(value, bool) or not isinstance(value, int | Decimal):
            raise self.fault(_("{field} is no number").format(field=field))
        if isinstance(value, Decimal) and (not value.is_finite() or abs(value.adjusted()) > 20):
            raise self.fault(_("{field} is no number").format(field=field))
        number = Fraction(value)
        if abs(number) >= LARGEST:
            raise self.fault(_("{field} is too large").format(field=field))
        return number

    def rate(self, value: object, field: str, unit: object) -> Fraction:
        """Return a percentage as a part of one, or a plain number where the unit is `number`."""
        number = self.number(value, field)
        if unit == "number":
            return number
        if not 0 <= number <= 100:
            raise self.fault(_("{field} is no percentage from 0 to 100").format(field=field))
        return number / 100

    def percent(self, table: Mapping[str, Any], field: str) -> Fraction:
        """Return a percentage as a part of one; 0 where nothing stands."""
        return self.rate(table.get(field, 0), field, "percent")

    def amount(self, table: Mapping[str, Any], field: str) -> int:
        """Return an amount in smallest units."""
        return self.scaled(table[field], field)

    def scaled(self, value: object, field: str) -> int:
        """Return a value as an amount in smallest units."""
        number = self.number(value, field) * 10**self.digits
        if number.denominator != 1 or number < 0:
            reason = _("{field} is no amount with at most {digits} digits behind the point")
            raise self.fault(reason.format(field=field, digits=self.digits))
        return int(number)

    def only(self, table: Mapping[str, Any], known: Sequence[str]) -> None:
        """Refuse a field that is not known."""
        unknown = sorted(set(table) - set(known))
        if unknown:
            reason = _("{field} is not known; what can stand here: {known}")
            raise self.fault(reason.format(field=unknown[0][:40], known=", ".join(known)))

    def fault(self, reason: str) -> RuleFileError:
        """Return the refusal of what is read."""
        return RuleFileError(self.file, self.where, reason)
