"""What can be typed after `boconsole licences`."""

from typing import Any

from boconsole.doors.arguments import Area, Parser
from boconsole.language import _


def add(areas: Any) -> None:  # Any: argparse's own
    """Add the area."""
    area = Area(areas, "licences", _("software: licences, seats, installations"))
    _add_licences(area)
    _add_seats(area)
    _add_products(area)
    _add_files(area)


def _add_licences(area: Area) -> None:
    new = area.verb(
        "new", "licences:new", _("add a licence"),
        example='licences new --product "Photo Studio" --seats 25 --cost "1200 USD" '
                "--ends 2027-03-31",
    )  # fmt: skip
    _terms(new, needed=True)
    edit = _number(area.verb(
        "edit", "licences:edit", _("change a licence"),
        example='licences edit LIC-0007 --seats 30\nlicences edit LIC-0007 --ends ""',
    ))  # fmt: skip
    _terms(edit, needed=False)
    listed = area.verb(
        "list",
        "licences:list_licences",
        _("list licences with seats, used and free"),
        example="licences list\nlicences list is:warned\nlicences list ends:<30d sort:ends",
    )
    listed.add_argument("query", metavar="QUERY", nargs="*")
    _number(area.verb("show", "licences:show", _("show a licence and who has its seats")))
    retire = _number(area.verb("retire", "licences:retire", _("take a licence out of use")))
    retire.add_argument("--back", action="store_true", help=_("into use again"))
    key = _number(area.verb(
        "key", "licences:key", _("show the key of a licence; the look is audited"),
        example="licences key LIC-0007\nlicences key LIC-0007 --set",
    ))  # fmt: skip
    key.add_argument("--set", action="store_true", help=_("read a new key from standard input"))
    area.verb("check", "licences:check", _("prove that counts and seats agree"))


def _add_seats(area: Area) -> None:
    assign = _number(area.verb(
        "assign", "licences:assign", _("give a seat to a person or an asset"),
        example="licences assign LIC-0007 ann@example.com\nlicences assign LIC-0007 AST-0012",
    ))  # fmt: skip
    assign.add_argument("to", metavar="TO", help=_("a mail address, a name, or an asset's tag"))
    assign.add_argument("--note", metavar="TEXT", default="")
    release = _number(area.verb("release", "licences:release", _("take a seat back")))
    release.add_argument("to", metavar="TO", help=_("who or what has it"))


def _add_products(area: Area) -> None:
    products = area.verb(
        "products", "licences:list_products",
        _("list products: bought, used, free; over-use first"),
        example="licences products\nlicences products state:over",
    )  # fmt: skip
    products.add_argument("query", metavar="QUERY", nargs="*")
    product = area.verb(
        "product", "licences:show_product", _("show a product and where it is installed")
    )
    product.add_argument("name", metavar="PRODUCT")
    install = area.verb(
        "install", "licences:install", _("say that a product is on an asset"),
        example='licences install "Photo Studio" AST-0012 --release 4.1',
    )  # fmt: skip
    remove = area.verb("remove", "licences:remove", _("say that it is there no more"))
    for parser in (install, remove):
        parser.add_argument("name", metavar="PRODUCT")
        parser.add_argument("asset", metavar="ASSET")
        parser.add_argument("--date", metavar="DAY", default="")
    install.add_argument("--release", metavar="VERSION", default="")


def _add_files(area: Area) -> None:
    files_in = area.verb(
        "import", "licences:import_licences", _("take licences in from a file by a map"),
        example="licences import licenses.csv --map snipe_it_licences --dry-run",
    )  # fmt: skip
    importing(files_in)
    out = area.verb(
        "export", "licences:export", _("write licences to a .csv or .json file, without keys"),
        example="licences export licences.csv\nlicences export state:ending ending.json",
    )  # fmt: skip
    out.add_argument("words", metavar="[QUERY] FILE", nargs="+")


def importing(parser: Parser, *, usual: str = "") -> None:
    """Add the arguments of an import; a map has to be named unless there is a usual one."""
    parser.add_argument("file", metavar="FILE")
    parser.add_argument("--map", metavar="MAP", required=not usual, default=usual,
                        help=_("a TOML file, or the name of a map that comes along"))  # fmt: skip
    parser.add_argument("--dry-run", action="store_true", help=_("check and write nothing"))
    parser.add_argument("--refused", metavar="FILE", help=_("where refused rows go"))


def _number(parser: Parser) -> Parser:
    parser.add_argument("number", metavar="NUMBER", help=_("LIC-0007 or its digits"))
    return parser


def _terms(parser: Parser, *, needed: bool) -> None:
    parser.add_argument("--product", metavar="NAME", required=needed)
    parser.add_argument("--seats", metavar="N")
    parser.add_argument("--kind", metavar="K", help="perpetual, subscription, trial, free")
    parser.add_argument("--reassignable", metavar="yes|no")
    parser.add_argument("--cost", metavar="AMOUNT", help=_("of all seats, such as 480 USD"))
    parser.add_argument("--bought", metavar="DAY")
    parser.add_argument("--ends", metavar="DAY", help=_("the last day on which it may be used"))
    parser.add_argument("--maintained-until", metavar="DAY", help=_("when maintenance ends"))
    parser.add_argument("--warn", metavar="DAYS", help=_("how long before an end it is told"))
    for name in ("maker", "category", "licensed-to", "licensed-email", "company", "supplier",
                 "purchase-order", "order-number", "note"):  # fmt: skip
        parser.add_argument(f"--{name}", metavar="TEXT")
