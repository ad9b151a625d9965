"""What can be typed after `boconsole assets`."""

from typing import Any

from boconsole.doors import label_arguments, service_arguments
from boconsole.doors.arguments import Area, Parser
from boconsole.doors.fixed_asset_arguments import add_value
from boconsole.language import N_, _

NEW_OPTIONS = (
    ("--tag", "TAG", N_("else the next one, AST-0007")),
    ("--name", "TEXT", N_("else that of the model")),
    ("--serial", "TEXT", N_("serial number")),
    ("--model", "MODEL", N_("maker and name, or the number")),
    ("--category", "NAME", N_("else that of the model")),
    ("--condition", "WORD", N_("new, good, worn or broken")),
    ("--place", "PLACE", N_("where it belongs: 'Jakarta / Floor 3'")),
    ("--organisation", "NAME", N_("whose it is, where it is not ours")),
    ("--host", "NAME", N_("name on the network")),
    ("--supplier", "NAME", N_("an organisation")),
    ("--order-number", "TEXT", N_("number of the order")),
    ("--bought", "DAY", N_("2026-05-31, 31/5 or -3d")),
    ("--cost", "AMOUNT", N_("as '1299.00 USD'")),
    ("--invoice", "NUMBER", N_("the bill, such as BIL-2026-00042")),
    ("--fixed-asset", "NUMBER", N_("the fixed asset of the books, FA-0007")),
    ("--warranty", "DAY", N_("its last day, or 36mo after it was bought")),
    ("--end-of-life", "DAY", N_("a day, or 4y after it was bought")),
    ("--note", "TEXT", N_("anything else")),
    ("--state", "STATE", N_("ordered, in_stock, in_repair, lost or retired")),
)
WHICH = N_("tag, serial number, host name or address")


def add(areas: Any) -> None:  # Any: argparse's own
    """Add the area of assets."""
    area = Area(areas, "assets", _("hardware and network: who has what, and where"))
    _add_reading(area)
    _add_changing(area)
    _add_lending(area)
    _add_links(area)
    _add_network(area)
    _add_inventory(area)
    _add_setup(area)
    _add_files(area)
    service_arguments.add(area)
    label_arguments.add(area)


def _tag(parser: Parser, name: str = "tag", metavar: str = "TAG") -> None:
    parser.add_argument(name, metavar=metavar, help=_(WHICH))


def _tags(parser: Parser) -> None:
    parser.add_argument("tags", metavar="TAG", nargs="+", help=_(WHICH))


def _query(parser: Parser) -> None:
    parser.dashes = True
    parser.add_argument(
        "query", nargs="*", metavar="QUERY", help=_("words and terms of the query language")
    )


def _add_reading(area: Area) -> None:
    listing = area.verb(
        "list", "assets:list_assets", _("list assets that match a query"),
        example="assets list is:overdue\nassets list category:Laptops no:holder\n"
                "assets list 'warranty:<30d' sort:warranty",
    )  # fmt: skip
    _query(listing)
    listing.add_argument("--limit", metavar="N", help=_("at most so many (50)"))
    listing.add_argument("--after", metavar="CURSOR", help=_("continue where a page ended"))
    listing.add_argument("--view", metavar="NAME", help=_("start with a saved view"))
    _query(area.verb("count", "assets:count", _("count assets that match a query")))
    _tag(area.verb("show", "assets:show", _("show one asset with all that hangs on it")))
    _tag(area.verb("history", "assets:history", _("tell who had an asset")))
    area.verb("check", "asset_proof:check", _("prove that assets agree with the books"))


