"""What can be typed after `boconsole documents`."""

from typing import Any

from boconsole.doors.arguments import Area, Parser
from boconsole.language import _


def add(areas: Any) -> None:  # Any: argparse's own
    """Add the area of documents."""
    documents = Area(areas, "documents", _("documents, their versions, approval and retention"))
    _add_writing(documents)
    _add_reading(documents)
    _add_reviewing(documents)
    _add_classes(documents)


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
