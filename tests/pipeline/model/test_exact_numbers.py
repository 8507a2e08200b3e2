"""Whole numbers of the encoder are exact on every processor, with and without the slower way."""

from __future__ import annotations

from typing import get_args

import numpy as np
import onnxruntime as ort
import pytest

from pipeline.model import _encoder, _exact
from pipeline.records import Zone

RIGHT = 4 * 255 * 127


def test_exact_way_is_right_on_every_processor() -> None:
    assert _exact.products(exact=True) == [RIGHT] * 16


def test_processor_is_judged_by_the_sum_it_gives(monkeypatch: pytest.MonkeyPatch) -> None:
    for found, judged in ((RIGHT, True), (4 * 32767 // 2, False)):
        given = {False: [found] * 16}
        monkeypatch.setattr(_exact, "products", lambda *, exact, given=given: given[exact])
        assert _exact.exact_by_itself.__wrapped__() is judged


def test_encoder_answers_the_same_either_way(monkeypatch: pytest.MonkeyPatch) -> None:
    """The way that this processor takes and the exact one give the same floats to the last bit."""
    data = (_encoder.FOLDER / _encoder.ENCODER).read_bytes()
    ids = {"ids": np.random.default_rng(0).integers(5, 15_000, 150)}
    (mine,) = _encoder.session_of(data).run(None, ids)
    monkeypatch.setattr(_encoder, "exact_by_itself", lambda: False)
    session = _encoder.session_of(data)
    options = session.get_session_options()
    assert options.get_session_config_entry(_exact.EXACT) == "1"
    assert options.graph_optimization_level == ort.GraphOptimizationLevel.ORT_ENABLE_EXTENDED  # below it the entry has no effect
    (exact,) = session.run(None, ids)
    assert mine.shape == (150, exact.shape[1])
    assert exact.shape[1] > len(get_args(Zone))
    assert np.array_equal(mine, exact)
