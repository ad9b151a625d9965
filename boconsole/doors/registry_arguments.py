"""What can be typed after `boconsole documents` and `boconsole contracts`."""

from typing import Any

from boconsole.doors.arguments import Area, Parser
from boconsole.language import _


def add(areas: Any) -> None:  # Any: argparse's own
    """Add the areas of documents and of contracts."""
    documents = Area(areas, "documents", _("documents, their versions, approval and retention"))
    _add_writing(documents)
    _add_reading(documents)
    _add_reviewing(documents)
    _add_classes(documents)
    _add_retention(documents)
    _add_links(documents, "documents", "DOC-0001")
    _add_at(documents)
    _add_files(documents)
    contracts = Area(areas, "contracts", _("contracts, their terms, duties and ends"))
    _add_contracts(contracts)
    _add_obligations(contracts)
    _add_links(contracts, "contracts", "CTR-0001")


def _number(parser: Parser) -> Parser:
    parser.add_argument("number", metavar="NUMBER", help=_("DOC-0001 or 1"))
    return parser


def _numbers(parser: Parser) -> Parser:
    parser.add_argument("numbers", metavar="NUMBER", nargs="+", help=_("DOC-0001 or 1"))
    return parser


def _query(parser: Parser) -> Parser:
    parser.dashes = True
    parser.add_argument(
        "query", nargs="*", metavar="QUERY", help=_("words and terms of the query language")
    )
    return parser


def _options(parser: Parser, *options: tuple[str, str, str]) -> None:
    for name, metavar, told in options:
        parser.add_argument(f"--{name}", metavar=metavar, help=told or None)


def _facts(parser: Parser) -> None:
    _options(
        parser, ("title", "TEXT", _("by default the name of the file")),
        ("class", "CODE", _("of the classification tree")),
        ("level", "WORD", _("public, internal, confidential or secret")),
        ("owner", "LOGIN", _("who answers for it")),
        ("readers", "LOGINS", _("who reads it whatever its level")),
        ("counterpart", "NAME", _("an organisation, CON-12, or a mail address")),
        ("contract", "CTR", _("the contract it belongs to")),
        ("reference", "TEXT", _("what others call it")),
        ("value", "AMOUNT", _("with a currency, such as 1200 USD")),
        ("dated", "DAY", _("its date")), ("expires", "DAY", _("its last day")),
        ("review", "DAY", _("when somebody is to look at it again")),
        ("tags", "A,B", _("words that group documents")), ("note", "TEXT", ""),
    )  # fmt: skip


def _add_writing(area: Area) -> None:
    new = area.verb(
        "add", "documents:add", _("add a document, or a version of one that is there"),
        example="documents add lease.pdf --class 2.1 --counterpart Acme --dated 2026-01-31\n"
                'documents add lease-2027.pdf --to DOC-0001 --note "new rent"',
    )  # fmt: skip
    new.add_argument("file", metavar="FILE", nargs="?", default="")
    new.add_argument("--to", metavar="DOC", default="", help=_("the document of which it is"))
    _facts(new)
    edit = _number(area.verb("edit", "documents:edit", _("change what is known of a document"),
                             example="documents edit DOC-0001 --expires 2027-01-31"))  # fmt: skip
    _facts(edit)
    edit.add_argument(
        "--if-version", metavar="N", help=_("refuse when somebody changed it since version N")
    )


