"""XML as banks and customers' machines read it: elements in order, the same bytes for the same tree."""

from typing import Any
from xml.etree import ElementTree as Xml

from ..model.money import Cents
from ..model.signs import cleaned


def within(parent: Xml.Element, name: str, text: str = "", **attributes: Any) -> Xml.Element:
    """Return a new element in another one, with a text and attributes."""
    made = Xml.SubElement(parent, name, attributes)
    made.text = cleaned(text, lines=True) or None
    return made


def path_within(parent: Xml.Element, names: str, text: str = "", **attributes: Any) -> Xml.Element:
    """Return the last of several elements, each in the one before it, with a text and attributes."""
    *outer, last = names.split("/")
    for name in outer:
        parent = within(parent, name)
    return within(parent, last, text, **attributes)


def in_decimals(amount: Cents) -> str:
    """Return an amount as machines read it: ``1234.50``."""
    return f"{'-' if amount < 0 else ''}{abs(amount) // 100}.{abs(amount) % 100:02d}"


def xml_bytes(root: Xml.Element) -> bytes:
    """Return a tree as the bytes of its file."""
    Xml.indent(root)
    text: str = Xml.tostring(root, encoding="unicode")
    return f'<?xml version="1.0" encoding="UTF-8"?>\n{text}\n'.encode()
