"""Rules of pay by name: those that are shipped, and those that a user loaded."""

import tomllib
from datetime import date
from decimal import Decimal
from pathlib import Path

from boconsole import audit
from boconsole.errors import InvalidChangeError
from boconsole.language import _
from boconsole.payroll import words
from boconsole.payroll.rules import reading
from boconsole.payroll.rules.errors import NoYearError
from boconsole.payroll.rules.sets import RuleSet
from boconsole.session import Session
from db.payroll import setup

LARGEST = 200_000
"""Bytes of a file of rules."""


class Rules:
    """Rules as they are known now, each read once."""

    def __init__(self) -> None:
        self._loaded = setup.select_rules()
        self._found: dict[tuple[str, date], RuleSet] = {}

    def on(self, name: str, day: date) -> RuleSet:
        """Return the set that speaks for a day, by its name or its family.

        Loaded sets of a family speak for days for which no shipped one does.

        Raises:
            UnknownRulesError: There is none of that name.
            NoYearError: No set of that family speaks for the day.
        """
        key = (name, day)
        if key not in self._found:
            text = self._loaded.get(name)
            self._found[key] = self._find(name, day) if text is None else parse(name, text)
        return self._found[key]

    def _find(self, name: str, day: date) -> RuleSet:
        try:
            return reading.find(name, day)
        except NoYearError:
            for known, text in sorted(self._loaded.items()):
                rules = parse(known, text)
                if rules.family == name and rules.covers(day):
                    return rules
            raise


def parse(name: str, text: str) -> RuleSet:
    """Return the rules of a text; raises RuleFileError."""
    return reading.of_table(name, tomllib.loads(text, parse_float=Decimal))


def load(session: Session, path: Path) -> RuleSet:
    """Keep the rules of a file under the name that it gives itself.

    Raises:
        RuleFileError: The file has a fault.
        InvalidChangeError: Rules that are shipped have that name.
    """
    session.require("payroll.configure")
    found = reading.read(path)
    text = path.read_text("utf-8")
    if len(text) > LARGEST:
        raise InvalidChangeError("file", _("it is larger than {n} letters").format(n=LARGEST))
    if found.name in reading.names() or found.name == "id":
        raise InvalidChangeError("name", _("the program has rules of that name"))
    with audit.writing():
        at = int(session.now().timestamp())
        setup.put_rules(found.name, text, at, session.user.id)
        told: dict[str, tuple[object, object]] = {"rules": (None, found.name)}
        audit.record(session, "payroll.rules", words.AREA, [audit.Line(0, told)])
    return found
