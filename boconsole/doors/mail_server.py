"""A mail server of our own for the one beside us: SMTP and LMTP on a port of this machine.

A message is answered with 250 after it is durable, and with 451 when it could not be kept, so
that whoever hands it over keeps it. It passes nothing on, and signs nobody in.
Source: RFC 5321, RFC 2033 (LMTP: an answer for each recipient).
"""

import asyncio
import signal
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from typing import Any

from aiosmtpd.smtp import SMTP, Envelope as SmtpEnvelope, syntax  # isort: skip

from boconsole import filing
from boconsole.errors import REFUSALS
from boconsole.mail.errors import LetterTooLargeError
from boconsole.mail.taking import Envelope, Taken
from boconsole.tickets.words import number
from db import connection

HOST = "127.0.0.1"
LINE_LENGTH = 2**20
"""Some programs write a whole paragraph, or a whole page, in one line."""
IDLE = 300
Take = Callable[[bytes, Envelope, str], Taken]


class MailServer(SMTP):
    """Speaks SMTP after EHLO, and LMTP after LHLO."""

    line_length_limit = LINE_LENGTH
    local_part_limit = 0
    speaks_lmtp = False
    answers = 1

    def __init__(self, handler: "Handler", limit: int) -> None:
        super().__init__(
            handler, data_size_limit=limit, enable_SMTPUTF8=True, hostname="localhost",
            ident="boconsole", timeout=IDLE, loop=asyncio.get_running_loop(),
        )  # fmt: skip

    @syntax("LHLO hostname")
    async def smtp_LHLO(self, arg: str) -> None:  # noqa: N802 - aiosmtpd finds it by this name
        """Greet in LMTP."""
        await self.smtp_EHLO(arg)
        self.speaks_lmtp = bool(arg)

    async def smtp_DATA(self, arg: str) -> None:  # noqa: N802 - as above
        """Take a message; in LMTP each recipient gets an answer."""
        if self.speaks_lmtp and self.envelope is not None:
            self.answers = max(len(self.envelope.rcpt_tos), 1)
        await super().smtp_DATA(arg)
        self.answers = 1

    async def push(self, status: str | bytes) -> None:
        """Send an answer, as often as there are recipients to hear it."""
        text = status.decode("utf-8", "replace") if isinstance(status, bytes) else status
        if text.startswith(("552 Error", "500 Line too long")):
            mebibytes = filing.limit_in_bytes // 2**20
            text = f"552 5.3.4 The message is larger than {mebibytes} MiB; send a link instead"
        times = 1 if text.startswith("354") else self.answers
        await super().push("\r\n".join([text] * times))


class Handler:
    """What the server does with a message: keep it, in a thread of its own."""

    def __init__(self, take: Take, say: Callable[[str], None]) -> None:
        self._take = take
        self._say = say
        self._thread = ThreadPoolExecutor(1, "mail")

    async def handle_DATA(  # noqa: N802 - aiosmtpd finds it by this name
        self,
        server: MailServer,
        session: Any,  # noqa: ARG002 - aiosmtpd hands it over; Any: its own
        envelope: SmtpEnvelope,
    ) -> str:
        """Keep a message; the answer tells what became of it."""
        door = "lmtp" if server.speaks_lmtp else "smtp"
        came = Envelope(door, (envelope.mail_from or "").strip("<>"), tuple(envelope.rcpt_tos))
        loop = asyncio.get_running_loop()
        work = loop.run_in_executor(
            self._thread, self._keep, envelope.original_content or b"", came
        )
        return await work

    def _keep(self, raw: bytes, came: Envelope) -> str:
        try:
            taken = self._take(raw, came, "")
        except LetterTooLargeError:
            return "552 Error"
        except REFUSALS as refusal:
            self._say(str(refusal))
            return "451 4.3.0 The message could not be kept; try again later"
        what = f" as {number(taken.ticket_id)}" if taken.ticket_id else f": {taken.outcome}"
        return f"250 2.0.0 Message {taken.letter_id} taken in{what}"

    def in_thread(self, work: Callable[[], None]) -> "asyncio.Future[None]":
        """Do something else in the thread that has the records."""
        return asyncio.get_running_loop().run_in_executor(self._thread, work)

    def close(self) -> None:
        """Finish what was begun, and let go of the records."""
        self._thread.submit(connection.release).result()
        self._thread.shutdown()


async def serve(
    take: Take,
    port: int,
    *,
    say: Callable[[str], None],
    ready: Callable[[int], None],
    every: tuple[float, Callable[[], None]] | None = None,
    stop: asyncio.Event | None = None,
) -> None:
    """Listen until somebody ends it; what was begun is finished.

    Args:
        take: Keeps a message.
        port: Of this machine; 0 takes a free one.
        say: Tells a sentence.
        ready: Is told the port once it listens.
        every: Seconds, and what to do as often.
        stop: Ends it; the signals TERM and INT without one.
    """
    loop = asyncio.get_running_loop()
    if stop is None:
        stop = asyncio.Event()
        for sign in (signal.SIGTERM, signal.SIGINT):
            loop.add_signal_handler(sign, stop.set)
    handler = Handler(take, say)
    server = await loop.create_server(
        lambda: MailServer(handler, filing.limit_in_bytes), HOST, port
    )
    ready(server.sockets[0].getsockname()[1])
    try:
        while not stop.is_set():
            if every is None:
                await stop.wait()
                continue
            await handler.in_thread(every[1])
            try:
                await asyncio.wait_for(stop.wait(), every[0])
            except TimeoutError:
                continue
    finally:
        server.close()
        handler.close()
