"""What can be typed after `boconsole users` and `boconsole audit`."""

from typing import Any

from boconsole.doors.arguments import Area, Parser
from boconsole.language import _


def add(areas: Any) -> None:  # Any: argparse's own
    """Add the areas."""
    users = Area(areas, "users", _("accounts, their keys, passwords and roles"))
    _add_accounts(users)
    _add_ways_in(users)
    _add_roles(users)
    _add_me(users.area("me", _("my own account")))
    audit = Area(areas, "audit", _("who did what to which record"))
    listed = audit.verb(
        "list", "people:list_trail", _("list lines of the audit trail, newest first"),
        example="audit list by:eve at:today\naudit list record:TKT-42\n"
                "audit list action:~sign_in door:ssh limit:20 --json",
    )  # fmt: skip
    listed.add_argument("query", metavar="QUERY", nargs="*")
    listed.dashes = True
    audit.verb("verify", "house:verify", _("check that no line was changed or removed"))


def _login(parser: Parser) -> Parser:
    parser.add_argument("login", metavar="LOGIN")
    return parser


def _facts(parser: Parser, default: str | None) -> None:
    parser.add_argument("--name", metavar="TEXT", default=default)
    parser.add_argument("--email", metavar="EMAIL", default=default)
    parser.add_argument("--role", "--roles", dest="roles", metavar="ROLE", action="append",
                        help=_("again for each role, or with commas; see users roles"))  # fmt: skip


def _add_accounts(area: Area) -> None:
    listed = area.verb(
        "list", "people:list_users", _("list accounts"),
        example="users list\nusers list role:auditor\nusers list state:disabled sort:-signed_in",
    )  # fmt: skip
    listed.add_argument("query", metavar="QUERY", nargs="*")
    listed.dashes = True
    _login(area.verb("show", "people:show_user", _("show an account")))
    new = _login(area.verb(
        "add", "people:add_user", _("add an account"),
        example="users add eve --name 'Eve Adams' --role agent --key id_ed25519.pub\n"
                "users add bob --role accountant --password-stdin  # typed, or from a file",
    ))  # fmt: skip
    _facts(new, "")
    new.add_argument("--key", metavar="FILE.pub", help=_("a public key to sign in with over SSH"))
    new.add_argument("--password-stdin", action="store_true", help=_("read a password from stdin"))
    new.add_argument("--must-change", action="store_true",
                     help=_("a new one has to be taken at the first sign-in"))  # fmt: skip
    edit = _login(area.verb(
        "edit", "people:edit_user", _("change an account"),
        example="users edit eve --role agent,auditor --zone Asia/Jakarta --language id",
    ))  # fmt: skip
    _facts(edit, None)
    edit.add_argument("--zone", metavar="ZONE", help=_("Asia/Jakarta …; '' for the console's"))
    edit.add_argument("--language", metavar="LANGUAGE", help=_("en or id; '' for the console's"))
    _login(area.verb("disable", "people:disable", _("let an account in no more")))
    _login(area.verb("enable", "people:enable", _("let an account in again")))


def _add_ways_in(area: Area) -> None:
    reset = _login(area.verb(
        "reset", "people:reset", _("give a one-time password, shown once, that must be changed"),
        example="users reset eve\nusers reset eve --code",
    ))  # fmt: skip
    reset.add_argument("--code", action="store_true",
                       help=_("stop asking for one-time codes instead"))  # fmt: skip
    keys = _login(area.verb(
        "keys", "people:keys", _("list, add or remove keys of an account"),
        example="users keys eve list\nusers keys eve add laptop.pub --label laptop\n"
                "users keys eve remove laptop",
    ))  # fmt: skip
    _key_words(keys)


def _key_words(parser: Parser) -> None:
    parser.add_argument("act", metavar="WHAT", nargs="?", default="list",
                        help=_("list, add or remove"))  # fmt: skip
    parser.add_argument(
        "which", metavar="WHICH", nargs="?", default="",
        help=_("the file ending in .pub (- for stdin); a label or fingerprint"),
    )  # fmt: skip
    parser.add_argument("--label", metavar="TEXT", default="")


def _add_roles(area: Area) -> None:
    roles = area.verb("roles", "people:list_roles", _("list roles and what each one allows"))
    roles.add_argument("name", metavar="ROLE", nargs="?", default="")
    role = area.verb(
        "role", "people:save_role", _("add a role of your own, or change it"),
        example="users role front_desk --allow ticket.read,contact.read --about 'Looks on'\n"
                "users role front_desk --remove",
    )  # fmt: skip
    role.add_argument("name", metavar="ROLE")
    role.add_argument("--allow", metavar="A,B", default="",
                      help=_("permissions; see users roles --json"))  # fmt: skip
    role.add_argument("--about", metavar="TEXT", default="")
    role.add_argument("--remove", action="store_true")


def _add_me(area: Area) -> None:
    area.verb("show", "people:show_me", _("show my account"))
    edit = area.verb("edit", "people:edit_me", _("change my zone or language"))
    edit.add_argument("--zone", metavar="ZONE")
    edit.add_argument("--language", metavar="LANGUAGE")
    password = area.verb("password", "people:my_password", _("change my password"))
    password.add_argument(
        "--stdin", action="store_true", help=_("read the old and the new one from two lines")
    )
    _key_words(area.verb("keys", "people:my_keys", _("list, add or remove my keys")))
    code = area.verb("code", "people:my_code", _("sign in with one-time codes too, or no more"),
                     example="users me code\nusers me code --remove")  # fmt: skip
    code.add_argument("--remove", action="store_true")
