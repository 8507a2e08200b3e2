"""What only a real browser shows: the question is asked, the quote is seen, the map draws, links and Back work, nobody else is called."""

from __future__ import annotations

import io
from typing import Any
from urllib.parse import quote

import pytest
from PIL import Image

pytestmark = pytest.mark.browser

BROKEN = "为破解数据孤岛，要推动垂直系统的数据回流，实现群众少跑腿。"
SIGNS = "2018~2020年试点，2021~2023年推广，联系邮箱:szzw@example.org，:red[红头文件]、:material/home:、比例1:100:5，$x$ <b>粗</b>。"
DILEMMA = (0xB3, 0x44, 0x0A)

CONFIRM = """() => document.activeElement.dispatchEvent(
  new KeyboardEvent("keydown", { key: "Enter", code: "Enter", keyCode: 229, isComposing: true, bubbles: true, cancelable: true })
)"""
COMPOSED = """key => [document.activeElement, document.body].forEach(where => where.dispatchEvent(
  new KeyboardEvent("keydown", { key, code: `Key${key.toUpperCase()}`, keyCode: 229, isComposing: true, bubbles: true, cancelable: true })
))"""
COPY = """element => {
  const range = document.createRange()
  range.selectNodeContents(element)
  const selection = getSelection()
  selection.removeAllRanges()
  selection.addRange(range)
  return selection.toString()
}"""


def _params(window: Any) -> dict[str, str]:
    return dict(window.evaluate("[...new URLSearchParams(location.search)]"))


def _wait_for(window: Any, name: str, value: str = "") -> None:
    """Wait until the address has the parameter, with that value where one is given."""
    window.wait_for_function(
        "([name, value]) => { const is = new URLSearchParams(location.search).get(name); return value ? is === value : is !== null }", arg=[name, value]
    )


def _wait_for_question(window: Any, question: str) -> None:
    """Wait until the box holds the question: its code comes after the answer in a window that is slow."""
    window.wait_for_function("question => document.querySelector('.st-key-question input')?.value === question", arg=question)


def _open(window: Any, link: str) -> None:
    """Open an address and wait until its links are followed without a reload."""
    window.goto(link)
    window.locator("html[data-zhengmai=ready]").wait_for(state="attached")


def _ask(window: Any, question: str) -> None:
    box = window.locator(".st-key-question input")
    box.fill(question)
    box.press("Enter")
    _wait_for(window, "q", question)


@pytest.mark.parametrize(("language", "question"), [("", "数据孤岛"), ("", "怎样破解信息孤岛问题？"), ("?lang=en", "data silos")])
def test_a_question_is_answered_with_the_quote(window: Any, address: str, language: str, question: str) -> None:
    _open(window, f"{address}/{language}")
    window.locator(".zm-hero").wait_for()
    _ask(window, question)
    card = window.locator(".zm-card", has_text=BROKEN)
    card.wait_for()
    assert card.locator("mark.zm-countermeasure").inner_text() == "推动垂直系统的数据回流"
    assert card.locator("mark.zm-dilemma").inner_text() == "数据孤岛"
    assert window.evaluate("document.documentElement.lang") == ("en" if language else "zh-CN")


def test_a_click_on_a_quote_leads_to_its_sentence_and_back_to_the_same_view(window: Any, address: str) -> None:
    _open(window, f"{address}/?q={quote('数据孤岛')}&basis=stated")
    window.evaluate("window.thisWindow = true")
    window.locator("mark.zm-countermeasure", has_text="推动垂直系统的数据回流").first.click()
    sentence = window.locator(".zm-sentence")
    sentence.wait_for()
    assert sentence.inner_text() == BROKEN
    box = sentence.bounding_box()
    assert 0 <= box["y"] <= 1000 - box["height"]
    assert window.evaluate("window.thisWindow") is True
    window.go_back()
    window.locator(".zm-card", has_text=BROKEN).wait_for()
    assert _params(window) == {"q": "数据孤岛", "basis": "stated"}
    assert window.locator(".zm-card", has_text="建立统一的共享平台").count() == 0


