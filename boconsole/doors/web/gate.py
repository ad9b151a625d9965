"""Signing in and out by pages: password, one-time code, a new password where one is owed.

Each form carries a text that its cookie belongs to. What was wrong is never told apart.
"""

import secrets
from collections.abc import Callable
from hmac import compare_digest
from typing import TYPE_CHECKING

from aiohttp import web

from boconsole.doors.web import pages
from boconsole.doors.web.visits import Entering, Visit
from boconsole.errors import REFUSALS
from boconsole.language import _

if TYPE_CHECKING:
    from boconsole.doors.web.server import Server

INSIDE, HALFWAY, FORM = "boconsole", "boconsole_entering", "boconsole_form"
"""Cookies: of who is signed in, of who is half-way in, and of the form."""
LONGEST = 200


class Gate:
    """The pages of signing in and out."""

    def __init__(self, server: "Server") -> None:
        self._server = server
        self._records = server.records
        self._visits = server.visits

    def visit(self, request: web.Request) -> Visit | None:
        """Return who a request comes from; None for nobody."""
        return self._visits.find(request.cookies.get(INSIDE, ""), self._server.now())

    async def show(self, request: web.Request) -> web.Response:
        """Show the form that comes next."""
        if self.visit(request) is not None:
            raise web.HTTPSeeOther("/")
        return self._next(request)

    def _next(self, request: web.Request, problem: str = "", status: int = 200) -> web.Response:
        entering = self._visits.entering(request.cookies.get(HALFWAY, ""), self._server.now())
        if entering is None:
            return self._form(lambda guard: pages.sign_in(guard, problem), status)
        if entering.needs[0] == "code":
            return self._form(lambda guard: pages.code(guard, problem), status)
        return self._form(lambda guard: self._new(guard, problem), status)

    def _new(self, guard: str, problem: str) -> str:
        from boconsole import passwords

        return pages.new_password(guard, passwords.rules(), problem)

    def _form(self, page: Callable[[str], str], status: int) -> web.Response:
        guard = secrets.token_urlsafe(24)
        answer = web.Response(text=page(guard), content_type="text/html", status=status)
        self._set(answer, FORM, guard)
        return answer

    def _set(self, answer: web.StreamResponse, name: str, value: str) -> None:
        answer.set_cookie(
            name, value, httponly=True, samesite="Strict", secure=self._server.is_secure, path="/"
        )

    async def sign_in(self, request: web.Request) -> web.Response:
        """Take the answers of a form."""
        typed = await request.post()
        guard, cookie = _text(typed.get("guard")), request.cookies.get(FORM, "")
        if not guard or not compare_digest(guard.encode(), cookie.encode("utf-8", "replace")):
            return self._next(request, _("The page was too old; type it again."), 403)
        halfway = request.cookies.get(HALFWAY, "")
        entering = self._visits.entering(halfway, self._server.now())
        address = self._server.address(request)
        if entering is None:
            login, password = _text(typed.get("login")).strip(), _text(typed.get("password"))
            return await self._password(request, login, password, address)
        if entering.needs[0] == "code":
            if not await self._records.check(entering.login, address, "", _text(typed.get("code"))):
                return self._wrong(request, entering.login, address)
            entering.means = "password and code"
        elif problem := await self._change(
            entering, _text(typed.get("new")), _text(typed.get("again"))
        ):
            return self._next(request, problem, 403)
        else:
            entering.mark = await self._mark(entering.login)
        entering.needs.pop(0)
        if entering.needs:
            return self._next(request)
        self._visits.drop(halfway)
        return await self._let_in(request, entering, address)

    async def _password(
        self, request: web.Request, login: str, password: str, address: str
    ) -> web.Response:
        if not await self._records.check(login, address, password):
            return self._wrong(request, login, address)
        mark = await self._mark(login)
        code, new = await self._records.needs(login)
        needs = [name for name, owed in (("code", code), ("new", new)) if owed]
        entering = Entering(login, password, self._server.now(), needs, mark=mark)
        if not needs:
            return await self._let_in(request, entering, address)
        answer = web.Response(status=303, headers={"Location": "/sign-in"})
        self._set(answer, HALFWAY, self._visits.put(entering, self._server.now()))
        return answer

    def _wrong(self, request: web.Request, login: str, address: str) -> web.Response:
        if wait := self._records.wait(login, address):
            said = _("Too many failed tries; wait {n} s.").format(n=wait)
            return self._next(request, said, 429)
        return self._next(request, _("That is not right. Try again."), 403)

    async def _mark(self, login: str) -> str:
        return (await self._records.marks([login])).get(login, "")

    async def _change(self, entering: Entering, new: str, again: str) -> str:
        if new != again:
            return _("The two are not the same.")
        return await self._records.change_password(entering.login, entering.password, new)

    async def _let_in(self, request: web.Request, entering: Entering, address: str) -> web.Response:
        try:
            session = await self._records.enter(entering.login, entering.means, address, "")
        except REFUSALS as refusal:
            return self._next(request, str(refusal), 403)
        cookie, _visit = self._visits.begin(session, address, self._server.now(), entering.mark)
        answer = web.Response(status=303, headers={"Location": "/"})
        self._set(answer, INSIDE, cookie)
        for name in (FORM, HALFWAY):
            answer.del_cookie(name, path="/")
        return answer

    async def sign_out(self, request: web.Request) -> web.Response:
        """End a visit and its consoles; what was typed is kept."""
        visit = self.visit(request)
        typed = await request.post()
        if visit is not None and not visit.holds(_text(typed.get("guard"))):
            raise web.HTTPForbidden(text=_("The page was too old; type it again."))
        answer = web.Response(status=303, headers={"Location": "/sign-in"})
        answer.headers["Clear-Site-Data"] = '"cache"'
        answer.del_cookie(INSIDE, path="/")
        if visit is not None:
            await self._server.end(visit, "")
        return answer


def _text(value: object) -> str:
    return value if isinstance(value, str) and len(value) <= LONGEST else ""
