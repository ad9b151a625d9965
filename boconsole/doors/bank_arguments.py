"""What can be typed after `boconsole ledger bank`, and `boconsole ledger reconcile`."""

from boconsole.doors.arguments import Area, Parser
from boconsole.language import _


def add(ledger: Area) -> None:
    """Add the verbs to the area of the books."""
    bank = ledger.area("bank", _("statements of the bank, and what their lines are matched with"))
    _add_import(bank)
    _add_matching(bank)
    rules = bank.verb("rules", "bank:list_rules", _("list what was learned from earlier matches"))
    _account(rules)
    reconcile = ledger.verb(
        "reconcile", "reconciling:reconcile", _("tell what bank and books say, and what is open"),
        example="ledger reconcile --account Assets:Bank --at 2026-05-31",
    )  # fmt: skip
    _account(reconcile)
    reconcile.add_argument("--at", metavar="D", default="", help=_("by default all days"))


def _account(parser: Parser, *, required: bool = True) -> None:
    parser.add_argument("--account", metavar="A", required=required, default="",
                        help=_("account of the books"))  # fmt: skip


def _add_import(bank: Area) -> None:
    parser = bank.verb(
        "import", "bank:import_file", _("take over a statement: OFX, QFX, or a table with a map"),
        example="ledger bank import may.ofx --account Assets:Bank\n"
                "ledger bank import may.csv --account Assets:Bank --map bank.toml --dry-run",
    )  # fmt: skip
    parser.add_argument("file", metavar="FILE")
    _account(parser)
    parser.add_argument("--map", metavar="MAP.toml", default="",
                        help=_("how a table is read; kept with the account"))  # fmt: skip
    parser.add_argument("--number", metavar="N", default="",
                        help=_("the bank's own, where a file holds several"))  # fmt: skip
    parser.add_argument("--currency", metavar="CODE", default="",
                        help=_("where the file tells none"))  # fmt: skip
    for name, help_text in (
        ("--opening", _("balance before the first line, where the file tells none")),
        ("--closing", _("balance after the last line, where the file tells none")),
    ):
        parser.add_argument(name, metavar="X", default="", help=help_text)
    parser.add_argument("--round", action="store_true",
                        help=_("round amounts with too many digits, halves up"))  # fmt: skip
    parser.add_argument("--dry-run", action="store_true", help=_("try it, and keep nothing"))

    listed = bank.verb("statements", "bank:list_statements", _("list the statements that came in"))
    _account(listed, required=False)
    withdraw = bank.verb(
        "withdraw", "bank:withdraw", _("take back the last statement, if nothing of it is matched")
    )
    _account(withdraw)


def _line(parser: Parser) -> None:
    parser.add_argument("line", metavar="LINE", help=_("number of a bank line"))


def _add_matching(bank: Area) -> None:
    listed = bank.verb("lines", "bank:list_lines", _("list the lines of the bank"))
    _account(listed, required=False)
    listed.add_argument(
        "--state", metavar="S", default="", help=_("open, matched, aside or doubtful")
    )
    matched = bank.verb(
        "match", "bank:match", _("match a bank line with entries of the same amount"),
        example="ledger bank match 7 JNL-2026-00042\nledger bank match 1 --through 2025-12-31",
    )  # fmt: skip
    _line(matched)
    matched.add_argument("entries", metavar="ENTRY", nargs="*")
    matched.add_argument("--through", metavar="D", default="",
                         help=_("with all open entries up to a day as well"))  # fmt: skip
    matched.add_argument("--line-too", metavar="LINE", action="append", default=[],
                         help=_("a further bank line of the same entry"))  # fmt: skip
    _line(bank.verb("unmatch", "bank:unmatch", _("take a match apart; the entries stay")))
    new = bank.verb(
        "new", "bank:new", _("post the entry that a bank line lacks, and match both"),
        example="ledger bank new 7 --against Expenses:Fees\n"
                'ledger bank new 7 --against "Expenses:Fees  2.50 USD" Expenses:Rent',
    )  # fmt: skip
    new.dashes = True
    _line(new)
    new.add_argument(
        "--against", metavar="ACCOUNT", action="append", required=True,
        help=_("the other side; several with amounts, one may be left out"),
    )  # fmt: skip
    new.add_argument("more", metavar="ACCOUNT", nargs="*")
    new.add_argument("--description", metavar="S", default="", help=_("by default the bank's"))
    new.add_argument("--payee", metavar="WHO", default="")
    new.add_argument("--date", metavar="D", default="", help=_("by default the bank's"))
    accept = bank.verb(
        "accept", "bank:accept", _("match all that is certain: equal amount and reference")
    )
    _account(accept)
    _add_deciding(bank)


def _add_deciding(bank: Area) -> None:
    aside = bank.verb(
        "aside", "bank:aside", _("let lines of the bank count in no balance, and say why"),
        example='ledger bank aside 7 --reason "charged back by the bank"',
    )  # fmt: skip
    keep = bank.verb("keep", "bank:keep", _("let lines count that seemed to be told twice"))
    for parser in (aside, keep):
        parser.add_argument("lines", metavar="LINE", nargs="+", help=_("number of a bank line"))
    aside.add_argument("--reason", metavar="S", default="",
                       help=_("needed unless the line seems to be told twice"))  # fmt: skip
    bank.verb("undo", "bank:undo", _("take your last act on lines of the bank back"))
    close = bank.verb(
        "close", "bank:close", _("close what is reconciled up to the last balance told")
    )
    _account(close)
    close.add_argument("--at", metavar="D", default="", help=_("day of an earlier statement"))
    back = bank.verb("reopen", "bank:reopen", _("open again what was closed last"))
    _account(back)
    back.add_argument("--reason", metavar="TEXT", required=True)
