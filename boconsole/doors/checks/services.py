"""What runs beside the console: mail, and backups."""

import socket
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta

from boconsole.doors.calls import Call
from boconsole.doors.checks.finding import Failed, Finding, Warned, all_of
from boconsole.language import _
from boconsole.mail_settings import Server

PATIENCE = 3
OLD = timedelta(days=2)


def look(call: Call) -> Iterator[Finding]:
    """Yield what is found."""
    yield from all_of(
        ("mail out", lambda: _smtp(call)),
        ("mail in", lambda: _imap(call)),
        ("backups", lambda: _backups(call)),
    )


def _smtp(call: Call) -> str:
    mail = call.settings.mail
    if not mail.sender:
        return _("none: BOCONSOLE_MAIL_FROM is not set")
    server = mail.smtp
    if server.user and server.tls == "off" and not _is_here(server.host):
        raise Warned(
            _("{host} gets the password unencrypted").format(host=server.host),
            _("Set BOCONSOLE_MAIL_SMTP_TLS to starttls or tls."),
        )
    return _("{sender} by {where}").format(sender=mail.sender, where=_answers(server, "SMTP"))


def _imap(call: Call) -> str:
    server = call.settings.mail.imap
    if server is None:
        return _("nothing is polled: BOCONSOLE_MAIL_IMAP_HOST is not set")
    if server.tls == "off" and not _is_here(server.host):
        raise Warned(
            _("{host} gets the password unencrypted").format(host=server.host),
            _("Set BOCONSOLE_MAIL_IMAP_TLS to tls or starttls."),
        )
    return _answers(server, "IMAP")


def _is_here(host: str) -> bool:
    return host in ("localhost", "127.0.0.1", "::1")


def _answers(server: Server, name: str) -> str:
    """Return where a mail server answers; nothing is said to it."""
    where = f"{server.host}:{server.port}"
    try:
        socket.create_connection((server.host, server.port), PATIENCE).close()
    except (OSError, UnicodeError) as error:
        reason = getattr(error, "strerror", None) or str(error)
        raise Failed(
            _("{where} does not answer: {reason}").format(where=where, reason=reason),
            _("Look at BOCONSOLE_MAIL_{name}_HOST and _PORT, and at the firewall.").format(
                name=name
            ),
        ) from error
    return where


def _backups(call: Call) -> str:
    from boconsole import backups

    folder = call.settings.backups
    if folder is None:
        raise Warned(
            _("no folder is set"),
            _("Set BOCONSOLE_BACKUPS, and run boconsole backup by a timer: docs/operating.md"),
        )
    there = backups.listed(folder)
    if not there:
        raise Warned(
            _("none in {folder}").format(folder=folder), _("Make one with: boconsole backup")
        )
    newest = max(there)
    age = datetime.now(UTC) - newest
    detail = _("the newest of {count} is from {instant}").format(
        count=len(there), instant=newest.strftime("%Y-%m-%d %H:%M UTC")
    )
    if age > OLD:
        raise Warned(detail, _("Look why the timer no longer runs: systemctl list-timers"))
    return detail