def _add_reading(area: Area) -> None:
    for name, command, told in (
        ("list", "documents:list_documents", _("list documents")),
        ("search", "documents:search", _("list documents with words of their text around them")),
    ):
        listed = _query(area.verb(
            name, command, told,
            example=f"documents {name} warehouse lease\n"
                    f"documents {name} class:2 level:internal expires:<90d",
        ))  # fmt: skip
        listed.add_argument("--limit", metavar="N")
        listed.add_argument("--after", metavar="CURSOR", default="", help=_("go on from there"))
    _number(area.verb("show", "documents:show", _("show a document with all of its versions")))
    area.verb("read", "documents:read", _("read the text of files that nobody read yet"))
    text = _number(area.verb("text", "documents:text", _("show what was read of a file")))
    save = _number(area.verb("save", "documents:save", _("write a version into a file"),
                             example="documents save DOC-0001 --output lease.pdf"))  # fmt: skip
    for parser in (text, save):
        parser.add_argument("--version", metavar="N", dest="file_version",
                            help=_("by default the last one"))  # fmt: skip
    save.add_argument("--output", metavar="FILE", default="",
                      help=_("where to; by default its own name"))  # fmt: skip


def _add_reviewing(area: Area) -> None:
    submit = _numbers(area.verb(
        "submit", "document_reviews:submit", _("hand drafts over to be approved by others"),
        example="documents submit DOC-0001 --reviewers ann,bob --in-order",
    ))  # fmt: skip
    submit.add_argument("--reviewers", metavar="LOGINS", required=True)
    submit.add_argument("--in-order", action="store_true", help=_("one after the other"))
    approve = _numbers(area.verb("approve", "document_reviews:approve",
                                 _("approve documents as one who was asked")))  # fmt: skip
    approve.add_argument("--comment", metavar="TEXT", default="")
    back = _numbers(area.verb("refuse", "document_reviews:refuse",
                              _("give documents back to their authors")))  # fmt: skip
    back.add_argument("--reason", metavar="TEXT", required=True)
    _numbers(area.verb("take-back", "document_reviews:take_back",
                       _("take documents back from a review, or into use again")))  # fmt: skip
    over = _number(area.verb("supersede", "document_reviews:supersede",
                             _("say that another document takes its place")))  # fmt: skip
    over.add_argument("--by", metavar="DOC", required=True)
    out = _numbers(area.verb("withdraw", "document_reviews:withdraw",
                             _("take documents out of use")))  # fmt: skip
    out.add_argument("--reason", metavar="TEXT", required=True)
    area.verb("waiting", "document_reviews:waiting", _("list what waits for your approval"))


def _add_classes(area: Area) -> None:
    listed = area.verb(
        "classes", "documents:classes",
        _("show the classification tree, add or change a class, or take in a ready-made one"),
        example="documents classes\ndocuments classes --ready-made\n"
                'documents classes 2.1 --name Leases --parent 2 --keep 10y --from expires',
    )  # fmt: skip
    listed.add_argument("code", metavar="CODE", nargs="?", default="")
    listed.add_argument("--ready-made", action="store_true",
                        help=_("add the small scheme that comes with the program"))  # fmt: skip
    _options(
        listed, ("name", "TEXT", ""), ("parent", "CODE", _("the class above")),
        ("keep", "SPAN", _("how long, such as 10y; forever; - as the class above")),
        ("from", "WORD", _("dated, expires, approved, closed or created")),
        ("then", "WORD", _("destroy or review")), ("why", "TEXT", _("the law or policy")),
    )  # fmt: skip