def _add_changing(area: Area) -> None:
    new = area.verb(
        "new", "assets:new", _("add an asset"),
        example="assets new --model 'ThinkPad T14' --serial PF3ABC12 --bought 2026-01-15 "
                "--cost '1299.00 USD' --warranty 36mo",
    )  # fmt: skip
    for option, metavar, meaning in NEW_OPTIONS:
        new.add_argument(option, metavar=metavar, help=_(meaning))
    new.assigns = True
    new.add_argument("changes", nargs="*", metavar="FIELD=VALUE", help=_("such as cf.ram=16"))
    edit = area.verb(
        "edit", "assets:edit", _("change fields; an empty value clears"),
        example="assets edit AST-0007 place='Jakarta / Store' warranty=2027-05-31 cf.ram=32",
    )  # fmt: skip
    _seen(edit)
    edit.assigns = True
    edit.add_argument("changes", nargs="+", metavar="FIELD=VALUE")
    state = area.verb(
        "state", "assets:state", _("bring an asset into a state"),
        example="assets state AST-0007 in_repair --condition broken",
    )  # fmt: skip
    _seen(state)
    state.add_argument(
        "state", metavar="STATE", help=_("in_stock, in_repair, lost, retired or disposed")
    )
    state.add_argument("--condition", metavar="WORD", help=_("new, good, worn or broken"))
    area.verb("undo", "assets:undo", _("take your last change back"))


def _seen(parser: Parser) -> None:
    _tag(parser)
    parser.add_argument(
        "--if-version", metavar="N", help=_("refuse when somebody changed it since version N")
    )


def _add_lending(area: Area) -> None:
    out = area.verb(
        "check-out", "assets:check_out", _("hand assets out to a person, a place or an asset"),
        example="assets check-out AST-0007 --to ann@example.com --due +14d --accept\n"
                "assets check-out AST-0012 AST-0013 --to 'Jakarta / Meeting room'",
    )  # fmt: skip
    _tags(out)
    out.add_argument(
        "--to", metavar="WHO", required=True, help=_("mail address, name, place or tag")
    )
    out.add_argument("--due", metavar="DAY", help=_("when it is to come back"))
    out.add_argument("--condition", metavar="WORD", help=_("new, good, worn or broken"))
    out.add_argument("--accept", action="store_true", help=_("ask the holder to accept"))
    out.add_argument("--note", metavar="TEXT", help=_("what was said"))
    back = area.verb(
        "check-in", "assets:check_in", _("take assets back"),
        example="assets check-in AST-0007 --condition worn",
    )  # fmt: skip
    _tags(back)
    back.add_argument("--condition", metavar="WORD", help=_("new, good, worn or broken"))
    back.add_argument("--place", metavar="PLACE", help=_("where it is put"))
    back.add_argument("--note", metavar="TEXT", help=_("what was said"))
    extend = area.verb("extend", "assets:extend", _("say anew when an asset is to come back"))
    _seen(extend)
    extend.add_argument("when", metavar="DAY", help=_("a day, or - for none"))
    accept = area.verb("accept", "assets:accept", _("note that the holder took assets over"))
    _tags(accept)
    accept.add_argument(
        "--refuse", dest="refused_by", action="store_true", help=_("or that the holder refused")
    )


