"""Leave types that come with the console, as files of rules: a company begins with one set."""

import tomllib
from collections.abc import Mapping
from functools import cache
from pathlib import Path
from typing import NamedTuple

from boconsole.language import _
from boconsole.leave.errors import LeaveRuleError
from boconsole.leave.rules import Rule, from_table

FOLDER = Path(__file__).parent
SETS = ("indonesia", "international")


class Preset(NamedTuple):
    """A leave type to begin with; its title by language, English for others."""

    code: str
    titles: Mapping[str, str]
    letter: str
    rule: Rule


@cache
def types_of(name: str) -> tuple[Preset, ...]:
    """Return the types of a set; raises LeaveRuleError for an unknown one."""
    if name not in SETS:
        raise LeaveRuleError("set", _("is unknown; allowed: {keys}").format(keys=", ".join(SETS)))
    return read((FOLDER / f"{name}.toml").read_text(encoding="utf-8"))


def read(text: str) -> tuple[Preset, ...]:
    """Return the types of a file; raises LeaveRuleError."""
    try:
        tables = tomllib.loads(text)
    except tomllib.TOMLDecodeError as fault:
        raise LeaveRuleError("file", _("is not TOML: {fault}").format(fault=fault)) from None
    return tuple(_preset(code, table) for code, table in tables.items())


def _preset(code: str, table: object) -> Preset:
    if not isinstance(table, Mapping):
        raise LeaveRuleError(code, _("must be a table"))
    given = dict(table)
    letter = str(given.pop("letter", code[:1].upper()))
    titles = {"en": str(given.pop("title", code))}
    titles["id"] = str(given.pop("title_id", titles["en"]))
    return Preset(code, titles, letter, from_table(given))