def _add_retention(area: Area) -> None:
    due = area.verb(
        "destroy-due", "document_retention:destroy_due",
        _("list what may be destroyed, propose it, or confirm what somebody else proposed"),
        example="documents destroy-due\n"
                'documents destroy-due DOC-0003 DOC-0004 --propose --reason "kept long enough"\n'
                "documents destroy-due --confirm DST-0001 --protocol protocol.pdf",
    )  # fmt: skip
    due.add_argument("numbers", metavar="NUMBER", nargs="*", help=_("DOC-0001 or 1"))
    due.add_argument("--within", metavar="SPAN", default="", help=_("also what is due by then"))
    due.add_argument("--undated", action="store_true",
                     help=_("what has no date to count from, and what to fill in"))  # fmt: skip
    due.add_argument("--propose", action="store_true", help=_("these, or all that are listed"))
    due.add_argument("--reason", metavar="TEXT", default="")
    due.add_argument("--confirm", metavar="DST", default="",
                     help=_("destroy what somebody else proposed"))  # fmt: skip
    due.add_argument("--refuse", metavar="DST", default="", help=_("keep it, with a reason"))
    due.add_argument("--protocol", metavar="FILE", default="",
                     help=_("write what was destroyed, as PDF, CSV or JSON"))  # fmt: skip
    listed = area.verb("destructions", "document_retention:destructions",
                       _("list what was proposed and destroyed, or write a protocol"),
                       example="documents destructions DST-0001 --protocol all.csv")  # fmt: skip
    listed.add_argument("number", metavar="DST", nargs="?", default="")
    listed.add_argument("--protocol", metavar="FILE", default="", help=_("PDF, CSV or JSON"))
    keep = _number(area.verb("keep", "document_retention:keep",
                             _("keep a document longer than its rule says")))  # fmt: skip
    keep.add_argument("--until", metavar="DAY", required=True)
    keep.add_argument("--reason", metavar="TEXT", required=True)
    hold = _numbers(area.verb(
        "hold", "document_retention:hold", _("put documents under a legal hold, or end it"),
        example='documents hold DOC-0003 --matter "Acme 2026-14" --reason "Claim of 3 May"\n'
                'documents hold DOC-0003 --release --reason "settled"',
    ))  # fmt: skip
    _options(hold, ("matter", "TEXT", _("the case")), ("until", "DAY", _("its last day")))
    hold.add_argument("--reason", metavar="TEXT", required=True)
    hold.add_argument("--release", action="store_true", help=_("end it"))


def _add_links(area: Area, kind: str, number: str) -> None:
    linked = _number(area.verb(
        "link", "registry_links:link", _("link it to a record, list its links, or take one away"),
        example=f"{kind} link {number} TKT-42\n{kind} link {number} AST-0007 --remove",
    ))  # fmt: skip
    linked.add_argument("other", metavar="RECORD", nargs="?", default="",
                        help=_("TKT-42, AST-0007, EMP-0001, PRJ-0001, an invoice"))  # fmt: skip
    linked.add_argument("--remove", action="store_true", help=_("take the link away"))


def _add_at(area: Area) -> None:
    there = area.verb("at", "registry_links:at", _("list the documents and contracts at a record"),
                      example="documents at TKT-42")  # fmt: skip
    there.add_argument("record", metavar="RECORD",
                       help=_("TKT-42, AST-0007, EMP-0001, PRJ-0001, an invoice"))  # fmt: skip


def _add_files(area: Area) -> None:
    load = area.verb("import", "registry_files:load", _("take in a register from a table by a map"),
                     example="documents import register.csv --dry-run")  # fmt: skip
    load.add_argument("file", metavar="FILE")
    load.add_argument("--map", metavar="MAP", default="boconsole_documents",
                      help=_("which column becomes which field"))  # fmt: skip
    load.add_argument("--dry-run", action="store_true", help=_("only tell what would happen"))
    load.add_argument("--refused", metavar="FILE", default="", help=_("where refused rows go"))
    save = area.verb("export", "registry_files:save", _("write the register into a table"),
                     example="documents export class:2 register.csv")  # fmt: skip
    save.dashes = True
    save.add_argument("words", nargs="+", metavar="WORD", help=_("a query, then the file"))


# Contracts


def _contract(parser: Parser) -> Parser:
    parser.add_argument("number", metavar="NUMBER", help=_("CTR-0001 or 1"))
    return parser


def _contract_facts(parser: Parser) -> None:
    _options(
        parser,
        ("kind", "WORD", _("service, purchase, sale, lease, insurance, licence, loan, …")),
        ("owner", "LOGIN", _("who answers for it")),
        ("counterpart", "NAME", _("an organisation, CON-12, or a mail address")),
        ("reference", "TEXT", _("what others call it")), ("signed", "DAY", ""),
        ("start", "DAY", _("its first day")), ("end", "DAY", _("its last day")),
        ("notice", "SPAN", _("how long before its end notice is given, such as 3m or 90d")),
        ("renewal", "WORD", _("none, automatic or decision")),
        ("renewal-term", "SPAN", _("how long the next term is, such as 1y")),
        ("value", "AMOUNT", _("with a currency, such as 1200 USD")),
        ("every", "WORD", _("what the value is for: term, year, quarter or month")),
        ("note", "TEXT", ""),
    )  # fmt: skip


