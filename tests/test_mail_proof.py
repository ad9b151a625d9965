"""Mail whose sender our own mail server doubts, and mail servers that nobody vouches for."""

from __future__ import annotations

import ssl
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from ipaddress import ip_address
from pathlib import Path
from socket import socket

import pytest
from aiosmtpd.controller import Controller
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec

from boconsole.mail.errors import ServerError
from boconsole.mail.handing import Line
from boconsole.mail.proof import proof_of
from boconsole.mail_settings import Server
from boconsole.session import Session
from boconsole.tickets import reading
from tests.letters import letter, mail_set, take

OURS = "mx.desk.example"
LETTER = b"Subject: Hello\r\n\r\nWe come.\r\n"


@pytest.mark.parametrize(
    ("results", "failed"),
    [
        # RFC 8601, appendix B.3 and B.4 (the names are ours).
        ([f"{OURS}; auth=pass (cram-md5) smtp.auth=a@b.example; spf=pass smtp.mailfrom=x"], False),
        ([f"{OURS} 1; spf=fail smtp.mailfrom=acme.example; dkim=none"], True),
        ([f"{OURS};\n\tdkim=fail (body hash) header.d=acme.example;\n\tspf=pass"], False),
        ([f"{OURS}; spf=pass; dkim=pass; dmarc=fail (p=reject) header.from=acme.example"], True),
        ([f"{OURS}; spf=fail; dkim=fail; dmarc=pass"], False),
        ([f"{OURS}; spf=temperror; dkim=none"], False),
        ([f"{OURS}; none"], False),
        (["mx.elsewhere.example; spf=fail; dkim=fail"], False),
        ([f"{OURS}; spf=fail", f"{OURS}; spf=pass; dmarc=pass"], True),
        ([f'{OURS}; spf=fail reason="a; spf=pass" smtp.mailfrom="b; spf=pass"@x'], True),
        ([f"{OURS}; spf=fail (of (any; spf=pass) kind; dkim=pass)"], True),
        ([], False),
    ],
)  # fmt: skip
def test_only_our_own_server_is_believed_about_a_sender(results: list[str], failed: bool) -> None:
    assert proof_of(results, OURS).failed is failed
    assert proof_of(results, "").failed is False


def test_doubtful_sender_has_no_say_in_a_ticket_and_is_marked(session: Session) -> None:
    doubt = f"{OURS}; spf=fail; dkim=none"
    with mail_set(auth_server=OURS, first_answer=True):
        first = take(session, letter(Authentication_Results=f"{OURS}; spf=pass"))
        forged = take(
            session,
            letter("Send it to my new address.", Message_ID="<two@acme.example>",
                   Subject=f"Re: TKT-{first.ticket_id}", Authentication_Results=doubt),
        )  # fmt: skip
        new = take(
            session,
            letter(
                Message_ID="<three@acme.example>", Subject="Other", Authentication_Results=doubt
            ),
        )

    told = reading.timeline(session, new.ticket_id)
    assert (first.outcome, forged.outcome, new.outcome) == ("ticket", "note", "ticket")
    assert any("doubts that this mail is from Ann Lee" in str(entry) for entry in told)
    assert any("spf=fail dkim=none" in str(entry) for entry in told)


@pytest.fixture(scope="module")
def certificate(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A certificate that signed itself, with its key."""
    key = ec.generate_private_key(ec.SECP256R1())
    name = x509.Name([x509.NameAttribute(x509.NameOID.COMMON_NAME, "mail")])
    address = x509.IPAddress(ip_address("127.0.0.1"))
    now = datetime.now(UTC)
    made = (
        x509.CertificateBuilder().subject_name(name).issuer_name(name)
        .public_key(key.public_key()).serial_number(7)
        .not_valid_before(now - timedelta(days=1)).not_valid_after(now + timedelta(days=1))
        .add_extension(x509.SubjectAlternativeName([address]), critical=False)
        .sign(key, hashes.SHA256())
    )  # fmt: skip
    path = tmp_path_factory.mktemp("tls") / "mail.pem"
    path.write_bytes(
        key.private_bytes(serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8,
                          serialization.NoEncryption())
        + made.public_bytes(serialization.Encoding.PEM)
    )  # fmt: skip
    return path


class Inbox:
    """Keeps what came."""

    def __init__(self) -> None:
        self.came: list[bytes] = []

    async def handle_DATA(self, server: object, session: object, envelope: object) -> str:  # noqa: N802
        self.came.append(envelope.content)  # type: ignore[attr-defined]
        return "250 OK"


@pytest.fixture(params=["tls", "starttls"])
def served(request: pytest.FixtureRequest, certificate: Path) -> Iterator[tuple[Server, Inbox]]:
    """A mail server with that certificate."""
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(certificate)
    with socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    inbox = Inbox()
    how = (
        {"ssl_context": context}
        if request.param == "tls"
        else {"tls_context": context, "require_starttls": True}
    )
    controller = Controller(inbox, hostname="127.0.0.1", port=port, **how)
    controller.start()
    yield Server("127.0.0.1", port, request.param), inbox
    controller.stop()


def test_mail_server_that_nobody_vouches_for_is_refused_until_it_is_trusted(
    served: tuple[Server, Inbox], certificate: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    server, inbox = served

    with pytest.raises(ServerError, match="certificate"), Line(server) as line:
        line.hand_over("help@desk.example", "ann@acme.example", LETTER)
    unsent = list(inbox.came)
    monkeypatch.setenv("SSL_CERT_FILE", str(certificate))
    with Line(server) as line:
        fate = line.hand_over("help@desk.example", "ann@acme.example", LETTER)

    assert unsent == []
    assert fate.word == "sent"
    assert inbox.came == [LETTER]
