"""The shipped reader on texts written for it: what it says is in the text, the same each time, and never across sentences."""

from __future__ import annotations

import shutil
import unicodedata
from itertools import pairwise
from pathlib import Path

import msgspec
import numpy as np
import pytest

from pipeline.errors import ModelDamaged, ModelMissing
from pipeline.extract._factors_dim import DIMS, dim_of
from pipeline.extract.factors import MOST, FactorReader, find_factors
from pipeline.model._encoder import ENCODER, FOLDER, MANIFEST, PIECES
from pipeline.records import FACTOR_TYPES, Block, Factor, Sentence
from pipeline.structure import Structure

TEXT = [
    ("title", ["基层数据共享的困境与对策"]),
    ("heading", ["一、存在的问题"]),
    ("body", ["部门之间存在数据孤岛，业务协同机制不健全。", "基层人员缺乏数据素养，平台重复建设严重。"]),
    ("heading", ["二、对策建议"]),
    ("body", ["一是建立跨部门数据共享机制。", "针对数据孤岛，应当建设统一的数据平台，提升基层治理效能。", "严禁以任何名义摊派报表任务，切实为基层减负。"]),
    ("body", ["2024年5月，该市共有12个街道。"]),
]


def structure_of(texts: list[tuple[str, list[str]]]) -> tuple[Structure, list[Sentence]]:
    clean, blocks, sentences = "", [], []
    for n, (role, parts) in enumerate(texts):
        clean += "\n" if clean else ""
        start = len(clean)
        for part in parts:
            sentences.append(Sentence(id=f"s{len(sentences)}", start=len(clean), end=len(clean) + len(part), block=f"b{n}"))
            clean += part
        blocks.append(
            Block(id=f"b{n}", text=clean[start:], start=start, end=len(clean), raw=(start, len(clean)), role=role, level=1 if role == "heading" else None)
        )
    places = tuple(range(len(clean)))
    return Structure(clean_text=clean, raw_starts=places, raw_ends=places, blocks=tuple(blocks), references=()), sentences


@pytest.fixture(scope="module")
def reader() -> FactorReader:
    return FactorReader.load()


@pytest.fixture(scope="module")
def factors(reader: FactorReader) -> list[Factor]:
    structure, sentences = structure_of(TEXT)
    return list(find_factors(structure, sentences, reader=reader))


def test_the_plain_statements_are_found(factors: list[Factor]) -> None:
    found = {(factor.type, factor.text) for factor in factors}
    assert any(kind == "dilemma" and "数据孤岛" in text for kind, text in found)
    assert any(kind == "countermeasure" and "数据共享机制" in text for kind, text in found)
    assert any(kind == "goal" and "治理效能" in text for kind, text in found)


def test_every_factor_lies_in_its_sentence_with_its_own_words(factors: list[Factor]) -> None:
    structure, sentences = structure_of(TEXT)
    places = [(sentence.start, sentence.end) for sentence in sentences]
    for factor in factors:
        assert structure.clean_text[factor.start : factor.end] == factor.text
        assert any(a <= factor.start < factor.end <= b and structure.clean_text[a:b] == factor.sentence for a, b in places)
        assert unicodedata.category(factor.text[0]) != "Po"
        assert unicodedata.category(factor.text[-1]) != "Po"


def test_factors_come_in_order_and_never_overlap(factors: list[Factor]) -> None:
    assert all(a.end <= b.start for a, b in pairwise(factors))
    assert len({factor.id for factor in factors}) == len(factors)


def test_a_statement_is_not_left_in_two_pieces(reader: FactorReader) -> None:
    sentence = "各地要对符合条件的人员实行分类管理，并按照规定及时向社会公布处理结果以及有关情况，建设实践迫在眉睫。"
    structure, sentences = structure_of([("body", [sentence] * 3)])
    factors = list(find_factors(structure, sentences, reader=reader))
    assert factors
    assert not any(a.end == b.start and (a.type, a.scope) == (b.type, b.scope) for a, b in pairwise(factors))


def test_confidence_is_a_share_and_the_runner_up_is_another_type(factors: list[Factor]) -> None:
    for factor in factors:
        assert 0 <= factor.confidence <= 1
        assert factor.runner_up is not None
        assert factor.runner_up.type in {*FACTOR_TYPES, "none"} - {factor.type}
        assert factor.runner_up.confidence <= factor.confidence


def test_a_ban_is_never_a_measure_without_its_ban(factors: list[Factor]) -> None:
    for factor in factors:
        if factor.type == "countermeasure" and "摊派" in factor.text:
            assert factor.text.startswith("严禁")
            assert factor.force == "mandated"


def test_what_a_heading_names_has_the_scope_of_a_heading(reader: FactorReader) -> None:
    structure, sentences = structure_of([("heading", ["（一）建立健全数据共享机制"]), ("body", ["各部门应当建立数据共享机制，完善数据标准体系。"])])
    found = list(find_factors(structure, sentences, reader=reader))
    assert {factor.scope for factor in found if factor.end <= structure.blocks[0].end} == {"heading"}  # type: ignore[operator]


def test_two_readings_of_one_text_are_the_same(reader: FactorReader, factors: list[Factor]) -> None:
    structure, sentences = structure_of(TEXT)
    assert list(find_factors(structure, sentences, reader=reader)) == factors
    assert msgspec.json.encode(factors) == msgspec.json.encode(list(find_factors(structure, sentences, reader=FactorReader.load())))


def test_traditional_script_is_read_with_its_own_words(reader: FactorReader) -> None:
    structure, sentences = structure_of([("heading", ["二、對策建議"]), ("body", ["應當建立跨部門數據共享機制，打破數據孤島。"])])
    found = list(find_factors(structure, sentences, reader=reader))
    assert any("數據" in factor.text for factor in found)


@pytest.mark.parametrize("text", ["", "\u0000\ud800" * 50, "数" * 5000, "，。" * 800, "a" * 3000, "应当建立机制，" * 400])
def test_hostile_text_is_read_without_harm(reader: FactorReader, text: str) -> None:
    structure, sentences = structure_of([("body", [text])] if text else [])
    found = list(find_factors(structure, sentences, reader=reader))
    assert len(found) <= MOST


def test_a_damaged_or_missing_model_is_refused_by_name(tmp_path: Path) -> None:
    with pytest.raises(ModelMissing):
        FactorReader.load(tmp_path)
    for name in (MANIFEST, PIECES):
        shutil.copy(FOLDER / name, tmp_path)
    with pytest.raises(ModelMissing):
        FactorReader.load(tmp_path)
    (tmp_path / ENCODER).write_bytes(b"cut")
    with pytest.raises(ModelDamaged):
        FactorReader.load(tmp_path)


def test_the_shipped_files_stay_small() -> None:
    assert sum((FOLDER / name).stat().st_size for name in (ENCODER, PIECES, MANIFEST)) <= 30_000_000


@pytest.mark.parametrize(
    ("text", "dim"),
    [("数据标准不统一、共享不畅", "data"), ("专业人才队伍建设滞后", "talent"), ("财政资金投入不足", "finance"), ("公众参与渠道不畅", "participation")],
)
def test_the_words_of_a_statement_say_its_dim_where_the_encoder_knows_nothing(text: str, dim: str) -> None:
    assert dim_of(text, np.full(len(DIMS), 1 / len(DIMS))) == dim


def test_the_encoder_and_the_words_both_count_for_the_dim() -> None:
    sure = np.full(len(DIMS), 1e-9)
    sure[DIMS.index("security")] = 1.0
    assert dim_of("推进有关工作", sure) == "security"
