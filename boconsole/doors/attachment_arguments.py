"""What can be typed for files at records, after several areas."""

from boconsole.doors.arguments import Area
from boconsole.language import _


def add(area: Area, name: str, number: str) -> None:
    """Add the verbs of files.

    Args:
        area: Where to.
        name: Of the area, for the examples.
        number: Of a record, for the examples.
    """
    given = area.verb("attach", "attachments:attach", _("keep files at it, such as receipts"),
                      example=f"{name} attach {number} receipt.pdf")  # fmt: skip
    given.add_argument("number", metavar="NUMBER")
    given.add_argument("files", metavar="FILE", nargs="+")
    listed = area.verb(
        "attachments", "attachments:attachments", _("list its files, save one or remove one"),
        example=f"{name} attachments {number}\n"
                f"{name} attachments {number} --save receipt.pdf --output /tmp/receipt.pdf",
    )  # fmt: skip
    listed.add_argument("number", metavar="NUMBER")
    listed.add_argument("--save", metavar="NAME", default="", help=_("write this file"))
    listed.add_argument("--remove", metavar="NAME", default="", help=_("take this file away"))
    listed.add_argument("--output", metavar="FILE", default="",
                        help=_("where to; by default its own name"))  # fmt: skip
