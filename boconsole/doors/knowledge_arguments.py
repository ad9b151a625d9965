"""What can be typed after `boconsole knowledge`."""

from typing import Any

from boconsole.doors import attachment_arguments
from boconsole.doors.arguments import Area, Parser
from boconsole.language import _


def add(areas: Any) -> None:  # Any: argparse's own
    """Add the area of articles."""
    area = Area(areas, "knowledge", _("articles of the knowledge base, their versions and reviews"))
    _add_writing(area)
    _add_reading(area)
    _add_reviewing(area)
    _add_using(area)
    _add_folders(area)
    attachment_arguments.add(area, "knowledge", "KB-3")


def _number(parser: Parser) -> Parser:
    parser.add_argument("number", metavar="NUMBER", help=_("KB-3 or 3"))
    return parser


def _numbers(parser: Parser) -> Parser:
    parser.add_argument("numbers", metavar="NUMBER", nargs="+", help=_("KB-3 or 3"))
    return parser


def _query(parser: Parser) -> Parser:
    parser.dashes = True
    parser.add_argument(
        "query", nargs="*", metavar="QUERY", help=_("words and terms of the query language")
    )
    return parser


def _fields(parser: Parser) -> None:
    parser.add_argument("--title", metavar="TEXT")
    parser.add_argument("--body", metavar="TEXT", help=_("Markdown; - reads stdin"))
    parser.add_argument("--audience", metavar="WORD", help=_("internal or public"))
    parser.add_argument("--category", metavar="PATH", help=_("a node of the category tree"))
    parser.add_argument("--tags", metavar="A,B", help=_("words that group articles"))
    parser.add_argument("--note", metavar="TEXT", default="", help=_("what was changed"))


def _add_writing(area: Area) -> None:
    new = area.verb(
        "new", "knowledge:new", _("begin an article, or make a draft of what solved a ticket"),
        example='knowledge new --title "VPN drops" --body "Set the timeout." --audience public\n'
                "knowledge new --from-ticket TKT-42",
    )  # fmt: skip
    _fields(new)
    new.add_argument("--from-ticket", metavar="TKT", default="", help=_("a solved ticket"))
    edit = _number(area.verb(
        "edit", "knowledge:edit", _("change an article; another text is a new version"),
        example='knowledge edit KB-3 --body - --note "shorter"\n'
                "knowledge edit KB-3 --tags vpn,remote",
    ))  # fmt: skip
    _fields(edit)
    edit.add_argument(
        "--if-version", metavar="N", help=_("refuse when somebody changed it since version N")
    )
    restore = _number(area.verb(
        "restore", "knowledge:restore", _("write an earlier version again, as a new one"),
        example="knowledge restore KB-3 --version 2",
    ))  # fmt: skip
    restore.add_argument("--version", metavar="N", required=True, dest="text_version")


def _add_reading(area: Area) -> None:
    for name, command, told in (
        ("list", "knowledge:list_articles", _("list articles")),
        ("search", "knowledge:search", _("list the articles that fit best, published ones")),
    ):
        listed = _query(area.verb(
            name, command, told,
            example=f"knowledge {name} vpn timeout\n"
                    f"knowledge {name} category:network tag:vpn author:me",
        ))  # fmt: skip
        listed.add_argument("--limit", metavar="N")
        listed.add_argument("--after", metavar="CURSOR", default="", help=_("go on from there"))
    show = _number(area.verb("show", "knowledge:show", _("show an article")))
    show.add_argument("--version", metavar="N", dest="text_version",
                      help=_("by default what is published"))  # fmt: skip
    _number(area.verb("versions", "knowledge:versions", _("list the versions of an article")))
    diff = _number(area.verb(
        "diff", "knowledge:diff", _("tell what two versions differ in, by lines and words"),
        example="knowledge diff KB-3 --from 2 --to 4",
    ))  # fmt: skip
    diff.add_argument("--from", metavar="N", dest="old", help=_("by default the one before"))
    diff.add_argument("--to", metavar="N", dest="new", help=_("by default the last one"))


def _add_reviewing(area: Area) -> None:
    _numbers(area.verb("submit", "knowledge_reviews:submit", _("hand drafts over to a review")))
    _numbers(area.verb(
        "publish", "knowledge_reviews:publish", _("let readers have it; not by who wrote it"),
        example="knowledge publish KB-3 KB-4",
    ))  # fmt: skip
    back = _numbers(
        area.verb("return", "knowledge_reviews:send_back", _("give it back to its author"))
    )
    back.add_argument("--reason", metavar="TEXT", required=True)
    _numbers(area.verb("archive", "knowledge_reviews:archive", _("take articles out of use")))
    area.verb("undo", "knowledge_reviews:undo", _("take back where you sent articles last"))
    review = _numbers(area.verb(
        "review", "knowledge_reviews:review", _("say that it still holds; sets the next review"),
        example="knowledge review KB-3\nknowledge review KB-3 --until 2027-01-31",
    ))  # fmt: skip
    review.add_argument("--until", metavar="D", default="", help=_("the day of the next review"))
    interval = area.verb(
        "interval", "knowledge_reviews:interval",
        _("list or set the months between reviews by category"),
        example='knowledge interval\nknowledge interval "Network / VPN" 6',
    )  # fmt: skip
    interval.add_argument("category", metavar="PATH", nargs="?")
    interval.add_argument("months", metavar="MONTHS", nargs="?", help=_("0 forgets it"))


def _add_using(area: Area) -> None:
    link = _number(area.verb(
        "link", "knowledge_reviews:link", _("say that an article was used for a ticket"),
        example="knowledge link KB-3 TKT-42\nknowledge link KB-3 TKT-42 --remove",
    ))  # fmt: skip
    link.add_argument("ticket", metavar="TKT")
    link.add_argument("--remove", action="store_true", help=_("take it from the ticket"))
    propose = area.verb(
        "propose", "knowledge_reviews:propose", _("list the articles that fit a ticket or a text"),
        example='knowledge propose TKT-42\nknowledge propose "printer is out of toner"',
    )  # fmt: skip
    propose.add_argument("text", metavar="TEXT")
    helped = _number(
        area.verb("helped", "knowledge_reviews:helped", _("say that an article helped"))
    )
    helped.add_argument("--no", action="store_true", help=_("it did not help"))


def _add_folders(area: Area) -> None:
    load = area.verb(
        "import", "knowledge_reviews:load", _("take in a folder of Markdown files, each once"),
        example="knowledge import ./articles --dry-run\nknowledge import ./articles --create",
    )  # fmt: skip
    load.add_argument("folder", metavar="FOLDER")
    load.add_argument("--create", action="store_true", help=_("make categories that are missing"))
    load.add_argument("--dry-run", action="store_true", help=_("only tell what would happen"))
    save = area.verb(
        "export", "knowledge_reviews:save", _("write articles into a folder of Markdown files"),
        example="knowledge export ./articles\nknowledge export ./articles is:public --replace",
    )  # fmt: skip
    save.add_argument("folder", metavar="FOLDER")
    _query(save)
    save.add_argument("--replace", action="store_true", help=_("write over files that are there"))
