"""From the cells of a row to a typed record, by the rules of a map.

Everything that can be known before the first row is worked out then; the same cell is
converted once.
"""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import replace
from typing import Any, Generic, NamedTuple, TypeVar

from boconsole.importing import sources, values
from boconsole.importing.errors import MapError
from boconsole.importing.rules import ImportMap, Rule
from boconsole.importing.values import Convert
from boconsole.language import _

Record = TypeVar("Record", bound=NamedTuple)
Read = Callable[[Sequence[str]], Any]  # Any: each field has its own type, as in FieldType
Fault = tuple[str, str]
"""Column (or field) and reason."""

MEMORY = 20_000
"""Different cells of a column whose values are remembered."""


class FieldType(NamedTuple):
    """What a field takes.

    Attributes:
        convert: From a text to the value; None for instants, which the map's formats decide.
        empty: The value where there is none.
        required: Whether it may not be empty.
        many: Whether it takes several values, as a tuple.
        varied: Whether nearly every row has its own value, so that none is remembered.
    """

    convert: Convert | None
    empty: Any = None  # Any: of the type of the field
    required: bool = False
    many: bool = False
    varied: bool = False


class RowRefusedError(ValueError):
    """A row has cells that cannot be taken."""

    def __init__(self, faults: Sequence[Fault]) -> None:
        self.column = faults[0][0]
        also = [f"{column}: {reason}" for column, reason in faults[1:]]
        self.reason = "; ".join([faults[0][1], *also])
        super().__init__(self.reason)


class Remembered(dict[str, Any]):  # Any: each field has its own type, as in FieldType
    """The values of cells: looked up where known, else converted and kept up to a limit."""

    def __init__(self, convert: Convert, limit: int) -> None:
        super().__init__()
        self._convert = convert
        self._limit = limit

    def __missing__(self, cell: str) -> Any:
        value = self._convert(cell)
        if len(self) < self._limit:
            self[cell] = value
        return value


class _Cell(NamedTuple):
    """A field that is one cell: where it goes, where it stands, and its values."""

    place: int
    source: int
    values: Remembered


class RowReader(Generic[Record]):
    """Makes records of the rows of one table."""

    def __init__(
        self,
        record: type[Record],
        types: Mapping[str, FieldType],
        plan: ImportMap,
        header: Sequence[str],
    ) -> None:
        """Work out how each field of the record is made.

        Args:
            record: Its fields are those of `types`, in order; a field without a rule is empty.
            types: What each field takes.
            plan: The map.
            header: The columns of the table.

        Raises:
            MapError: A needed field has no rule, or the map gives a value no field takes.
        """
        self._make = record._make
        self._blank = [kind.empty for kind in types.values()]
        self._cells: list[_Cell] = []
        self._steps: list[tuple[int, Read]] = []
        self._told: dict[int, str] = {}
        for place, (name, kind) in enumerate(types.items()):
            rules = plan.fields.get(name, ())
            if kind.required and not rules:
                raise MapError(plan.path, f"fields.{name}", _("is needed; say where it comes from"))
            if not rules:
                continue
            columns = rules[0].columns
            self._told[place] = columns[0] if len(columns) == 1 else name
            if rules[0].source == "column" and not kind.many:
                known = _remembered(rules[0], kind, plan)
                self._cells.append(_Cell(place, header.index(columns[0]), known))
            else:
                self._steps.append((place, _field(rules, kind, header, plan)))

    def read(self, cells: Sequence[str]) -> Record:
        """Return the record of one row, whose cells have no blanks around them.

        Raises:
            RowRefusedError: Cells that cannot be taken; names them all.
        """
        made = self._blank.copy()
        try:
            for place, source, known in self._cells:
                made[place] = known[cells[source]]
            for place, step in self._steps:
                made[place] = step(cells)
        except ValueError:
            raise RowRefusedError(list(self._faults(cells))) from None
        return self._make(made)

    def _faults(self, cells: Sequence[str]) -> Iterator[Fault]:
        """Yield everything that is wrong with a row."""
        for place, source, known in self._cells:
            try:
                known[cells[source]]
            except ValueError as error:
                yield self._told[place], str(error)
        for place, step in self._steps:
            try:
                step(cells)
            except ValueError as error:
                yield self._told[place], str(error)


