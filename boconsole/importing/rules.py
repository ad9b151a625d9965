"""What a map says once it was read: where each field of a record comes from."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from zoneinfo import ZoneInfo


@dataclass(frozen=True)
class Rule:
    """Where one field comes from.

    Attributes:
        name: The field.
        source: `column`, `text` (a template), `value` (always the same), `when` (the first
            filled column decides), `earliest` or `latest` (of the instants in columns).
        columns: The columns it reads.
        text: The template, or the value.
        results: What each column of `when` gives.
        values: From a cell, in lower case, to the value; empty when cells are taken as they are.
        unknown: What happens to a cell that is not among `values` or not valid: `refuse`,
            `default`, or `keep` (take it as it is).
        default: What an empty cell becomes.
        split: What separates several values in one cell; empty for one value.
        dates: Formats of `strptime`, tried in turn before ISO 8601.
        zone: The zone of times without an offset.
    """

    name: str
    source: str
    columns: tuple[str, ...]
    text: str = ""
    results: tuple[str, ...] = ()
    values: Mapping[str, str] = field(default_factory=dict)
    unknown: str = "refuse"
    default: str = ""
    split: str = ""
    dates: tuple[str, ...] = ()
    zone: ZoneInfo = field(default_factory=lambda: ZoneInfo("UTC"))


@dataclass(frozen=True)
class ImportMap:
    """A map that was read and checked.

    Attributes:
        source: Where the records come from; with the key, what makes them found again.
        key: The columns whose cells tell the records apart; empty for the whole row.
        create: Which lists the import may add missing names to.
        custom_prefix: Columns that start so are custom fields called by the rest.
        fields: Rules by field; several rules where a field takes many values.
        custom: Rules by custom field.
        repeated: A column may be there twice; its cells must be the same in each row.
    """

    path: Path
    source: str
    key: tuple[str, ...]
    encoding: str
    delimiter: str
    create: frozenset[str]
    custom_prefix: str
    fields: Mapping[str, tuple[Rule, ...]]
    custom: Mapping[str, Rule]
    repeated: bool = False

    @property
    def columns(self) -> tuple[str, ...]:
        """Return every column that the map names, each once."""
        rules = [rule for several in self.fields.values() for rule in several]
        named = [*self.key]
        for rule in (*rules, *self.custom.values()):
            named += rule.columns
        return tuple(dict.fromkeys(named))
