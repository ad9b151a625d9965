"""What can be typed after `boconsole invoices` and `boconsole bills`, and for taxes."""

from typing import Any

from boconsole.doors import attachment_arguments
from boconsole.doors.arguments import Area, Parser
from boconsole.language import _


def add(areas: Any) -> None:  # Any: argparse's own
    """Add the areas of documents."""
    for name, help_text in (
        ("invoices", _("invoices to customers, their credit notes and payments")),
        ("bills", _("bills of suppliers, their credit notes and payments")),
    ):
        area = Area(areas, name, help_text)
        _add_documents(area, name)
        _add_payments(area, name)


def _add_documents(area: Area, name: str) -> None:
    new = area.verb(
        "new", "invoices:new", _("prepare a document, and issue it with --issue"),
        example=f'{name} new --partner "Acme Corp" --date 2026-05-04 --currency USD '
                '"Consulting  10 x 150.00  Income:Sales  VAT"',
    )  # fmt: skip
    new.add_argument("--partner", metavar="NAME", required=True)
    _add_head(new)
    _add_currency(new)
    _add_lines(new)
    edit = _number(area.verb(
        "edit", "invoices:edit", _("change a draft: what is named, and all lines if any is typed"),
        example=f'{name} edit 7 --reference PO-4411 "Consulting  12 h x 150.00  Income:Sales"',
    ))  # fmt: skip
    edit.add_argument("--partner", metavar="NAME", default="")
    _add_head(edit, terms="", issue=False)
    _add_currency(edit)
    _add_lines(edit)
    area.verb("undo-draft", "invoices:undo", _("take back your last edit or deletion of drafts"))
    contact = area.verb(
        "contact", "invoices:contact", _("show or set what documents print of a partner"),
        example=f'{name} contact "Acme Corp" --address "Dam 1\\nAmsterdam" --tax-number NL12',
    )  # fmt: skip
    contact.add_argument("name", metavar="NAME")
    contact.add_argument("--address", metavar="TEXT", help=_("\\n begins a line"))
    contact.add_argument("--tax-number", metavar="N")
    credit = _number(area.verb("credit", "invoices:credit", _("prepare a credit note, of all")))
    _add_head(credit)
    _add_lines(credit)
    for verb, help_text in (
        ("issue", _("issue a draft: it gets its number and is booked")),
        ("approve", _("approve a draft of somebody else")),
        ("delete", _("throw a draft away")),
        ("show", _("show a document")),
    ):
        _number(area.verb(verb, f"invoices:{verb}", help_text))
    attachment_arguments.add(
        area, name, "INV-2026-00042" if name == "invoices" else "BIL-2026-00042"
    )
    printed = _number(area.verb(
        "pdf", "invoices:print_document", _("write a document as PDF, to send it"),
        example=f"{name} pdf INV-2026-00042 --language id --output invoice.pdf",
    ))  # fmt: skip
    printed.add_argument(
        "--output", metavar="FILE", default="",
        help=_("by default the number with .pdf; written anew if there"),
    )  # fmt: skip
    printed.add_argument("--language", metavar="L", default="",
                         help=_("en or id; by default that of the interface"))  # fmt: skip
    _add_list(area, name)


def _add_list(area: Area, name: str) -> None:
    listed = area.verb(
        "list", "invoices:list_documents",
        _("list the documents that a query finds, the newest first"),
        example=f"{name} list is:overdue sort:due\n{name} list state:open contact:acme",
    )  # fmt: skip
    listed.add_argument(
        "query", metavar="QUERY", nargs="*", help=_("a filter line; by default all")
    )
    listed.add_argument("--limit", metavar="N", default="")
    listed.add_argument("--after", metavar="CURSOR", default="",
                        help=_("continue where a page ended"))  # fmt: skip


