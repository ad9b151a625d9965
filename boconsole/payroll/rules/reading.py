"""Files of rules, read and checked: TOML, shipped with the program or written by its user.

docs/payroll.md tells the format. Whatever is wrong is said with its place; nothing is guessed.
"""

import tomllib
from collections.abc import Iterator, Mapping, Sequence
from datetime import date
from decimal import Decimal
from fractions import Fraction
from functools import lru_cache
from pathlib import Path
from typing import Any

from boconsole.language import _
from boconsole.payroll.rules.errors import NoYearError, RuleFileError, UnknownRulesError
from boconsole.payroll.rules.figures import Band, Contribution, Dated, Figure, Levy, Listed, Table
from boconsole.payroll.rules.sets import KINDS, PLAIN, Rows, RuleSet
from boconsole.payroll.rules.typed import Values

FOLDER = Path(__file__).parent / "sets"
HEAD = ("name", "title", "family", "kind", "currency", "digits", "from", "to", "extends")
DATED = ("code", "from", "to", "source")
PERIODS = ("month", "year")


def names() -> list[str]:
    """Return the sets that are shipped."""
    return sorted(path.stem for path in FOLDER.glob("*.toml"))


@lru_cache(maxsize=64)
def shipped(name: str) -> RuleSet:
    """Return a set that is shipped; raises UnknownRulesError."""
    if name not in names():
        raise UnknownRulesError(name[:60], ", ".join(names()))
    return read(FOLDER / f"{name}.toml")


def find(name: str, day: date | None = None) -> RuleSet:
    """Return rules that are shipped by name, or by family with a day; no file is read by it.

    Args:
        name: `id-2024`, or a family such as `id`.
        day: For a family: the day that the set must speak for.

    Raises:
        UnknownRulesError: Neither is there.
        NoYearError: No set of the family speaks for the day.
    """
    family = [known for known in names() if known.rpartition("-")[0] == name]
    if family and name not in names():
        sets = [shipped(known) for known in family]
        covering = [each for each in sets if day is None or each.covers(day)]
        if not covering:
            raise NoYearError(name, day or date.min, sets[-1].name, sets[-1].ends)
        return covering[-1]
    return shipped(name)


def in_folder(folder: Path) -> list[RuleSet]:
    """Return the sets that a user keeps in a folder, by file; raises RuleFileError."""
    return [read(path) for path in sorted(folder.glob("*.toml"))]


def read(path: Path) -> RuleSet:
    """Return the rules of a file; raises RuleFileError."""
    try:
        table = tomllib.loads(path.read_text("utf-8"), parse_float=Decimal)
    except (OSError, UnicodeDecodeError) as error:
        reason = error.strerror if isinstance(error, OSError) else _("it is no text in UTF-8")
        raise RuleFileError(path.name, "", reason or str(error)) from error
    except tomllib.TOMLDecodeError as error:
        raise RuleFileError(path.name, "", str(error)) from error
    return of_table(path.name, table)


def of_table(file: str, table: Mapping[str, Any]) -> RuleSet:  # Any: what TOML holds
    """Return the rules of a file that was taken apart; raises RuleFileError."""
    return _Reader(file).ruleset(table)


