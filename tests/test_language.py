"""The language of the console: nothing is left untranslated, cut, or in the wrong form."""

from __future__ import annotations

import ast
import os
import re
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import NamedTuple

import pytest
from babel import Locale, dates, numbers
from babel.messages.catalog import Catalog, Message
from babel.messages.extract import extract_from_dir
from babel.messages.pofile import read_po

from boconsole import language
from boconsole.errors import InvalidChangeError, NotFoundError, StaleRecordError
from boconsole.session import Session
from db.errors import DatabaseFullError, DatabaseUnreachableError
from screens import cells
from screens.areas import AREAS
from screens.keys_page import every_action
from screens.widgets.bars import FooterLine, HeaderLine
from screens.widgets.fields import LABEL_WIDTH
from tests.desks import SMALL, make, press, quiet, shown, whole_desk

ROOT = Path(__file__).parent.parent
FOLDERS = ("boconsole", "db", "screens")
KEYWORDS = {"_": None, "N_": None, "ngettext": (1, 2)}
MARK = re.compile(rf"\b({'|'.join(KEYWORDS)})\(")
PLACEHOLDER = re.compile(r"\{[^{}]*\}|%\(\w+\)[sr]|%[sr]")
ID = Locale("id")
NOON = datetime(2026, 5, 4, 14, 5, 9, tzinfo=UTC)


@pytest.fixture(autouse=True)
def _english_again() -> Iterator[None]:
    yield
    language.use_language("en")


@pytest.fixture
def indonesian() -> None:
    language.use_language("id")


class Marks(NamedTuple):
    """What the sources mark: each text with its plural or nothing, and what no tool would find."""

    found: dict[str, str]
    hidden: list[tuple[str, int]]


def marks(*folders: str) -> Marks:
    """Read the marks of folders; inside of an f-string none is seen before Python 3.12."""
    told = Marks({}, [])
    for path in (path for folder in folders for path in (ROOT / folder).rglob("*.py")):
        if not MARK.search(source := path.read_text(encoding="utf-8")):
            continue
        for node in ast.walk(ast.parse(source)):
            if isinstance(node, ast.JoinedStr):
                inside = (call for call in ast.walk(node) if _mark(call))
                told.hidden.extend((path.name, call.lineno) for call in inside)
            elif one_and_many := _mark(node):
                one, many = one_and_many
                told.found[one] = many or told.found.get(one, "")
    return told


def _mark(node: ast.AST) -> tuple[str, str] | None:
    """Return the text that a call marks, and its plural or nothing."""
    if not isinstance(node, ast.Call) or not isinstance(node.func, ast.Name):
        return None
    texts = [part.value for part in node.args if isinstance(part, ast.Constant)]
    if node.func.id not in KEYWORDS or not texts or not isinstance(texts[0], str):
        return None
    return texts[0], str(texts[1]) if KEYWORDS[node.func.id] else ""


@pytest.fixture(scope="module")
def every_mark() -> Marks:
    return marks(*FOLDERS)


@pytest.fixture(scope="module")
def marked(every_mark: Marks) -> dict[str, str]:
    return every_mark.found


@pytest.fixture(scope="module")
def catalogue() -> Catalog:
    return read_po((ROOT / "boconsole/locale/id/LC_MESSAGES/boconsole.po").open("rb"), "id")


def singular(message: Message) -> str:
    return message.id if isinstance(message.id, str) else message.id[0]


def source(message: Message) -> str:
    return message.id if isinstance(message.id, str) else message.id[1]


def translation(message: Message) -> str:
    return message.string if isinstance(message.string, str) else message.string[0]


def texts(catalogue: Catalog) -> list[Message]:
    return [message for message in catalogue if message.id]


def test_every_marked_text_has_a_translation(marked: dict[str, str], catalogue: Catalog) -> None:
    translated = {singular(message) for message in texts(catalogue) if translation(message)}

    assert sorted(set(marked) - translated) == []


def test_no_translation_is_left_over(marked: dict[str, str], catalogue: Catalog) -> None:
    assert sorted({singular(message) for message in texts(catalogue)} - set(marked)) == []
    assert list(catalogue.obsolete) == []


def test_no_translation_is_only_a_guess(catalogue: Catalog) -> None:
    assert [message.id for message in catalogue if message.fuzzy] == []


def test_translations_keep_their_placeholders(catalogue: Catalog) -> None:
    wrong = [
        (source(message), translation(message))
        for message in texts(catalogue)
        if sorted(PLACEHOLDER.findall(source(message)))
        != sorted(PLACEHOLDER.findall(translation(message)))
    ]

    assert wrong == []


