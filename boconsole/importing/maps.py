"""Map files: which columns of somebody else's table become which fields of our records.

A map is TOML. Every key is checked against what is allowed, so that a misspelt one is named
instead of passed over.
"""

import codecs
import re
import tomllib
from collections.abc import Collection, Iterable, Mapping
from io import BytesIO, TextIOWrapper
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

from boconsole.importing.errors import MapError
from boconsole.importing.rules import ImportMap, Rule
from boconsole.language import _

TOP = (
    "source", "key", "timezone", "dates", "create", "custom_prefix", "file", "fields", "custom",
    "records",
)  # fmt: skip
FILE = ("encoding", "delimiter", "repeated")
SOURCES = ("column", "text", "value", "when", "earliest", "latest")
RULE = (*SOURCES, "values", "unknown", "default", "split", "dates", "timezone")
WHEN = ("has", "value")
UNKNOWN = ("refuse", "default", "keep")
SHIPPED = Path(__file__).parent.parent / "maps"
HOLE = re.compile(r"\{\{|\}\}|\{([^{}]*)\}")


def shipped_maps() -> list[str]:
    """Return the names of the maps that come with the program."""
    return sorted(path.stem for path in SHIPPED.glob("*.toml"))


def records_of(path: Path) -> str:
    """Return which records a map says it brings (`records`), "" where it does not say.

    What is wrong with the map `read_map` tells.
    """
    try:
        found = tomllib.loads(find_map(path).read_text(encoding="utf-8")).get("records", "")
    except (OSError, UnicodeDecodeError, tomllib.TOMLDecodeError):
        return ""
    return found if isinstance(found, str) else ""


def find_map(path: Path) -> Path:
    """Return a map file: the one at the path, else the shipped one of that name."""
    shipped = SHIPPED / f"{path.name.removesuffix('.toml')}.toml"
    if path.exists() or path.parent != Path() or not shipped.exists():
        return path
    return shipped


def read_map(
    path: Path, fields: Collection[str], *, many: Collection[str] = (), lists: Collection[str] = ()
) -> ImportMap:
    """Read a map file.

    Args:
        path: The file.
        fields: The fields that records of this kind have.
        many: Those of them that take several values, from an array of rules.
        lists: What `create` may name.

    Raises:
        MapError: It cannot be read, or names what does not exist.
    """
    try:
        table = tomllib.loads(path.read_text(encoding="utf-8"))
    except OSError as error:
        shipped = ", ".join(shipped_maps())
        reason = _("{reason}; maps that come with the program: {shipped}").format(
            reason=error.strerror or error, shipped=shipped
        )
        raise MapError(path, "", reason) from error
    except UnicodeDecodeError as error:
        raise MapError(path, "", _("is not UTF-8 ({error})").format(error=error)) from error
    except tomllib.TOMLDecodeError as error:
        raise MapError(path, "", _("is not TOML ({error})").format(error=error)) from error
    return _MapReader(path).map(table, fields, many, lists)