def _add_head(parser: Parser, terms: str = "30", *, issue: bool = True) -> None:
    parser.add_argument("--date", metavar="D", default="", help=_("by default today"))
    parser.add_argument("--due", metavar="D", default="")
    parser.add_argument("--terms", metavar="DAYS", default=terms, help=_("days until it is due"))
    parser.add_argument("--reference", metavar="R", default="", help=_("number of the other side"))
    parser.add_argument("--note", metavar="TEXT", default="")
    if issue:
        parser.add_argument("--issue", action="store_true", help=_("issue it at once"))


def _add_currency(parser: Parser) -> None:
    for name, metavar, help_text in (
        ("--currency", "C", _("by default that of the prices, or the reporting currency")),
        ("--rate", "R", _("what one unit of the currency is worth, such as 1.0832")),
    ):
        parser.add_argument(name, metavar=metavar, default="", help=help_text)


def _add_lines(parser: Parser) -> None:
    parser.add_argument(
        "lines", metavar="LINE", nargs="*",
        help=_("text, quantity unit x price -discount%%, account and taxes, two blanks between"),
    )  # fmt: skip


def _number(parser: Parser) -> Parser:
    parser.add_argument("number", metavar="NUMBER", help=_("INV-2026-00042, or the id of a draft"))
    return parser


def _add_payments(area: Area, name: str) -> None:
    pay = area.verb(
        "pay", "payments:pay", _("book a payment; the oldest due is settled first"),
        example=f"{name} pay INV-2026-00042 --account Assets:Bank\n"
                f'{name} pay INV-2026-00042=25.00 --amount "40.00 USD" --account Assets:Bank',
    )  # fmt: skip
    pay.add_argument("documents", metavar="NUMBER[=AMOUNT]", nargs="*")
    pay.add_argument("--account", metavar="A", required=True, help=_("bank or cash"))
    _add_settled(pay)
    pay.add_argument("--paid", metavar="AMOUNT", default="",
                     help=_("what went through the bank, in another currency"))  # fmt: skip
    pay.add_argument("--rate", metavar="R", default="")
    pay.add_argument("--write-off", metavar="X", default="", dest="written_off")
    pay.add_argument("--write-off-to", metavar="A", default="", dest="write_off_account")
    pay.add_argument("--reason", metavar="TEXT", default="")
    pay.add_argument("--refund", action="store_true", help=_("money goes the other way"))
    offset = area.verb("offset", "payments:offset", _("set credits of a partner against documents"))
    offset.add_argument("documents", metavar="NUMBER[=AMOUNT]", nargs="*")
    _add_settled(offset)
    undo = _payment(area.verb("undo", "payments:undo", _("undo a payment; all is open again")))
    undo.add_argument("--date", metavar="D", default="", help=_("by default today"))
    undo.add_argument("--reason", metavar="TEXT", default="")
    _payment(area.verb("approve-payment", "payments:approve",
                       _("approve a payment, or its undoing, of somebody else")))  # fmt: skip
    _payment(area.verb("post-payment", "payments:post", _("post a payment that waited")))
    _payment(area.verb("delete-payment", "payments:delete", _("throw a waiting payment away")))
    listed = area.verb("payments", "payments:list_payments", _("list payments, the newest first"))
    listed.add_argument("--limit", metavar="N", default="")
    told = area.verb(
        "statement", "open_items:statement", _("the statement of account of a contact"),
        example=f'{name} statement "Acme Corp" --from 2026-01-01 --to 2026-04-30\n'
                f'{name} statement "Acme Corp" --output acme.pdf',
    )  # fmt: skip
    told.add_argument("contact", metavar="CONTACT", help=_("the name of the organisation"))
    told.add_argument("--from", metavar="D", default="", dest="starts",
                      help=_("by default the beginning"))  # fmt: skip
    told.add_argument("--to", metavar="D", default="", dest="ends", help=_("by default today"))
    _add_file(told)


