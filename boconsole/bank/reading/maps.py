"""Maps: which column of a bank's table is what, and how it writes days and amounts.

A map is TOML. It is kept with the account once a file was imported with it.
"""

import codecs
import json
import tomllib
from collections.abc import Mapping
from datetime import date
from pathlib import Path
from typing import Any, NamedTuple

from boconsole.importing.errors import MapError
from boconsole.language import _

ALLOWED: Mapping[str, tuple[str, ...]] = {
    "": ("currency", "date", "decimal", "reverse", "file", "columns"),
    "file": ("encoding", "delimiter", "skip", "heading"),
    "columns": (
        "date", "amount", "debit", "credit", "side", "name", "memo", "reference", "id", "balance",
    ),
}  # fmt: skip
DEFAULT_DATE = "%Y-%m-%d"


class TableMap(NamedTuple):
    """How a table of movements is read.

    Attributes:
        columns: What is taken from which columns: their headings, or their numbers from 1.
        date: The form of days, such as `%d/%m/%Y`.
        decimal: The mark before decimals.
        currency: Of all amounts; empty for that of the account.
        reverse: Amounts are positive where money goes out, as on some cards.
        encoding: A codec of Python.
        delimiter: One character; empty to find it.
        skip: Lines before the heading.
        heading: Whether the first line names the columns.
    """

    columns: Mapping[str, tuple[str, ...]]
    date: str = DEFAULT_DATE
    decimal: str = "."
    currency: str = ""
    reverse: bool = False
    encoding: str = "utf-8"
    delimiter: str = ""
    skip: int = 0
    heading: bool = True


def read_table_map(path: Path) -> TableMap:
    """Read a map file.

    Raises:
        MapError: It cannot be read, or says what cannot be.
    """
    try:
        return map_of(path, tomllib.loads(path.read_text(encoding="utf-8")))
    except OSError as error:
        raise MapError(path, "", error.strerror or str(error)) from error
    except UnicodeDecodeError as error:
        raise MapError(path, "", _("is not UTF-8 ({error})").format(error=error)) from error
    except tomllib.TOMLDecodeError as error:
        raise MapError(path, "", _("is not TOML ({error})").format(error=error)) from error


def kept(table_map: TableMap) -> str:
    """Return a map as it is kept with an account."""
    return json.dumps(table_map._asdict(), ensure_ascii=False, sort_keys=True)


def of_kept(text: str) -> TableMap:
    """Return a map that was kept."""
    told = json.loads(text)
    columns = {name: tuple(listed) for name, listed in told.pop("columns").items()}
    return TableMap(columns, **told)


def map_of(path: object, table: Mapping[str, Any]) -> TableMap:  # Any: TOML holds anything
    """Return a checked map.

    Raises:
        MapError: A key is not known, or a value cannot be.
    """
    _known(path, "", table)
    file = _table(path, "file", table)
    columns = _columns(path, _table(path, "columns", table))
    decimal = _text(path, "decimal", table.get("decimal", "."))
    if decimal not in (".", ","):
        raise MapError(path, "decimal", _("must be . or ,"))
    delimiter = _text(path, "file.delimiter", file.get("delimiter", ""))
    if len(delimiter) > 1 or delimiter in ('"', "\n", "\r"):
        raise MapError(path, "file.delimiter", _("must be one character"))
    skip = file.get("skip", 0)
    if isinstance(skip, bool) or not isinstance(skip, int) or not 0 <= skip <= 1_000:
        raise MapError(path, "file.skip", _("must be a number of lines"))
    heading = _flag(path, "file.heading", file.get("heading", True))
    if not heading and not all(name.isdecimal() for names in columns.values() for name in names):
        raise MapError(path, "columns", _("must be numbers from 1 where there is no heading"))
    return TableMap(
        columns, _date(path, table.get("date", DEFAULT_DATE)), decimal,
        _text(path, "currency", table.get("currency", "")),
        _flag(path, "reverse", table.get("reverse", False)),
        _encoding(path, file.get("encoding", "utf-8")), delimiter, skip, heading,
    )  # fmt: skip


def _columns(path: object, table: Mapping[str, object]) -> dict[str, tuple[str, ...]]:
    found = {}
    for name, value in table.items():
        listed = value if isinstance(value, list) else [value]
        found[name] = tuple(_text(path, f"columns.{name}", each) for each in listed)
        if len(found[name]) != 1 and name not in ("name", "memo", "reference"):
            raise MapError(path, f"columns.{name}", _("takes one column"))
    if "date" not in found:
        raise MapError(path, "columns.date", _("is missing"))
    if ("amount" in found) == ("debit" in found or "credit" in found):
        raise MapError(path, "columns", _("needs either amount, or debit and credit"))
    if "amount" not in found and not ("debit" in found and "credit" in found):
        raise MapError(path, "columns", _("needs either amount, or debit and credit"))
    return found


def _known(path: object, where: str, table: Mapping[str, object]) -> None:
    for key in table:
        if key not in ALLOWED[where]:
            reason = _("there is no such key; allowed: {keys}")
            raise MapError(
                path, f"{where}.{key}".strip("."), reason.format(keys=", ".join(ALLOWED[where]))
            )


def _table(path: object, where: str, table: Mapping[str, Any]) -> Mapping[str, Any]:
    found = table.get(where, {})
    if not isinstance(found, dict):
        raise MapError(path, where, _("must be a table"))
    _known(path, where, found)
    return found


def _text(path: object, where: str, value: object) -> str:
    if isinstance(value, bool) or not isinstance(value, str | int):
        raise MapError(path, where, _("must be a text"))
    return str(value)


def _flag(path: object, where: str, value: object) -> bool:
    if not isinstance(value, bool):
        raise MapError(path, where, _("must be true or false"))
    return value


def _date(path: object, value: object) -> str:
    form = _text(path, "date", value)
    try:
        again = date(2026, 11, 25).strftime(form)
    except ValueError:
        again = ""
    if "%" not in form or not again or "%y" not in form.casefold():
        raise MapError(path, "date", _("must be a form such as %d/%m/%Y"))
    return form


def _encoding(path: object, value: object) -> str:
    name = _text(path, "file.encoding", value)
    try:
        return codecs.lookup(name).name
    except LookupError:
        reason = _("{name!r} is no encoding; write utf-8, cp1252, utf-16 …").format(name=name)
        raise MapError(path, "file.encoding", reason) from None
