"""Room on the map: marks are let apart, labels lie on no other and inside the picture."""

from __future__ import annotations

from itertools import combinations
from math import cos, hypot, pi, sin

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app_pages._parts.graph_view import HEIGHT, LEGEND, WHOLE, WIDTH, labelled, options, placed
from app_pages._parts.room import Box, Label, box_of, let_apart, put, text_width
from graph.records import MapNode, Neighbourhood

POINTS = st.lists(st.tuples(st.floats(-2, 2), st.floats(-2, 2)), min_size=1, max_size=45)
WORDS = st.text(alphabet="数据孤岛 data", min_size=1, max_size=20)


def around_a_joined_node(remedies: int) -> tuple[MapNode, ...]:
    """A concept, the dilemma that all texts have, and many remedies close around it, as in a map of one problem."""
    nodes = [
        MapNode(id="c", label="数据孤岛", kind="concept", x=0.0, y=0.0, weight=3),
        MapNode(id="d", label="信息孤岛", kind="dilemma", x=0.6, y=0.05, weight=9),
    ]
    for number in range(remedies):
        turn = 2 * pi * number / remedies
        label = f"建立第{number}个共享目录与责任清单"
        nodes.append(MapNode(id=f"r{number}", label=label, kind="countermeasure", x=0.6 + 0.12 * cos(turn), y=0.05 + 0.12 * sin(turn), weight=1))
    nodes.append(MapNode(id="far", label="各部门自建系统", kind="driver", x=-1.0, y=-0.8, weight=1))
    return tuple(nodes)


def frame_of(places: list[tuple[float, float]], width: int, top: float) -> Box:
    """The picture without its legend, in the pixels of the places."""
    xs, ys = [x for x, _ in places], [y for _, y in places]
    middle, first = (max(xs) + min(xs)) / 2, min(ys) - top
    return Box(middle - width / 2, first, middle + width / 2, first + HEIGHT - LEGEND)


@pytest.mark.parametrize("width", [WIDTH, WHOLE])
@pytest.mark.parametrize("remedies", [4, 12, 24])
def test_labels_round_a_joined_node_lie_apart_and_inside_the_picture(remedies: int, width: int) -> None:
    nodes = around_a_joined_node(remedies)
    drawn = options(Neighbourhood(nodes=nodes, edges=(), shown=1, total=1), centre="c", chosen="d", kind_names=str, width=width)["series"][0]
    places = placed(nodes, centre="c", width=width)
    labels = labelled(nodes, places, centre="c", chosen="d", width=width)
    free = [label.box for label in labels if label.free]
    assert all(one.common(other) == 0 for one, other in combinations(free, 2))
    picture = frame_of(places, width, drawn["top"])
    assert all(picture.holds(box) for box in free)
    # the middle, the chosen node and what stands alone can always be read
    assert all(labels[index].free for index, node in enumerate(nodes) if node.id in ("c", "d", "far"))
    assert len(free) >= min(2 * len(nodes) // 3, 12)
    # what is not free is drawn only where ECharts hides it, on a label that stands
    for node, label in zip(drawn["data"], labels, strict=True):
        assert node["label"]["show"] is (label.free or label.upon)
        assert label.upon is False or any(label.box.common(box) > label.box.area / 5 for box in free)


@pytest.mark.parametrize("remedies", [8, 24])
def test_remedies_round_a_joined_node_do_not_touch(remedies: int) -> None:
    nodes = around_a_joined_node(remedies)
    drawn = options(Neighbourhood(nodes=nodes, edges=(), shown=1, total=1), centre="c", chosen="", kind_names=str)["series"][0]["data"]
    for one, other in combinations(drawn, 2):
        assert hypot(one["x"] - other["x"], one["y"] - other["y"]) > (one["symbolSize"] + other["symbolSize"]) / 2


def test_the_label_of_the_chosen_node_is_always_shown() -> None:
    nodes = around_a_joined_node(24)
    places = placed(nodes, centre="c")
    hidden = [node.id for node, label in zip(nodes, labelled(nodes, places, centre="c", chosen=""), strict=True) if not label.free]
    assert hidden
    for chosen in hidden:
        shown = dict(zip((node.id for node in nodes), labelled(nodes, places, centre="c", chosen=chosen), strict=True))
        assert shown[chosen].free
        assert shown["c"].free


@given(POINTS)
def test_marks_stay_in_the_frame_of_all_and_where_there_is_room_they_do_not_move(points: list[tuple[float, float]]) -> None:
    apart = let_apart(points, [0.2] * len(points), gap=0.1, stays=0)
    xs, ys = [x for x, _ in points], [y for _, y in points]
    assert apart[0] == points[0]
    for (x, y), (across, down) in zip(points, apart, strict=True):
        assert min(xs) <= across <= max(xs)
        assert min(ys) <= down <= max(ys)
        if all(hypot(x - u, y - v) > 2 for u, v in points if (u, v) != (x, y)):
            assert (x, y) == (across, down) or points.count((x, y)) > 1
    assert apart == let_apart(points, [0.2] * len(points), gap=0.1, stays=0)


@given(st.lists(st.tuples(st.integers(-180, 180), st.integers(-200, 200), WORDS), min_size=1, max_size=30))
def test_free_labels_never_overlap_wherever_the_marks_lie(marks: list[tuple[int, int, str]]) -> None:
    points, labels = [(float(x), float(y)) for x, y, _ in marks], [Label(words, 11.5) for _, _, words in marks]
    picture = Box(-200, -220, 200, 220)
    found = put(labels, points, [14.0] * len(points), frame=picture, order=range(len(points)))
    free = [one.box for one in found if one.free]
    assert all(one.common(other) == 0 for one, other in combinations(free, 2))
    assert all(picture.holds(box) for box in free)
    assert found == put(labels, points, [14.0] * len(points), frame=picture, order=range(len(points)))


def test_a_label_is_as_wide_as_its_letters_and_stands_beside_its_mark() -> None:
    assert text_width(Label("数据孤岛", 12)) == 48
    assert text_width(Label("data", 10)) < 30
    below = box_of(Label("数据", 10), "bottom", (5.0, 5.0), 10)
    assert (below.left, below.right) == (-5, 15)
    assert below.top > 10
    assert box_of(Label("数据", 10), "left", (5.0, 5.0), 10).right < 0
