"""The application: a few addresses below a token, read-only; every other one is one and the same page."""

import sys
from collections.abc import Awaitable, Callable
from urllib.parse import quote

from starlette.applications import Starlette
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import HTMLResponse, Response
from starlette.routing import Route

from ..publish.customer_page import broken_page, lost_page
from .pages import Opened, Pages
from .safe_responses import SafeResponses

Handler = Callable[[Request], Awaitable[Response] | Response]
Page = Callable[[Pages, Request], str | Response | None]
OWN = "/c/{token}"
ADDRESSES: dict[str, Page] = {
    OWN: lambda pages, _: pages.home(),
    f"{OWN}/appels": lambda pages, _: pages.calls(),
    f"{OWN}/factures/{{number}}": lambda pages, asked: pages.invoice(asked.path_params["number"]),
    f"{OWN}/documents/{{number}}": lambda pages, asked: _document(pages, asked.path_params["number"]),
}
"""Every address that there is, with its page."""


def application(opened: Opened) -> Starlette:
    """Return the application that shows the pages which tokens open."""
    routes = [Route(path, _handler(opened, page), methods=["GET"]) for path, page in ADDRESSES.items()]
    app = Starlette(routes=routes, exception_handlers={HTTPException: _lost})
    app.router.redirect_slashes = False
    app.add_middleware(SafeResponses)
    return app


def _handler(opened: Opened, page: Page) -> Handler:
    def answer(request: Request) -> Response:
        try:
            pages = opened(request.path_params["token"])
            found = page(pages, request) if pages else None
        except Exception as error:
            return _broken(error)
        if found is None:
            return _not_found()
        return found if isinstance(found, Response) else HTMLResponse(found)

    return answer


def _document(pages: Pages, number: str) -> Response | None:
    found = pages.document(number)
    if found is None:
        return None
    named = f"inline; filename*=UTF-8''{quote(found.name, safe='')}"
    return Response(found.content, media_type="application/pdf", headers={"Content-Disposition": named})


def _not_found() -> Response:
    return HTMLResponse(lost_page(), status_code=404)


async def _lost(_request: Request, _error: Exception) -> Response:
    return _not_found()


def _broken(error: Exception) -> Response:
    """Return the page of what went wrong here, an answer like every other: kept nowhere, and told nobody but staff."""
    print(f"portal: a page could not be made: {type(error).__name__}: {error}", file=sys.stderr)
    return HTMLResponse(broken_page(), status_code=500)
