"""The doors of mail with real counterparts: smtplib at our port, a pipe, an IMAP server."""

import asyncio
import json
import os
import shutil
import smtplib
import subprocess
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from imaplib import IMAP4
from pathlib import Path
from queue import Queue
from socket import AF_INET, create_connection, socket
from threading import Thread
from time import monotonic, sleep
from typing import Any

import pytest

from boconsole import filing, mail_settings
from boconsole.doors import mail_server
from boconsole.doors.mail_intake import taker
from boconsole.errors import BoconsoleError
from boconsole.mail import keeping, polling
from boconsole.mail.polling import Polled
from boconsole.mail.taking import of_mail
from boconsole.session import Session
from db import connection
from db.mail import places
from tests.letters import letter, mail_set, server_at

DOVECOT = "/usr/sbin/dovecot"


@contextmanager
def listening(take: Callable[..., Any]) -> Iterator[int]:
    """Serve in a thread; yields the port."""
    ports: Queue[int] = Queue()
    ends: list[Callable[[], None]] = []

    async def run() -> None:
        stop = asyncio.Event()
        loop = asyncio.get_running_loop()
        ends.append(lambda: loop.call_soon_threadsafe(stop.set))
        await mail_server.serve(take, 0, say=print, ready=ports.put, stop=stop)

    thread = Thread(target=lambda: asyncio.run(run()))
    thread.start()
    port = ports.get(timeout=10)
    try:
        yield port
    finally:
        ends[0]()
        thread.join()


def test_smtp_conversation_takes_a_message_of_any_kind_in(session: Session) -> None:
    with (
        mail_set(),
        listening(taker(of_mail(session))) as port,
        smtplib.SMTP("127.0.0.1", port) as smtp,
    ):
        raw = letter("x" * 5000 + "\n.\n..").replace(b"\n", b"\r\n")
        smtp.sendmail("ann@acme.example", "help@desk.example", raw)
        smtp.sendmail("", "help@desk.example", letter(message_id="<2@a>"))
        smtp.mail("<>")
        answer = smtp.docmd("RCPT", "TO:<help@desk.example>")

    rows = keeping.list_letters(session, every=True)
    assert answer[0] == 250
    assert [(row.door, row.outcome, row.recipients) for row in rows] == [
        ("smtp", "ticket", "help@desk.example")
    ] * 2
    assert keeping.source(session, 1) == raw