def reader_of(rule: Rule, kind: FieldType, header: Sequence[str], plan: ImportMap) -> Read:
    """Return what makes the value of one rule, for fields outside the record."""
    return _field((rule,), kind, header, plan)


def _field(rules: Sequence[Rule], kind: FieldType, header: Sequence[str], plan: ImportMap) -> Read:
    if kind.many:
        return _several([_parts(rule, kind, header) for rule in rules])
    rule = rules[0]
    if rule.source in ("earliest", "latest"):
        return _extreme(rule, kind, header, plan)
    take, known = sources.take_of(rule, header), _remembered(rule, kind, plan)
    return lambda cells: known[take(cells)]


def _remembered(rule: Rule, kind: FieldType, plan: ImportMap) -> Remembered:
    """Return the values of a rule's texts."""
    convert = _checked(rule, kind.convert or values.instant(rule.dates, rule.zone), plan)
    fallback = convert(rule.default) if rule.default else kind.empty

    def made(cell: str) -> Any:
        if not cell:
            value = fallback
        else:
            try:
                value = convert(cell)
            except ValueError:
                if rule.unknown != "default":
                    raise
                value = fallback
        if value is None or value == "":
            if kind.required:
                raise ValueError(_("is empty"))
            return kind.empty
        return value

    return Remembered(made, 0 if kind.varied else MEMORY)


def _checked(rule: Rule, convert: Convert, plan: ImportMap) -> Convert:
    """Return the conversion after the map's values, having tried those that the map gives."""
    own = (rule.text,) if rule.source == "value" else ()
    for given in (*rule.values.values(), *rule.results, *own, rule.default):
        _try(convert, given, rule, plan)
    if not rule.values:
        return convert

    def translated(cell: str) -> Any:
        word = rule.values.get(cell.lower())
        if word is not None:
            return convert(word) if word else None
        if rule.unknown == "keep" or cell == rule.default:
            return convert(cell)
        known = ", ".join(rule.values)
        raise ValueError(
            _("{cell} is not among the map's values: {known}").format(
                cell=values.shown(cell), known=known
            )
        )

    return translated


def _try(convert: Convert, given: str, rule: Rule, plan: ImportMap) -> None:
    if not given:
        return
    try:
        convert(given)
    except ValueError as error:
        raise MapError(plan.path, f"fields.{rule.name}", str(error)) from error


def _several(parts: Sequence[Read]) -> Read:
    def read(cells: Sequence[str]) -> tuple[Any, ...]:
        return tuple(dict.fromkeys(value for part in parts for value in part(cells)))

    return parts[0] if len(parts) == 1 else read


def _parts(rule: Rule, kind: FieldType, header: Sequence[str]) -> Read:
    """Return what makes the several values of a text."""
    take = sources.take_of(rule, header)

    def made(cell: str) -> tuple[Any, ...]:
        words = cell.split(rule.split) if rule.split else [cell]
        found = []
        for word in words:
            text = _part(rule, word.strip())
            if text:
                found.append(kind.convert(text) if kind.convert else text)
        return tuple(dict.fromkeys(found))

    known = Remembered(made, MEMORY)
    return lambda cells: known[take(cells)]


def _part(rule: Rule, word: str) -> str:
    known = rule.values.get(word.lower())
    if known is None and rule.values and word and rule.unknown != "keep":
        if rule.unknown == "refuse":
            raise ValueError(
                _("{word} is not among the map's values").format(word=values.shown(word))
            )
        known = rule.default
    return (word if known is None else known).strip() or rule.default


def _extreme(rule: Rule, kind: FieldType, header: Sequence[str], plan: ImportMap) -> Read:
    """Return the first or last instant of several columns; empty ones do not count."""
    choose = min if rule.source == "earliest" else max
    known = _remembered(replace(rule, default=""), FieldType(kind.convert), plan)
    places = [header.index(name) for name in rule.columns]
    fallback = _remembered(rule, kind, plan)

    def read(cells: Sequence[str]) -> Any:
        found = [value for place in places if (value := known[cells[place]]) is not None]
        return choose(found) if found else fallback[""]

    return read
