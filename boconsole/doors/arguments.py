"""What can be typed: areas, verbs and options, and the help that tells of them.

The tree imports nothing heavy; each verb names its command as `module:function`, which is
imported when it is called. Values are checked by the commands, so that a bad one is refused
with a sentence; what is checked here is only which words may stand where.
"""

import argparse
import os
import re
import sys
from collections.abc import Sequence
from contextlib import suppress
from importlib import import_module
from typing import Any, NoReturn

from boconsole import __version__
from boconsole.doors import usage
from boconsole.language import _, use_language

NUMBER_LIKE = re.compile(r"-\d+(?:\.\d+)?")


class Parser(argparse.ArgumentParser):
    """A parser that takes options anywhere among the words.

    Attributes:
        dashes: Words that start with one dash are text, as in the query `-tag:spam`.
        assigns: `--cf.site Bandung` says the same as `cf.site=Bandung`.
        named: What is typed; an area or verb that is not among it gets no parser. None for all.
    """

    dashes = False
    assigns = False
    leaf = False

    def __init__(self, named: frozenset[str] | None = None, **settings: Any) -> None:
        # Any: as argparse has them
        settings.setdefault("formatter_class", _formatter)
        super().__init__(allow_abbrev=False, **settings)
        self.named = named

    def add_subparsers(self, **settings: Any) -> Any:  # Any: as above
        """Add words of which each has a parser of its own, if it is typed."""
        settings["parser_class"] = self._of_word
        return super().add_subparsers(**settings)

    def _of_word(self, *, prog: str, **settings: Any) -> "Parser | Untyped":  # Any: as above
        if self.named is not None and prog.rpartition(" ")[2] not in self.named:
            return Untyped()
        return Parser(self.named, prog=prog, **settings)

    def parse_known_args(self, args: Any = None, namespace: Any = None) -> Any:  # Any: as above
        """Parse with the options first and all other words behind `--`."""
        return super().parse_known_args(self._sorted(args) if self.leaf else args, namespace)

    def _sorted(self, words: Sequence[str]) -> list[str]:
        options: list[str] = []
        rest: list[str] = []
        waiting = list(words)
        while waiting:
            word = waiting.pop(0)
            if word == "--":
                rest.extend(waiting)
                break
            if self.assigns and word.startswith("--cf."):
                rest.append(self._assignment(word[2:], waiting))
                continue
            option = self._option_string_actions.get(word)
            if option is not None and option.nargs != 0 and self._is_value(waiting[:1]):
                options.append(f"{word}={waiting.pop(0)}")
            elif option is not None or self._is_option(word):
                options.append(word)
            else:
                rest.append(word)
        return [*options, "--", *rest] if rest else options

    def _assignment(self, word: str, waiting: list[str]) -> str:
        if "=" in word or not self._is_value(waiting[:1]):
            return word
        return f"{word}={waiting.pop(0)}"

    def error(self, message: str) -> NoReturn:
        """Tell of wrong usage, without the `--` that `parse_known_args` put in."""
        super().error(message.replace("arguments: -- ", "arguments: "))

    def _is_value(self, following: Sequence[str]) -> bool:
        return bool(following) and (
            following[0] != "--" and following[0] not in self._option_string_actions
        )

    def _is_option(self, word: str) -> bool:
        if word.startswith("--"):
            return True
        is_word = self.dashes or len(word) == 1 or NUMBER_LIKE.fullmatch(word) or " " in word
        return word.startswith("-") and not is_word


def _formatter(prog: str) -> argparse.HelpFormatter:
    """Return what writes help; argparse asks for one with every word that it learns."""
    return argparse.RawDescriptionHelpFormatter(prog, width=_columns() - 2)


def _columns() -> int:
    """Return how wide the terminal is: as shutil does, which takes longer to load than to ask."""
    with suppress(KeyError, ValueError):
        if (columns := int(os.environ["COLUMNS"])) > 0:
            return columns
    with suppress(AttributeError, ValueError, OSError):  # no stream, a closed one, no terminal
        return os.get_terminal_size(sys.__stdout__.fileno()).columns or 80  # type: ignore[union-attr]
    return 80


class Untyped:
    """Stands for the parser of a word that is not typed: a command builds one, not hundreds."""

    def add_argument(self, *_names: str, **_settings: object) -> None:
        """Take no argument."""

    def set_defaults(self, **_settings: object) -> None:
        """Take no default."""

    def add_subparsers(self, **_settings: object) -> "Untyped":
        """Hold words that are not typed either."""
        return self

    def add_parser(self, _name: str, **_settings: object) -> "Untyped":
        """Hold a word that is not typed either."""
        return self


