"""What remains of a question when the asking is taken off: 数据孤岛怎么办？ → 数据孤岛."""

from __future__ import annotations

import re

# the longer ones first: a pattern takes the first that fits
_STRIP = re.compile(
    "可不可以|我想知道|我想了解|解决办法|解决方案|对策建议|请问|想了解|有哪些|有什么|是什么|什么是|为什么|怎么办|怎么样|能不能|该不该|要不要|的问题|的对策|的原因|的含义|的定义|与哪些"
    "|怎样|怎么|如何|哪些|哪个|什么|多少|是否|应该|应当|问题|对策|建议|措施|解决|破解|应对|有关|相关|关于|哪里|吗|呢|呀|啊|谁"
)
_ENGLISH_ASKING = frozenset(
    re.findall(
        "[a-z]+",
        "how do does did what which who whom whose why when where is are was were can could may might should would will shall i we you one "
        "link links linked relate related proposed remedy remedies solution solutions solve address addressed problem problems issue issues "
        "about tell me there any please explain mean meaning that this these those be been has have had it them they not no",
    )
)
_SPLIT = re.compile(r"[^\w+·'\-]+|_")


def content(folded: str) -> tuple[str, ...]:
    """Stretches of a folded question that carry content, in order: `content("数据孤岛怎么办?") == ("数据孤岛",)`."""
    words = (piece.strip("-'·+") for piece in _SPLIT.split(_STRIP.sub(" ", folded)))
    return tuple(word for word in words if word and word not in _ENGLISH_ASKING)
