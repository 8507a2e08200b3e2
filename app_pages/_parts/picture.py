"""Saving a part of the page as a picture: what a browser has drawn is drawn once more on a canvas of twice the pixels, and saved as PNG.

Nothing is sent anywhere and no font is needed but those of the reader's own browser. The script is fixed and never holds text of a document; the words
are read from the page and written as text. Grounds, lines, arrows and words are drawn: what the chains are made of.
"""

from __future__ import annotations

from app_pages._parts.html import Html, block, el
from app_pages._parts.language import t

SCRIPT = """
// the most parts of a picture: a canvas of more is refused by browsers
const MOST = 40
const lines = (text) => {
  const found = [], range = document.createRange()
  for (let index = 0; index < text.data.length; index += 1) {
    // a character of two units is one
    const units = text.data.codePointAt(index) > 0xffff ? 2 : 1
    range.setStart(text, index)
    range.setEnd(text, index + units)
    const box = range.getBoundingClientRect(), last = found[found.length - 1], letters = text.data.slice(index, index + units)
    index += units - 1
    if (!box.width || !box.height) continue
    if (last && Math.abs(last.box.top - box.top) < 2) last.words += letters
    else found.push({ words: letters, box })
  }
  return found
}
const paint = (pen, one) => {
  const box = one.getBoundingClientRect(), style = getComputedStyle(one)
  if (!box.width || !box.height) return
  pen.fillStyle = style.backgroundColor
  pen.fillRect(box.left, box.top, box.width, box.height)
  for (const [side, x1, y1, x2, y2] of [
    ["Top", box.left, box.top, box.right, box.top], ["Bottom", box.left, box.bottom, box.right, box.bottom],
    ["Right", box.right, box.top, box.right, box.bottom], ["Left", box.left, box.top, box.left, box.bottom],
  ]) {
    const width = parseFloat(style[`border${side}Width`]), kind = style[`border${side}Style`]
    if (!width || kind === "none" || kind === "hidden") continue
    pen.strokeStyle = style[`border${side}Color`]
    pen.lineWidth = kind === "double" ? width / 3 : width
    pen.setLineDash(kind === "dashed" ? [2.5 * width, 2 * width] : kind === "dotted" ? [width, width] : [])
    const inside = { Top: [0, width / 2], Bottom: [0, -width / 2], Right: [-width / 2, 0], Left: [width / 2, 0] }[side]
    for (const [across, down] of kind === "double" ? [inside.map(one => one / 3), inside.map(one => one * 5 / 3)] : [inside]) {
      pen.beginPath()
      pen.moveTo(x1 + across, y1 + down)
      pen.lineTo(x2 + across, y2 + down)
      pen.stroke()
    }
  }
  if (one.classList.contains("zm-arrow")) {
    const at = box.top + box.height * 0.6, end = box.right
    pen.strokeStyle = pen.fillStyle = style.color
    pen.lineWidth = 2
    pen.setLineDash(one.classList.contains("zm-aligned") ? [5, 4] : [])
    pen.beginPath()
    pen.moveTo(box.left, at)
    pen.lineTo(end - 6, at)
    pen.stroke()
    pen.beginPath()
    pen.moveTo(end, at)
    pen.lineTo(end - 7, at - 5)
    pen.lineTo(end - 7, at + 5)
    pen.fill()
  }
  for (const text of one.childNodes) {
    if (text.nodeType !== Node.TEXT_NODE || parseFloat(style.fontSize) < 1) continue
    pen.fillStyle = style.color
    pen.font = `${style.fontStyle} ${style.fontWeight} ${style.fontSize} ${style.fontFamily}`
    for (const { words, box } of lines(text)) {
      const size = pen.measureText(words)
      pen.fillText(words, box.left, box.top + (box.height + size.fontBoundingBoxAscent - size.fontBoundingBoxDescent) / 2)
    }
  }
}
const save = (name) => {
  const parts = [...document.querySelectorAll(`.zm [data-drawn="${name}"]`)].slice(0, MOST)
  if (!parts.length) return
  const boxes = parts.map(one => one.getBoundingClientRect()), margin = 16, scale = 2
  const left = Math.min(...boxes.map(box => box.left)), right = Math.max(...boxes.map(box => box.right))
  const top = Math.min(...boxes.map(box => box.top)), bottom = Math.max(...boxes.map(box => box.bottom))
  const canvas = document.createElement("canvas")
  canvas.width = (right - left + 2 * margin) * scale
  canvas.height = (bottom - top + 2 * margin) * scale
  const pen = canvas.getContext("2d")
  pen.fillStyle = getComputedStyle(document.querySelector(".stApp") || document.body).backgroundColor
  pen.fillRect(0, 0, canvas.width, canvas.height)
  pen.scale(scale, scale)
  pen.translate(margin - left, margin - top)
  for (const part of parts) for (const one of [part, ...part.querySelectorAll("*")]) paint(pen, one)
  canvas.toBlob((data) => {
    const link = document.createElement("a")
    link.href = URL.createObjectURL(data)
    link.download = `zhengmai-${name}.png`
    link.click()
    window.setTimeout(() => URL.revokeObjectURL(link.href), 10000)
  }, "image/png")
}
const picture = (event) => {
  const button = event.target.closest && event.target.closest(".zm [data-picture]")
  if (!button) return
  // a chart of Streamlit saves itself, with a button that is seen only under a pointer: fingers and keys have ours
  const chart = document.querySelector(`.st-key-rail-${button.dataset.picture} [data-testid=stElementToolbarButton] button`)
  if (chart) chart.click()
  else save(button.dataset.picture)
}
"""
"""functions for the script of the page; `picture` listens to clicks"""


def button(name: str) -> Html:
    """A button that saves all elements with `data-drawn=name` as one picture, `zhengmai-NAME.png`, or the chart in the container `rail-NAME`."""
    return block(el("button", t("picture.save"), type="button", data_picture=name, title=t("picture.help"), cls="zm-picture"))
