"""Whole numbers in words, in English and Indonesian: what is paid, beyond a slip of a digit."""

from boconsole.language import active_language

ENGLISH = (
    "zero", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten",
    "eleven", "twelve", "thirteen", "fourteen", "fifteen", "sixteen", "seventeen", "eighteen",
    "nineteen",
)  # fmt: skip
TENS = ("", "", "twenty", "thirty", "forty", "fifty", "sixty", "seventy", "eighty", "ninety")
INDONESIAN = (
    "nol", "satu", "dua", "tiga", "empat", "lima", "enam", "tujuh", "delapan", "sembilan",
    "sepuluh", "sebelas",
)  # fmt: skip
STEPS = {
    "en": ("", "thousand", "million", "billion", "trillion", "quadrillion", "quintillion"),
    "id": ("", "ribu", "juta", "miliar", "triliun", "kuadriliun", "kuintiliun"),
}


def in_words(number: int) -> str:
    """Return a number from 0 to 10^21 - 1 in the active language: `one hundred and five`."""
    language = "id" if active_language() == "id" else "en"
    if not number:
        return (INDONESIAN if language == "id" else ENGLISH)[0]
    parts: list[str] = []
    for step in STEPS[language]:
        number, part = divmod(number, 1000)
        if not part:
            continue
        if language == "id":
            told = "seribu" if (part, step) == (1, "ribu") else f"{_indonesian(part)} {step}"
        else:
            told = f"{_english(part)} {step}"
        parts.insert(0, told.strip())
    return " ".join(parts)


def _english(number: int) -> str:
    hundreds, rest = divmod(number, 100)
    if rest < 20:
        told = ENGLISH[rest]
    else:
        told = TENS[rest // 10] + (f"-{ENGLISH[rest % 10]}" if rest % 10 else "")
    if not hundreds:
        return told
    return f"{ENGLISH[hundreds]} hundred" + (f" and {told}" if rest else "")


def _indonesian(number: int) -> str:
    hundreds, rest = divmod(number, 100)
    parts = []
    if hundreds:
        parts.append("seratus" if hundreds == 1 else f"{INDONESIAN[hundreds]} ratus")
    if 0 < rest < 12:
        parts.append(INDONESIAN[rest])
    elif 12 <= rest < 20:
        parts.append(f"{INDONESIAN[rest - 10]} belas")
    elif rest >= 20:
        parts.append(f"{INDONESIAN[rest // 10]} puluh")
        if rest % 10:
            parts.append(INDONESIAN[rest % 10])
    return " ".join(parts)