def test_lmtp_answers_for_each_recipient_and_refuses_what_is_too_large(
    session: Session, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(filing, "limit_in_bytes", 2**20)
    talk = [
        "LHLO desk", "MAIL FROM:<ann@acme.example>", "RCPT TO:<help@desk.example>",
        "RCPT TO:<bills@desk.example>", "DATA",
    ]  # fmt: skip
    with mail_set(), listening(taker(of_mail(session))) as port:
        answers = []
        for text in (
            "It burns.",
            "y" * 70 + "\n",
        ):
            body = letter(text if len(text) < 20 else text * 16_000).replace(b"\n", b"\r\n")
            with create_connection(("127.0.0.1", port), 10) as line:
                said = line.makefile("rb")
                said.readline()
                for words in talk:
                    line.sendall(words.encode() + b"\r\n")
                    while said.readline()[3:4] == b"-":
                        pass
                line.sendall(body + b"\r\n.\r\nNOOP\r\n")
                answers.append([said.readline().decode()[:9].strip() for _ in range(3)])

    assert answers == [["250 2.0.0", "250 2.0.0", "250 OK"], ["552 5.3.4", "552 5.3.4", "250 OK"]]
    assert [row.outcome for row in keeping.list_letters(session, every=True)] == ["ticket"]


def test_message_that_cannot_be_kept_is_left_with_its_sender(local_session: Session) -> None:
    def full(*_given: object) -> None:
        raise BoconsoleError("The disk is full.")

    with (
        listening(full) as port,
        smtplib.SMTP("127.0.0.1", port) as smtp,
        pytest.raises(smtplib.SMTPDataError) as refused,
    ):
        smtp.sendmail("ann@acme.example", "help@desk.example", letter())

    assert refused.value.smtp_code == 451


def test_pipe_of_a_mail_server_needs_no_account_and_ends_as_it_understands(
    command: Any, tmp_path: Path
) -> None:
    command("init", BOCONSOLE_USER="root")
    nobody = {"BOCONSOLE_USER": "nobody", "BOCONSOLE_MAIL_FROM": "help@desk.example",
              "BOCONSOLE_ATTACHMENT_LIMIT": "1"}  # fmt: skip
    pipe = ("mail", "receive", "--stdin", "--json", "--from", "<ann@acme.example>")

    taken = command(*pipe, stdin=letter().decode(), **nobody)
    large = command(*pipe, stdin=letter("z" * 2**20).decode(), **nobody)
    away = command(*pipe, stdin=letter().decode(), database=f"sqlite:///{tmp_path}/none.sqlite")

    assert (taken.returncode, json.loads(taken.stdout)["ticket"]) == (0, "TKT-1")
    assert (large.returncode, away.returncode) == (65, 75)
    assert "larger than 1 MiB" in large.stderr


# IMAP


@pytest.fixture(scope="module")
def imap_server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[int, Path]]:
    """A dovecot of our own: its port, and the folder of the mail of `help`."""
    if not os.access(DOVECOT, os.X_OK):
        if os.environ.get("CI"):
            raise FileNotFoundError(DOVECOT)
        pytest.skip("IMAP tests skipped: dovecot is not installed (apt-get install dovecot-imapd)")
    base = Path(f"/tmp/boconsole-dovecot-{os.getpid()}")  # its sockets need a short path
    base.mkdir(mode=0o755)
    with socket(AF_INET) as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    mine = "root" if os.getuid() == 0 else os.environ.get("USER", "root")
    mailer = "dovecot" if os.getuid() == 0 else mine
    (base / "users").write_text("help:{PLAIN}secret\n")
    (base / "dovecot.conf").write_text(
        f"""
        base_dir = {base}/run
        log_path = {base}/log
        protocols = imap
        listen = 127.0.0.1
        ssl = no
        disable_plaintext_auth = no
        default_login_user = {mailer}
        default_internal_user = {mailer}
        default_internal_group = {mailer}
        first_valid_uid = 0
        mail_location = maildir:{base}/mail
        service imap-login {{
          chroot =
          inet_listener imap {{
            port = {port}
          }}
          inet_listener imaps {{
            port = 0
          }}
        }}
        service anvil {{
          chroot =
        }}
        passdb {{
          driver = passwd-file
          args = {base}/users
        }}
        userdb {{
          driver = static
          args = uid={mailer} gid={mailer} home={base}/home
        }}
        """
    )
    if os.getuid() == 0:
        (base / "mail").mkdir()
        shutil.chown(base / "mail", mailer, mailer)
    server = subprocess.Popen([DOVECOT, "-F", "-c", str(base / "dovecot.conf")])
    try:
        _until_it_answers(port, base / "log")
        yield port, base / "mail"
    finally:
        server.terminate()
        server.wait(timeout=20)
        shutil.rmtree(base, ignore_errors=True)


def _until_it_answers(port: int, log: Path) -> None:
    end = monotonic() + 20
    while True:
        try:
            with IMAP4("127.0.0.1", port, timeout=5) as imap:
                imap.login("help", "secret")
            return
        except (OSError, IMAP4.error) as error:
            if monotonic() > end:
                raise AssertionError(log.read_text() if log.exists() else "no log") from error
            sleep(0.05)


@pytest.fixture
def mailbox(imap_server: tuple[int, Path]) -> Iterator[IMAP4]:
    """An empty mailbox of an IMAP server, signed in, and the settings that poll it."""
    port, _folder = imap_server
    with IMAP4("127.0.0.1", port) as imap:
        imap.login("help", "secret")
        if imap.select()[1] != [b"0"]:
            imap.store("1:*", "+FLAGS", r"(\Deleted)")
            imap.expunge()
        with mail_set(imap=server_at(port)._replace(user="help", password="secret")):
            yield imap