def _add_links(area: Area) -> None:
    for name, meaning in (
        ("relate", _("say how two assets hang together")), ("part", _("end a relation"))
    ):  # fmt: skip
        parser = area.verb(
            name, f"asset_links:{name}", meaning, example=f"assets {name} AST-0007 runs_on AST-0002"
        )
        _tag(parser)
        parser.add_argument(
            "kind", metavar="KIND", help=_("part_of, runs_on, depends_on or connects_to")
        )
        _tag(parser, "other", "OTHER")
    impact = area.verb(
        "impact", "asset_links:impact", _("tell what fails with an asset, or with a ticket's"),
        example="assets impact AST-0002\nassets impact TKT-42",
    )  # fmt: skip
    _tag(impact, "tag", "TAG|TKT")
    impact.add_argument("--depth", metavar="N", help=_("steps that are walked (10)"))
    ticket = area.verb(
        "ticket", "asset_links:ticket", _("say which assets a ticket is about"),
        example="assets ticket TKT-42 AST-0007\nassets ticket TKT-42 AST-0007 --remove",
    )  # fmt: skip
    ticket.add_argument("number", metavar="NUMBER", help=_("TKT-42, #42 or 42"))
    ticket.add_argument("tags", metavar="TAG", nargs="*", help=_(WHICH))
    ticket.add_argument("--remove", action="store_true", help=_("it is not about them"))
    worth = area.verb(
        "depreciation", "asset_links:depreciation", _("tell what an asset wears off by month"),
        example="assets depreciation AST-0007 --to 2026-12-31 --json",
    )  # fmt: skip
    _tag(worth)
    worth.add_argument("--to", metavar="DATE", help=_("leave out months that end later"))
    value = area.verb(
        "revalue", "fixed_asset_values:revalue", _("carry an asset at what it is worth"),
        example='assets revalue AST-0007 --amount 6000 --at 2026-05-31 --by "Prima Appraisal"',
    )  # fmt: skip
    _tag(value)
    add_value(value)
    terms = area.verb(
        "depreciate", "asset_links:depreciate", _("tell what an asset of any terms would wear off"),
        example="assets depreciate --cost 4000 --salvage 1000 --life-months 36 "
                "--start 2026-01-01 --method straight-line",
    )  # fmt: skip
    terms.add_argument("--cost", metavar="C", required=True)
    terms.add_argument("--salvage", metavar="S", default="0")
    terms.add_argument("--life-months", metavar="N", required=True)
    terms.add_argument("--start", metavar="DATE", required=True)
    terms.add_argument(
        "--method", metavar="M", default="straight-line", help="straight-line, declining-balance"
    )
    terms.add_argument(
        "--rate", metavar="PERCENT", help=_("of the book value a year; else twice the line")
    )
    terms.add_argument("--to", metavar="DATE", help=_("leave out months that end later"))
    terms.add_argument("--currency", metavar="CODE", default="USD", help=_("whose digits count"))


def _add_network(area: Area) -> None:
    face = area.verb(
        "interface", "asset_links:interface", _("give an asset an interface, or take one away"),
        example="assets interface AST-0007 eth0 --mac 00:1b:44:11:3a:b7",
    )  # fmt: skip
    _tag(face)
    face.add_argument("name", metavar="NAME")
    face.add_argument("--mac", metavar="MAC", default="")
    face.add_argument("--remove", action="store_true", help=_("take it away"))
    address = area.verb(
        "address", "asset_links:address", _("give an asset an IP address, or take one away"),
        example="assets address AST-0007 10.1.0.7 --host pc7.example.com\n"
                "assets address AST-0007 10.1.0.0/24   # the first free one",
    )  # fmt: skip
    _tag(address)
    address.add_argument("address", metavar="ADDRESS", help=_("or a subnet: its first free one"))
    address.add_argument("--interface", metavar="NAME", default="")
    address.add_argument("--host", metavar="NAME", default="")
    address.add_argument("--remove", action="store_true", help=_("take it away"))
    subnets = area.verb(
        "subnets", "asset_setup:list_subnets", _("list subnets, or show who has what in one")
    )
    subnets.add_argument("network", metavar="SUBNET", nargs="?", default="")
    add_one = area.verb(
        "subnet", "asset_setup:add_subnet", _("add a subnet"),
        example="assets subnet 10.1.0.0/24 --name Office --vlan 10",
    )  # fmt: skip
    add_one.add_argument("network", metavar="SUBNET")
    add_one.add_argument("--name", metavar="TEXT", default="")
    add_one.add_argument("--place", metavar="PLACE", default="")
    add_one.add_argument("--vlan", metavar="N")
    area.verb("forget-subnet", "asset_setup:remove_subnet", _("forget a subnet")).add_argument(
        "network", metavar="SUBNET"
    )