def _add_settled(parser: Parser) -> None:
    parser.add_argument("--amount", metavar="AMOUNT", default="",
                        help=_("such as 40.00 USD; by default all of the documents"))  # fmt: skip
    parser.add_argument("--partner", metavar="NAME", default="",
                        help=_("where no document is named"))  # fmt: skip
    parser.add_argument("--date", metavar="D", default="", help=_("by default today"))
    parser.add_argument("--reference", metavar="R", default="")


def _add_file(parser: Parser) -> None:
    parser.add_argument("--values", action="store_true",
                        help=_("at book value, in the reporting currency"))  # fmt: skip
    parser.add_argument("--output", metavar="FILE", default="",
                        help=_("write .csv, .xlsx or .pdf; written anew if there"))  # fmt: skip


def _payment(parser: Parser) -> Parser:
    parser.add_argument("number", metavar="PAYMENT", help=_("RCP-2026-00042, or the id of a draft"))
    return parser


def add_reports(area: Area) -> None:
    """Add the verbs of `ledger` for open items and taxes."""
    aged = area.verb(
        "aged", "open_items:aged", _("what is open, by days overdue"),
        example="ledger aged receivable --at 2026-04-30\n"
                "ledger aged payable --items --output payables.xlsx",
    )  # fmt: skip
    aged.add_argument("side", metavar="SIDE", help=_("receivable or payable"))
    aged.add_argument("--at", metavar="DATE", default="", help=_("by default today"))
    aged.add_argument("--items", action="store_true", help=_("each document and credit too"))
    _add_file(aged)
    report = area.verb(
        "tax-report", "taxes:tax_report", _("taxes of a time, and that the ledger agrees"),
        example="ledger tax-report --from 2026-04-01 --to 2026-04-30",
    )  # fmt: skip
    report.add_argument("--from", metavar="D", required=True, dest="starts")
    report.add_argument("--to", metavar="D", required=True, dest="ends")
    area.verb("tax-codes", "taxes:list_codes", _("list tax codes with their rates"))
    code = area.verb(
        "tax-code", "taxes:set_code", _("add a tax code, a new rate from a day on, or accounts"),
        example="ledger tax-code VAT --from 2026-01-01 --rate 20 --collected Liabilities:Tax\n"
                "ledger tax-code VAT --deductible \"Assets:Input Tax\"",
    )  # fmt: skip
    code.add_argument("code", metavar="CODE")
    for name, help_text in (
        ("--rate", _("percent, or a sum with --fixed")), ("--from", ""), ("--to", ""),
        ("--factor", _("what part of the price is taxed, such as 11/12")),
        ("--rounding", _("line or document")), ("--mode", _("half-up or down")),
        ("--digits", _("digits behind the point it is rounded to")),
        ("--digits-of", _("in amounts of this currency only")),
        ("--source", _("where the rule stands")),
    ):  # fmt: skip
        code.add_argument(name, metavar="X", default="", help=help_text or None,
                          dest={"--from": "starts", "--to": "ends"}.get(name))  # fmt: skip
    code.add_argument("--fixed", action="store_true", help=_("a sum for each piece"))
    code.add_argument("--included", action="store_true", help=_("prices contain it"))
    code.add_argument("--compound", action="store_true", help=_("later taxes are taken of it too"))
    _accounts(code)
    pack = area.verb("tax-pack", "taxes:add_pack", _("add ready-made tax codes"),
                     example="ledger tax-pack ppn --collected 2121 --deductible 1181")  # fmt: skip
    pack.add_argument("name", metavar="NAME", help=_("ppn or vat"))
    pack.add_argument("--rate", metavar="X", default="20", help=_("of vat"))
    _accounts(pack)


def _accounts(parser: Parser) -> None:
    parser.add_argument("--collected", metavar="A", default="",
                        help=_("account for the tax of sales"))  # fmt: skip
    parser.add_argument("--deductible", metavar="A", default="",
                        help=_("account for the tax of purchases"))  # fmt: skip
