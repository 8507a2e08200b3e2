"""Formulas that a layout converter made of plain figures: `$1 6 . 1 5 \\%$` is 16.15%, `$^ { [ 4 7 ] }$` is [47].

Converters of printed pages set every figure, unit and raised mark as TeX with its signs apart. What can be read as a line of text
becomes one; a formula with parts that cannot (matrices, cases) stays as it is and is marked.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from corpus.records import SourceText
from pipeline.clean._draft import Edit

_FORMULA = re.compile(r"\$\$[^\n]*?\$\$|\$(?P<inline>[^$\n]{1,1000})\$")
_TOKEN = re.compile(r"\\[a-zA-Z]+|\\.|[ \u3000]+|.", re.DOTALL)
_CITATION = re.compile(r"\s*\^\s*\{?[\s~{]*(?:\\[a-z]+\s*\{?\s*)*[\[［〔](?P<numbers>[\d\s,，、~\-–—.;；lI]*)[\]］〕][\s}~]*$")
_NOTE = re.compile(r"\s*\^[\s{~]*(?:\\[a-z]+[\s{]*)*(?:\d[\s\d]{0,3}(?:[,，\-–]\s*(?:[\s\d]{1,4}|\*|\\ast))*\s*[)）]?|\\ast|\\dag(?:ger)?|\*)[\s}~]*$")
_MONEY = re.compile(r"\s*\d[\d,.]*\s*[^\d\\^_{}]*$")

_SIGNS = {
    "": "", "imath": "i", "jmath": "j",
    "%": "%", "&": "&", "#": "#", "_": "_", "$": "$", "{": "{", "}": "}", "|": "‖", ",": "", ";": " ", ":": " ", "!": "", " ": " ", "/": "", "\\": " ",
    "times": "×", "cdot": "·", "ast": "*", "star": "☆", "pm": "±", "mp": "∓", "div": "÷", "sim": "～", "leq": "≤", "le": "≤", "leqslant": "≤",
    "geq": "≥", "ge": "≥", "geqslant": "≥", "neq": "≠", "ne": "≠", "approx": "≈", "equiv": "≡", "cong": "≌", "propto": "∝", "ll": "≪", "gg": "≫",
    "circ": "°", "textdegree": "°", "degree": "°", "prime": "′", "bullet": "•", "infty": "∞", "partial": "∂", "nabla": "∇", "sum": "∑", "prod": "∏",
    "int": "∫", "in": "∈", "notin": "∉", "subset": "⊂", "subseteq": "⊆", "cup": "∪", "cap": "∩", "emptyset": "∅", "forall": "∀", "exists": "∃",
    "wedge": "∧", "land": "∧", "vee": "∨", "lor": "∨", "neg": "¬", "to": "→", "rightarrow": "→", "longrightarrow": "→", "Rightarrow": "⇒", "gets": "←",
    "leftarrow": "←", "leftrightarrow": "↔", "uparrow": "↑", "downarrow": "↓", "mid": "|", "vert": "|", "lvert": "|", "rvert": "|", "parallel": "∥",
    "perp": "⊥", "angle": "∠", "triangle": "△", "bigtriangleup": "△", "square": "□", "therefore": "∴", "because": "∵", "ldots": "…", "cdots": "…",
    "dots": "…", "dotsc": "…", "colon": ":", "langle": "⟨", "rangle": "⟩", "lfloor": "⌊", "rfloor": "⌋", "quad": " ", "qquad": " ", "thinspace": " ",
    "textregistered": "®", "copyright": "©", "dag": "†", "dagger": "†", "ddagger": "‡", "checkmark": "✓", "S": "§", "P": "¶", "AA": "Å", "ell": "ℓ",
    "hbar": "ℏ", "odot": "⊙", "oplus": "⊕", "otimes": "⊗", "setminus": "\\", "backslash": "\\", "lbrack": "[", "rbrack": "]", "sharp": "#", "yen": "¥",
    "ln": "ln", "log": "log", "lg": "lg", "exp": "exp", "sin": "sin", "cos": "cos", "tan": "tan", "max": "max", "min": "min", "lim": "lim", "arg": "arg",
    "alpha": "α", "beta": "β", "gamma": "γ", "delta": "δ", "epsilon": "ε", "varepsilon": "ε", "zeta": "ζ", "eta": "η", "theta": "θ", "vartheta": "ϑ",
    "iota": "ι", "kappa": "κ", "lambda": "λ", "mu": "μ", "nu": "ν", "xi": "ξ", "pi": "π", "rho": "ρ", "varrho": "ϱ", "sigma": "σ", "varsigma": "ς",
    "tau": "τ", "upsilon": "υ", "phi": "φ", "varphi": "φ", "chi": "χ", "psi": "ψ", "omega": "ω", "Gamma": "Γ", "Delta": "Δ", "Theta": "Θ", "Lambda": "Λ",
    "Xi": "Ξ", "Pi": "Π", "Sigma": "Σ", "Upsilon": "Υ", "Phi": "Φ", "Psi": "Ψ", "Omega": "Ω", "varDelta": "Δ", "varOmega": "Ω",
}  # fmt: skip
_STYLES = frozenset(
    [
        "mathrm",
        "mathbf",
        "mathit",
        "mathsf",
        "mathtt",
        "mathfrak",
        "mathcal",
        "mathscr",
        "mathbb",
        "mathnormal",
        "mathop",
        "mathrel",
        "boldsymbol",
        "pmb",
        "bm",
        "bf",
        "it",
        "rm",
        "sf",
        "tt",
        "em",
        "cal",
        "text",
        "textrm",
        "textbf",
        "textit",
        "textup",
        "textsf",
        "texttt",
        "textnormal",
        "textstyle",
        "displaystyle",
        "scriptstyle",
        "scriptscriptstyle",
        "scriptsize",
        "footnotesize",
        "small",
        "tiny",
        "normalfont",
        "operatorname",
        "left",
        "right",
        "big",
        "Big",
        "bigg",
        "Bigg",
        "bigl",
        "bigr",
        "hat",
        "bar",
        "tilde",
        "vec",
        "dot",
        "ddot",
        "check",
        "overline",
        "underline",
        "widehat",
        "widetilde",
        "smash",
        "limits",
        "mathstrut",
        "phantom",
    ]
)
_GROUPS = {
    "textcircled": "circle", "frac": "numerator", "dfrac": "numerator", "tfrac": "numerator", "sqrt": "root",
    "stackrel": "above", "overset": "above", "underset": "above",
}  # fmt: skip
"""commands that say what the group behind them is"""
_RAISED = str.maketrans("0123456789+-−()n", "⁰¹²³⁴⁵⁶⁷⁸⁹⁺⁻⁻⁽⁾ⁿ")
_NUMBER_GAP = re.compile(r"(?<=%)(?=\d)")


def step(text: str, source: SourceText) -> Iterator[Edit]:
    """Edits that turn formulas of figures, units and raised numbers into text: `占 $1 6 . 1 5 \\%$ ，` → `占16.15%，`."""
    del source
    for found in _FORMULA.finditer(text):
        body: str | None = found["inline"]
        if body is None or _is_money(text, found, body):
            continue
        start, end = _with_gaps(text, found.start(), found.end())
        yield from _formula(text, start, end, body, found.start("inline"))


def _formula(text: str, start: int, end: int, body: str, body_start: int) -> Iterator[Edit]:
    for pattern, kind in ((_CITATION, "citation"), (_NOTE, "note")):
        tail = pattern.search(body)
        if tail is None:
            continue
        head, at = body[: tail.start()], body_start + tail.start()
        mark = _number(tail, kind)
        if mark is None or (kind == "note" and (head.strip() or _raised_on_latin(text, start))):
            break
        if not head.strip():
            # authors' marks part their names: 张三¹ 李四
            yield Edit(start, end, mark + " " * (kind == "note" and text[end - 1] == " "), "note" if kind == "note" else "latex")
            return
        shown = readable(head)
        if shown is None:
            break
        yield Edit(start, at, shown, "latex")
        yield Edit(at, end, mark, "note" if kind == "note" else "latex")
        return
    shown = readable(body)
    if shown is None:
        yield Edit(start, end, text[start:end], "latex", certain=False)
    else:
        yield Edit(start, end, shown, "latex")


def _number(tail: re.Match[str], kind: str) -> str | None:
    """The number as a line of text shows it: `^ { [ 1 2 ] }` → [12], `^ { 1 , * }` → ¹,*."""
    if kind == "citation":
        return "[" + re.sub(r"[\s~]+", "", tail["numbers"]) + "]"
    shown = readable(tail[0].strip().removeprefix("^"))
    return None if shown is None else shown.translate(_RAISED)


def _raised_on_latin(text: str, start: int) -> bool:
    before = text[max(0, start - 2) : start].rstrip()[-1:]
    return before.isascii() and before.isalnum()


def _is_money(text: str, found: re.Match[str], body: str) -> bool:
    """Whether the two signs are dollars: `$100 … $200`."""
    return text[found.end() : found.end() + 1].isdigit() and _MONEY.match(body) is not None


def _with_gaps(text: str, start: int, end: int) -> tuple[int, int]:
    """The stretch with the one blank that the converter set on either side, where Chinese stands beyond it."""
    if text[start - 1 : start] == " " and start > 1 and _is_chinese(text[start - 2]):
        start -= 1
    if text[end : end + 1] == " " and end + 1 < len(text) and _is_chinese(text[end + 1]):
        end += 1
    return start, end


def _is_chinese(character: str) -> bool:
    return "\u3000" <= character <= "\u9fff" or "\uff00" <= character <= "\uffef" or character in "“”‘’—…·"


def readable(formula: str) -> str | None:
    """`formula` as a line of text, or none where it holds what a line cannot show: `6 0 3 7 \\mathrm { k g }` → `6037kg`."""
    tokens = [found[0] for found in _TOKEN.finditer(formula)]
    if formula.count("{") > 200:
        return None
    out: list[str] = []
    stack: list[tuple[str, int]] = []  # what an open group is for, and where its output begins
    pending = ""
    for token in tokens:
        if token[0] in " \u3000\n":
            continue
        if token == "{":
            stack.append((pending, len(out)))
            pending = ""
            continue
        if token == "}":
            if not stack:
                continue
            purpose, begin = stack.pop()
            token, pending = "".join(out[begin:]), purpose
            del out[begin:]
            if purpose == "numerator":
                out.append(_bracketed(token.strip()) + "/")
                pending = "denominator"
                continue
            if purpose == "above":
                pending = ""
                continue
        elif token in ("^", "_"):
            pending = token
            continue
        elif token[0] == "\\":
            name = token[1:]
            if name in _GROUPS:
                pending = _GROUPS[name]
                continue
            if name in _STYLES:
                continue
            if name not in _SIGNS:
                return None
            token = _SIGNS[name]
        elif token == "~":
            token = " "
        out.append(_placed(token, pending))
        pending = ""
    shown = re.sub(r" {2,}", " ", "".join(out)).strip()
    shown = re.sub(r"(?<=\d) ?([.,]) ?(?=\d)", r"\1", shown)
    return _NUMBER_GAP.sub(" ", shown)


def _bracketed(inner: str) -> str:
    """`inner`, in brackets where it is more than a number or name: a+b → (a+b)."""
    return inner if inner.replace(".", "").isalnum() else f"({inner})"


def _placed(inner: str, purpose: str) -> str:
    """`inner` as exponent, index, or in a ring: `^`, 2 → ²; `circle`, 3 → ③."""
    bare = inner.strip()
    if purpose == "denominator":
        return _bracketed(bare)
    if purpose == "root":
        return "√" + _bracketed(bare)
    if purpose == "^":
        if bare and all(c in "°′*⊙†‡#∗" for c in bare):
            return bare
        if bare and all(c in "0123456789+-−()n" for c in bare):
            return bare.translate(_RAISED)
        return "^" + bare if bare else ""
    if purpose == "circle":
        return chr(0x245F + int(bare)) if bare.isdigit() and 1 <= int(bare) <= 20 else bare
    return inner
