"""Handing a message to a mail server, and what is known of it afterwards.

Before the end of the message was sent, whatever breaks leaves it unsent. After that only the
server knows: without its answer the fate of the message is unknown, and nobody sends it again
by himself. Source: RFC 5321, section 4.5.4 and RFC 1047.
"""

import smtplib
import ssl
from types import TracebackType
from typing import NamedTuple

from boconsole.language import _
from boconsole.mail.errors import ServerError
from boconsole.mail_settings import Server
from boconsole.text import safe

TIMEOUT = 60
"""Seconds for one answer of the server."""


class Fate(NamedTuple):
    """What became of a message: `sent`, `later`, `failed` or `uncertain`, and the answer."""

    word: str
    answer: str


class Line:
    """An open line to a mail server, for one message after another."""

    def __init__(self, server: Server) -> None:
        self._server = server
        self._smtp: smtplib.SMTP | None = None

    def __enter__(self) -> "Line":
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        fault: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        """Say goodbye; what was handed over stays so."""
        if self._smtp is not None:
            try:
                self._smtp.quit()
            except (OSError, smtplib.SMTPException):
                self._smtp.close()

    def open(self) -> smtplib.SMTP:
        """Return the line, connected and signed in.

        Raises:
            ServerError: The server cannot be reached or refuses us.
        """
        if self._smtp is not None:
            return self._smtp
        server = self._server
        try:
            context = ssl.create_default_context() if server.tls != "off" else None
            if server.tls == "tls":
                smtp: smtplib.SMTP = smtplib.SMTP_SSL(
                    server.host, server.port, timeout=TIMEOUT, context=context
                )
            else:
                smtp = smtplib.SMTP(server.host, server.port, timeout=TIMEOUT)
            if server.tls == "starttls":
                smtp.starttls(context=context)
            if server.user:
                smtp.login(server.user, server.password)
            smtp.ehlo_or_helo_if_needed()
        except (OSError, ValueError, smtplib.SMTPException) as error:
            raise ServerError(f"{server.host}:{server.port}", words(error)) from error
        self._smtp = smtp
        return smtp

    def hand_over(self, sender: str, recipient: str, content: bytes) -> Fate:
        """Send one message to one recipient; never raises for what the server says or breaks.

        Raises:
            ServerError: The server cannot be reached; the message was not sent.
        """
        smtp = self.open()
        try:
            for code, answer in (smtp.mail(sender), smtp.rcpt(recipient), smtp.docmd("DATA")):
                if code not in (250, 251, 354):
                    smtp.rset()
                    return _fate(code, answer)
        except (OSError, ValueError, smtplib.SMTPException) as error:
            self._drop()
            return Fate("later", words(error))
        try:
            smtp.send(_dotted(content))
            code, answer = smtp.getreply()
        except (OSError, smtplib.SMTPException) as error:
            self._drop()
            return Fate("uncertain", words(error))
        return Fate("sent", _line(answer)) if code == 250 else _fate(code, answer)

    def _drop(self) -> None:
        """Forget a line that broke; the next message gets a new one."""
        if self._smtp is not None:
            self._smtp.close()
            self._smtp = None


def _fate(code: int, answer: bytes) -> Fate:
    """Return what an answer other than yes means; 421 and the like pass, 5xx does not."""
    return Fate("failed" if 500 <= code < 600 else "later", f"{code} {_line(answer)}")


def _dotted(content: bytes) -> bytes:
    """Return a message with its points doubled and its end marked."""
    if not content.endswith(b"\r\n"):
        content += b"\r\n"
    if content.startswith(b"."):
        content = b"." + content
    return content.replace(b"\r\n.", b"\r\n..") + b".\r\n"


def _line(answer: bytes) -> str:
    return " ".join(safe(answer.decode("utf-8", "replace")).split())[:300]


def words(error: Exception) -> str:
    """Return what a server or the network said, in one line."""
    if isinstance(error, smtplib.SMTPResponseException):
        text = error.smtp_error
        said = text if isinstance(text, bytes) else str(text).encode()
        return f"{error.smtp_code} {_line(said)}"
    if isinstance(error, TimeoutError):
        return _("no answer in time")
    return " ".join(safe(str(getattr(error, "strerror", None) or error)).split())[:300] or _(
        "the connection broke"
    )