def test_signs_of_addresses_survive_a_fresh_window_and_other_pages_inherit_nothing(window: Any, address: str) -> None:
    question = '省#1 50% "AI+政务" & 数据孤岛'
    _open(window, address)
    _ask(window, question)
    window.locator(".zm-card", has_text=BROKEN).wait_for()
    link = window.evaluate("location.href")
    _open(window, link)
    window.locator(".zm-card", has_text=BROKEN).wait_for()
    _wait_for_question(window, question)
    window.get_by_role("link", name="文献", exact=True).click()
    window.locator(".zm-rows").wait_for()
    window.wait_for_function("location.pathname.endsWith('/documents')")
    assert _params(window) == {}
    window.go_back()
    window.locator(".zm-card", has_text=BROKEN).wait_for()
    _wait_for_question(window, question)


def test_filters_with_signs_survive_a_quote_back_a_fresh_window_and_stay_behind(window: Any, address: str) -> None:
    region = '江东#1 50% "甲&乙"+'
    link = f"{address}/?q={quote('数据孤岛')}&region={quote(region)}&level=province&{quote('部门')}={quote(region)}"
    for _ in range(2):
        _open(window, link)
        chip = window.locator(".zm-filters a", has_text=region)
        chip.wait_for()
        assert window.locator(".zm-filters a").count() == 3
        _open(window, link)
        window.locator(".zm-views a[href^=links]").click()
        window.wait_for_function("location.pathname.endsWith('/links')")
        assert _params(window) == {"q": "数据孤岛", "region": region, "level": "province"}
        window.go_back()
        chip.wait_for()
        link = window.evaluate("location.href")
    # a page of the menu begins without any of it
    window.get_by_role("link", name="概览", exact=True).click()
    window.locator(".zm-sets").first.wait_for()
    assert _params(window) == {}


def test_enter_that_only_confirms_a_candidate_asks_nothing(window: Any, address: str) -> None:
    _open(window, address)
    box = window.locator(".st-key-question input")
    box.click()
    keyboard = window.context.new_cdp_session(window)
    keyboard.send("Input.imeSetComposition", {"text": "shuju", "selectionStart": 5, "selectionEnd": 5})
    window.evaluate(CONFIRM)
    window.wait_for_timeout(800)
    assert _params(window) == {}
    keyboard.send("Input.insertText", {"text": "数据孤岛"})
    box.press("Enter")
    window.locator(".zm-card", has_text=BROKEN).wait_for()
    assert _params(window) == {"q": "数据孤岛"}


def test_no_key_of_a_word_being_composed_decides_at_the_desk(window: Any, address: str) -> None:
    _open(window, f"{address}/document?doc={quote('d县域数据共享')}")
    window.locator(".zm-text").wait_for()
    window.keyboard.press("j")
    _wait_for(window, "at")
    name = window.get_by_role("textbox", name="署名")
    name.fill("周编辑")
    name.press("Enter")
    window.locator(".zm-desk dd", has_text="未核").wait_for()
    window.wait_for_timeout(1500)
    at = _params(window)["at"]
    name.click()
    keyboard = window.context.new_cdp_session(window)
    keyboard.send("Input.imeSetComposition", {"text": "xiugai", "selectionStart": 6, "selectionEnd": 6})
    for key in ("x", "a", "u", "j", "k"):
        window.evaluate(COMPOSED, key)
    window.wait_for_timeout(1500)
    keyboard.send("Input.insertText", {"text": "修改"})
    assert _params(window)["at"] == at
    assert window.locator(".zm-desk dd", has_text="未核").count() == 1
    assert window.get_by_role("button", name="撤回").count() == 0


def test_an_address_that_is_no_page_says_so_in_the_language_of_the_page(window: Any, address: str) -> None:
    _open(window, f"{address}/nowhere?lang=en")
    window.locator(".zm-note", has_text="There is no page “nowhere”").wait_for()
    assert window.get_by_role("dialog").count() == 0
    window.locator(".zm-languages a", has_text="中文").click()
    window.locator(".zm-note", has_text="没有“nowhere”这一页").wait_for()
    window.locator(".zm-note a", has_text="去提问").click()
    window.locator(".zm-hero").wait_for()


