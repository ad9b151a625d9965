"""What can be typed after `boconsole contacts`."""

from typing import Any

from boconsole.doors.arguments import Area, Parser
from boconsole.language import _

KINDS = {"people": "contact", "organisations": "organisation"}


def add(areas: Any) -> None:  # Any: argparse's own
    """Add the area."""
    contacts = Area(areas, "contacts", _("people and organisations"))
    for name, help_text in (
        ("people", _("people: who asks, sells or buys")),
        ("organisations", _("customers, partners, suppliers, and our own organisation")),
    ):
        area = contacts.area(name, help_text)
        _add_reading(area, name)
        _add_changing(area, name)
        _add_parts(area, name)
        _add_joining(area, name)
        _add_files(area, name)


def _who(parser: Parser, name: str = "who", metavar: str = "WHO") -> Parser:
    parser.add_argument(name, metavar=metavar, help=_("number, mail address or name"))
    return parser


def _add_reading(area: Area, name: str) -> None:
    asked = "org:acme is:vip" if name == "people" else "kind:supplier has:phone"
    listed = area.verb(
        "list", "contacts:list_contacts", _("list those that a query finds, by name"),
        example=f"contacts {name} list {asked}",
    )  # fmt: skip
    listed.dashes = True
    listed.add_argument("query", metavar="QUERY", nargs="*")
    listed.add_argument("--limit", metavar="N", default="")
    listed.add_argument("--after", metavar="CURSOR", default="",
                        help=_("continue where a page ended"))  # fmt: skip
    _who(area.verb("show", "contacts:show", _("show one with all that belongs to it")))
    area.verb("duplicates", "contacts:list_duplicates", _("list who may be there twice, and why"))


def _add_changing(area: Area, name: str) -> None:
    given = (
        'name="Ann Lee" email=ann@acme.example organisation="Acme Corp" phone="+62 21 555 0123"'
        if name == "people"
        else 'name="Acme Corp" kind=customer domain=acme.example country=ID payment_days=30'
    )
    new = area.verb("new", "contacts:new", _("add one"), example=f"contacts {name} new {given}")
    new.add_argument("changes", metavar="FIELD=VALUE", nargs="+")
    edit = _who(area.verb(
        "edit", "contacts:edit", _("change fields"),
        example=f"contacts {name} edit 7 vip=yes tags=gold,retail",
    ))  # fmt: skip
    edit.add_argument("changes", metavar="FIELD=VALUE", nargs="+")
    for verb, help_text in (
        ("archive", _("put some aside; they stay on old records")),
        ("restore", _("take some back into use")),
    ):
        parser = area.verb(verb, f"contacts:{verb}", help_text)
        parser.add_argument("who", metavar="WHO", nargs="+")
    area.verb("undo", "contacts:undo", _("take your last edit, archiving or merge back"))


def _add_parts(area: Area, name: str) -> None:
    reach = _who(area.verb(
        "reach", "contacts:reach", _("add a further way to reach one"),
        example=f'contacts {name} reach 7 mobile "+62 812 3456 7890" --label "on call"',
    ))  # fmt: skip
    reach.add_argument("kind", metavar="KIND", help="mail, phone, mobile, chat, web, domain")
    reach.add_argument("value", metavar="VALUE")
    reach.add_argument("--label", metavar="TEXT", default="")
    address = _who(area.verb(
        "address", "contacts:address", _("add a postal address"),
        example=f'contacts {name} address 7 delivery "Gate 3\\nDam 1\\nAmsterdam"',
    ))  # fmt: skip
    address.add_argument("purpose", metavar="PURPOSE", help="billing, delivery, visiting, home")
    address.add_argument("text", metavar="TEXT", help=_("\\n begins a line"))
    note = _who(area.verb("note", "contacts:note", _("write something down about one")))
    note.add_argument("text", metavar="TEXT")
    remove = _who(area.verb(
        "remove", "contacts:remove", _("take a channel, an address or a note away"),
        example=f"contacts {name} remove 7 channel 12",
    ))  # fmt: skip
    remove.add_argument("part", metavar="PART", choices=("channel", "address", "note"))
    remove.add_argument("id", metavar="ID", help=_("as `show --json` tells it"))


def _add_joining(area: Area, name: str) -> None:
    merge = area.verb(
        "merge", "contacts:merge", _("make one part of another; all that names it goes along"),
        example=f"contacts {name} merge 12 7 --take name,phone\n"
                f"contacts {name} merge 12 7 --dry-run",
    )  # fmt: skip
    _who(merge, "goes", "GOES")
    _who(merge, "stays", "STAYS")
    merge.add_argument("--take", metavar="FIELDS", default="",
                       help=_("fields that the one that goes decides"))  # fmt: skip
    merge.add_argument("--dry-run", action="store_true", help=_("show what would be kept"))
    _who(area.verb("unmerge", "contacts:unmerge", _("part a merged one again")))
    if name == "people":
        forget = _who(area.verb(
            "forget", "contacts:forget", _("take away all that tells who a person was, for good")
        ))  # fmt: skip
        forget.add_argument("--yes", action="store_true", help=_("do it without asking"))


def _add_files(area: Area, name: str) -> None:
    shipped = f"boconsole_{name}"
    load = area.verb(
        "import", "contacts:import_file", _("take rows in from a CSV file"),
        example=f"contacts {name} import {name}.csv --map {shipped} --dry-run"
        + ("\ncontacts people import people.vcf" if name == "people" else ""),
    )  # fmt: skip
    load.add_argument("file", metavar="FILE")
    load.add_argument(
        "--map", metavar="MAP", help=_("columns to fields, a TOML; not needed for vCards")
    )
    load.add_argument("--dry-run", action="store_true", help=_("check everything, keep nothing"))
    load.add_argument("--refused", metavar="FILE", help=_("where refused rows are written"))
    ending = "vcf" if name == "people" else "json"
    export = area.verb(
        "export", "contacts:export", _("write those that match a query to a file"),
        example=f"contacts {name} export tag:gold gold.csv\ncontacts {name} export all.{ending}",
    )  # fmt: skip
    export.dashes = True
    export.add_argument("words", metavar="[QUERY] FILE", nargs="+")