def test_translations_keep_the_blanks_at_their_ends(catalogue: Catalog) -> None:
    wrong = [
        message.id
        for message in texts(catalogue)
        if re.findall(r"^\s*|\s*$", source(message))
        != re.findall(r"^\s*|\s*$", translation(message))
    ]

    assert wrong == []


def test_indonesian_has_one_form_for_every_number(catalogue: Catalog) -> None:
    assert catalogue.num_plurals == 1


def test_a_line_of_the_console_stays_a_line_when_translated(catalogue: Catalog) -> None:
    """Notices, hints and prompts have 76 cells, `Catatan: ` included."""
    cut = [
        translation(message)
        for message in texts(catalogue)
        if any(name.startswith("screens/") for name, _line in message.locations)
        and len(source(message)) <= 78
        and len(translation(message)) > max(76, len(source(message)))
    ]

    assert cut == []


def test_a_name_of_an_action_is_short_in_every_language(indonesian: None) -> None:
    long = [
        action.id
        for action in every_action(AREAS)
        if action.rank and len(language._(action.short or action.title)) > 14
    ]

    assert long == []


def test_the_help_has_room_for_every_action(indonesian: None) -> None:
    told = [language._(text) for each in every_action(AREAS) for text in (each.title, each.help)]

    assert [text for text in told if len(text) > 60] == []


def test_forms_have_room_for_every_label(indonesian: None) -> None:
    labels = [
        call.args[1].args[0].value
        for path in (ROOT / "screens").rglob("*.py")
        if "Field(" in (source := path.read_text(encoding="utf-8"))
        for call in ast.walk(ast.parse(source))
        if isinstance(call, ast.Call)
        and isinstance(call.func, ast.Name)
        and call.func.id == "Field"
        and isinstance(call.args[1], ast.Call)
    ]

    assert len(labels) > 20
    assert [label for label in labels if len(language._(label)) > LABEL_WIDTH - 2] == []


def test_texts_are_marked_where_tools_find_them(every_mark: Marks) -> None:
    assert every_mark.hidden == []


def test_tools_find_what_is_marked() -> None:
    folder = "screens/ledger"
    found = extract_from_dir(ROOT / folder, [("**.py", "python")], keywords=KEYWORDS)

    told = {text if isinstance(text, tuple) else (text, "") for _, _, text, _, _ in found}

    assert {one for one, _many in told} == set(marks(folder).found)
    assert {pair for pair in told if pair[1]} <= set(marks(folder).found.items())


@pytest.mark.parametrize("code", ["en", "id"])
def test_babel_is_not_imported_at_the_start(command, code: str) -> None:  # type: ignore[no-untyped-def]
    command("settings", BOCONSOLE_LANGUAGE=code)  # compiles the catalogue once

    started = subprocess.run(
        [sys.executable, "-X", "importtime", "-m", "boconsole", "settings"],
        capture_output=True, text=True, check=True,
        env={**os.environ, "BOCONSOLE_LANGUAGE": code},
    )  # fmt: skip

    assert "gettext" in started.stderr
    assert "babel" not in started.stderr


def test_a_catalogue_is_compiled_where_nothing_can_be_written(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    (tmp_path / "file").touch()
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "file"))

    assert language._compiled("id", b'msgid "one"\nmsgstr "satu"\n')[:4] == b"\xde\x12\x04\x95"


@pytest.mark.parametrize(
    ("code", "chosen"),
    [("id", "id"), ("id_ID.UTF-8", "id"), ("ID", "id"), ("de", "en"), ("../id", "en"), ("", "en")],
)
def test_a_language_is_chosen_by_its_code(code: str, chosen: str) -> None:
    assert language.use_language(code) == chosen
    assert language.active_language() == chosen


@pytest.mark.parametrize("number", [0, 999, 12_300, 1_234_567])
def test_numbers_are_grouped_as_the_locale_does(indonesian: None, number: int) -> None:
    assert cells.grouped(number) == numbers.format_decimal(number, locale=ID)
    assert language.decimal(number + 0.5) == numbers.format_decimal(number + 0.5, locale=ID)


def test_days_and_months_are_those_of_the_locale(indonesian: None) -> None:
    days, months = ID.days["format"]["abbreviated"], ID.months["format"]["abbreviated"]

    assert [language._(day) for day in language.DAYS] == [days[place] for place in range(7)]
    assert [language._(name) for name in language.MONTHS] == [
        months[place] for place in range(1, 13)
    ]