def _add_contracts(area: Area) -> None:
    new = area.verb(
        "new", "contracts:new", _("begin a contract"),
        example='contracts new "Cleaning" --counterpart Acme --end 2027-12-31 --notice 3m'
                ' --renewal automatic --renewal-term 1y --value "900 USD" --every month',
    )  # fmt: skip
    new.add_argument("title", metavar="TITLE")
    _contract_facts(new)
    new.add_argument("--draft", action="store_true", help=_("not in force yet"))
    listed = _query(area.verb("list", "contracts:list_contracts", _("list contracts"),
                              example="contracts list renewal:automatic end:<90d"))  # fmt: skip
    listed.add_argument("--limit", metavar="N")
    _contract(area.verb("show", "contracts:show", _("show a contract with its terms and duties")))
    edit = _contract(area.verb("edit", "contracts:edit", _("change a contract and its last term"),
                               example="contracts edit CTR-0001 --notice 6m"))  # fmt: skip
    edit.add_argument("--title", metavar="TEXT")
    _contract_facts(edit)
    edit.add_argument("--state", metavar="WORD", help=_("draft or active"))
    edit.add_argument(
        "--if-version", metavar="N", help=_("refuse when somebody changed it since version N")
    )
    renew = _contract(area.verb(
        "renew", "contracts:renew", _("let a contract go on for another term"),
        example='contracts renew CTR-0001 --months 1y --value "950 USD"',
    ))  # fmt: skip
    _options(
        renew, ("months", "SPAN", _("how long, such as 1y; by default as agreed")),
        ("value", "AMOUNT", ""), ("every", "WORD", ""), ("notice", "SPAN", ""),
        ("renewal", "WORD", _("none, automatic or decision")), ("note", "TEXT", ""),
    )  # fmt: skip
    end = _contract(area.verb(
        "terminate", "contracts:terminate", _("give notice of a contract"),
        example='contracts terminate CTR-0001 --reason "too dear"',
    ))  # fmt: skip
    end.add_argument("--on", metavar="DAY", help=_("its last day; by default the earliest"))
    end.add_argument("--reason", metavar="TEXT", required=True)
    end.add_argument("--agreed", action="store_true",
                     help=_("the other side agreed, or there is a cause"))  # fmt: skip
    ahead = area.verb("expiring", "contracts:expiring",
                      _("list contracts that end, or of which notice is due, within some time"),
                      example="contracts expiring --within 90d --json")  # fmt: skip
    ahead.add_argument("--within", metavar="SPAN", default="90d", help=_("90d, 3m or 1y"))
    area.verb("undo", "contracts:undo", _("take back your last change of a contract"))


def _add_obligations(area: Area) -> None:
    duty = area.verb(
        "duty", "contracts:duty", _("list duties, add one to a contract, or close one"),
        example='contracts duty CTR-0001 --title "Send the report" --due 2026-12-31 --every 3m\n'
                "contracts duty --done 4",
    )  # fmt: skip
    duty.add_argument("number", metavar="NUMBER", nargs="?", default="", help=_("CTR-0001 or 1"))
    _options(
        duty, ("title", "TEXT", ""), ("side", "WORD", _("ours or theirs")),
        ("owner", "LOGIN", ""), ("due", "DAY", ""),
        ("every", "SPAN", _("comes again after, such as 3m")), ("note", "TEXT", ""),
        ("done", "ID", _("the one that is met")), ("drop", "ID", _("the one that is dropped")),
    )  # fmt: skip
