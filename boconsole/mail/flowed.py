"""Paragraphs that a sender broke into lines, whole again.

Pure. Source: RFC 3676, sections 4.2 to 4.6.
"""

SIGNATURE = "-- "


def unflowed(text: str, *, delete_space: bool) -> str:
    """Return `format=flowed` text with its paragraphs joined; quotes keep their depth.

    Args:
        text: With newlines.
        delete_space: The parameter DelSp: the blank at the end of a line belongs to no word.
    """
    lines: list[str] = []
    open_depth = -1
    for line in text.split("\n"):
        depth = len(line) - len(line.lstrip(">"))
        words = line[depth:].removeprefix(" ")
        flows = words.endswith(" ") and words != SIGNATURE
        if flows and delete_space:
            words = words[:-1]
        if open_depth == depth and words != SIGNATURE:
            lines[-1] += words
        else:
            lines.append(f"{'>' * depth} {words}" if depth else words)
        open_depth = depth if flows else -1
    return "\n".join(lines)
