"""Public keys as OpenSSH writes them: read, judged and named by their fingerprint.

Pure. A key is taken apart as RFC 4253 (6.6), RFC 5656 and RFC 8709 lay it out, so that what is
kept can be read by every server: ed25519, ecdsa on the three NIST curves, RSA of 2048 bits or
more, and the two kinds that live on a security key.
"""

import binascii
from base64 import b64decode, b64encode
from hashlib import sha256
from typing import NamedTuple

from boconsole.errors import InvalidChangeError
from boconsole.language import _
from boconsole.text import safe

LEAST_RSA, MOST_RSA = 2048, 16384
CURVES = {b"nistp256": 32, b"nistp384": 48, b"nistp521": 66}
"""Bytes of a coordinate."""
KINDS = (
    "ssh-ed25519", "ecdsa-sha2-nistp256", "ecdsa-sha2-nistp384", "ecdsa-sha2-nistp521", "ssh-rsa",
    "sk-ssh-ed25519@openssh.com", "sk-ecdsa-sha2-nistp256@openssh.com",
)  # fmt: skip


class Key(NamedTuple):
    """A key: its line without a comment, its fingerprint, and the comment."""

    line: str
    fingerprint: str
    comment: str


def read_key(text: str) -> Key:
    """Return the key of a line of an `.pub` file.

    Raises:
        InvalidChangeError: It is none, is a private one, or is too weak.
    """
    lines = [line.strip() for line in text.strip().splitlines() if line.strip()]
    if lines and "PRIVATE KEY" in lines[0]:
        raise _refused(_("is a private key; keep it to yourself and give the file ending in .pub"))
    if len(lines) != 1:
        raise _refused(_("must be one line such as ssh-ed25519 AAAA… name@machine"))
    kind, _blank, rest = lines[0].partition(" ")
    encoded, _blank, comment = rest.strip().partition(" ")
    if kind == "ssh-dss":
        raise _refused(_("is of the kind DSA, which is broken; make one with ssh-keygen"))
    if kind not in KINDS:
        raise _refused(
            _("must begin with one of {kinds}; options before it are not taken").format(
                kinds=", ".join(KINDS[:5])
            )
        )
    try:
        blob = b64decode(encoded, validate=True)
    except (binascii.Error, ValueError):
        raise _refused(_("is damaged; copy the whole line of the file ending in .pub")) from None
    _check(kind, blob)
    fingerprint = "SHA256:" + b64encode(sha256(blob).digest()).decode().rstrip("=")
    return Key(f"{kind} {b64encode(blob).decode()}", fingerprint, safe(comment.strip())[:120])


def _refused(reason: str) -> InvalidChangeError:
    return InvalidChangeError("key", reason)


def _check(kind: str, blob: bytes) -> None:
    damaged = _refused(_("is damaged; copy the whole line of the file ending in .pub"))
    try:
        name, *parts = _parts(blob)
    except ValueError:
        raise damaged from None
    if name != kind.encode():
        raise damaged
    if kind == "ssh-rsa":
        _check_rsa(parts, damaged)
        return
    of_card = kind.startswith("sk-")
    if of_card and not (parts and parts[-1]):
        raise damaged
    parts = parts[:-1] if of_card else parts
    if kind.removeprefix("sk-").startswith("ssh-ed25519"):
        sound = len(parts) == 1 and len(parts[0]) == 32
    else:
        curve = kind.removeprefix("sk-").partition("@")[0].removeprefix("ecdsa-sha2-").encode()
        size = 1 + 2 * CURVES[curve]
        sound = len(parts) == 2 and parts[0] == curve and len(parts[1]) == size
        sound = sound and parts[1][0] == 4
    if not sound:
        raise damaged


def _check_rsa(parts: list[bytes], damaged: InvalidChangeError) -> None:
    if len(parts) != 2:
        raise damaged
    exponent, modulus = (int.from_bytes(part) for part in parts)
    if exponent < 3 or not exponent % 2 or not modulus % 2:
        raise damaged
    if not LEAST_RSA <= modulus.bit_length() <= MOST_RSA:
        raise _refused(
            _("has {bits} bits; RSA keys need {least} at least, ed25519 ones are best").format(
                bits=modulus.bit_length(), least=LEAST_RSA
            )
        )


def _parts(blob: bytes) -> list[bytes]:
    """Return the strings of a blob, each with its length before it; raises ValueError."""
    found = []
    at = 0
    while at < len(blob):
        size = int.from_bytes(blob[at : at + 4])
        part = blob[at + 4 : at + 4 + size]
        if len(blob) < at + 4 or len(part) != size:
            raise ValueError
        found.append(part)
        at += 4 + size
    if not found:
        raise ValueError
    return found
