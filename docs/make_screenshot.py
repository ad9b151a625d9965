"""Take the picture of the README: the real console, headless, on demo data.

The clock stands and the seed of the demo data is fixed, so the same code makes the same picture.
"""

import asyncio
import os
import re
import subprocess
import sys
import tempfile
from pathlib import Path

from boconsole.settings import read_settings
from boconsole.signing_in import open_records, sign_in
from db import connection
from screens.app import BoconsoleApp

TARGET = Path(__file__).parent / "screenshot.svg"
SIZE = (120, 36)
CLOCK = "2026-05-04T09:00:00Z"
FIXED = {"BOCONSOLE_CLOCK": CLOCK, "BOCONSOLE_USER": "maya", "BOCONSOLE_ZONE": "Asia/Jakarta"}
KEYS = ("2", "j", "j")


async def settle(app: BoconsoleApp, pilot: object) -> None:
    """Wait until nothing is being read any more and everything is drawn."""
    await pilot.pause()  # type: ignore[attr-defined]
    await app.workers.wait_for_complete()
    await pilot.pause(0.5)  # type: ignore[attr-defined]


async def picture(url: str) -> str:
    """Return the SVG of the tickets with their preview."""
    settings = read_settings(FIXED, {}, database=url)
    open_records(settings)
    app = BoconsoleApp(sign_in(settings, "console"), settings)
    try:
        async with app.run_test(size=SIZE) as pilot:
            await settle(app, pilot)
            for key in KEYS:
                await pilot.press(key)
                await settle(app, pilot)
            return re.sub(r"terminal-\d+", "terminal", app.export_screenshot(title="boconsole"))
    finally:
        connection.close_database()


def main() -> None:
    os.environ["TERM"] = "xterm-256color"
    for name in ("NO_COLOR", "COLORTERM", "TERM_PROGRAM", "LANGUAGE"):
        os.environ.pop(name, None)
    with tempfile.TemporaryDirectory() as folder:
        url = f"sqlite:///{folder}/demo.sqlite"
        command = (sys.executable, "-m", "boconsole", "demo", "--build", url)
        options = ("--tickets", "400", "--seed", "7")
        subprocess.run([*command, *options], check=True, env={**os.environ, **FIXED})
        TARGET.write_text(asyncio.run(picture(url)), "utf-8")
    print(TARGET)


if __name__ == "__main__":
    main()
