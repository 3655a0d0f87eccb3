"""Pages for somebody outside: they say what they were given, letter by letter, and never less."""

import re

import pytest
from jinja2 import UndefinedError
from permanence.publish.description_page import description_page
from permanence.publish.page import TEMPLATES, filled

ODD = """<b>5 > 3 & "l'accueil"</b>"""
SHOWN = "&lt;b&gt;5 &gt; 3 &amp; &#34;l&#39;accueil&#34;&lt;/b&gt;"


def test_an_offer_told_is_a_list_of_questions_with_their_answers() -> None:
    page = description_page("en", "Accueil", "On sale.", [("What?", ["This.", "That."]), ("Why?", [])])
    head, _, body = page.partition("<body>\n")
    assert head.startswith('<!doctype html>\n<html lang="en">\n<head>\n')
    assert "<title>Accueil</title>\n" in head
    assert body == (
        "<h1>Accueil</h1>\n<p>On sale.</p>\n"
        "<h2>What?</h2>\n<ul>\n<li>This.</li>\n<li>That.</li>\n</ul>\n"
        "<h2>Why?</h2>\n<ul>\n</ul>\n"
        "</body>\n</html>\n"
    )


def test_signs_of_html_in_what_an_offer_says_are_only_signs() -> None:
    page = description_page("fr", ODD, ODD, [(ODD, [ODD])])
    assert page.count(SHOWN) == 5
    assert "<b>" not in page


@pytest.mark.parametrize("name", TEMPLATES.list_templates())
def test_no_page_comes_out_with_a_value_missing(name: str) -> None:
    with pytest.raises(UndefinedError):
        filled(name)


@pytest.mark.parametrize("name", TEMPLATES.list_templates())
def test_no_template_lets_a_value_through_unescaped(name: str) -> None:
    assert TEMPLATES.loader is not None
    text, _, _ = TEMPLATES.loader.get_source(TEMPLATES, name)
    assert not re.search(r"\|\s*safe|autoescape", text)