class _Reader(Values):
    """Turns what a file says into rules, and knows where it is reading."""

    def ruleset(self, table: Mapping[str, Any]) -> RuleSet:  # Any: what TOML holds
        """Return the whole set."""
        self.only(table, (*HEAD, "figures", "tables", "lists", "contributions", "taxes"))
        name = self.name(table, "name")
        kind = self.text(table, "kind", PLAIN)
        if kind not in KINDS:
            raise self.fault(_("kind is {kinds}").format(kinds=_either(KINDS)))
        self.digits = self.whole(table, "digits", 2, most=4)
        starts, ends = self.days(table)
        above = self._above(table)
        family = above.family if above else name
        rows = Rows(
            tuple(self._figure(each) for each in self._rows(table, "figures")),
            tuple(self._table(each) for each in self._rows(table, "tables")),
            tuple(self._listed(each) for each in self._rows(table, "lists")),
            tuple(self._contribution(each) for each in self._rows(table, "contributions")),
            tuple(self._levy(each) for each in self._rows(table, "taxes")),
        )
        for part in rows:
            self._once(part)
        old = above.rows if above else Rows()
        joined = Rows(
            old.figures + rows.figures, old.tables + rows.tables, old.lists + rows.lists,
            old.contributions + rows.contributions, old.levies + rows.levies,
        )  # fmt: skip
        return RuleSet(
            name, self.text(table, "title", name), self.text(table, "family", family), kind,
            self.text(table, "currency", ""), self.digits, starts, ends, joined,
        )  # fmt: skip

    def _above(self, table: Mapping[str, Any]) -> RuleSet | None:
        """Return the set that a file takes over, None without one."""
        name = self.text(table, "extends", "")
        if not name:
            return None
        if name == table.get("name"):
            raise self.fault(_("it extends itself"))
        found = shipped(name)
        if found.digits != self.digits:
            raise self.fault(_("it has other digits than {name}").format(name=name))
        return found

    def _once(self, rows: Sequence[Dated]) -> None:
        seen = set()
        for row in rows:
            if (row.code, row.starts) in seen:
                self.where = ""
                raise self.fault(
                    _("{code} stands there twice from {day}").format(code=row.code, day=row.starts)
                )
            seen.add((row.code, row.starts))

    def _figure(self, table: Mapping[str, Any]) -> Figure:
        self.only(table, (*DATED, "amount", "percent", "number"))
        given = [key for key in ("amount", "percent", "number") if key in table]
        if len(given) != 1:
            raise self.fault(_("one of amount, percent and number is needed"))
        value = {
            "amount": lambda: Fraction(self.amount(table, "amount")),
            "percent": lambda: self.percent(table, "percent"),
            "number": lambda: self.number(table["number"], "number"),
        }[given[0]]()
        return Figure(*self.dated(table), value=value)

    def _table(self, table: Mapping[str, Any]) -> Table:
        self.only(table, (*DATED, "bands", "rest", "unit"))
        unit = table.get("unit", "percent")
        digits = self.digits if unit == "percent" else 0
        return Table(*self.dated(table), bands=self._bands(table, unit), digits=digits)

    def _bands(self, table: Mapping[str, Any], unit: object = "percent") -> tuple[Band, ...]:
        if unit not in ("percent", "number"):
            raise self.fault(_("unit is percent or number"))
        rows = table.get("bands", [])
        found: list[Band] = []
        below = 0
        if not isinstance(rows, list):
            raise self.fault(_("bands is a list of [limit, rate]"))
        for place, row in enumerate(rows, 1):
            if not isinstance(row, list) or len(row) != 2:
                raise self.fault(_("band {n} is not [limit, rate]").format(n=place))
            limit = self.scaled(row[0], f"band {place}") if unit == "percent" else row[0]
            if not isinstance(limit, int) or limit <= below:
                raise self.fault(_("band {n} does not end above the one before").format(n=place))
            below = limit
            found.append(Band(limit, self.rate(row[1], f"band {place}", unit)))
        if "rest" in table:
            found.append(Band(None, self.rate(table["rest"], "rest", unit)))
        elif unit == "percent":
            raise self.fault(_("rest is missing: the rate above the last band"))
        return tuple(found)

    def _listed(self, table: Mapping[str, Any]) -> Listed:
        self.only(table, (*DATED, "names"))
        found = table.get("names")
        if not isinstance(found, list) or not all(isinstance(each, str) for each in found):
            raise self.fault(_("names is a list of texts"))
        return Listed(*self.dated(table), names=tuple(found))

    def _contribution(self, table: Mapping[str, Any]) -> Contribution:
        self.only(
            table,
            (*DATED, "name", "employer", "employee", "cap", "floor", "least_wage", "classes",
             "per_person", "employer_taxable", "employee_deductible"),
        )  # fmt: skip
        classes = table.get("classes", {})
        if not isinstance(classes, dict):
            raise self.fault(_("classes is a table of percentages"))
        dated = self.dated(table)
        cap = self.amount(table, "cap") if "cap" in table else None
        floor = self.amount(table, "floor") if "floor" in table else 0
        if cap is not None and floor > cap:
            raise self.fault(_("floor lies above cap"))
        return Contribution(
            *dated,
            name=self.text(table, "name", dated[0]),
            employer=self.percent(table, "employer"),
            employee=self.percent(table, "employee"),
            cap=cap,
            floor=floor,
            least_wage=self.yes(table, "least_wage"),
            classes=tuple((key, self.percent(classes, key)) for key in classes),
            per_person=self.percent(table, "per_person"),
            employer_taxable=self.yes(table, "employer_taxable"),
            employee_deductible=self.yes(table, "employee_deductible"),
        )

    def _levy(self, table: Mapping[str, Any]) -> Levy:
        self.only(table, (*DATED, "name", "period", "allowance", "credit", "bands", "rest", "flat"))
        dated = self.dated(table)
        period = self.text(table, "period", "month")
        if period not in PERIODS:
            raise self.fault(_("period is {periods}").format(periods=_either(PERIODS)))
        return Levy(
            *dated,
            name=self.text(table, "name", dated[0]),
            table=Table(*dated, bands=self._bands(table), digits=self.digits),
            period=period,
            allowance=self.amount(table, "allowance") if "allowance" in table else 0,
            credit=self.amount(table, "credit") if "credit" in table else 0,
            flat=self.yes(table, "flat"),
        )

    def _rows(self, table: Mapping[str, Any], part: str) -> Iterator[Mapping[str, Any]]:
        self.where = part
        rows = table.get(part, [])
        if not isinstance(rows, list) or not all(isinstance(row, dict) for row in rows):
            raise self.fault(_("write [[{part}]] before each row").format(part=part))
        for place, row in enumerate(rows, 1):
            self.where = f"{part} {place} ({row.get('code', '?')})"
            yield row


def _either(words: Sequence[str]) -> str:
    return " / ".join(words)
