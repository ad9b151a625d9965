"""Settings of mail: which servers, which addresses are ours, and what is sent by itself.

They are read with all others, at the door; what is in force in this process is asked for where
a reply is written, so that no operation needs to hand it on.
"""

import re
from collections.abc import Mapping
from typing import NamedTuple

from boconsole.errors import SettingError
from boconsole.language import N_, _

TLS = ("starttls", "tls", "off")
ADDRESS = re.compile(r"[^\s@<>,;:\"()\[\]\\]+@[^\s@<>,;:\"()\[\]\\]+")
DOMAIN = re.compile(r"@[^\s@<>,;:\"()\[\]\\]+")
SWITCH = ("off", "on")
DONE = ("seen", "keep")
DEFAULT_HOLD = 30

DESCRIPTIONS = (
    ("BOCONSOLE_MAIL_FROM", "no mail is sent",
     N_("Address of outgoing mail, such as Help desk <help@example.com>.")),
    ("BOCONSOLE_MAIL_OWN", "the address of outgoing mail",
     N_("Further addresses and @domains of ours, with commas; their mail makes no ticket.")),
    ("BOCONSOLE_MAIL_FIRST_ANSWER", "off",
     N_("Answer new tickets by mail with their number: on or off.")),
    ("BOCONSOLE_MAIL_HOLD", str(DEFAULT_HOLD),
     N_("Seconds that a reply waits, so that undo can take it back, 0 to 3600.")),
    ("BOCONSOLE_MAIL_AUTH_SERVER", "none is believed",
     N_("Name that our mail server writes into Authentication-Results (RFC 8601).")),
    ("BOCONSOLE_MAIL_SMTP_HOST", "localhost", N_("Mail server that takes outgoing mail.")),
    ("BOCONSOLE_MAIL_SMTP_PORT", "587, 465 with tls, 25 without TLS", N_("Its port.")),
    ("BOCONSOLE_MAIL_SMTP_TLS", "starttls", N_("starttls, tls or off.")),
    ("BOCONSOLE_MAIL_SMTP_USER", "no sign-in", N_("Its account.")),
    ("BOCONSOLE_MAIL_SMTP_PASSWORD", "none", N_("Password of that account.")),
    ("BOCONSOLE_MAIL_IMAP_HOST", "nothing is polled", N_("Mail server that is polled by IMAP.")),
    ("BOCONSOLE_MAIL_IMAP_PORT", "993, 143 without tls", N_("Its port.")),
    ("BOCONSOLE_MAIL_IMAP_TLS", "tls", N_("tls, starttls or off.")),
    ("BOCONSOLE_MAIL_IMAP_USER", "none", N_("Its account.")),
    ("BOCONSOLE_MAIL_IMAP_PASSWORD", "none", N_("Password of that account.")),
    ("BOCONSOLE_MAIL_IMAP_FOLDER", "INBOX", N_("Folder that is read.")),
    ("BOCONSOLE_MAIL_IMAP_DONE", "seen",
     N_("What becomes of a message taken in: seen, keep, or the folder it is moved to.")),
)  # fmt: skip
"""Name, default as people read it, and what it is for."""


class Server(NamedTuple):
    """A mail server and how to sign in there; no sign-in without a user."""

    host: str
    port: int
    tls: str
    user: str = ""
    password: str = ""


class MailSettings(NamedTuple):
    """What was set of mail, checked.

    Attributes:
        sender: Address of outgoing mail in lower case; empty where nothing is sent.
        sender_name: Shown beside it.
        own: Further addresses of ours, and domains with their @.
        first_answer: Whether a new ticket is answered with its number.
        hold: Seconds that a reply waits for an undo.
        smtp: Where outgoing mail is handed over.
        imap: What is polled; None for nothing.
        folder: Of the IMAP server.
        done: `seen`, `keep` or a folder.
        auth_server: Whose word on the senders of mail is believed; empty for nobody's.
    """

    sender: str = ""
    sender_name: str = ""
    own: tuple[str, ...] = ()
    first_answer: bool = False
    hold: int = DEFAULT_HOLD
    smtp: Server = Server("localhost", 587, "starttls")
    imap: Server | None = None
    folder: str = "INBOX"
    done: str = "seen"
    auth_server: str = ""

    @property
    def domain(self) -> str:
        """The domain of our mail, for the ids of messages."""
        return self.sender.rpartition("@")[2]

    def is_own(self, address: str) -> bool:
        """Return whether an address in lower case is one of ours."""
        domain = address[address.rfind("@") :]
        return bool(address) and (address in (self.sender, *self.own) or domain in self.own)


