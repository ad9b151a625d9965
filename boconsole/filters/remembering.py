"""An area with its names read once, so that every key press can be checked at once."""

from dataclasses import replace

from boconsole.filters.area import Area, Names

KEPT = 2_000
"""The most names of one source that are kept for typing."""


def remembered(area: Area) -> Area:
    """Return the area with its names; reads them.

    Sources with more names than are kept pass any word; the list itself finds out.
    """
    custom = area.custom()
    kept = {name: _remembered(source.suggest("", KEPT)) for name, source in area.names.items()}
    return replace(area, names=kept, custom=lambda: custom)


def _remembered(words: list[str]) -> Names:
    known = {word.lower() for word in words} | {
        part.strip() for word in words for part in word.lower().split(" / ")
    }
    some: tuple[object, ...] = (0,)

    def find(word: str) -> tuple[object, ...]:
        return some if len(words) >= KEPT or word.lower() in known else ()

    def suggest(start: str, limit: int) -> list[str]:
        low = start.lower()
        return [word for word in words if word.lower().startswith(low)][:limit]

    return Names(find, suggest)
