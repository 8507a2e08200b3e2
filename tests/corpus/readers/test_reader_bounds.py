"""Files made to be slow or large: each is read or refused in time and memory that grow with its size alone."""

from __future__ import annotations

import subprocess
import sys

import pytest

from corpus.errors import LineTooLong
from corpus.readers import read
from corpus.readers._lines import MOST_NODES
from tests.conftest import REPOSITORY

DEEP = 10_000


@pytest.mark.parametrize(
    ("markup", "words"),
    [
        ("<div>" * DEEP + "深处" + "</div>" * DEEP + "<p>之后</p>", ["深处", "之后"]),
        ("<div>" * DEEP + "没有结束", ["没有结束"]),
        ("<b>" * DEEP + "深处<p>之后</p>", ["深处", "之后"]),
        ("<table><tr><td>" * DEEP + "深处", ["深处"]),
        ("<ul><li>" * DEEP + "深处", ["深处"]),
        ('<div class="a b c" id="d">行' * DEEP, ["行"] * DEEP),
        ("<a href=x>" * DEEP + "链", ["链"]),
        ("<ruby>" * DEEP + "统", ["统"]),
        ("&#x4e2d;" * 100_000, ["中" * 100_000]),
        ("&amp;" * 100_000, ["&" * 100_000]),
        ('<!DOCTYPE x [<!ENTITY a "数据"><!ENTITY b "&a;&a;&a;&a;">]><p>孤岛', ["孤岛"]),
        ("<p>头" + " \n" * 500_000 + "尾</p>", ["头尾"]),
        ('<p class="' + "a " * 500_000 + '">文</p>', ["文"]),
        ('<p style="' + "display:" * 200_000 + '">文</p>', ["文"]),
        ("<script>" + "var ct='" * 100_000 + "</script>文", ["文"]),
        ('<script type="application/ld+json">' + "[" * 100_000 + "</script>文", ["文"]),
        ("<pre>" + "\n" * 1_000_000 + "尾</pre>", ["尾"]),
        ("<table>" + "<tr>" + "<td rowspan=60000 colspan=60000>格" * 300 + "<tr><td>行" * 1000, ["格"] * 300),
        ("</p>" * 200_000 + "文", ["文"]),
        ("文<" * 200_000, ["文<文<"]),
    ],
)
def test_hostile_page_is_read(markup: str, words: list[str]) -> None:
    source = read(markup.encode(), name="a.html")
    at = 0
    for word in words:
        at = source.text.index(word, at) + len(word)
    assert all(len(node.path) < 400 and len(node.labels) < 20_000 for node in source.nodes)
    if markup.startswith("<!DOCTYPE"):
        assert len(source.text) < 200


def test_line_of_ten_megabytes_is_refused_by_its_number() -> None:
    text = "各部门应当打破数据孤岛，建立共享机制。" * 180_000
    for name, markup in (("a.txt", text), ("a.html", f"<p>{text}</p>")):
        with pytest.raises(LineTooLong, match="line 1 has 3420000 characters"):
            read(markup.encode(), name=name)


def test_a_line_of_a_million_characters_is_read() -> None:
    text = "各部门应当打破数据孤岛，建立共享机制。" * 60_000
    for name, markup in (("a.txt", text), ("a.html", f"<p>{text}</p>")):
        assert read(markup.encode(), name=name).text.rstrip("\n") == text


def test_fifty_megabytes_of_markup_stay_in_bounds() -> None:
    """In a process of its own, so that its memory can be measured: a page of 50 MB is read, one of half a million lines refused."""
    pytest.importorskip("resource", reason="this system does not say how much memory a process took")
    program = f"""
import resource
from corpus.errors import TooLarge
from corpus.readers import read
page = ("<p>" + "各部门应当打破数据孤岛，建立共享机制。" * 40 + "</p>\\n").encode() * 22_000
assert len(page) > 50_000_000
source = read(page, name="a.html")
assert len(source.nodes) == 22_000 and len(source.text) == 22_000 * (19 * 40 + 1)
try:
    read(b"<p>a</p>" * ({MOST_NODES} + 10), name="b.html")
except TooLarge as error:
    print(error)
print(resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024)
"""
    done = subprocess.run([sys.executable, "-c", program], cwd=REPOSITORY, capture_output=True, text=True, timeout=300, check=True)
    refused, memory = done.stdout.strip().split("\n")
    assert refused.startswith("b.html: too large (more than 500000 lines")
    assert int(memory) < 2500