def _add_inventory(area: Area) -> None:
    paste = area.verb(
        "inventory", "asset_inventory:inventory",
        _("compare the output of lshw, dmidecode, ip or lsblk with an asset"),
        example="assets inventory AST-0007   # reads lshw -json from stdin\n"
                "assets inventory AST-0007 --save --without 3",
    )  # fmt: skip
    _tag(paste)
    paste.add_argument("--save", action="store_true", help=_("save the differences"))
    paste.add_argument("--dry-run", action="store_true", help=_("only show them, even so"))
    paste.add_argument(
        "--without", metavar="N", action="append", default=[], help=_("leave a line out; repeat")
    )
    log = area.verb(
        "changes", "asset_inventory:changes", _("list what was changed in machines"),
        example="assets changes asset:AST-0007\nassets changes 'date:>-30d' kind:memory",
    )  # fmt: skip
    _query(log)
    log.add_argument("--limit", metavar="N", help=_("at most so many (50)"))
    log.add_argument("--after", metavar="CURSOR", help=_("continue where a page ended"))


def _add_setup(area: Area) -> None:
    area.verb("categories", "asset_setup:list_categories", _("list categories of assets"))
    category = area.verb("category", "asset_setup:add_category", _("add a category of assets"))
    category.add_argument("name", metavar="NAME")
    category.add_argument(
        "--kind", metavar="KIND", default="other",
        help=_("computer, phone, peripheral, server, network or other"),
    )  # fmt: skip
    area.verb("models", "asset_setup:list_models", _("list models"))
    model = area.verb(
        "model", "asset_setup:add_model", _("add a model"),
        example="assets model 'ThinkPad T14' --manufacturer Lenovo --number 21HD "
                "--category Laptops --life 48",
    )  # fmt: skip
    model.add_argument("name", metavar="NAME")
    model.add_argument("--manufacturer", metavar="NAME", default="")
    model.add_argument("--number", metavar="NUMBER", default="")
    model.add_argument("--category", metavar="NAME", default="")
    model.add_argument("--life", metavar="MONTHS", help=_("how long one is used"))
    area.verb("places", "asset_setup:list_places", _("list places"))
    place = area.verb(
        "place", "asset_setup:add_place", _("add a place"),
        example="assets place 'Jakarta / Floor 3' --address 'Jl. Sudirman 1'",
    )  # fmt: skip
    place.add_argument("path", metavar="PLACE")
    place.add_argument("--address", metavar="TEXT", default="")
    field = area.verb(
        "field", "asset_setup:add_field", _("add a field of your own to assets"),
        example="assets field ram --type number --category Laptops",
    )  # fmt: skip
    field.add_argument("name", metavar="NAME")
    field.add_argument("--label", metavar="TEXT")
    field.add_argument(
        "--type", metavar="TYPE", default="text",
        help=_("text, number, date, choice or reference"),
    )  # fmt: skip
    field.add_argument("--category", metavar="NAME", default="")
    field.add_argument("--choices", metavar="A,B", help=_("for a choice"))
    field.add_argument("--required", action="store_true", help=_("it may not be empty"))


def _add_files(area: Area) -> None:
    load = area.verb(
        "import", "asset_files:import_assets",
        _("take assets, models or places in from a CSV file"),
        example="assets import assets.csv --map snipe_it_assets --dry-run",
    )  # fmt: skip
    load.add_argument("file", metavar="FILE")
    load.add_argument("--map", metavar="MAP", required=True, help=_("columns to fields, a TOML"))
    load.add_argument("--dry-run", action="store_true", help=_("check everything, keep nothing"))
    load.add_argument("--refused", metavar="FILE", help=_("where refused rows are written"))
    export = area.verb(
        "export", "asset_files:export_assets",
        _("write assets that match a query to a CSV or JSON file"),
        example="assets export any assets.csv",
    )  # fmt: skip
    export.dashes = True
    export.add_argument("words", nargs="+", metavar="[QUERY] FILE")
    export.add_argument(
        "--spreadsheet", action="store_true", help=_("keep cells from running as formulas")
    )
    export.add_argument("--format", metavar="FORMAT", help=_("csv or json; else by the file name"))
