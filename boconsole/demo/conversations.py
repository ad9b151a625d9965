"""What people write in the demo's tickets: templates by scenario and language, filled in.

The templates stand in conversations.en.toml and conversations.id.toml beside this file.
"""

import tomllib
from collections.abc import Mapping, Sequence
from functools import lru_cache
from pathlib import Path
from random import Random

from boconsole.demo.devices import (
    APPLICATIONS,
    BAITS,
    CODES,
    FOLDERS,
    PRODUCTS,
    ROOMS,
    SERVERS,
)

LANGUAGES = ("en", "id")
WHEN = {
    "en": ("this morning", "yesterday afternoon", "Monday", "last night", "last week"),
    "id": ("tadi pagi", "kemarin sore", "Senin", "semalam", "minggu lalu"),
}
OFTEN = {
    "en": ("every hour", "now and then", "each time I try", "only after lunch"),
    "id": ("setiap jam", "kadang-kadang", "setiap kali dicoba", "hanya setelah makan siang"),
}
DAYS = {
    "en": ("Tuesday", "Thursday", "Friday", "the 1st", "next Monday"),
    "id": ("hari Selasa", "hari Kamis", "hari Jumat", "tanggal 1", "Senin depan"),
}
PARTS = {"en": ("morning", "afternoon"), "id": ("pagi", "siang")}
FLOORS = {"en": "{city}, floor {n}", "id": "{city}, lantai {n}"}

Texts = Mapping[str, Sequence[str]]


@lru_cache
def _book(language: str) -> dict[str, dict[str, list[str]]]:
    path = Path(__file__).with_name(f"conversations.{language}.toml")
    return tomllib.loads(path.read_text(encoding="utf-8"))


def scenario_names() -> tuple[str, ...]:
    """Return the scenarios that have texts."""
    return tuple(name for name in _book("en") if name != "common")


def pick(random: Random, choices: Sequence[str]) -> str:
    """Return one of some texts."""
    return choices[int(random.random() * len(choices))]


def place(random: Random, language: str, city: str, floors: int) -> str:
    """Return a floor of an office."""
    return FLOORS[language].format(city=city, n=1 + int(random.random() * floors))


def surroundings(random: Random, language: str, codes: str) -> dict[str, object]:
    """Return what may be named in any ticket: systems, error codes, days, numbers."""
    return {
        "app": pick(random, APPLICATIONS),
        "server": pick(random, SERVERS),
        "product": pick(random, PRODUCTS),
        "bait": pick(random, BAITS),
        "room": pick(random, ROOMS),
        "folder": pick(random, FOLDERS),
        "group": f"grp-{100 + int(random.random() * 800)}",
        "code": pick(random, CODES.get(codes) or CODES["network"]),
        "case": f"C-{10_000 + int(random.random() * 90_000)}",
        "ext": 200 + int(random.random() * 700),
        "n": 2 + int(random.random() * 18),
        "when": pick(random, WHEN[language]),
        "often": pick(random, OFTEN[language]),
        "day": pick(random, DAYS[language]),
        "part": pick(random, PARTS[language]),
    }


class Conversation:
    """The texts of one ticket, all about the same things."""

    def __init__(
        self,
        random: Random,
        scenario: str,
        language: str,
        words: Mapping[str, object],
        *,
        fault: bool,
        variant: int | None = None,
    ) -> None:
        book = _book(language)
        self._random = random
        self._common: Texts = book["common"]
        self._texts: Texts = book[scenario]
        self._words = words
        self._details = "details" if fault else "details_other"
        count = len(self._texts["requests"])
        self._told = int(random.random() * count) if variant is None else variant

    def subject(self) -> str:
        """Return the subject, which belongs to the request."""
        return self._take("subjects")

    def request(self) -> str:
        """Return what the requester writes first."""
        details = ""
        if self._random.random() < 0.6:
            details = " " + self._common_text(self._details)
        body = self._take("requests")
        return (
            f"{self._common_text('greetings')}\n\n{body}{details}\n\n"
            f"{self._common_text('closings')}"
        )

    def acknowledgement(self) -> str:
        """Return the agent's first words when there is no answer yet."""
        return self._letter(self._common_text("acknowledgements"))

    def question(self) -> str:
        """Return what the agent needs to know."""
        return self._letter(self._take("asks"))

    def answer(self) -> str:
        """Return what the requester says to that."""
        return self._take("answers")

    def note(self) -> str:
        """Return what colleagues should know."""
        return self._take("notes")

    def waiting(self) -> str:
        """Return why it has to wait for somebody else."""
        return self._common_text("waiting")

    def solution(self) -> str:
        """Return the agent's answer that settles it."""
        return self._letter(self._take("solutions"))

    def second_solution(self) -> str:
        """Return what the agent says when the first one did not last."""
        return self._letter(self._common_text("solutions_again"))

    def thanks(self) -> str:
        """Return the requester's confirmation."""
        return self._common_text("thanks")

    def complaint(self) -> str:
        """Return what the requester writes when it was not settled after all."""
        return self._common_text("reopen")

    def _take(self, sort: str) -> str:
        """Return a text of the scenario; subject, request and solution go together."""
        texts = self._texts[sort]
        return texts[self._told % len(texts)].format_map(self._words)

    def _common_text(self, sort: str) -> str:
        return pick(self._random, self._common[sort]).format_map(self._words)

    def _letter(self, body: str) -> str:
        return f"{self._common_text('hellos')}\n\n{body}\n\n{self._common_text('signatures')}"
