"""Reading a folder of an IMAP server: each message once, and nothing lost by an interruption.

The number of the last message read is remembered after the message is durable here. When the
server numbers its messages anew (another UIDVALIDITY), all are looked at again and known again.
Source: RFC 3501, sections 2.3.1.1 and 6.4.8; RFC 6851 (MOVE).
"""

import imaplib
import re
import ssl
from base64 import b64encode
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any, NamedTuple

from boconsole import filing, mail_settings
from boconsole.errors import BoconsoleError
from boconsole.language import _
from boconsole.mail.errors import LetterTooLargeError, ServerError
from boconsole.mail.handing import words
from boconsole.mail.taking import Envelope, Taken
from boconsole.mail_settings import MailSettings, Server
from db import connection
from db.mail import places

TIMEOUT = 60
SIZE = re.compile(rb"RFC822\.SIZE (\d+)")
Take = Callable[[bytes, Envelope, str], Taken]
"""Keeps a message; with a reason, as one that is not understood."""
FAULTS = (OSError, imaplib.IMAP4.error, ValueError, LookupError, TypeError)
"""Of the line and of answers that follow no rule."""


class Polled(NamedTuple):
    """How many messages were taken in, and how many had come before."""

    taken: int
    known: int


def poll(take: Take) -> Polled:
    """Take in what is new in the folder of the settings.

    Raises:
        BoconsoleError: Nothing is set to be polled.
        ServerError: The server cannot be reached or breaks off; what was taken in stays.
    """
    mail = mail_settings.in_force()
    if mail.imap is None:
        raise BoconsoleError(_("Nothing is polled: set BOCONSOLE_MAIL_IMAP_HOST."))
    with _signed_in(mail.imap) as imap:
        return _Folder(imap, mail, mail.imap).read(take)


@contextmanager
def _signed_in(server: Server) -> Iterator[imaplib.IMAP4]:
    """Open a line to a server and sign in; whatever breaks on it is a ServerError."""
    where = f"{server.host}:{server.port}"
    imap: imaplib.IMAP4 | None = None
    try:
        context = ssl.create_default_context() if server.tls != "off" else None
        if server.tls == "tls":
            imap = imaplib.IMAP4_SSL(server.host, server.port, ssl_context=context, timeout=TIMEOUT)
        else:
            imap = imaplib.IMAP4(server.host, server.port, timeout=TIMEOUT)
        if server.tls == "starttls":
            imap.starttls(context)
        imap.login(server.user, server.password)
    except FAULTS as error:
        if imap is not None:
            imap.shutdown()
        raise ServerError(where, words(error)) from error
    try:
        yield imap
        imap.logout()
    except (imaplib.IMAP4.error, OSError) as error:
        raise ServerError(where, words(error)) from error
    finally:
        if imap.state != "LOGOUT":
            imap.shutdown()


