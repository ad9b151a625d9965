"""What can be typed after `boconsole stocktake`."""

from typing import Any

from boconsole.doors.arguments import Area, Parser, verb
from boconsole.language import _


def add(areas: Any) -> None:  # Any: argparse's own
    """Add the area, and the calendar of what ends."""
    ending = verb(
        areas, "ending", "endings:list_endings",
        _("list what ends: licences, maintenance, warranties, loans"),
        example="ending\nending --days 365 what:warranty",
    )  # fmt: skip
    ending.add_argument("query", metavar="QUERY", nargs="*")
    ending.add_argument("--days", metavar="N", default="90", help=_("how far ahead (90)"))
    area = Area(areas, "stocktake", _("count assets by scanning their tags"))
    opened = area.verb(
        "open", "stocktakes:open_one", _("open a stocktake of places or categories"),
        example='stocktake open "Floor 3, May" --place "Jakarta / Floor 3"\n'
                "stocktake open Laptops --category Laptops",
    )  # fmt: skip
    opened.add_argument("name", metavar="NAME")
    opened.add_argument("--place", metavar="PLACE", action="append", default=[])
    opened.add_argument("--category", metavar="NAME", action="append", default=[])
    scan = _number(area.verb(
        "scan", "stocktakes:scan", _("say which tags were seen, or read them from a scanner"),
        example='stocktake scan CNT-3 AST-0012 AST-0013 --place "Floor 3"\n'
                "stocktake scan CNT-3",
    ))  # fmt: skip
    scan.add_argument("tags", metavar="TAG", nargs="*")
    scan.add_argument("--place", metavar="PLACE", default="", help=_("where they were seen"))
    area.verb("list", "stocktakes:list_stocktakes", _("list stocktakes, newest first"))
    show = _number(area.verb("show", "stocktakes:show", _("show what was found and is missing")))
    show.add_argument("--state", metavar="S", default="",
                      help="missing, found, misplaced, unexpected, unknown")  # fmt: skip
    close = _number(area.verb(
        "close", "stocktakes:close", _("close a stocktake and mend what differs"),
        example="stocktake close CNT-3 --move\nstocktake close CNT-3 --lost AST-0012",
    ))  # fmt: skip
    close.add_argument("--move", action="store_true",
                       help=_("misplaced assets belong where they were seen"))  # fmt: skip
    close.add_argument("--lost", metavar="TAG", action="append", default=[],
                       help=_("mark a missing asset lost; `all` marks all of them"))  # fmt: skip


def _number(parser: Parser) -> Parser:
    parser.add_argument("number", metavar="NUMBER", help=_("CNT-0007 or its digits"))
    return parser
