"""What is new in a message, and what a mail program put below it.

Pure. The text is cut only at marks that cannot be mistaken, and nothing is taken away: both
parts together are the text.
"""

import re

LEAST = 3
"""Lines of history that are worth folding."""
SIGNATURE = "--"
ORIGINAL = re.compile(
    r"-{3,} ?(?:Original Message|Ursprüngliche Nachricht|Message d'origine|Mensaje original|"
    r"Pesan Asli|Forwarded message|Weitergeleitete Nachricht) ?-{3,}",
    re.IGNORECASE,
)
RULE = re.compile(r"_{20,}")
HEAD = re.compile(r"\*?(?:From|Von|De|Dari)\*?:\*? .*@.*", re.IGNORECASE)
WROTE = re.compile(r".*(?:\d{4}|@).*:$")
"""`On Mon, 4 May 2026 at 08:00, Ann <ann@example.com> wrote:`, in any language."""


def parted(text: str) -> tuple[str, str]:
    """Return the new part of a message and the history below it, empty where there is none."""
    lines = text.split("\n")
    at = _cut(lines)
    if len(lines) - at < LEAST or not any(line.strip() for line in lines[:at]):
        return text, ""
    return "\n".join(lines[:at]), "\n".join(lines[at:])


def _cut(lines: list[str]) -> int:
    """Return the line at which history begins; their number where there is none."""
    for at, line in enumerate(lines):
        words = line.strip()
        if ORIGINAL.fullmatch(words) or (line.rstrip() == SIGNATURE and _is_tail(lines, at)):
            return at
        if RULE.fullmatch(words) and any(HEAD.fullmatch(each.strip()) for each in lines[at:][1:3]):
            return at
    return _quoted_tail(lines)


def _is_tail(lines: list[str], at: int) -> bool:
    """Return whether a signature is what it looks like: a few lines, or history behind it."""
    rest = [line for line in lines[at + 1 :] if line.strip()]
    return len(rest) <= 12 or any(line.startswith(">") for line in rest)


def _quoted_tail(lines: list[str]) -> int:
    """Return where the quotes begin that nothing follows, with the line that leads them in."""
    at = len(lines)
    while at and (lines[at - 1].startswith(">") or not lines[at - 1].strip()):
        at -= 1
    if not any(line.startswith(">") for line in lines[at:]):
        return len(lines)
    if at < 2 or not WROTE.fullmatch(lines[at - 1].strip()):
        return at
    return at - 2 if lines[at - 1].startswith("<") else at - 1  # long ones are broken in two
