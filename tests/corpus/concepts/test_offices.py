"""Offices and their renaming."""

from __future__ import annotations

import pytest

from corpus.concepts.offices import offices


@pytest.mark.parametrize(
    ("earlier", "later"),
    [
        ("监察部", "国家监察委员会"),
        ("国家粮食局", "国家粮食和物资储备局"),
        ("国家新闻出版广电总局", "国家广电总局"),
        ("国务院港澳办", "中央港澳办"),
        ("国家公务员局", "中组部"),
    ],
)
def test_bodies_of_the_reforms_of_2018_and_2023_are_followed(earlier: str, later: str) -> None:
    first, second = offices().named(earlier), offices().named(later)
    assert first is not None
    assert second is not None
    assert second.name in first.after
    assert first.name in second.before
