"""The map of a concept's neighbourhood: nodes at positions that Python computed, drawn by ECharts; in, a neighbourhood and a chosen id; out, a clicked id.

ECharts answers with positions in the list that it was sent, never with ids; so the key of the chart holds all that decides the list, and the
answer is looked up in that very list. Edges are hard to hit and no chart has a keyboard: the list of neighbours beside it holds the same.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from hashlib import sha256
from math import hypot
from typing import Any
from unicodedata import east_asian_width

import streamlit as st

from app_pages._parts.palette import LIGHT, Look, Scheme, scheme
from graph.records import MapEdge, MapNode, Neighbourhood

LABEL = 8
"""Chinese characters of a label; the whole name stands in the tooltip and in the list"""

FONT = '"PingFang SC", "Hiragino Sans GB", "Microsoft YaHei", "Noto Sans CJK SC", "Source Han Sans SC", sans-serif'
HEIGHT = 480
WIDTH, SIDE = 449, 62
"""pixels of the picture beside an answer, and of the room for labels on either side of it"""
SPREAD = 0.7
"""power of the distance from the middle: below 1 lets what is near the middle apart"""


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


def _side(node: MapNode, *, middle: bool) -> str:
    """Where a label stands: outward, so that it does not lie on the rays of the star. Screens count downwards."""
    return "bottom" if middle or node.y > 0 else "top"


def _look(kind: str, colours: Scheme) -> Look:
    return colours.looks.get(kind, colours.looks["actor"])


def _node(node: MapNode, at: tuple[float, float], *, chosen: str, centre: str, heaviest: int, kinds: list[str], colours: Scheme) -> dict[str, Any]:
    look, ink = _look(node.kind, colours), colours.ink
    middle = node.id == centre
    size = 34 if middle else 11 + round(13 * (node.weight / heaviest) ** 0.5)
    picked = node.id == chosen
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
            "show": True,
            "formatter": _inert(counted(node, short(node.label, 14 if middle else LABEL))),
            "fontWeight": 600 if middle or picked else 400,
            "fontSize": 14 if middle else 11.5,
            "color": ink if middle or picked else look.colour,
            "position": _side(node, middle=middle),
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


def placed(nodes: Sequence[MapNode]) -> list[tuple[float, float]]:
    """Places in the picture, in pixels from its middle: those of the graph, with the crowd around the middle let apart and the room filled.

    Order of nearness and directions stay; the same nodes stand in the same places.
    """
    apart = []
    for node in nodes:
        away = hypot(node.x, node.y)
        apart.append((node.x * away ** (SPREAD - 1), node.y * away ** (SPREAD - 1)) if away else (0.0, 0.0))
    wide = max(x for x, _ in apart) - min(x for x, _ in apart) or 1.0
    high = max(y for _, y in apart) - min(y for _, y in apart) or 1.0
    across, down = (WIDTH - 2 * SIDE) / wide, (HEIGHT - 116) / high
    # neither side is stretched to more than one and a half times the other
    across, down = min(across, 1.5 * down), min(down, 1.5 * across)
    return [(round(x * across, 1), round(y * down, 1)) for x, y in apart]


def _frame(places: Sequence[tuple[float, float]]) -> dict[str, Any]:
    """Where the nodes lie in the picture. ECharts keeps the proportions of the places only where one side is left to it."""
    high = max(y for _, y in places) - min(y for _, y in places)
    return {"top": 36 + round((HEIGHT - 116 - high) / 2), "height": max(high, 1.0)}


def options(neighbourhood: Neighbourhood, *, centre: str, chosen: str, kind_names: Callable[[str], str], colours: Scheme = LIGHT) -> dict[str, Any]:
    """What ECharts is given; edges whose end is not shown are left out with it."""
    kinds = [kind for kind in colours.looks if any(node.kind == kind for node in neighbourhood.nodes)]
    kinds += sorted({node.kind for node in neighbourhood.nodes} - set(kinds))
    heaviest = max([1, *(node.weight for node in neighbourhood.nodes)])
    known = {node.id for node in neighbourhood.nodes}
    places = placed(neighbourhood.nodes)
    categories = [{"name": kind_names(kind), "symbol": _look(kind, colours).symbol, "itemStyle": {"color": _look(kind, colours).colour}} for kind in kinds]
    return {
        "animation": False,
        "textStyle": {"fontFamily": FONT},
        "legend": [
            {
                "data": [{"name": one["name"], "icon": one["symbol"]} for one in categories],
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
                "data": [
                    _node(node, at, chosen=chosen, centre=centre, heaviest=heaviest, kinds=kinds, colours=colours)
                    for node, at in zip(neighbourhood.nodes, places, strict=True)
                ],
                "edges": [_edge(edge, colours) for edge in neighbourhood.edges if edge.source in known and edge.target in known],
                "label": {"distance": 4},
                "labelLayout": {"hideOverlap": True},
                "emphasis": {"focus": "adjacency", "lineStyle": {"width": 2.4, "color": colours.ink}},
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
    neighbourhood: Neighbourhood, *, centre: str, chosen: str, language: str, kind_names: Callable[[str], str], alt: str, on_click: Callable[[str], None]
) -> None:
    """Draw the map; `on_click` is called with the id of a clicked node before the page runs again."""
    key = chart_key(neighbourhood, language)

    def answer() -> None:
        node = clicked(neighbourhood, key)
        if node is not None:
            on_click(node)

    st.echarts_chart(
        options(neighbourhood, centre=centre, chosen=chosen, kind_names=kind_names, colours=scheme()),
        height=HEIGHT,
        theme=None,
        key=key,
        on_select=answer,
        alt=alt,
    )
