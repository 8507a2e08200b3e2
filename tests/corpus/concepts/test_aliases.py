"""Short forms that a document declares."""

from __future__ import annotations

import pytest

from corpus import concepts
from corpus.concepts import aliases_of_concepts, document_aliases


@pytest.mark.parametrize(
    ("text", "short", "full"),
    [
        ("依托全国一体化政务服务平台（以下简称“国家平台”），推进共享。", "国家平台", "全国一体化政务服务平台"),
        ("《中华人民共和国数据安全法》（以下简称《数安法》）施行。", "数安法", "中华人民共和国数据安全法"),
        ("各省、自治区、直辖市人民政府(以下统称省级政府)应当", "省级政府", "直辖市人民政府"),
        ("印发《关于加强数据共享的意见》（下称《意见》）", "意见", "关于加强数据共享的意见"),
        ("建设城市运行管理服务平台（简称运管服平台）", "运管服平台", "城市运行管理服务平台"),
    ],
)
def test_a_declared_short_form_is_found_with_its_place(text: str, short: str, full: str) -> None:
    (alias,) = document_aliases(text)
    assert (alias.short, alias.full) == (short, full)
    assert text[alias.start : alias.end] == short


@pytest.mark.parametrize("text", ["（以下简称）", "（一）以下简称", "数据共享（见下文）", "（以下简称2018）", "（" * 5000 + "以下简称", "以下简称甲" * 3000])
def test_what_declares_nothing_gives_nothing(text: str) -> None:
    assert document_aliases(text) == ()


def test_a_short_form_of_a_concept_holds_in_its_document(register: concepts.Register) -> None:
    text = "推进公共数据授权运营（以下简称“授运”）。授运应当公开。"
    assert aliases_of_concepts(register, text) == {"授运": "authorized-operation-of-public-data"}
    assert register.identify("授运") is None
