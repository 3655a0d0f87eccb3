"""What every answer says besides its page: kept nowhere, told nobody, and nothing from elsewhere in it."""

import re
from base64 import b64encode
from hashlib import sha256

from starlette.datastructures import MutableHeaders
from starlette.types import ASGIApp, Message, Receive, Scope, Send

STYLE = re.compile(rb"<style>(.*?)</style>", re.DOTALL)
HEADERS = {
    "Cache-Control": "no-store",
    "Referrer-Policy": "no-referrer",
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
    "X-Robots-Tag": "noindex, nofollow",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Permissions-Policy": "camera=(), geolocation=(), microphone=()",
}
POLICY = "default-src 'none'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'"


def policy_for(body: bytes) -> str:
    """Return the policy of a page: nothing is loaded, and no style holds but its own, to the letter."""
    digests = (b64encode(sha256(style).digest()).decode() for style in STYLE.findall(body))
    styles = " ".join(f"'sha256-{one}'" for one in digests)
    return f"{POLICY}; style-src {styles}" if styles else POLICY


class SafeResponses:
    """Puts these headers on every answer, whatever it is."""

    def __init__(self, app: ASGIApp) -> None:
        self.app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer, with the headers."""
        if scope["type"] != "http":
            await self.app(scope, receive, send)
            return
        begun: list[Message] = []

        async def safe(message: Message) -> None:
            if message["type"] == "http.response.start":
                begun.append(message)
                return
            if begun:
                start = begun.pop()
                headers = MutableHeaders(scope=start)
                headers.update({**HEADERS, "Content-Security-Policy": policy_for(message.get("body", b""))})
                await send(start)
            await send(message)

        await self.app(scope, receive, safe)