def test_times_and_dates_are_those_of_the_locale(indonesian: None) -> None:
    now = NOON.replace(hour=16)

    assert cells.clock(NOON) == dates.format_time(NOON, "short", locale=ID)
    assert cells.clock(NOON, seconds=True) == dates.format_time(NOON, "medium", locale=ID)
    assert cells.instant(NOON - timedelta(days=1), now, UTC) == "Min 14.05"
    assert cells.instant(NOON - timedelta(days=30), now, UTC) == dates.format_skeleton(
        "MMMd", NOON - timedelta(days=30), locale=ID
    )


@pytest.mark.parametrize(
    ("left", "shown_as"),
    [
        (timedelta(minutes=35), "35m"),
        (timedelta(hours=-2, minutes=-5), "-2j 05m"),
        (timedelta(days=2, hours=3), "2hr 3j"),
        (timedelta(days=9), "9hr"),
    ],
)
def test_time_left_is_told_in_indonesian(indonesian: None, left: timedelta, shown_as: str) -> None:
    assert cells.time_left(left) == shown_as


def test_refusals_are_told_in_indonesian(indonesian: None) -> None:
    assert str(InvalidChangeError("subject", "x")) == "subjek: x"
    assert str(NotFoundError("x")) == "Tidak ada x."
    assert "orang lain" in str(StaleRecordError("TKT-1"))


def test_faults_of_the_database_are_told_in_the_language_of_whoever_reads_them() -> None:
    full = DatabaseFullError()
    lost = DatabaseUnreachableError("{x}", "there is no such file")
    language.use_language("id")

    assert str(full).startswith("Diska basis data penuh")
    assert str(lost) == "Basis data {x} tidak dapat dibuka: berkasnya tidak ada."


@pytest.mark.parametrize(
    ("words", "code", "told"),
    [
        (("--help",), 0, "pemakaian: boconsole"),
        (("tickets", "list", "--help"), 0, "daftar tiket yang cocok"),
        (("tickts",), 2, "pilihan tidak sah: 'tickts'"),
        (("tickets", "show"), 2, "argumen berikut wajib diberikan: NUMBER"),
        (("tickets", "show", "9"), 1, "Tidak ada tiket TKT-9."),
        (("tickets", "list", "prio:huge"), 1, "perlu priority: critical"),
        (("tickets", "list", "--limit", "x"), 1, "bukan bilangan bulat dari 1"),
        (("settings",), 0, "Zona waktu"),
    ],
)
def test_command_line_speaks_indonesian(command, words, code: int, told: str) -> None:  # type: ignore[no-untyped-def]
    finished = command(*words, BOCONSOLE_LANGUAGE="id")

    assert finished.returncode == code, finished.stderr
    assert told in finished.stdout + finished.stderr


@pytest.mark.parametrize(
    ("keys", "words"),
    [
        (("1",), ("Beranda", "Tugas", "Milik saya")),
        (("2",), ("Tiket", "Nomor", "Subjek", "Petugas")),
        (("2", "enter"), ("Prioritas", "Petugas", "tidak seorang pun")),
        (("2", "enter", "c"), ("Balas TKT-1", "Lampirkan", "Waktu terpakai")),
        (("2", "n"), ("Subjek", "Pemohon", "Dampak", "Urgensi")),
        (("2", "e"), ("Sunting TKT-1", "Tenggat", "Kategori")),
        (("2", "s"), ("Status TKT-1", "tertunda", "selesai")),
        (("2", "a"), ("Tugaskan TKT-1 kepada", "tidak seorang pun")),
        (("2", "o"), ("Urutkan menurut",)),
        (("2", "?"), ("Tombol yang berlaku di sini", "Baris berikut")),
        (("2", "ctrl+p"), ("Mau melakukan apa",)),
        (("0",), ("Admin", "Antrean", "Akun", "Jejak audit")),
    ],
    ids=" ".join,
)
async def test_console_speaks_indonesian(
    local_session: Session, tmp_path: Path, keys: tuple[str, ...], words: tuple[str, ...]
) -> None:
    make(local_session)
    app = whole_desk(replace(local_session, language="id"), tmp_path)
    async with app.run_test(size=SMALL) as pilot:
        await quiet(pilot)
        await press(pilot, *keys)
        for _time in range(20):  # the first look at a screen loads its modules
            if all(word in (text := shown(app)) for word in words):
                break
            await quiet(pilot)
        bars = [bar.render().plain for kind in (HeaderLine, FooterLine)
                for bar in app.screen.query(kind)]  # fmt: skip

    assert [word for word in words if word not in text] == []
    assert [bar for bar in bars if "…" in bar] == []
    assert [row for row in text.splitlines() if len(row) > SMALL[0]] == []