def test_a_quote_of_a_card_is_copied_as_the_file_has_it(window: Any, address: str) -> None:
    _open(window, f"{address}/?q={quote('数据孤岛')}&kind=official")
    words = window.locator(".zm-card blockquote", has_text="互联互通").first
    words.wait_for()
    assert words.evaluate(COPY) == "为打破信息孤岛，省大数据局推进5~7个系统互联互通。"
    assert words.locator("del, s, svg, img, .katex").count() == 0


def test_signs_of_markdown_are_shown_and_copied_as_they_are(window: Any, address: str) -> None:
    _open(window, f"{address}/document?doc={quote('d通知')}")
    paragraph = window.locator(".zm-text p", has_text="红头文件")
    paragraph.wait_for()
    assert paragraph.inner_text() == SIGNS
    assert paragraph.locator("del, s, b, img, svg, .katex, span:not(.zm-sentence)").count() == 0
    marked = window.locator(".zm-text p", has_text="互联互通")
    copied = marked.evaluate(COPY)
    assert copied == "由于条块分割，信息孤岛依然存在。为打破信息孤岛，省大数据局推进5~7个系统互联互通。"


def _a_dilemma_on(picture: bytes) -> tuple[int, int]:
    """Middle of a vermilion shape: a pixel with that colour all around it, so that no letter is taken for a node."""
    image = Image.open(io.BytesIO(picture)).convert("RGB")
    for y in range(6, image.height - 6):
        for x in range(6, image.width - 6):
            if all(image.getpixel((x + dx, y + dy)) == DILEMMA for dx, dy in ((0, 0), (3, 0), (-3, 0), (0, 3), (0, -3))):
                return x, y
    raise AssertionError("the map shows no dilemma")


def test_the_map_draws_and_a_click_chooses_the_node(window: Any, address: str) -> None:
    _open(window, f"{address}/?q={quote('数据孤岛')}")
    canvas = window.locator("canvas").first
    canvas.wait_for()
    window.wait_for_timeout(1500)
    x, y = _a_dilemma_on(canvas.screenshot())
    canvas.click(position={"x": x, "y": y})
    _wait_for(window, "node")
    window.locator(".zm-node .zm-chip.zm-dilemma").wait_for()
    tie = window.locator(".zm-node li > div > details").first
    tie.locator("summary").click()
    tie.locator(".zm-open").first.click()
    window.locator(".zm-text .zm-chosen").first.wait_for()


def test_a_kind_is_hidden_by_the_legend_of_the_map_and_back_brings_it_again(window: Any, address: str) -> None:
    _open(window, f"{address}/?q={quote('数据孤岛')}")
    legend = window.locator(".zm-legend a", has_text="困境")
    legend.click()
    _wait_for(window, "hide", "dilemma")
    window.locator(".zm-legend a:not([aria-current])", has_text="困境").wait_for()
    canvas = window.locator("canvas").first
    window.wait_for_timeout(1500)
    with pytest.raises(AssertionError, match="no dilemma"):
        _a_dilemma_on(canvas.screenshot())
    window.go_back()
    window.locator(".zm-legend a[aria-current]", has_text="困境").wait_for()
    window.wait_for_timeout(1500)
    _a_dilemma_on(canvas.screenshot())


def test_keys_decide_at_the_desk_but_not_while_a_word_is_typed(window: Any, address: str) -> None:
    _open(window, f"{address}/document?doc={quote('d县域数据共享')}")
    window.locator(".zm-text").wait_for()
    window.keyboard.press("j")
    _wait_for(window, "at")
    window.locator(".zm-desk").wait_for()
    at = _params(window)["at"]
    name = window.get_by_role("textbox", name="署名")
    name.click()
    window.keyboard.type("jxa")
    assert _params(window) == {"doc": "d县域数据共享", "at": at}
    name.fill("周编辑")
    name.press("Enter")
    window.locator(".zm-text h2, .zm-text h3").first.click()
    # a key pressed while the page is still being drawn has no button yet
    window.locator(".zm-desk dd", has_text="未核").wait_for()
    window.wait_for_load_state("networkidle")
    window.wait_for_timeout(1500)
    window.keyboard.press("a")
    window.locator(".zm-desk dd", has_text="已核可").wait_for()
    window.wait_for_timeout(1500)
    window.keyboard.press("u")
    window.locator(".zm-desk dd", has_text="未核").wait_for()
