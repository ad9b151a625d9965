"""Passwords that are guessed first: well-known words and lines of keys, and what is made of them.

Pure. Twelve characters keep out nearly all of the lists of broken passwords; what is left of them
is a known word with digits, signs or other words around it, a short piece said again and again,
or a walk over the keyboard. Those are known here by how they are made, not by a list of millions.
"""

import re

_LISTED = """
    password passwort passw0rd passwd pass passphrase kata sandi katasandi rahasia secret letmein
    welcome selamat datang admin administrator root user guest test testing demo example changeme
    change default login master access system server company office sysadmin support helpdesk
    boconsole console qwerty qwertz azerty asdf zxcv iloveyou sayang cinta love princess dragon
    monkey sunshine football baseball basketball superman batman shadow michael jordan jennifer
    charlie trustno whatever starwars computer internet samsung google facebook hello world halo
    jakarta bandung surabaya indonesia garuda merdeka bismillah alhamdulillah january february
    march april may june july august september october november december januari februari maret
    mei juni juli agustus oktober desember monday tuesday wednesday thursday friday saturday sunday
    senin selasa rabu kamis jumat sabtu minggu spring summer autumn winter my the is new me you i
    abc abcd xyz one two three correct horse battery staple
"""
WORDS = frozenset(_LISTED.split())
ROWS = (
    "1234567890", "qwertyuiop", "asdfghjkl", "zxcvbnm", "qwertzuiop", "yxcvbnm", "azertyuiop",
    "abcdefghijklmnopqrstuvwxyz", "1qaz2wsx3edc4rfv5tgb6yhn7ujm8ik9ol0p", "qazwsxedcrfvtgbyhnujm",
    "1q2w3e4r5t6y7u8i9o0p", "q1w2e3r4t5y6u7i8o9p0", "!@#$%^&*()", "1!2@3#4$5%6^7&8*9(0)",
)  # fmt: skip
LEAST_WALK = 4
LEAST_LEFT = 4
"""How many characters have to be left that are none of this."""
_MEANT = str.maketrans("04!135$7@", "oaliessta")
_NO_LETTERS = re.compile(r"[\W\d_]+")


def is_common(password: str) -> bool:
    """Return whether a password is made of what is guessed first."""
    folded = password.casefold()
    return (
        _is_repeated(folded)
        or len(_without_walks(folded)) < LEAST_LEFT
        or any(_is_of_words(_NO_LETTERS.sub("", way)) for way in _read(folded))
    )


def _read(folded: str) -> tuple[str, str]:
    """Return the letters as they are, and with the letters that digits and signs stand for."""
    return folded, folded.translate(_MEANT)


def _is_repeated(text: str) -> bool:
    """Return whether a text is a piece of at most a third of it, said again and again."""
    for size in range(1, len(text) // 3 + 1):
        piece = text[:size]
        if (piece * (len(text) // size + 1))[: len(text)] == text:
            return True
    return len(set(text)) < LEAST_LEFT


def _without_walks(text: str) -> str:
    """Return what is left of a text without its lines of keys and runs of digits and letters."""
    left = ""
    at = 0
    while at < len(text):
        length = _walk(text[at:])
        if length < LEAST_WALK:
            left, length = left + text[at], 1
        at += length
    return left


def _walk(text: str) -> int:
    """Return how many characters at the start of a text follow each other on a row."""
    for length in range(len(text), LEAST_WALK - 1, -1):
        piece = text[:length]
        if any(piece in row or piece in row[::-1] for row in ROWS) or len(set(piece)) == 1:
            return length
    return 1


def _is_of_words(letters: str) -> bool:
    """Return whether letters are known words and at most a few others."""
    if not letters:
        return False
    best = [0] * (len(letters) + 1)
    """The fewest letters outside of words, up to each place."""
    for end in range(1, len(letters) + 1):
        best[end] = best[end - 1] + 1
        for size in range(1, min(14, end) + 1):
            if letters[end - size : end] in WORDS:
                best[end] = min(best[end], best[end - size])
    return best[-1] < LEAST_LEFT
