"""The words of assets: states, conditions, kinds and tags.

Words are stored and queried as they stand here; screens translate their labels.
"""

import re

from boconsole.errors import InvalidChangeError
from boconsole.language import N_, _

STATES = ("ordered", "in_stock", "deployed", "in_repair", "lost", "retired", "disposed")
ACTIVE = frozenset(("ordered", "in_stock", "deployed", "in_repair"))
FINISHED = frozenset(("lost", "retired", "disposed"))
CONDITIONS = ("new", "good", "worn", "broken")
KINDS = ("computer", "phone", "peripheral", "server", "network", "other")
HOLDERS = ("person", "place", "asset")
RELATIONS = ("part_of", "runs_on", "depends_on", "connects_to")
RELATION_BACK = {
    "part_of": "has_part",
    "runs_on": "runs",
    "depends_on": "needed_by",
    "connects_to": "connects_to",
}
BACK = {back: kind for kind, back in RELATION_BACK.items() if back != kind}
STATE_TITLES = {
    "ordered": N_("Ordered"),
    "in_stock": N_("In stock"),
    "deployed": N_("Deployed"),
    "in_repair": N_("In repair"),
    "lost": N_("Lost"),
    "retired": N_("Retired"),
    "disposed": N_("Disposed"),
}
CONDITION_TITLES = {
    "new": N_("New"),
    "good": N_("Good"),
    "worn": N_("Worn"),
    "broken": N_("Broken"),
}
KIND_TITLES = {
    "computer": N_("Computers"),
    "phone": N_("Phones"),
    "peripheral": N_("Peripherals"),
    "server": N_("Servers"),
    "network": N_("Network equipment"),
    "other": N_("Other"),
}
RELATION_TITLES = {
    "part_of": N_("part of"),
    "has_part": N_("has part"),
    "runs_on": N_("runs on"),
    "runs": N_("runs"),
    "depends_on": N_("depends on"),
    "needed_by": N_("needed by"),
    "connects_to": N_("connects to"),
}
SPELLINGS = {
    "stock": "in_stock", "instock": "in_stock", "ready": "in_stock", "repair": "in_repair",
    "in_use": "deployed", "lent": "deployed", "order": "ordered", "scrapped": "disposed",
    "sold": "disposed", "part": "part_of", "runs": "runs", "depends": "depends_on",
    "connects": "connects_to",
}  # fmt: skip
ALIASES = {
    "status": "state", "cat": "category", "type": "category", "location": "place",
    "eol": "end_of_life", "end": "end_of_life", "due": "expected", "returns": "expected",
    "org": "organisation", "order": "order_number", "notes": "note", "hostname": "host",
    "purchased": "bought", "price": "cost", "fixed": "fixed_asset", "maker": "manufacturer",
}  # fmt: skip
"""Further names of fields."""
PREFIX = "AST"
TAG = re.compile(rf"{PREFIX}-?0*([1-9][0-9]{{0,8}})", re.IGNORECASE)
PLAIN_TAG = re.compile(r"[^\s,;|]{1,60}")


def tag(number: int) -> str:
    """Return the tag of our own form: `AST-0007`."""
    return f"{PREFIX}-{number:04}"


def tag_number(text: str) -> int | None:
    """Return the number of a tag of our own form, or None for any other."""
    found = TAG.fullmatch(text.strip())
    return int(found[1]) if found else None


def checked_tag(text: str) -> str:
    """Return a tag as it is kept; one of our own form gets its zeros.

    Raises:
        InvalidChangeError: It is empty, too long, or has blanks.
    """
    text = text.strip()
    number = tag_number(text)
    if number is not None:
        return tag(number)
    if not PLAIN_TAG.fullmatch(text):
        raise InvalidChangeError(
            "tag", _("{text!r} is no tag; use up to 60 letters and digits without blanks").format(
                text=text[:40]
            ),
        )  # fmt: skip
    return text


def one_of(field: str, word: str, words: tuple[str, ...]) -> str:
    """Return a word of a list, whatever its case; hyphens and blanks stand for `_`.

    Raises:
        InvalidChangeError: It is not one of the words.
    """
    low = "_".join(word.lower().replace("-", " ").replace("_", " ").split())
    low = low if low in words else SPELLINGS.get(low, low)
    if low not in words:
        raise InvalidChangeError(
            field,
            _("{word!r} is not one of {words}").format(word=word[:40], words=", ".join(words)),
        )
    return low


def field_name(key: str) -> str:
    """Return the name of a field, however it was written: `End-of-life`, `cf.Ram`."""
    low = key.strip().lower()
    if low.startswith("cf."):
        return low
    low = low.replace("-", "_")
    return ALIASES.get(low, low)


def model_label(manufacturer: str, name: str, number: str) -> str:
    """Return what a model is called: `Lenovo ThinkPad T14 [21HD]`."""
    whole = " ".join(part for part in (manufacturer, name) if part)
    return f"{whole} [{number}]" if number else whole