NONE = MailSettings()
"""Nothing is sent and nothing polled."""
_in_force = NONE


def use(settings: MailSettings) -> None:
    """Let settings hold in this process; done once, when the records are opened."""
    global _in_force  # a setting of the process
    _in_force = settings


def in_force() -> MailSettings:
    """Return the settings of this process."""
    return _in_force


def read_mail(values: Mapping[str, str]) -> MailSettings:
    """Return the settings of mail; raises SettingError."""
    name, sender = _sender(values.get("BOCONSOLE_MAIL_FROM", ""))
    return MailSettings(
        sender=sender,
        sender_name=name,
        own=_own(values.get("BOCONSOLE_MAIL_OWN", "")),
        first_answer=_one(values, "BOCONSOLE_MAIL_FIRST_ANSWER", SWITCH, "off") == "on",
        hold=_number(values, "BOCONSOLE_MAIL_HOLD", DEFAULT_HOLD, range(3601)),
        smtp=_server(values, "SMTP", "starttls", {"starttls": 587, "tls": 465, "off": 25},
                     "localhost"),
        imap=_server(values, "IMAP", "tls", {"starttls": 143, "tls": 993, "off": 143}, "")
        if values.get("BOCONSOLE_MAIL_IMAP_HOST") else None,
        folder=values.get("BOCONSOLE_MAIL_IMAP_FOLDER", "INBOX"),
        done=values.get("BOCONSOLE_MAIL_IMAP_DONE", "seen"),
        auth_server=values.get("BOCONSOLE_MAIL_AUTH_SERVER", ""),
    )  # fmt: skip


def shown(mail: MailSettings) -> dict[str, str]:
    """Return the values for people, by the end of their names; passwords are left out."""
    text = {
        "from": f"{mail.sender_name} <{mail.sender}>" if mail.sender_name else mail.sender,
        "own": ", ".join(mail.own),
        "first_answer": "on" if mail.first_answer else "off",
        "hold": str(mail.hold),
        "auth_server": mail.auth_server,
        "imap_folder": mail.folder,
        "imap_done": mail.done,
    }
    for kind, server in (("smtp", mail.smtp), ("imap", mail.imap or Server("", 993, "tls"))):
        text |= {
            f"{kind}_host": server.host,
            f"{kind}_port": str(server.port),
            f"{kind}_tls": server.tls,
            f"{kind}_user": server.user,
            f"{kind}_password": "***" if server.password else "",
        }
    return {f"mail_{name}": value for name, value in text.items()}


def _sender(text: str) -> tuple[str, str]:
    if not text:
        return "", ""
    from email.utils import parseaddr

    name, address = parseaddr(text)
    if not ADDRESS.fullmatch(address) or not address.isascii() or not name.isprintable():
        raise SettingError("BOCONSOLE_MAIL_FROM", text, _("an address such as help@example.com"))
    return name, address.lower()


def _own(text: str) -> tuple[str, ...]:
    words = tuple(word for word in text.lower().replace(",", " ").split())
    for word in words:
        if not ADDRESS.fullmatch(word) and not DOMAIN.fullmatch(word):
            raise SettingError(
                "BOCONSOLE_MAIL_OWN", text, _("addresses and @domains with commas between them")
            )
    return words


def _server(
    values: Mapping[str, str], kind: str, tls: str, ports: Mapping[str, int], host: str
) -> Server:
    name = f"BOCONSOLE_MAIL_{kind}"
    way = _one(values, f"{name}_TLS", TLS, tls)
    return Server(
        values.get(f"{name}_HOST", host),
        _number(values, f"{name}_PORT", ports[way], range(1, 65536)),
        way,
        values.get(f"{name}_USER", ""),
        values.get(f"{name}_PASSWORD", ""),
    )


def _one(values: Mapping[str, str], name: str, allowed: tuple[str, ...], default: str) -> str:
    value = values.get(name, default).lower()
    if value not in allowed:
        raise SettingError(name, value, ", ".join(allowed))
    return value


def _number(values: Mapping[str, str], name: str, default: int, allowed: range) -> int:
    text = values.get(name, str(default))
    if not text.isdecimal() or len(text) > 6 or int(text) not in allowed:
        raise SettingError(
            name,
            text,
            _("a whole number from {first} to {last}").format(first=allowed[0], last=allowed[-1]),
        )
    return int(text)
