"""The picture of the model is that of the models."""

from __future__ import annotations

import xml.etree.ElementTree as ET

from archive.models import Base
from tests.docs.drawing import PICTURE, draw


def test_the_picture_is_up_to_date() -> None:
    """`make drawing` draws it anew after a change of the tables."""
    assert PICTURE.read_text(encoding="utf-8") == draw()


def test_every_table_and_column_is_in_it() -> None:
    """Each once, inside the frame."""
    picture = ET.fromstring(draw())
    texts = [each.text for each in picture.iter("{http://www.w3.org/2000/svg}text")]
    for table in Base.metadata.tables.values():
        assert texts.count(table.name) >= 1
        assert {column.name for column in table.columns} <= set(texts)
    _, _, width, height = map(int, picture.attrib["viewBox"].split())
    boxes = [each for each in picture.iter("{http://www.w3.org/2000/svg}rect") if each.get("class") == "box"]
    assert len(boxes) == len(Base.metadata.tables)
    assert all(int(box.attrib["x"]) + int(box.attrib["width"]) <= width for box in boxes)
    assert all(int(box.attrib["y"]) + int(box.attrib["height"]) <= height for box in boxes)
