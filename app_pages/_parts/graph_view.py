"""The map of a concept's neighbourhood: nodes at positions that Python computed, drawn by ECharts; in, a neighbourhood and a chosen id; out, a clicked id.

ECharts answers with positions in the list that it was sent, never with ids; so the key of the chart holds all that decides the list, and the
answer is looked up in that very list. Edges are hard to hit and no chart has a keyboard: the list of neighbours beside it holds the same.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Sequence
from hashlib import sha256
from math import hypot
from typing import Any
from unicodedata import east_asian_width

import msgspec
import streamlit as st

from app_pages._parts.palette import LIGHT, Look, Scheme, scheme
from app_pages._parts.room import Box, Label, Point, Put, let_apart, put
from graph.records import MapEdge, MapNode, Neighbourhood

LABEL = 8
"""Chinese characters of a label; the whole name stands in the tooltip and in the list"""

FONT = '"PingFang SC", "Hiragino Sans GB", "Microsoft YaHei", "Noto Sans CJK SC", "Source Han Sans SC", sans-serif'
HEIGHT, WIDTH, WHOLE = 480, 375, 740
"""pixels of the picture: beside an answer in a window of 1280, and where it has the whole width of a tablet"""
SIDE, HEAD, FOOT = 50, 36, 66
"""pixels that no node lies in: left and right, above, below (where the legend is)"""
LEGEND = 34
"""pixels of the legend, which no label lies in; on the page the legend that can be clicked lies over it, a saved picture has this one"""
SPREAD = 0.7
"""power of the distance from the middle: below 1 lets what is near the middle apart"""
LETTERS, MIDDLE = 11.5, 14.0
"""size of the letters of a label, and of the one in the middle"""


def short(label: str, most: int = LABEL) -> str:
    """A label that fits beside its node: `部门之间数据互不相通` → `部门之间数据互…`; a Latin letter is half as wide as a Chinese character."""
    room = 2 * most
    widths = [2 if east_asian_width(sign) in "WF" else 1 for sign in label]
    if sum(widths) <= room:
        return label
    kept, used = 0, 2
    while kept < len(label) and used + widths[kept] <= room:
        used += widths[kept]
        kept += 1
    return label[:kept].rstrip() + "…"


def counted(node: MapNode, label: str) -> str:
    """A label with the number of statements that are joined in its node: `数据孤岛 ×11`."""
    return f"{label} ×{len(node.quotes)}" if len(node.quotes) > 1 else label


def _inert(label: str) -> str:
    """A label without the braces that ECharts takes for a template, and without characters that JSON cannot carry."""
    return "".join("�" if "\ud800" <= sign <= "\udfff" else sign for sign in label).replace("{", "｛").replace("}", "｝")


def _look(kind: str, colours: Scheme) -> Look:
    return colours.looks.get(kind, colours.looks["actor"])


def _sizes(nodes: Sequence[MapNode], centre: str) -> list[float]:
    """Width of each node's mark: the middle largest, others by their weight."""
    heaviest = max([1, *(node.weight for node in nodes)])
    return [34.0 if node.id == centre else 11.0 + round(13 * (node.weight / heaviest) ** 0.5) for node in nodes]


def _label(node: MapNode, *, middle: bool) -> Label:
    return Label(_inert(counted(node, short(node.label, 14 if middle else LABEL))), MIDDLE if middle else LETTERS)


def without(around: Neighbourhood, kinds: Collection[str]) -> Neighbourhood:
    """The map without the nodes of some kinds and their edges; its middle, the first node, always stays."""
    nodes = tuple(node for index, node in enumerate(around.nodes) if not index or node.kind not in kinds)
    left = {node.id for node in nodes}
    edges = tuple(edge for edge in around.edges if edge.source in left and edge.target in left)
    return msgspec.structs.replace(around, nodes=nodes, edges=edges)


def labelled(nodes: Sequence[MapNode], places: Sequence[Point], *, centre: str, chosen: str, width: int = WIDTH, gone: Collection[str] = ()) -> list[Put]:
    """Where the label of each node stands; the middle and heavy nodes choose first, the chosen one only where it would have no room otherwise.

    `gone`: ids of nodes that are not drawn; they take no room from the others.
    """
    sizes = [0.0 if node.id in gone else size for node, size in zip(nodes, _sizes(nodes, centre), strict=True)]
    labels = [Label("", LETTERS) if node.id in gone else _label(node, middle=node.id == centre) for node in nodes]
    left, top = min(x for x, _ in places), min(y for _, y in places)
    wide = max(x for x, _ in places) - left
    # the picture has the nodes in its middle, and its top at the top of them
    frame = Box(left - (width - wide) / 2, top - _head(places), left + (width + wide) / 2, top - _head(places) + HEIGHT - LEGEND)
    order = sorted(range(len(nodes)), key=lambda index: (-sizes[index], index))
    found = put(labels, places, sizes, frame=frame, order=order, above=order[:1])
    picked = next((index for index, node in enumerate(nodes) if node.id == chosen), None)
    if picked is None or found[picked].free:
        return found
    first = [order[0], picked]
    return put(labels, places, sizes, frame=frame, order=[*first, *(index for index in order[1:] if index != picked)], above=first)


