"""The language of the interface: marks texts, translates them when they are shown.

English is the language of the source and needs no catalogue. Every other one is
a `locale/<language>/LC_MESSAGES/boconsole.po`, compiled on its first use and kept
compiled in the user's cache, so that a checkout and an installed wheel both work
without a step by hand. Which language is active belongs to the running task, so
two people served by one process read their own.
"""

from __future__ import annotations

import gettext
from contextvars import ContextVar
from decimal import Decimal
from functools import lru_cache
from hashlib import sha256
from io import BytesIO
from pathlib import Path

SOURCE_LANGUAGE = "en"
CATALOGUES = Path(__file__).parent / "locale"

_COMMA_DECIMALS = ("id",)
"""Languages that write 12.300,5 for what English writes 12,300.5."""
_TURN = str.maketrans(",.", ".,")

_active: ContextVar[gettext.NullTranslations] = ContextVar("boconsole_language")
_source = gettext.NullTranslations()


def _(message: str) -> str:
    """Return `message` in the active language, or as it is without a translation."""
    return _active.get(_source).gettext(message) if message else ""


def N_(message: str) -> str:  # noqa: N802 - the name that translation tools know
    """Mark a constant for translation and return it unchanged; `_` it when it is shown."""
    return message


def ngettext(one: str, many: str, count: int) -> str:
    """Return the form of a text that fits `count` in the active language."""
    return _active.get(_source).ngettext(one, many, count)


DAYS = (N_("Mon"), N_("Tue"), N_("Wed"), N_("Thu"), N_("Fri"), N_("Sat"), N_("Sun"))
MONTHS = (
    N_("Jan"), N_("Feb"), N_("Mar"), N_("Apr"), N_("May"), N_("Jun"),
    N_("Jul"), N_("Aug"), N_("Sep"), N_("Oct"), N_("Nov"), N_("Dec"),
)  # fmt: skip


def grouped(number: int) -> str:
    """Return a whole number with its thousands grouped as the language does: `12,300`."""
    return _turned(f"{number:,}")


def decimal(number: float | Decimal, digits: int = 1) -> str:
    """Return a number with so many digits behind the mark of the language: `3.4`."""
    return _turned(f"{number:,.{digits}f}")


def _turned(text: str) -> str:
    return text.translate(_TURN) if active_language() in _COMMA_DECIMALS else text


def active_language() -> str:
    """Return the code of the language that `_` answers in."""
    return _active.get(_source).info().get("language", SOURCE_LANGUAGE)


def languages() -> tuple[str, ...]:
    """Return the codes that can be chosen, the source language first."""
    found = (path.parent.parent.name for path in CATALOGUES.glob("*/LC_MESSAGES/boconsole.po"))
    return (SOURCE_LANGUAGE, *sorted(found))


def use_language(code: str) -> str:
    """Make `code` (`id`, `id_ID`, `id-ID.UTF-8`) the language of this task and those it starts.

    Returns:
        The language now in use: the source language where no catalogue fits.
    """
    language = code.replace("-", "_").split(".")[0].split("_")[0].lower()
    if language == SOURCE_LANGUAGE or language not in languages():
        _active.set(_source)
        return SOURCE_LANGUAGE
    _active.set(_catalogue(language))
    return language


@lru_cache
def _catalogue(language: str) -> gettext.NullTranslations:
    text = (CATALOGUES / language / "LC_MESSAGES" / "boconsole.po").read_bytes()
    return gettext.GNUTranslations(BytesIO(_compiled(language, text)))


def _compiled(language: str, text: bytes) -> bytes:
    """Return the binary catalogue of a `.po` text, from the cache when it was made before."""
    import platformdirs

    name = f"{language}-{sha256(text).hexdigest()[:16]}.mo"
    cached = Path(platformdirs.user_cache_dir("boconsole")) / name
    try:
        return cached.read_bytes()
    except OSError:
        binary = _compile(language, text)
    try:
        cached.parent.mkdir(parents=True, exist_ok=True)
        unfinished = cached.with_suffix(f".{id(binary)}.part")
        unfinished.write_bytes(binary)
        unfinished.replace(cached)
    except OSError:
        return binary  # a home that cannot be written costs time at each start, nothing else
    return binary


def _compile(language: str, text: bytes) -> bytes:
    from babel.messages.mofile import write_mo
    from babel.messages.pofile import read_po

    binary = BytesIO()
    write_mo(binary, read_po(BytesIO(text), locale=language))
    return binary.getvalue()
