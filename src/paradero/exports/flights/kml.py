"""KML 2.2: a folder a leg, with what was heard as lines, gaps as areas, possible ends as points; each has
its time for the slider of a globe. Heights are left out: pressure altitude is no height above ground.
"""

from __future__ import annotations

from collections.abc import Sequence
from xml.etree import ElementTree as Tree

from paradero.exports.flights.moments import NOTES, ends_of, lines, numbered
from paradero.flights.legs.envelopes import outline
from paradero.flights.listing import instant
from paradero.flights.pictures.scenes import Scene
from paradero.model.safe_text import shown

_SPACE = "http://www.opengis.net/kml/2.2"
_STYLES = (("heard", "ff824a0b", None), ("gap", "ff00465f", "608ecfe8"))  # aabbggrr


def text_of(scenes: Sequence[Scene], scope: str) -> str:
    """The document; the same scenes give the same text."""
    root = Tree.Element("kml", xmlns=_SPACE)
    document = Tree.SubElement(root, "Document")
    _text(document, "name", "Flights")
    _text(document, "description", "\n".join([scope, *(f"{key}: {value}" for key, value in NOTES.items())]))
    for name, line, fill in _STYLES:
        style = Tree.SubElement(document, "Style", id=name)
        of_line = Tree.SubElement(style, "LineStyle")
        _text(of_line, "color", line)
        _text(of_line, "width", "2")
        if fill:
            _text(Tree.SubElement(style, "PolyStyle"), "color", fill)
    for name, scene in numbered(scenes):
        _leg(document, name, scene)
    Tree.indent(root, " ")
    return '<?xml version="1.0" encoding="UTF-8"?>\n' + Tree.tostring(root, encoding="unicode") + "\n"


def _leg(document: Tree.Element, name: str, scene: Scene) -> None:
    folder = Tree.SubElement(document, "Folder")
    called = " ".join([scene.leg.registration or scene.leg.hex, *scene.leg.callsigns])
    _text(folder, "name", f"{name} {called}")
    _text(folder, "description", f"Files: {', '.join(scene.leg.files)}")
    for number, piece in enumerate(scene.pieces, 1):
        place = _placemark(folder, f"heard, part {number}", piece[0].us, piece[-1].us, style="heard")
        parts = lines(piece)
        into = Tree.SubElement(place, "MultiGeometry") if len(parts) > 1 else place
        for part in parts:
            shape = Tree.SubElement(into, "LineString" if len(part) > 1 else "Point")
            _text(shape, "coordinates", _coordinates(part))
    for gap in scene.gaps:
        place = _placemark(folder, "not heard", gap.start.us, gap.end.us, style="gap")
        rings = outline(gap.envelope)
        why = (
            "The area is where it may have stopped."
            if rings
            else "No area: no stop was possible, or it was anywhere within a quarter of the earth or more."
        )
        _text(place, "description", f"{gap.minutes:.0f} minutes without positions. {why}")
        if rings:
            into = Tree.SubElement(place, "MultiGeometry")
            for polygon in rings:
                shape = Tree.SubElement(into, "Polygon")
                edge = Tree.SubElement(Tree.SubElement(shape, "outerBoundaryIs"), "LinearRing")
                _text(edge, "coordinates", _coordinates(polygon[0]))
    for which, end in ends_of(scene):
        for mark in (one for one in scene.marks if one.end == which):
            name_of_mark = f"{which}: {mark.icao} {mark.name}, weight {mark.weight:.2f}"
            place = _placemark(folder, name_of_mark, end.moment.lo, end.moment.hi)
            _text(place, "description", f"{end.status}" + ("" if end.is_certain else ", if it landed"))
            shape = Tree.SubElement(place, "Point")
            _text(shape, "coordinates", _coordinates([[mark.lon, mark.lat]]))


def _placemark(
    folder: Tree.Element, name: str, lo: int | None, hi: int | None, *, style: str = ""
) -> Tree.Element:
    """A place with the time in which it holds; a side without a bound is left out."""
    place = Tree.SubElement(folder, "Placemark")
    _text(place, "name", name)
    span = Tree.SubElement(place, "TimeSpan")
    for tag, us in (("begin", lo), ("end", hi)):
        if us is not None:
            _text(span, tag, instant(us) or "")
    if style:
        _text(place, "styleUrl", f"#{style}")
    return place


def _text(parent: Tree.Element, tag: str, text: str) -> None:
    Tree.SubElement(parent, tag).text = shown(text)


def _coordinates(points: Sequence[Sequence[float]]) -> str:
    return " ".join(f"{lon},{lat}" for lon, lat in points)
