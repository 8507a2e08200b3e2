"""Hypothesis strategies that property tests share: texts as people and machines make them.

`texts()` is what a reader may hand over (no half surrogates); `chinese()` reads like a policy text; `hostile_texts()` holds what breaks offsets: characters
outside the basic plane, combining marks, wide and narrow forms, invisible ones, controls, line ends of every kind.
"""

from __future__ import annotations

from hypothesis import strategies as st

# fmt: off
_WORDS = (
    "各部门", "应当", "建立", "数据孤岛", "共享机制", "平台", "推进", "一网通办", "针对", "破解", "难题", "由于", "部门分割", "导致",
    "目标", "到", "2025年", "国务院办公厅", "印发", "通知", "政府", "企业", "公众", "标准不一", "信息孤岛", "完善", "制度", "加强",
    "监管", "存在", "问题", "对策", "建议", "提高", "效率", "以", "为", "的", "和", "在",
)
# fmt: on
_STOPS = ("。", "；", "，", "：", "、", "？", "！")
_ODD = (
    "\u200b\u200c\u200d\ufeff\u00ad\u2060"  # invisible
    "\u3000\u00a0\u2003\t"  # blanks
    "\r\n\u2028\u2029\u0085\x0b\x0c"  # line ends
    "\x00\x01\x1f\x7f"  # controls
    "\u0301\u20dd\ufe0f"  # combining
    "⺠⻓⽣"  # radicals
    "０１ＡＢ，．％～"  # wide
    "ｱｲｳ"  # narrow
    "𠮷㛃𬎆😀\U0010fffd\ue000\ufffd"  # rare planes, private use, damage
)

marks = st.sampled_from(_STOPS)
"""Chinese punctuation that ends or divides sentences"""

han = st.one_of(
    st.characters(min_codepoint=0x4E00, max_codepoint=0x9FA5),
    st.characters(min_codepoint=0x3400, max_codepoint=0x4DBF),
    st.characters(min_codepoint=0x20000, max_codepoint=0x2A6DF),
)
"""one character of Han, a third of them outside what old encodings hold"""

common_han = st.characters(codec="gb2312", min_codepoint=0x4E00, max_codepoint=0x9FFF)
"""one character of GB 2312, which all Chinese encodings of a simplified text hold"""

odd = st.sampled_from(_ODD)
"""one character that breaks careless code"""


@st.composite
def sentences(draw: st.DrawFn) -> str:
    """A sentence that looks like one of a policy text: words of the field and a stop."""
    words = draw(st.lists(st.sampled_from(_WORDS), min_size=2, max_size=12))
    return "".join(words) + draw(marks)


@st.composite
def chinese(draw: st.DrawFn, *, max_lines: int = 8) -> str:
    """Lines of sentences."""
    lines = draw(st.lists(st.lists(sentences(), min_size=1, max_size=4), min_size=1, max_size=max_lines))
    return "\n".join("".join(line) for line in lines)


def texts(*, max_size: int = 200) -> st.SearchStrategy[str]:
    """Any text without half surrogates: what a reader may hand over."""
    return st.text(st.characters(exclude_categories=["Cs"]), max_size=max_size)


@st.composite
def hostile_texts(draw: st.DrawFn) -> str:
    """Sentences with odd characters anywhere between them and in them."""
    pieces = draw(st.lists(st.one_of(sentences(), odd, han, st.text(st.characters(exclude_categories=["Cs"]), max_size=8)), max_size=20))
    return "".join(pieces)