def put(imap: IMAP4, *messages: bytes, seen: bool = False) -> None:
    for message in messages:
        imap.append("INBOX", r"(\Seen)" if seen else "", "", message.replace(b"\n", b"\r\n"))


def flags(imap: IMAP4, folder: str = "INBOX") -> list[bool]:
    """Return whether each message of a folder is seen."""
    if imap.select(folder)[1] == [b"0"]:
        return []
    answer = imap.fetch("1:*", "(FLAGS)")[1]
    return [b"\\Seen" in line for line in answer if isinstance(line, bytes)]


def poll(session: Session) -> Polled:
    return polling.poll(taker(of_mail(session)))


def test_poll_takes_what_nobody_has_read_and_then_what_is_new(
    session: Session, mailbox: IMAP4
) -> None:
    put(mailbox, letter("Old.", message_id="<0@a>"), seen=True)
    put(mailbox, letter("One.", message_id="<1@a>"), letter("Two.", message_id="<2@a>"))

    first = poll(session)
    put(mailbox, letter("Read elsewhere.", message_id="<3@a>"), seen=True)
    second = poll(session)

    assert (first, second, poll(session)) == (Polled(2, 0), Polled(1, 0), Polled(0, 0))
    assert flags(mailbox) == [True] * 4
    assert [row.message_id for row in keeping.list_letters(session, every=True)] == [
        "3@a", "2@a", "1@a",
    ]  # fmt: skip


def test_interrupted_poll_takes_the_rest_and_nothing_twice(
    session: Session, mailbox: IMAP4
) -> None:
    put(mailbox, *(letter(str(n), message_id=f"<{n}@a>") for n in range(3)))
    take = taker(of_mail(session))

    def breaks(raw: bytes, envelope: Any, problem: str) -> Any:
        if b"<1@a>" in raw:
            raise BoconsoleError("The disk is full.")
        return take(raw, envelope, problem)

    with pytest.raises(BoconsoleError, match="disk is full"):
        polling.poll(breaks)

    assert poll(session).taken == 2
    assert len(keeping.list_letters(session, every=True)) == 3


def test_other_numbers_of_the_server_bring_nothing_twice(session: Session, mailbox: IMAP4) -> None:
    put(mailbox, letter())
    poll(session)
    name = "help@127.0.0.1/INBOX"
    validity, last = places.read_mark(name) or (0, 0)
    places.put_mark(name, validity - 1, last)

    assert poll(session) == Polled(0, 1)


def test_messages_are_moved_and_large_ones_stay_with_their_head_here(
    session: Session, mailbox: IMAP4, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(filing, "limit_in_bytes", 10_000)
    put(mailbox, letter(), letter("large " * 4_000, message_id="<2@a>", subject="Plans"))

    folder = f"Erledigt.Größe {connection.engine()}"
    with mail_set(imap=mail_settings.in_force().imap, done=folder):
        done = poll(session)

    large = keeping.list_letters(session)[0]
    assert (done, flags(mailbox)) == (Polled(2, 0), [])
    assert len(flags(mailbox, polling.quoted(folder))) == 2
    assert (large.subject, large.outcome) == ("Plans", "not_understood")
    assert "rest is in the mailbox" in large.reason


def test_names_of_folders_are_written_as_imap_wants_them() -> None:
    # RFC 3501, section 5.1.3
    assert polling.quoted("~peter/mail/台北/日本語") == '"~peter/mail/&U,BTFw-/&ZeVnLIqe-"'
    assert polling.quoted('a"b & c') == r'"a\"b &- c"'


def test_sign_in_that_is_refused_is_told_in_a_sentence(command: Any) -> None:
    command("init", BOCONSOLE_USER="root")

    nothing = command("mail", "poll")
    away = command("mail", "poll", BOCONSOLE_MAIL_IMAP_HOST="127.0.0.1",
                   BOCONSOLE_MAIL_IMAP_PORT="9", BOCONSOLE_MAIL_IMAP_TLS="off")  # fmt: skip

    assert (nothing.returncode, away.returncode) == (1, 1)
    assert "BOCONSOLE_MAIL_IMAP_HOST" in nothing.stderr
    assert "127.0.0.1:9 does not serve us: Connection refused" in away.stderr