class Area:
    """A group of verbs under one word."""

    def __init__(
        self,
        root: Any,  # Any: argparse's own
        name: str,
        help_text: str,
        dest: str = "verb",
    ) -> None:
        parser = root.add_parser(name, help=help_text, description=help_text)
        self._verbs = parser.add_subparsers(dest=dest, metavar=_("VERB"), required=True)

    def area(self, name: str, help_text: str) -> "Area":
        """Add verbs under a word of their own."""
        return Area(self._verbs, name, help_text, f"{name}_verb")

    def verb(self, name: str, run: str, help_text: str, *, example: str = "") -> Parser:
        """Add a verb; returns its parser for arguments."""
        return verb(self._verbs, name, run, help_text, example=example)


def verb(verbs: Any, name: str, run: str, help_text: str, *, example: str = "") -> Parser:
    """Add a verb to an area or to the top; returns its parser for arguments.

    Args:
        verbs: What `add_subparsers` returned.
        name: The word.
        run: The command, `module:function`.
        help_text: One sentence.
        example: Lines to copy, without `boconsole`.
    """
    lines = "\n".join(f"  boconsole {line}" for line in example.splitlines())
    parser: Parser = verbs.add_parser(
        name,
        help=help_text,
        description=help_text,
        epilog=_("examples:") + f"\n{lines}" if example else None,
    )
    if isinstance(parser, Untyped):
        return parser
    parser.leaf = True
    parser.set_defaults(run=run)
    _add_shared(parser, argparse.SUPPRESS, argparse.SUPPRESS)
    return parser


def _add_shared(parser: Parser, database: str, as_json: str | bool) -> None:
    parser.add_argument(
        "--database",
        metavar="URL",
        default=database,
        help=_("where the records are: sqlite:///PATH or postgresql://USER@HOST/NAME"),
    )
    parser.add_argument(
        "--json", action="store_true", default=as_json, help=_("answer for programs")
    )


def parse(words: Sequence[str]) -> argparse.Namespace:
    """Return the parsed words; `run` names the command.

    Raises:
        SystemExit: 0 after help, 2 after wrong usage.
    """
    use_language(os.environ.get("BOCONSOLE_LANGUAGE", "en"))
    usage.translate()
    return tree(words).parse_args(words)


AREAS = {
    "house": ("init", "open", "demo", "settings", "doctor"),
    "keeping": ("move", "backup", "restore"),
    "ticket": ("tickets",),
    "knowledge": ("knowledge",),
    "sla": ("sla",),
    "ledger": ("ledger",),
    "invoice": ("invoices", "bills"),
    "contact": ("contacts",),
    "asset": ("assets",),
    "licence": ("licences",),
    "stock": ("consumables", "accessories", "components", "stock"),
    "stocktake": ("ending", "stocktake"),
    "project": ("projects", "tasks", "time"),
    "registry": ("documents", "contracts"),
    "staff": ("staff",),
    "recruitment": ("recruitment",),
    "checklist": ("checklists",),
    "leave": ("leave", "attendance", "overtime"),
    "appraisal": ("appraisals",),
    "training": ("training",),
    "payroll": ("payroll",),
    "reports": ("reports",),
    "forecast": ("forecasts",),
    "assessment": ("assessments",),
    "mail": ("mail",),
    "setup": ("setup",),
    "people": ("users", "audit"),
    "ssh": ("ssh",),
    "web": ("web",),
}
"""Module `…_arguments` to the words that it adds, in the order of the help."""


def tree(words: Sequence[str] | None = None) -> Parser:
    """Return the parser of what is typed, or of everything that can be."""
    parser = Parser(
        None if words is None else frozenset(words),
        prog="boconsole",
        description=_("The back office in a terminal. Without an area it opens the console."),
        epilog=_("examples:") + "\n" + EXAMPLES,
    )
    parser.set_defaults(run="console:open_console")
    parser.add_argument("-V", "--version", action="version", version=f"boconsole {__version__}",
                        help=_("show the version and leave"))  # fmt: skip
    _add_shared(parser, "", False)
    areas = parser.add_subparsers(dest="area", metavar=_("AREA"))
    typed = _area_in(words or ())
    for name, names in AREAS.items():
        if typed in (None, *names):
            import_module(f"boconsole.doors.{name}_arguments").add(areas)
    return parser


def _area_in(words: Sequence[str]) -> str | None:
    """Return the area that is typed; None where none is, and all are to be told of."""
    waiting = iter(words)
    for word in waiting:
        if word == "--database":
            next(waiting, None)
        elif not word.startswith("-"):
            return word if any(word in names for names in AREAS.values()) else None
    return None


EXAMPLES = """\
  boconsole
  boconsole demo
  boconsole tickets list status:open prio:high
  boconsole tickets new --subject "Printer is on fire" --json
  boconsole AREA --help"""
