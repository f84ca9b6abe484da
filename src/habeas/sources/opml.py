"""Lists of feeds as OPML, which feed readers exchange. Pure; a list from elsewhere is hostile."""

from __future__ import annotations

from collections.abc import Iterable
from typing import NamedTuple
from xml.etree.ElementTree import Element, SubElement, indent, tostring

from defusedxml import ElementTree
from defusedxml.common import DefusedXmlException

from habeas.sources.errors import UnreadableFile

MOST = 10_000


class Listed(NamedTuple):
    """One feed of a list: what it is called, and its address."""

    name: str
    address: str


def read(data: bytes, name: str) -> list[Listed]:
    """The feeds in a list, each address once. Raises UnreadableFile for what is none, and for one without feeds."""
    try:
        root = ElementTree.fromstring(data)
    except (ElementTree.ParseError, DefusedXmlException, ValueError) as fault:
        raise UnreadableFile(f"{name} is no OPML list; its XML is broken or unsafe.") from fault
    found: dict[str, Listed] = {}
    for outline in root.iter("outline"):
        address = (outline.get("xmlUrl") or "").strip()
        if address and len(found) < MOST:
            found.setdefault(address, Listed((outline.get("title") or outline.get("text") or "").strip(), address))
    if not found:
        raise UnreadableFile(f"{name} lists no feed; an OPML list has <outline xmlUrl=…> lines.")
    return list(found.values())


def write(feeds: Iterable[Listed]) -> str:
    """The list as OPML 2.0."""
    root = Element("opml", version="2.0")
    SubElement(SubElement(root, "head"), "title").text = "Habeas"
    body = SubElement(root, "body")
    for feed in feeds:
        SubElement(body, "outline", type="rss", text=feed.name, title=feed.name, xmlUrl=feed.address)
    indent(root)
    return '<?xml version="1.0" encoding="UTF-8"?>\n' + tostring(root, encoding="unicode") + "\n"