def _node(node: MapNode, at: Point, size: float, stands: Put, *, chosen: str, centre: str, kinds: list[str], colours: Scheme) -> dict[str, Any]:
    look, ink = _look(node.kind, colours), colours.ink
    middle, picked = node.id == centre, node.id == chosen
    label = _label(node, middle=middle)
    return {
        # several nodes may have one label, ECharts tells them apart by id
        "id": node.id,
        "name": _inert(counted(node, node.label)),
        "x": at[0],
        "y": at[1],
        "category": kinds.index(node.kind),
        "symbolSize": size + (5 if picked else 0),
        "itemStyle": {"borderColor": ink if picked else colours.paper, "borderWidth": 3 if picked else 1.2},
        "label": {
            # what lies on another label is hidden by ECharts until somebody zooms in
            "show": stands.free or stands.upon,
            "formatter": label.words,
            "fontWeight": 600 if middle or picked else 400,
            "fontSize": label.size,
            "color": ink if middle or picked else look.colour,
            "position": stands.side,
            "textBorderColor": colours.paper,
            "textBorderWidth": 3,
        },
    }


def _edge(edge: MapEdge, colours: Scheme) -> dict[str, Any]:
    strong = edge.basis == "stated"
    return {
        "source": edge.source,
        "target": edge.target,
        "lineStyle": {
            "type": "dashed" if edge.basis == "aligned" else "solid",
            "width": min(3.0, (1.6 if strong else 1.1) + 0.3 * (edge.weight - 1)),
            "color": colours.quiet if strong else colours.line,
            "curveness": 0.06,
        },
        "symbol": ["none", "arrow" if edge.type == "addressed_by" else "none"],
    }


def placed(nodes: Sequence[MapNode], *, centre: str = "", width: int = WIDTH) -> list[Point]:
    """Places in the picture, in pixels from its middle: those of the graph, with what lies too close let apart and the room filled.

    The middle stays where it is; the same nodes stand in the same places.
    """
    apart = []
    for node in nodes:
        away = hypot(node.x, node.y)
        apart.append((node.x * away ** (SPREAD - 1), node.y * away ** (SPREAD - 1)) if away else (0.0, 0.0))
    wide = max(x for x, _ in apart) - min(x for x, _ in apart) or 1.0
    high = max(y for _, y in apart) - min(y for _, y in apart) or 1.0
    across, down = (width - 2 * SIDE) / wide, (HEIGHT - HEAD - FOOT) / high
    # neither side is stretched to more than twice the other
    across, down = min(across, 2 * down), min(down, 2 * across)
    middle = next((index for index, node in enumerate(nodes) if node.id == centre), None)
    scaled = let_apart([(x * across, y * down) for x, y in apart], _sizes(nodes, centre), stays=middle)
    return [(round(x, 1), round(y, 1)) for x, y in scaled]


def _head(places: Sequence[Point]) -> int:
    """Pixels above the highest node."""
    high = max(y for _, y in places) - min(y for _, y in places)
    return HEAD + round((HEIGHT - HEAD - FOOT - high) / 2)


def _frame(places: Sequence[Point]) -> dict[str, Any]:
    """Where the nodes lie in the picture: one pixel is one pixel, in the middle of however wide it is drawn."""
    wide = max(x for x, _ in places) - min(x for x, _ in places)
    high = max(y for _, y in places) - min(y for _, y in places)
    return {"left": "center", "width": max(wide, 1.0), "top": _head(places), "height": max(high, 1.0)}


