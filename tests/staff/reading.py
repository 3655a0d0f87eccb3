"""How the tests read a page: its text, which must be there, and its words."""

from html.parser import HTMLParser
from typing import Any


class Words(HTMLParser):
    """The words of a page that somebody sees or hears; code, which is quoted, left out."""

    def __init__(self) -> None:
        super().__init__()
        self.words: list[str] = []
        self.quoted = 0

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.quoted += tag in ("code", "pre", "style")
        self.words += [value or "" for name, value in attrs if name in ("aria-label", "title", "alt", "placeholder")]

    def handle_endtag(self, tag: str) -> None:
        self.quoted -= tag in ("code", "pre", "style")

    def handle_data(self, data: str) -> None:
        if not self.quoted:
            self.words.append(data)


def words(page: str) -> str:
    """Return the words of a page."""
    reader = Words()
    reader.feed(page)
    return " ".join(" ".join(reader.words).split())


async def get(pages: Any, url: str) -> str:
    """Return a page's text, which must be there."""
    answer = await pages.client.get(url)
    assert answer.status_code == 200, answer.text
    return str(answer.text)
