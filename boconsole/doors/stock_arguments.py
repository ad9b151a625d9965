"""What can be typed after `boconsole consumables`, `accessories`, `components` and `stock`."""

from typing import Any

from boconsole.doors.arguments import Area, Parser
from boconsole.doors.licence_arguments import importing
from boconsole.language import _


def add(areas: Any) -> None:  # Any: argparse's own
    """Add the areas."""
    for word, what, example in (
        ("consumables", _("what is used up: counted, handed out"), "toner ann@example.com"),
        ("accessories", _("what people borrow: counted, comes back"), "STK-7 ann@example.com"),
        ("components", _("what goes into assets: counted"), "memory AST-0012"),
    ):
        _add_kind(Area(areas, word, what), word, example)
    stock = Area(areas, "stock", _("the stock of counted things as a whole"))
    stock.verb("check", "stock:check", _("prove that counts are the sums of their movements"))
    held = stock.verb("held", "stock:held", _("list what a person or an asset has"))
    held.add_argument("holder", metavar="HOLDER", help=_("a mail address, a name, or a tag"))


def _add_kind(area: Area, word: str, example: str) -> None:
    new = area.verb("new", "stock:new", _("add things to count"),
                    example=f"{word} new Toner --minimum 4 --quantity 10")  # fmt: skip
    new.add_argument("name", metavar="NAME")
    new.add_argument("--quantity", metavar="N", default="0", help=_("how many came with it"))
    _purchase(new)
    _facts(new)
    listed = area.verb("list", "stock:list_items", _("list what is on hand and away"),
                       example=f"{word} list\n{word} list is:warned")  # fmt: skip
    listed.add_argument("query", metavar="QUERY", nargs="*")
    _item(area.verb("show", "stock:show", _("show movements and who has how many")))
    edit = _item(area.verb("edit", "stock:edit", _("change name, minimum, place …")))
    edit.add_argument("--name", metavar="NAME")
    _facts(edit)
    receive = _item(area.verb(
        "receive", "stock:receive", _("add what came"),
        example=f'{word} receive STK-7 20 --supplier "Cable Co"',
    ))  # fmt: skip
    receive.add_argument("quantity", metavar="N")
    _purchase(receive)
    give = _item(area.verb("give", "stock:give", _("hand out, or install"),
                           example=f"{word} give {example}"))  # fmt: skip
    _moved(give)
    if word != "consumables":
        back = _item(area.verb("back", "stock:bring_back", _("take back what was given")))
        _moved(back)
    correct = _item(area.verb("correct", "stock:correct", _("say how many were counted")))
    correct.add_argument("counted", metavar="N")
    correct.add_argument("--reason", metavar="TEXT", required=True)
    retire = _item(area.verb("retire", "stock:retire", _("take out of use")))
    retire.add_argument("--back", action="store_true", help=_("into use again"))
    importing(area.verb("import", "stock:import_items", _("take them in from a file by a map"),
                        example=f"{word} import {word}.csv --map snipe_it_{word}"))  # fmt: skip
    out = area.verb("export", "stock:export", _("write them to a .csv or .json file"))
    out.add_argument("words", metavar="[QUERY] FILE", nargs="+")


def _item(parser: Parser) -> Parser:
    parser.add_argument("item", metavar="ITEM", help=_("STK-0007, its digits, or the name"))
    return parser


def _moved(parser: Parser) -> None:
    parser.add_argument("holder", metavar="HOLDER", help=_("a mail address, a name, or a tag"))
    parser.add_argument("--quantity", metavar="N", default="1")
    parser.add_argument("--note", metavar="TEXT", default="")


def _purchase(parser: Parser) -> None:
    parser.add_argument("--supplier", metavar="NAME", default="")
    parser.add_argument("--order", metavar="NUMBER", default="")
    parser.add_argument("--cost", metavar="AMOUNT", default="",
                        help=_("of one piece, such as 4.80 USD"))  # fmt: skip
    parser.add_argument("--date", metavar="DAY", default="")


def _facts(parser: Parser) -> None:
    parser.add_argument("--minimum", metavar="N", help=_("fewer than this are warned of"))
    for name in ("category", "maker", "model-number", "item-number", "serial", "place", "company",
                 "note"):  # fmt: skip
        parser.add_argument(f"--{name}", metavar="TEXT")
