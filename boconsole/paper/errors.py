"""Why something is not printed."""

import unicodedata
from pathlib import Path

from boconsole.errors import BoconsoleError
from boconsole.language import _
from boconsole.text import safe


class NoPaperError(BoconsoleError):
    """The library that writes PDF is not installed."""

    def __init__(self) -> None:
        super().__init__(_("PDF needs the extra package: pip install 'boconsole[paper]'."))


class NoSignError(BoconsoleError):
    """The fonts have no sign for a character, and a box in its place would say nothing."""

    def __init__(self, sign: str, text: str) -> None:
        super().__init__(
            _(
                "PDF has no sign for {sign} ({name}) in {text!r}; "
                "write it in Latin, Greek or Cyrillic letters."
            ).format(
                sign=f"U+{ord(sign):04X}",
                name=unicodedata.name(sign, "?").lower(),
                text=text[:40],
            )
        )


class UnwrittenError(BoconsoleError):
    """The file cannot be written."""

    def __init__(self, path: Path, reason: str) -> None:
        super().__init__(
            _("{path} cannot be written: {reason}.").format(path=safe(str(path)), reason=reason)
        )
