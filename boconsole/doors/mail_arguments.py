"""What can be typed after `boconsole mail`."""

from typing import Any

from boconsole.doors.arguments import Area, Parser
from boconsole.language import _

TRY_AGAIN = 75
"""EX_TEMPFAIL of sysexits.h: the mail server keeps the message and tries again later."""


def add(areas: Any) -> None:  # Any: argparse's own
    """Add the area."""
    area = Area(areas, "mail", _("tickets and replies by mail"))
    _add_moving(area)
    _add_outbox(area.area("outbox", _("what is to go out by mail")))
    _add_letters(area)
    _add_routes(area.area("queue", _("which queue the mail for an address goes to")))


def _add_moving(area: Area) -> None:
    receive = area.verb(
        "receive", "mail:receive", _("take in mail from the mail server of this machine"),
        example="mail receive --port 2525\nmail receive --stdin --from ann@example.com",
    )  # fmt: skip
    receive.set_defaults(refusal_code=TRY_AGAIN)
    receive.add_argument("--port", metavar="P", help=_("listen there for LMTP and SMTP"))
    receive.add_argument("--stdin", action="store_true", help=_("take one message from stdin"))
    receive.add_argument(
        "--from", dest="sender", metavar="ADDRESS", help=_("who the server says it is from")
    )
    receive.add_argument(
        "--to", dest="recipients", metavar="ADDRESS", action="append", default=[],
        help=_("for whom the server says it is"),
    )  # fmt: skip
    receive.add_argument(
        "--send", action="store_true", help=_("send what waits in the outbox as well")
    )
    poll = area.verb("poll", "mail:poll", _("take in what is new in the IMAP folder"),
                     example="mail poll\nmail poll --every 60")  # fmt: skip
    send = area.verb("send", "mail:send", _("send what waits in the outbox"),
                     example="mail send\nmail send --every 30")  # fmt: skip
    for parser in (poll, send):
        parser.add_argument("--every", metavar="S", help=_("again and again, each S seconds"))


def _id(parser: Parser) -> None:
    parser.add_argument("id", metavar="ID")


def _every(parser: Parser) -> None:
    parser.add_argument("--all", action="store_true", help=_("also what is settled"))
    parser.add_argument("--before", metavar="ID", help=_("only those before this one"))


def _add_outbox(area: Area) -> None:
    _every(area.verb("list", "mail:list_outbox", _("list what waits, failed or is uncertain")))
    _id(area.verb("retry", "mail:retry_outbox", _("send it again, now")))
    _id(area.verb("drop", "mail:drop_outbox", _("give it up")))


def _add_letters(area: Area) -> None:
    _every(area.verb("list", "mail:list_letters", _("list what was set aside or not understood")))
    show = area.verb("show", "mail:show_letter", _("show a message that came in"))
    _id(show)
    show.add_argument("--source", action="store_true", help=_("its bytes as they came"))
    _id(area.verb("retry", "mail:retry_letter", _("take it in once more")))
    _id(area.verb("drop", "mail:drop_letter", _("take it off the list")))


def _add_routes(area: Area) -> None:
    area.verb("list", "mail:list_routes", _("list addresses and their queues"))
    put = area.verb("set", "mail:set_route", _("let the mail for an address go to a queue"),
                    example='mail queue set billing@example.com "Billing"')  # fmt: skip
    put.add_argument("address", metavar="ADDRESS")
    put.add_argument("name", metavar="QUEUE")
    remove = area.verb("remove", "mail:remove_route", _("let it go to no queue"))
    remove.add_argument("address", metavar="ADDRESS")
