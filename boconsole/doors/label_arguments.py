"""What can be typed after `boconsole assets labels` and `boconsole assets code`."""

from boconsole.doors.arguments import Area
from boconsole.language import _


def add(area: Area) -> None:
    """Add the verbs to the area of assets."""
    labels = area.verb(
        "labels", "labels:print_labels", _("print sticky labels with QR codes to a PDF file"),
        example="assets labels labels.pdf category:Laptops\n"
                "assets labels labels.pdf --sheet L7651 --start 14",
    )  # fmt: skip
    labels.add_argument("file", metavar="FILE.pdf")
    labels.dashes = True
    labels.add_argument("query", metavar="QUERY", nargs="*")
    sheets = "L7160, L7159, L7161, L7162, L7163, L7173, L7636, L7651, 5160, 5163"
    labels.add_argument("--sheet", metavar="NAME", default="L7160", help=sheets)
    labels.add_argument("--start", metavar="N", default="1",
                        help=_("the first free label of a partly used sheet"))  # fmt: skip
    code = area.verb("code", "labels:show_code", _("show the QR code of a tag in the terminal"))
    code.add_argument("tag", metavar="TAG")
