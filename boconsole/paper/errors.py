"""Why something is not printed."""

import unicodedata

from boconsole.errors import BoconsoleError
from boconsole.language import _


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
