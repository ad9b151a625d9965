"""What a query may speak of in one area: its fields, their values, its flags.

An area is data; reading and resolving are the same everywhere.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace
from functools import cached_property
from typing import Literal, NamedTuple

from db.conditions import Condition

Kind = Literal[
    "words", "line", "mail", "number", "amount", "instant", "date", "day", "length", "choice",
    "ranked", "name", "flag", "record",
]  # fmt: skip


class Names(NamedTuple):
    """Values that live in the database: found by word, offered by their start."""

    find: Callable[[str], tuple[object, ...]]
    suggest: Callable[[str, int], list[str]]


class Present(NamedTuple):
    """Who asks, and when: seconds since the epoch."""

    now: int
    user_id: int


@dataclass(frozen=True)
class Field:
    """One field of an area.

    Attributes:
        name: How queries call it.
        kind: `words` (full text), `line` (part of a text), `mail`, `number`, `amount` (an exact
            Decimal), `instant`, `date` (a text YYYY-MM-DD), `day` (a number YYYYMMDD), `length`
            (a duration), `choice`, `ranked` (a choice with an order, first is highest), `name`
            (a record elsewhere), `flag`, `record`.
        about: What it is, in a few words, for help and completion.
        aliases: Further names.
        choices: Word to stored value, for choices and ranks.
        spellings: Further words for these.
        groups: Words that stand for several choices.
        source: Which `Names` of the area know its values.
        unknown_is_nothing: A value that does not exist matches nothing instead of being refused.
        loose: A value that is not a whole name is looked for as a part of one.
        column: Its name in the column map, where that differs.
        like: The column map's name of the text that `~` looks into.
        optional: It can be empty, so that `has:` and `no:` make sense.
        many: A record has several, so that `+value` asks for one more.
        person: `me` is the one who asks.
        guessed: A bare word that is one of its values means this field.
        sortable: Lists can be sorted by it.
        lifts: To name it lifts the area's default condition.
        history: Its name in the audit trail; empty where `was:` and `changed:` cannot ask.
        unit: Seconds of one stored unit, for lengths.
    """

    name: str
    kind: Kind
    about: str
    aliases: tuple[str, ...] = ()
    choices: Mapping[str, object] = field(default_factory=dict)
    spellings: Mapping[str, str] = field(default_factory=dict)
    groups: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    source: str = ""
    unknown_is_nothing: bool = False
    loose: bool = False
    column: str = ""
    like: str = ""
    optional: bool = False
    many: bool = False
    person: bool = False
    guessed: bool = False
    sortable: bool = True
    lifts: bool = False
    history: str = ""
    unit: int = 1

    @property
    def stored(self) -> str:
        """The name in the column map."""
        return self.column or self.name

    def choice(self, word: str) -> str | None:
        """Return the choice that a word stands for, whatever its case, or None."""
        low = word.lower().replace("-", "_").replace(" ", "_")
        if low in self.spellings:
            return self.spellings[low]
        spelled = (low, word.lower())
        return next((choice for choice in self.choices if choice.lower() in spelled), None)


@dataclass(frozen=True)
class Flag:
    """What `is:name` means."""

    name: str
    about: str
    condition: Callable[[Present], Condition]
    lifts: bool = False


def _no_fields() -> tuple[Field, ...]:
    return ()


@dataclass(frozen=True)
class Area:
    """Everything a query may say about one list.

    Attributes:
        name: The area, as its screen is called.
        fields: Its own fields.
        flags: The words after `is:`.
        names: The sources of values that fields name.
        default: What lists leave out unless a query lifts it.
        prefix: The letters before record numbers, such as TKT.
        record: The field of record numbers.
        mine: The field that a bare `me` means.
        mail: The field that a bare mail address or `@domain` means.
        custom: Reads the fields that the organisation added (`cf.…`), when one is named.
        implied: For a field, what each value in a set implies; helps engines to an index.
        columns: What `cols:` may name besides fields.
        open: By the word before the point, the field that any name behind it makes: `tag.x`.
    """

    name: str
    fields: tuple[Field, ...]
    flags: tuple[Flag, ...] = ()
    names: Mapping[str, Names] = field(default_factory=dict)
    default: Condition | None = None
    prefix: str = ""
    record: str = ""
    mine: str = ""
    mail: str = ""
    custom: Callable[[], tuple[Field, ...]] = _no_fields
    implied: Mapping[str, tuple[frozenset[object], Condition]] = field(default_factory=dict)
    columns: tuple[str, ...] = ()
    open: Mapping[str, Field] = field(default_factory=dict)

    @cached_property
    def index(self) -> dict[str, Field]:
        """All own fields by each of their names."""
        return {name: each for each in self.fields for name in (each.name, *each.aliases)}

    @cached_property
    def custom_index(self) -> dict[str, Field]:
        """The added fields by name, read once."""
        return {each.name: each for each in self.custom()}

    def field(self, name: str) -> Field | None:
        """Return the field of a name or alias."""
        found = self.index.get(name)
        if found is None and name.startswith("cf."):
            found = self.custom_index.get(name)
        word, point, rest = name.partition(".")
        if found is None and point and rest and word in self.open:
            found = replace(self.open[word], name=name, source=name, column=name)
        return found
