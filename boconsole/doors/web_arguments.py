"""What can be typed after `boconsole web`."""

from typing import Any

from boconsole.doors.arguments import verb
from boconsole.language import _


def add(areas: Any) -> None:  # Any: argparse's own
    """Add the server of pages."""
    serve = verb(
        areas,
        "web",
        "web:serve",
        _("let people use the console in a browser, until it is ended"),
        example="web\nweb --port 8023 --url https://desk.example.com",
    )
    serve.add_argument("--host", metavar="HOST", default="127.0.0.1",
                       help=_("address to listen at (127.0.0.1)"))  # fmt: skip
    serve.add_argument("--port", metavar="N", default="8023", help=_("port to listen at (8023)"))
    serve.add_argument("--url", metavar="URL", default="",
                       help=_("how people reach it through a proxy with TLS"))  # fmt: skip
    serve.add_argument("--idle", metavar="MINUTES", default="30",
                       help=_("sign out after so long without a key (30)"))  # fmt: skip
