"""What all pages for somebody outside have in common: one HTML file that needs nothing else and prints on A4."""

from pathlib import Path

from jinja2 import Environment, FileSystemLoader, StrictUndefined

from ..model.words.french import typeset

TEMPLATES = Environment(
    loader=FileSystemLoader(Path(__file__).with_name("templates")),
    autoescape=True,
    undefined=StrictUndefined,
    trim_blocks=True,
    lstrip_blocks=True,
    keep_trailing_newline=True,
)
TEMPLATES.filters["typeset"] = typeset


def filled(template: str, **values: object) -> str:
    """Return the HTML of a template, each value escaped: the same text for the same values.

    Raises jinja2.UndefinedError when the template names a value that is not there.
    """
    return TEMPLATES.get_template(template).render(values)
