"""What can be typed after `boconsole ssh`."""

from typing import Any

from boconsole.doors.arguments import verb
from boconsole.language import _


def add(areas: Any) -> None:  # Any: argparse's own
    """Add the server and what is asked about it."""
    serve = verb(
        areas,
        "ssh",
        "ssh:serve",
        _("let people use the console over SSH, until it is ended"),
        example="ssh\nssh --host 0.0.0.0 --port 8022\nssh sessions",
    )
    serve.leaf = False
    serve.add_argument("--host", metavar="HOST", default="127.0.0.1",
                       help=_("address to listen at (127.0.0.1)"))  # fmt: skip
    serve.add_argument("--port", metavar="N", default="8022", help=_("port to listen at (8022)"))
    serve.add_argument("--grace", metavar="SECONDS", default="10",
                       help=_("time from telling people that it ends to the end (10)"))  # fmt: skip
    verbs = serve.add_subparsers(dest="ssh_verb", metavar=_("VERB"))
    sessions = verb(verbs, "sessions", "ssh:sessions", _("list open sessions, or end one"),
                    example="ssh sessions\nssh sessions --end 42")  # fmt: skip
    sessions.add_argument("--end", metavar="ID", help=_("end this one; what is typed is kept"))
    enter = verb(verbs, "enter", "ssh:enter",
                 _("be the session that the system's own sshd starts (ForceCommand)"),
                 example="--database sqlite:///srv/office.sqlite ssh enter --as ann")  # fmt: skip
    enter.add_argument("--as", metavar="LOGIN", dest="login", default="",
                       help=_("who it is; without it, the system's user"))  # fmt: skip
    enter.add_argument("--settings", metavar="FILE", default="",
                       help=_("settings in a file; the environment is not read"))  # fmt: skip
