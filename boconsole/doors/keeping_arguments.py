"""What can be typed to move records, to back them up and to put a backup back."""

from typing import Any

from boconsole.doors.arguments import verb
from boconsole.language import _


def add(areas: Any) -> None:  # Any: argparse's own
    """Add the verbs."""
    moved = verb(
        areas,
        "move",
        "keeping:move",
        _("carry all records into another, empty database"),
        example="move --to postgresql://boconsole@localhost/boconsole\n"
        "--database postgresql://boconsole@localhost/boconsole move --to sqlite:///desk.sqlite",
    )
    moved.add_argument(
        "--to",
        metavar="URL",
        required=True,
        help="sqlite:///PATH, postgresql://USER@HOST/NAME",
    )
    backup = verb(
        areas,
        "backup",
        "keeping:backup",
        _("write all records and files into one new file, while others work"),
        example="backup before-the-fair.sqlite\n"
        "backup --to /var/backups/boconsole --keep daily=7,weekly=4,monthly=12",
    )
    backup.add_argument("file", metavar="FILE", nargs="?")
    backup.add_argument(
        "--to",
        metavar="FOLDER",
        help=_("name the file by the instant; BOCONSOLE_BACKUPS without it"),
    )
    backup.add_argument(
        "--keep",
        metavar="RULES",
        default="",
        help=_(
            "which older ones stay: hourly=, daily=, weekly=, monthly=, yearly=; all without it"
        ),
    )
    restore = verb(
        areas,
        "restore",
        "keeping:restore",
        _("put a backup in the place of the records, which stay as a file"),
        example="restore /var/backups/boconsole/boconsole-20260504T010000Z.sqlite --yes",
    )
    restore.add_argument("file", metavar="FILE")
    restore.add_argument("--yes", action="store_true", help=_("do not ask"))
