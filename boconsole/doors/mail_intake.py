"""The one way in for mail, whichever door it comes through.

Whatever goes wrong inside, the message is kept for a person to look at.
"""

from collections.abc import Callable

from boconsole import filing, logs
from boconsole.attempting import attempt
from boconsole.doors.calls import Call, log_file
from boconsole.errors import REFUSALS, BoconsoleError
from boconsole.language import _
from boconsole.mail import taking
from boconsole.mail.taking import Envelope, Taken, of_mail
from boconsole.session import Session, wall_clock
from boconsole.signing_in import SYSTEM, open_records


def open_mail(call: Call) -> Session:
    """Open the records and return the session of mail.

    Raises:
        BoconsoleError: Somebody else than this machine asks for it.
    """
    if call.guest:
        raise BoconsoleError(_("Mail is taken in and sent by the machine itself, not over a line."))
    open_records(call.settings, create=False)
    filing.set_limit(call.settings.attachment_limit)
    instant = call.settings.clock
    clock = wall_clock if instant is None else lambda: instant
    return of_mail(
        Session(
            SYSTEM, frozenset(), clock, call.settings.zone, call.settings.language
        )
    )  # fmt: skip


def taker(session: Session) -> Callable[[bytes, Envelope, str], Taken]:
    """Return what takes messages in, and keeps those that cannot be understood."""

    def take(raw: bytes, envelope: Envelope, problem: str = "") -> Taken:
        if problem:
            return attempt(lambda: taking.keep(session, raw, envelope, problem))
        try:
            return attempt(lambda: taking.take_in(session, raw, envelope))
        except REFUSALS:
            raise
        except Exception as fault:  # the root of a message: it is kept, the fault goes to the log
            logs.write_fault(fault, log_file())
            reason = _("a fault inside boconsole, which is in {path}").format(path=log_file())
            return attempt(lambda: taking.keep(session, raw, envelope, reason))

    return take