def options(
    neighbourhood: Neighbourhood,
    *,
    centre: str,
    chosen: str,
    kind_names: Callable[[str], str],
    colours: Scheme = LIGHT,
    width: int = WIDTH,
    hidden: Collection[str] = (),
) -> dict[str, Any]:
    """What ECharts is given; edges whose end is not shown are left out with it.

    Nodes of hidden kinds stay in the list, without a mark: so all others keep their places and their numbers.
    """
    nodes = neighbourhood.nodes
    kinds = [kind for kind in colours.looks if any(node.kind == kind for node in nodes)]
    kinds += sorted({node.kind for node in nodes} - set(kinds))
    seen = without(neighbourhood, hidden)
    gone = {node.id for node in nodes} - {node.id for node in seen.nodes}
    named = {node.kind for node in seen.nodes}
    sizes, places = _sizes(nodes, centre), placed(nodes, centre=centre, width=width)
    stand = labelled(nodes, places, centre=centre, chosen=chosen, width=width, gone=gone)
    drawn = [
        _node(node, at, size, label, chosen=chosen, centre=centre, kinds=kinds, colours=colours)
        for node, at, size, label in zip(nodes, places, sizes, stand, strict=True)
    ]
    for node in drawn:
        if node["id"] in gone:
            node |= {"symbolSize": 0, "label": {"show": False}, "emphasis": {"label": {"show": False}}}
    categories = [{"name": kind_names(kind), "symbol": _look(kind, colours).symbol, "itemStyle": {"color": _look(kind, colours).colour}} for kind in kinds]
    return {
        "animation": False,
        # a picture that is saved has the ground of the page, else light letters would stand on none
        "backgroundColor": colours.paper,
        "textStyle": {"fontFamily": FONT},
        "legend": [
            {
                "data": [{"name": one["name"], "icon": one["symbol"]} for kind, one in zip(kinds, categories, strict=True) if kind in named],
                "selectedMode": False,
                "bottom": 4,
                "left": "center",
                "itemGap": 14,
                "itemWidth": 12,
                "itemHeight": 12,
                "textStyle": {"color": colours.ink, "fontSize": 12},
            }
        ],
        "tooltip": {
            "confine": True,
            "backgroundColor": colours.paper,
            "borderColor": colours.line,
            "textStyle": {"color": colours.ink},
            "formatter": "{b}",
            "extraCssText": "max-width:320px;white-space:normal;line-height:1.6",
        },
        "series": [
            {
                "type": "graph",
                "layout": "none",
                **_frame(places),
                "roam": True,
                "scaleLimit": {"min": 0.5, "max": 6},
                "categories": categories,
                "data": drawn,
                "edges": [_edge(edge, colours) for edge in seen.edges],
                "label": {"distance": 4},
                "labelLayout": {"hideOverlap": True},
                "emphasis": {"focus": "adjacency", "label": {"show": True}, "lineStyle": {"width": 2.4, "color": colours.ink}},
                "blur": {"itemStyle": {"opacity": 0.25}, "lineStyle": {"opacity": 0.12}},
                "selectedMode": "single",
                "select": {"itemStyle": {"borderColor": colours.ink, "borderWidth": 3}},
            }
        ],
    }


def chart_key(neighbourhood: Neighbourhood, language: str) -> str:
    """A key of the chart that changes whenever its list of nodes does."""
    return f"map-{sha256('|'.join([language, *(node.id for node in neighbourhood.nodes)]).encode()).hexdigest()[:16]}"


def clicked(neighbourhood: Neighbourhood, key: str) -> str | None:
    """Id of the node that was clicked in the chart of this key, empty where a choice was taken back, none where nothing was touched."""
    state = st.session_state.get(key)
    selected: list[Any] = state["selection"]["selected"] if state else []
    if state is None:
        return None
    for part in selected:
        if part.get("data_type") == "node":
            for index in part.get("data_indices", []):
                if 0 <= index < len(neighbourhood.nodes):
                    node: MapNode = neighbourhood.nodes[index]
                    return node.id
    return ""


def draw(
    neighbourhood: Neighbourhood,
    *,
    centre: str,
    chosen: str,
    language: str,
    kind_names: Callable[[str], str],
    alt: str,
    on_click: Callable[[str], None],
    width: int = WIDTH,
    hidden: Collection[str] = (),
) -> None:
    """Draw the map without the hidden kinds, in a picture of at least `width` pixels; `on_click` gets the id of a clicked node before the page runs again."""
    key = chart_key(neighbourhood, language)

    def answer() -> None:
        node = clicked(neighbourhood, key)
        if node is not None:
            on_click(node)

    st.echarts_chart(
        options(neighbourhood, centre=centre, chosen=chosen, kind_names=kind_names, colours=scheme(), width=width, hidden=hidden),
        height=HEIGHT,
        theme=None,
        key=key,
        on_select=answer,
        alt=alt,
    )
