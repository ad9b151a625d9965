"""From a word that names an asset in any way to its tag: serial number, host name, address."""

from boconsole.assets.area import find_idents
from boconsole.session import Session
from db.assets.records import select_tags

LONGEST = 255


def tag_of(session: Session, word: str) -> str:
    """Return the tag of the one asset that a word names, or nothing."""
    if not session.may("asset.read") or not 3 <= len(word) <= LONGEST or " " in word:
        return ""
    found = find_idents(word)
    return select_tags(found)[found[0]][0] if len(found) == 1 else ""
