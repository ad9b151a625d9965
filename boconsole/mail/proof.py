"""Whether a message comes from where it says, as our own mail server has found out.

Only the header that our server wrote is believed: it is the first one that carries its name, and
a server that follows the rule takes out those that came with a message. Source: RFC 8601.
"""

import re
from collections.abc import Sequence
from typing import NamedTuple

QUOTED = re.compile(r'"(?:[^"\\]|\\.)*"')
COMMENT = re.compile(r"\([^()]*\)")
NESTED = 8
RESULT = re.compile(r"(?:^|;)\s*(dmarc|dkim|spf)\s*=\s*([a-z]{1,12})\b", re.IGNORECASE)
LONGEST = 4_000
BAD = ("fail", "softfail", "permerror")


class Proof(NamedTuple):
    """What was found: `failed` where the sender is another one, and the results in a line."""

    failed: bool = False
    said: str = ""


NONE = Proof()
"""Nobody looked, or nobody whom we believe."""


def proof_of(results: Sequence[str], server: str) -> Proof:
    """Return what our server found.

    Args:
        results: The headers Authentication-Results, the topmost first.
        server: The name that our server writes at their beginning; empty believes none.
    """
    for header in results if server else ():
        text = _bare(header[:LONGEST])
        name, _semicolon, rest = text.partition(";")
        if name.split()[:1] and name.split()[0].lower() == server.lower():
            return _read(rest)
    return NONE


def _bare(header: str) -> str:
    """Return a header without the words that a sender may have put into it."""
    text = QUOTED.sub(" ", " ".join(header.split()))
    for _level in range(NESTED):
        text = COMMENT.sub(" ", text)
    return text


def _read(rest: str) -> Proof:
    found: dict[str, list[str]] = {}
    for method, result in RESULT.findall(rest):
        found.setdefault(method.lower(), []).append(result.lower())
    said = " ".join(f"{method}={word}" for method, words in found.items() for word in words)
    if found.get("dmarc", ["none"])[0] in ("pass", "fail"):
        return Proof(found["dmarc"][0] == "fail", said)
    words = [word for method in ("spf", "dkim") for word in found.get(method, ())]
    return Proof("pass" not in words and any(word in BAD for word in words), said)