class _MapReader:
    """Checks one map file from the top to its rules."""

    def __init__(self, path: Path) -> None:
        self.path = path
        self.zone = ZoneInfo("UTC")
        self.dates: tuple[str, ...] = ()

    def map(
        self,
        table: Mapping[str, Any],  # Any: TOML gives any type, each is checked
        fields: Collection[str],
        many: Collection[str],
        lists: Collection[str],
    ) -> ImportMap:
        self.known("", table, TOP)
        if "source" not in table or "key" not in table:
            raise self.error("", 'needs `source = "name"` and `key = "Column"`')
        self.zone = self._zone("timezone", table.get("timezone", "UTC"))
        self.dates = self.words("dates", table.get("dates", []))
        file = self.table("file", table.get("file", {}))
        self.known("file", file, FILE)
        key = self.words("key", table["key"])
        rules = self.table("fields", table.get("fields", {}))
        self.known("fields", rules, sorted(fields))
        create = self.words("create", table.get("create", []))
        self.among("create", create, lists)
        custom = self.table("custom", table.get("custom", {}))
        return ImportMap(
            self.path,
            self.text("source", table["source"]),
            () if key == ("*",) else key,
            self._encoding(file.get("encoding", "utf-8")),
            self._delimiter(file.get("delimiter", "")),
            frozenset(create),
            self.text("custom_prefix", table.get("custom_prefix", "")),
            {name: self._rules(name, rule, name in many) for name, rule in rules.items()},
            {name: self._rule(f"custom.{name}", name, rule) for name, rule in custom.items()},
            self._repeated(file.get("repeated", False)),
        )

    def error(self, where: str, reason: str) -> MapError:
        return MapError(self.path, where, reason)

    def known(self, where: str, table: Mapping[str, object], allowed: Iterable[str]) -> None:
        allowed = tuple(allowed)
        for key in table:
            if key not in allowed:
                raise self.error(
                    f"{where}.{key}".strip("."),
                    f"there is no such key; allowed: {', '.join(allowed)}",
                )

    def among(self, where: str, words: Iterable[str], allowed: Collection[str]) -> None:
        for word in words:
            if word not in allowed:
                raise self.error(where, f"{word!r} is not allowed; allowed: {', '.join(allowed)}")

    def table(self, where: str, value: Any) -> dict[str, Any]:  # Any: as above
        if not isinstance(value, dict):
            raise self.error(where, "must be a table")
        return value

    def text(self, where: str, value: object) -> str:
        if isinstance(value, bool) or not isinstance(value, str | int | float):
            raise self.error(where, "must be a text")
        return str(value)

    def words(self, where: str, value: object) -> tuple[str, ...]:
        listed = value if isinstance(value, list) else [value]
        return tuple(self.text(where, item) for item in listed)

    def _zone(self, where: str, value: object) -> ZoneInfo:
        name = self.text(where, value)
        try:
            return ZoneInfo(name)
        except (ValueError, OSError, KeyError):
            raise self.error(
                where, f"{name!r} is no time zone; write one such as Europe/Berlin or UTC"
            ) from None

    def _encoding(self, value: object) -> str:
        name = self.text("file.encoding", value)
        try:
            TextIOWrapper(BytesIO(), encoding=name)
        except (LookupError, ValueError):
            raise self.error(
                "file.encoding", f"{name!r} is no encoding; write utf-8, cp1252, utf-16 …"
            ) from None
        return codecs.lookup(name).name

    def _repeated(self, value: object) -> bool:
        if not isinstance(value, bool):
            raise self.error("file.repeated", "must be true or false")
        return value

    def _delimiter(self, value: object) -> str:
        delimiter = self.text("file.delimiter", value)
        if len(delimiter) > 1 or delimiter in ('"', "\n", "\r"):
            raise self.error("file.delimiter", 'must be one character, such as ";" or "\\t"')
        return delimiter

    def _rules(self, name: str, value: object, many: bool) -> tuple[Rule, ...]:
        if isinstance(value, list):
            if not many:
                raise self.error(f"fields.{name}", "takes one rule, not an array")
            return tuple(self._rule(f"fields.{name}", name, item) for item in value)
        return (self._rule(f"fields.{name}", name, value),)

    def _rule(self, where: str, name: str, value: Any) -> Rule:  # Any: as above
        if not isinstance(value, dict):
            return Rule(
                name, "column", (self.text(where, value),), dates=self.dates, zone=self.zone
            )
        self.known(where, value, RULE)
        sources = [source for source in SOURCES if source in value]
        if len(sources) != 1:
            raise self.error(where, f"needs exactly one of {', '.join(SOURCES)}")
        unknown = self.text(f"{where}.unknown", value.get("unknown", "refuse"))
        self.among(f"{where}.unknown", (unknown,), UNKNOWN)
        if unknown == "default" and "default" not in value:
            raise self.error(where, 'unknown = "default" needs a `default`')
        pairs = self.table(f"{where}.values", value.get("values", {}))
        columns, text, results = self._origin(where, sources[0], value[sources[0]])
        return Rule(
            name,
            sources[0],
            columns,
            text,
            results,
            {
                cell.strip().lower(): self.text(f"{where}.values.{cell}", word)
                for cell, word in pairs.items()
            },
            unknown,
            self.text(f"{where}.default", value.get("default", "")),
            self.text(f"{where}.split", value.get("split", "")),
            self.words(f"{where}.dates", value["dates"]) if "dates" in value else self.dates,
            self._zone(f"{where}.timezone", value["timezone"])
            if "timezone" in value
            else self.zone,
        )

    def _origin(
        self,
        where: str,
        source: str,
        value: Any,  # Any: as above
    ) -> tuple[tuple[str, ...], str, tuple[str, ...]]:
        """Return the columns, the text and the results of a rule's source."""
        if source == "value":
            return (), self.text(where, value), ()
        if source == "text":
            text = self.text(where, value)
            return self._holes(where, text), text, ()
        if source == "when":
            steps = value if isinstance(value, list) else [value]
            tables = [self.table(f"{where}.when", step) for step in steps]
            for step in tables:
                self.known(f"{where}.when", step, WHEN)
                if len(step) != len(WHEN):
                    raise self.error(f"{where}.when", "each needs `has` and `value`")
            columns = tuple(self.text(f"{where}.when", step["has"]) for step in tables)
            return columns, "", tuple(self.text(f"{where}.when", step["value"]) for step in tables)
        columns = self.words(f"{where}.{source}", value)
        if source == "column" and len(columns) != 1:
            raise self.error(where, "column takes one name; join several with text")
        return columns, "", ()

    def _holes(self, where: str, text: str) -> tuple[str, ...]:
        if re.search(r"[{}]", HOLE.sub("", text)):
            raise self.error(where, "has a lone { or }; write {{ or }} for the character itself")
        names = (found[1] for found in HOLE.finditer(text) if found[1] is not None)
        return tuple(dict.fromkeys(names))