class _Folder:
    """One folder of a signed-in line."""

    def __init__(self, imap: imaplib.IMAP4, mail: MailSettings, server: Server) -> None:
        self._imap = imap
        self._mail = mail
        self._able: frozenset[str] = frozenset()
        self._name = f"{server.user}@{server.host}/{mail.folder}"

    def read(self, take: Take) -> Polled:
        """Take in what is new, in its order."""
        able = b" ".join(_flat(self._ask(self._imap.capability)))
        self._able = frozenset(able.decode("ascii", "replace").upper().split())
        self._ask(self._imap.select, quoted(self._mail.folder))
        validity = self._number("UIDVALIDITY")
        mark = places.read_mark(self._name)
        last = mark[1] if mark and mark[0] == validity else 0
        highest = max(self._number("UIDNEXT") - 1, last)
        taken = known = 0
        for uid in self._new(last, unseen=mark is None):
            done = self._take(uid, take)
            taken += done is not None and not done.known
            known += done is not None and done.known
            self._put_away(uid)
            if mark is not None:
                last = max(last, uid)
                self._note(validity, last)
        self._note(validity, max(highest, last) if mark is None else last)
        return Polled(taken, known)

    def _note(self, validity: int, last: int) -> None:
        with connection.transaction():
            places.put_mark(self._name, validity, last)

    def _new(self, last: int, *, unseen: bool) -> list[int]:
        """Return the numbers of what is new; at the first time that is what nobody has read."""
        words_ = "UNSEEN" if unseen else f"UID {last + 1}:*"
        answer = self._ask(self._imap.uid, "SEARCH", words_)
        numbers = (int(word) for part in answer if part for word in part.split())
        return sorted(number for number in numbers if number > last)

    def _take(self, uid: int, take: Take) -> Taken | None:
        """Take in one message; None when somebody removed it meanwhile."""
        sizes = self._ask(self._imap.uid, "FETCH", str(uid), "(RFC822.SIZE)")
        found = SIZE.search(b" ".join(_flat(sizes)))
        if found is None:
            return None
        too_large = int(found.group(1)) > filing.limit_in_bytes
        what = "(BODY.PEEK[HEADER])" if too_large else "(BODY.PEEK[])"
        answer = self._ask(self._imap.uid, "FETCH", str(uid), what)
        raw = next((part[1] for part in answer if isinstance(part, tuple)), None)
        if raw is None:
            return None
        problem = ""
        if too_large:
            problem = _("only its head is here, the rest is in the mailbox: {reason}").format(
                reason=LetterTooLargeError(filing.limit_in_bytes)
            )
        return take(raw, Envelope("imap"), problem)

    def _put_away(self, uid: int) -> None:
        """Mark a message as seen, move it, or leave it, as the settings say."""
        done = self._mail.done
        if done == "keep":
            return
        if done == "seen":
            self._ask(self._imap.uid, "STORE", str(uid), "+FLAGS.SILENT", r"(\Seen)")
            return
        if "MOVE" in self._able:
            self._to_folder("MOVE", uid, done)
            return
        self._to_folder("COPY", uid, done)
        self._ask(self._imap.uid, "STORE", str(uid), "+FLAGS.SILENT", r"(\Seen \Deleted)")
        if "UIDPLUS" in self._able:
            self._ask(self._imap.uid, "EXPUNGE", str(uid))

    def _to_folder(self, act: str, uid: int, folder: str) -> None:
        """Move or copy a message, into a folder that is made if it is not there."""
        status, _answer = self._imap.uid(act, str(uid), quoted(folder))
        if status != "OK":
            self._imap.create(quoted(folder))
            self._ask(self._imap.uid, act, str(uid), quoted(folder))

    def _number(self, name: str) -> int:
        _name, answer = self._imap.response(name)
        return int(answer[0]) if answer and answer[0] else 1

    def _ask(self, act: Callable[..., Any], *what: str) -> list[Any]:
        # Any: imaplib answers with bytes, tuples and None
        status, answer = act(*what)
        if status != "OK":
            said = b" ".join(_flat(answer)).decode("utf-8", "replace")
            raise imaplib.IMAP4.error(f"{' '.join(what[:1])} {said[:200]}".strip())
        return list(answer)


def _flat(answer: list[Any]) -> list[bytes]:  # Any: as above
    return [
        part[0] if isinstance(part, tuple) else part
        for part in answer
        if isinstance(part, tuple | bytes)
    ]


def quoted(folder: str) -> str:
    """Return the name of a folder as IMAP wants it: quoted, in modified UTF-7.

    Source: RFC 3501, section 5.1.3.
    """
    text = ""
    for piece in re.split(r"([^\x20-\x7e]+)", folder):
        if piece.isascii() and piece.isprintable():
            text += piece.replace("&", "&-")
        else:
            coded = b64encode(piece.encode("utf-16-be")).decode().rstrip("=").replace("/", ",")
            text += f"&{coded}-"
    return '"' + text.replace("\\", r"\\").replace('"', r"\"") + '"'
