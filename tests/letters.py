"""Messages of mail for the tests, and who takes them in."""

from collections.abc import Iterator, Mapping
from contextlib import contextmanager

from boconsole import mail_settings
from boconsole.doors.mail_intake import taker
from boconsole.mail.taking import Envelope, Taken, of_mail
from boconsole.mail_settings import MailSettings, Server
from boconsole.session import Session

DESK = MailSettings(sender="help@desk.example", sender_name="Help desk", hold=0)
LMTP = Envelope("lmtp", "ann@acme.example", ("help@desk.example",))

# RFC 3464, appendix E.1, about a message of ours.
BOUNCE = """\
Date: Thu, 7 Jul 1994 17:16:05 -0400
From: Mail Delivery Subsystem <MAILER-DAEMON@CS.UTK.EDU>
Message-Id: <199407072116.RAA14128@CS.UTK.EDU>
Subject: Returned mail: Cannot send message for 5 days
To: <help@desk.example>
MIME-Version: 1.0
Content-Type: multipart/report; report-type=delivery-status;
      boundary="RAA14128.773615765/CS.UTK.EDU"

--RAA14128.773615765/CS.UTK.EDU

The original message was received at Sat, 2 Jul 1994 17:10:28 -0400
from root@localhost

   ----- The following addresses had delivery problems -----
<louisl@larry.slip.umd.edu>  (unrecoverable error)

--RAA14128.773615765/CS.UTK.EDU
content-type: message/delivery-status

Reporting-MTA: dns; cs.utk.edu

Original-Recipient: rfc822;louisl@larry.slip.umd.edu
Final-Recipient: rfc822;louisl@larry.slip.umd.edu
Action: failed
Status: 4.0.0
Diagnostic-Code: smtp; 426 connection timed out
Last-Attempt-Date: Thu, 7 Jul 1994 17:15:49 -0400

--RAA14128.773615765/CS.UTK.EDU
content-type: message/rfc822

Message-ID: <{about}>
From: Help desk <help@desk.example>
Subject: [TKT-1] Printer

We come.
--RAA14128.773615765/CS.UTK.EDU--
"""


def letter(text: str = "It burns.", **head: str) -> bytes:
    """Return a plain message; `in_reply_to="<x@y>"` is the header In-Reply-To, "" leaves it out."""
    given = {
        "From": "Ann Lee <ann@acme.example>", "To": "help@desk.example", "Subject": "Printer",
        "Message-ID": "<one@acme.example>", "Date": "Mon, 4 May 2026 08:00:00 +0000",
    }  # fmt: skip
    given |= {name.replace("_", "-").title().replace("-Id", "-ID"): value
              for name, value in head.items()}  # fmt: skip
    lines = [f"{name}: {value}" for name, value in given.items() if value]
    return ("\n".join(lines) + f"\n\n{text}\n").encode()


def take(session: Session, raw: bytes, envelope: Envelope = LMTP) -> Taken:
    """Let a message in by the way that all doors take."""
    return taker(of_mail(session))(raw, envelope, "")


@contextmanager
def mail_set(**values: object) -> Iterator[MailSettings]:
    """Let settings of mail hold for a while."""
    settings = DESK._replace(**values)
    before = mail_settings.in_force()
    mail_settings.use(settings)
    try:
        yield settings
    finally:
        mail_settings.use(before)


def server_at(port: int) -> Server:
    return Server("127.0.0.1", port, "off")


def mime(kind: str, *parts: tuple[Mapping[str, str], str], **head: str) -> bytes:
    """Return a message of several parts; each is its headers and its encoded content."""
    body = "".join(
        "--x\n" + "".join(f"{name}: {value}\n" for name, value in headers.items()) + f"\n{text}\n"
        for headers, text in parts
    )
    return letter(f"{body}--x--", **head).replace(
        b"\n\n",
        f'\nMIME-Version: 1.0\nContent-Type: multipart/{kind}; boundary="x"\n\n'.encode(),
        1,
    )
