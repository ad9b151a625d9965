"""The door of browsers: nobody comes in without proof, and nothing of the server is in reach.

The last test goes through it in a real Chromium.
"""

import asyncio
import shutil
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest
from aiohttp import ClientSession, CookieJar, WSMsgType, web
from aiohttp.test_utils import TestServer
from pyotp import TOTP

from boconsole import passwords
from boconsole.accounts import securing
from boconsole.doors.web.gate import INSIDE
from boconsole.doors.web.server import Place, Server
from boconsole.doors.web.visits import LONGEST, Visits
from boconsole.session import Session
from db import connection, credentials
from tests.consoles import settings
from tests.people import StandingClock, add_agent, open_session
from tests.ssh_house import FRESH, SECRET
from tests.web_house import (
    CHROMIUM,
    PASSWORD,
    SIZE,
    Browser,
    Drawn,
    WebHouse,
    needs_chromium,
    staff,
)  # fmt: skip

TestServer.__test__ = False  # type: ignore[attr-defined]  # it is no test


@pytest.fixture(scope="module")
def place(sqlite_template: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("web")
    shutil.copy(sqlite_template, folder / "office.sqlite")
    staff(f"sqlite:///{folder}/office.sqlite", folder)
    return folder


@pytest.fixture(scope="module")
def house(place: Path) -> Iterator[WebHouse]:
    house = WebHouse(f"sqlite:///{place}/office.sqlite", place)
    yield house
    assert house.stop() == 0
    assert house.errors.read_text() == ""


@pytest.fixture
def browser(house: WebHouse) -> Browser:
    return Browser(house.port)


def test_nothing_is_there_for_whoever_is_not_signed_in(browser: Browser, house: WebHouse) -> None:
    browser.cookies = {INSIDE: "A" * 43}

    assert browser.ask("/").headers["Location"] == "/sign-in"
    assert browser.knock(Origin=house.url) == 403
    assert browser.ask("/sign-out", {"guard": "x"}).headers["Location"] == "/sign-in"
    assert browser.ask("/static/../../../etc/passwd").status == 404
    assert browser.ask("/static/").status == 403
    assert browser.ask("/download/x").status == 404


def test_password_opens_a_page_that_browsers_keep_to_themselves(
    browser: Browser, house: WebHouse
) -> None:
    entered = browser.fill(login="eva", password=PASSWORD)
    cookie = next(text for text in browser.set if text.startswith(f"{INSIDE}="))
    shown = browser.ask("/")

    assert (entered.status, entered.headers["Location"], shown.status) == (303, "/", 200)
    assert "HttpOnly" in cookie
    assert "SameSite=Strict" in cookie
    assert "textual-terminal" in browser.page
    assert shown.headers["Cache-Control"] == "no-store"
    policy = shown.headers["Content-Security-Policy"]
    assert "frame-ancestors 'none'" in policy
    assert "script-src 'self';" in policy
    assert browser.knock() == 403
    assert browser.knock(Origin="http://evil.example") == 403
    assert browser.knock(Origin=house.url) == 101


def test_wrong_and_unknown_are_told_alike_and_made_to_wait(browser: Browser) -> None:
    wrong = browser.fill(login="ben", password="not the password")
    said = browser.page
    unknown = browser.fill(login="nobody.at.all", password="not the password")

    def faceless(page: str) -> str:
        return page[page.index("<h1>") : page.index("name='guard'")] + page[page.index("<label>") :]

    assert (wrong.status, unknown.status) == (403, 403)
    assert faceless(said) == faceless(browser.page)
    statuses = [browser.fill(login="ben", password=f"guess {n}").status for n in range(3)]
    assert statuses[-1] == 429
    assert "wait" in browser.page


def test_form_of_another_page_is_not_taken(browser: Browser) -> None:
    browser.ask("/sign-in")

    forged = browser.ask("/sign-in", {"guard": "forged", "login": "eva", "password": PASSWORD})

    assert forged.status == 403
    assert INSIDE not in browser.cookies


def test_code_is_asked_for_where_one_is_needed(browser: Browser) -> None:
    browser.fill(login="cee", password=PASSWORD)
    browser.ask("/sign-in")
    asked = browser.page
    halfway = browser.ask("/")
    browser.ask("/sign-in")
    wrong = browser.fill(code="000000")
    right = browser.fill(code=TOTP(SECRET).at(datetime.now(UTC)))

    assert "one-time-code" in asked
    assert halfway.headers["Location"] == "/sign-in"
    assert (wrong.status, right.headers["Location"]) == (403, "/")
    assert browser.ask("/").status == 200


def test_password_that_must_be_changed_is_changed_first(browser: Browser) -> None:
    browser.fill(login="dee", password=PASSWORD)
    browser.ask("/sign-in")
    weak = browser.fill(new="dee", again="dee")
    before = browser.ask("/").status
    browser.ask("/sign-in")
    entered = browser.fill(new=FRESH, again=FRESH)

    assert (weak.status, before, entered.headers["Location"]) == (403, 303, "/")


def test_signing_out_needs_the_page_and_ends_everything(browser: Browser, place: Path) -> None:
    browser.fill(login="eva", password=PASSWORD)
    browser.ask("/")
    guard = browser.page.split("name='guard' value='")[1].split("'")[0]
    kept = dict(browser.cookies)

    forged = browser.ask("/sign-out", {"guard": "forged"}).status
    out = browser.ask("/sign-out", {"guard": guard})
    browser.cookies = kept

    assert (forged, out.status, browser.ask("/").status) == (403, 303, 303)
    connection.open_database(f"sqlite:///{place}/office.sqlite")
    told = connection.fetch(
        "SELECT action, origin, actor FROM audit_entry WHERE actor = 'eva' ORDER BY id DESC LIMIT 2"
    )
    connection.close_database()
    assert told == [("user.sign_out", "web", "eva"), ("user.sign_in", "web", "eva")]


def test_console_is_of_who_signed_in_whatever_the_page_says(house: WebHouse) -> None:
    browser = Browser(house.port)
    browser.fill(login="eva", password=PASSWORD)

    async def look() -> str:
        cookies = {"Cookie": f"{INSIDE}={browser.cookies[INSIDE]}", "Origin": house.url}
        drawn = ""
        async with ClientSession(cookie_jar=CookieJar(unsafe=True)) as client:
            where = f"{house.url}/ws?width=80&height=24&login=root&BOCONSOLE_USER=root"
            async with client.ws_connect(where, headers=cookies) as socket:
                await socket.send_str('["stdin", "2"]')
                while "House is locked" not in drawn:
                    message = await socket.receive(timeout=30)
                    assert message.type == WSMsgType.BINARY
                    drawn += message.data.decode()
        return drawn

    drawn = asyncio.run(look())

    assert "eva" in drawn
    assert "root" not in drawn


def test_reset_password_ends_what_is_signed_in_with_the_one_before(
    browser: Browser, house: WebHouse, place: Path
) -> None:
    root = open_session(f"sqlite:///{place}/office.sqlite", StandingClock())
    gus = add_agent(root, "gus")
    with connection.transaction():
        credentials.put_password(gus.user.id, passwords.hashed(PASSWORD), datetime.now(UTC),
                                 must_change=False, valid_until=None)  # fmt: skip
    browser.fill(login="gus", password=PASSWORD)
    before = browser.ask("/").status
    securing.reset(root, "gus")
    connection.close_database()

    assert before == 200
    assert browser.knock(Origin=house.url) == 403
    assert browser.ask("/").headers["Location"] == "/sign-in"


def test_address_is_the_one_that_the_proxy_added_last(tmp_path: Path) -> None:
    place = Place("127.0.0.1", 0, "https://desk.example.com", 60)
    server = Server(settings(tmp_path), place)

    async def ask() -> str:
        found = ""

        async def tell(request: web.Request) -> web.Response:
            nonlocal found
            found = server.address(request)
            return web.Response()

        app = web.Application()
        app.router.add_get("/", tell)
        async with TestServer(app) as there, ClientSession() as client:
            told = [("X-Forwarded-For", "198.51.100.7"), ("X-Forwarded-For", "192.0.2.1")]
            await client.get(there.make_url("/"), headers=told)
        return found

    assert asyncio.run(ask()) == "192.0.2.1"


def test_cookies_are_for_tls_alone_behind_a_proxy_with_tls(
    local_session: Session, tmp_path: Path
) -> None:
    async def ask() -> tuple[str, str, int, int]:
        clock = [0.0]
        place = Place("127.0.0.1", 0, "https://desk.example.com", 60)
        server = Server(settings(tmp_path), place, lambda: clock[0])
        cookie, _visit = server.visits.begin(local_session, "", 0)
        async with TestServer(server._app()) as there, ClientSession() as client:
            asked = {"Cookie": f"{INSIDE}={cookie}"}
            form = await client.get(there.make_url("/sign-in"))
            inside = await client.get(there.make_url("/"), headers=asked)
            clock[0] = 61
            later = await client.get(there.make_url("/"), headers=asked, allow_redirects=False)
            page = await inside.text()
            return form.headers["Set-Cookie"], page, inside.status, later.status

    cookie, page, inside, later = asyncio.run(ask())

    assert "Secure" in cookie
    assert "wss://desk.example.com/ws" in page
    assert (inside, later) == (200, 303)


def test_visit_ends_after_a_while_without_a_key_and_after_a_day(local_session: Session) -> None:
    visits = Visits(idle=600)
    cookie, visit = visits.begin(local_session, "", 0)

    assert visits.find(cookie, 599) is visit
    assert visits.find(cookie, 600) is None
    visit.touched = LONGEST - 1
    assert visits.over(LONGEST - 1) == []
    assert visits.over(LONGEST) == [visit]
    visits.end(visit)
    assert visits.over(LONGEST) == []


@pytest.fixture(scope="module")
def page(house: WebHouse) -> Iterator[Any]:
    from playwright.sync_api import sync_playwright

    with sync_playwright() as playwright:
        chromium = playwright.chromium.launch(executable_path=str(CHROMIUM), args=["--no-sandbox"])
        page = chromium.new_page(viewport={"width": 1000, "height": 600})
        page.goto(house.url)
        yield page
        chromium.close()


@needs_chromium
def test_a_day_in_a_browser(page: Any, house: WebHouse) -> None:
    drawn = Drawn(page)

    def sign_in(password: str) -> None:
        page.fill("[name=login]", "eva")
        page.fill("[name=password]", password)
        page.click("button")

    sign_in("wrong password")
    assert "not right" in page.inner_text("[role=alert]")
    sign_in(PASSWORD)
    assert page.url == f"{house.url}/"
    home = drawn.wait("To do")
    page.wait_for_timeout(50)
    page.keyboard.press("2")
    tickets = drawn.wait("House is locked", "enter open")
    page.keyboard.press("Enter")
    ticket = drawn.wait("We cannot get in.", "c reply")
    picture = page.screenshot(clip={"x": 0, "y": 40, "width": 1000, "height": 560})
    page.click("text=Sign out")
    assert page.url == f"{house.url}/sign-in"
    page.go_back()
    page.wait_for_load_state()

    assert "eva" in home.splitlines()[0]
    assert "House is locked" not in home.splitlines()[0] + ticket.splitlines()[-1]
    assert drawn.sizes == [f"width={SIZE[0]}&height={SIZE[1]}"], tickets
    assert len(picture) > 5_000
    assert page.url == f"{house.url}/sign-in"
    assert page.locator("#terminal").count() == 0
    assert drawn.faults == []
