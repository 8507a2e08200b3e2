"""Ways to write one name: what a text may hold where the register says 互联网+政务服务 or "data silo".

Every way is folded already (`_fold.fold`). Number of ways a name is bounded, so that the automaton stays small.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from itertools import product

from corpus.concepts._fold import fold, is_han, is_latin, squeeze

_MAX_WAYS = 64
_SIGN = r"[ ,·'\-]"
_BETWEEN_HAN = re.compile(rf"(?<=[\u3400-\u9fff]){_SIGN}(?=[\u3400-\u9fff])")
_SEAM = re.compile(r"(?<=[\u3400-\u9fff]) ?(?=[a-z0-9])|(?<=[a-z0-9]) ?(?=[\u3400-\u9fff])")
_WORD = re.compile(r"[a-z0-9]+(?:'[a-z]+)?")
_STOP = frozenset(["a", "an", "the", "of", "for", "in", "on", "to", "by", "and", "or", "with", "from", "as", "at", "its", "their"])

# British ↔ American endings; ways of one word, tried on words of the register alone
_SPELLINGS = (
    ("isation", "ization"),
    ("ising", "izing"),
    ("ised", "ized"),
    ("ise", "ize"),
    ("our", "or"),
    ("centre", "center"),
    ("programme", "program"),
    ("ageing", "aging"),
    ("defence", "defense"),
    ("licence", "license"),
    ("policymaking", "policy making"),
    ("sulph", "sulf"),
    ("catalogue", "catalog"),
    ("labour", "labor"),
    ("fertiliser", "fertilizer"),
)
_OUR = frozenset(["behaviour", "labour", "neighbour", "neighbourhood", "harbour", "favour", "colour", "honour"])
_IRREGULAR = {
    "person": "people",
    "man": "men",
    "woman": "women",
    "child": "children",
    "criterion": "criteria",
    "phenomenon": "phenomena",
    "medium": "media",
    "analysis": "analyses",
    "crisis": "crises",
    "datum": "data",
    "index": "indices",
    "datacentre": "datacentres",
}
_SINGULAR_OF = {plural: singular for singular, plural in _IRREGULAR.items() if singular not in {"datum", "medium"}}
# words that end in s and are no plural, or have no plural in names
_NO_PLURAL = frozenset(
    [
        "data",
        "news",
        "physics",
        "politics",
        "economics",
        "statistics",
        "ethics",
        "logistics",
        "analytics",
        "status",
        "consensus",
        "process",
        "access",
        "business",
        "progress",
        "bias",
        "gis",
    ]
)


def singular(word: str) -> str:
    """`silos` → `silo`, `policies` → `policy`, `people` → `person`; other words as they are (a folded English word)."""
    if word.endswith("'s"):
        return word[:-2]
    if word in _SINGULAR_OF:
        return _SINGULAR_OF[word]
    if word in _NO_PLURAL or len(word) < 4 or not word.endswith("s") or word.endswith(("ss", "us", "is")):
        return word
    if word.endswith("ies") and len(word) > 4:
        return word[:-3] + "y"
    if word.endswith(("sses", "shes", "ches", "xes", "zes", "oes")):
        return word[:-1] if word.endswith("oes") and word[:-2] in {"sil", "vide", "rati"} else word[:-2]
    return word[:-1]


def plural(word: str) -> str:
    """`silo` → `silos`, `policy` → `policies`, `person` → `people` (a folded English word in the singular)."""
    if word in _IRREGULAR:
        return _IRREGULAR[word]
    if word in _NO_PLURAL or not word.isalpha():
        return word
    if word.endswith("y") and len(word) > 1 and word[-2] not in "aeiou":
        return word[:-1] + "ies"
    if word.endswith(("s", "x", "z", "sh", "ch")):
        return word + "es"
    return word + "s"


def spelling(word: str) -> str:
    """The American way of an English word, so that both ways meet: `organisation` → `organization`."""
    for british, american in _SPELLINGS:
        if british == "our":
            if word in _OUR or word.rstrip("s") in _OUR:
                return word.replace("our", "or", 1)
        elif british == "ise":
            if word.endswith("ise") and len(word) > 6 and word not in {"enterprise", "expertise", "exercise", "precise", "promise", "franchise", "otherwise"}:
                return word[:-3] + "ize"
        elif british in word:
            return word.replace(british, american)
    return word


def lemmas(text: str) -> tuple[str, ...]:
    """Content words of an English text in their first form: `lemmas("Data silos' costs") == ("data", "silo", "cost")`."""
    words = (singular(word.rstrip("'")) for word in _WORD.findall(fold(text)))
    return tuple(spelling(word) for word in words if word not in _STOP)


def _english(name: str) -> Iterator[str]:
    """Ways of an English name: number of its nouns, hyphens, British and American spelling."""
    parts = re.split(r"([ -])", name)
    words = parts[::2]
    choices: list[list[str]] = []
    for at, word in enumerate(words):
        forms = {word}
        one = singular(word)
        # the noun that carries the number stands last, or before "of": supply of data, systems of governance
        if at == len(words) - 1 or words[at + 1] in _STOP:
            forms |= {one, plural(one)}
        forms |= {spelling(form) for form in forms}
        if word.endswith("'"):
            forms |= {word[:-1], singular(word[:-1])}
        choices.append(sorted(forms))
    for combination in product(*choices):
        line = combination[0]
        for sign, word in zip(parts[1::2], combination[1:], strict=True):
            line += sign + word
        yield line
        if "-" in line:
            yield line.replace("-", " ")
            yield line.replace("-", "")
        elif line.count(" ") == 1:
            yield line.replace(" ", "-")


def ways(name: str) -> tuple[str, ...]:
    """All ways of `name` that a text is searched for, folded, sorted; at most 64.

    Chinese names: with and without signs between characters, with and without a blank beside Latin letters. English names:
    singular and plural of the noun that carries the number, hyphen or blank, British and American spelling.
    """
    folded, _ = squeeze(fold(name).strip())
    if not folded:
        return ()
    # a name is found without the quotes around it, so that the place is that of the name alone
    found = {folded.strip('"'), folded.replace('"', "")}
    if any(map(is_han, folded)):
        found |= {_BETWEEN_HAN.sub("", way) for way in tuple(found)}
        found |= {_BETWEEN_HAN.sub(",", way) for way in tuple(found)}
        found |= {_SEAM.sub("", way) for way in tuple(found)} | {_SEAM.sub(" ", way) for way in tuple(found)}
    elif (len(folded) > 3 and any(map(is_latin, folded)) and " " in folded) or "-" in folded or len(folded) > 5:
        for way in _english(folded):
            found.add(way)
            if len(found) >= _MAX_WAYS:
                break
    if len(name) <= 5 and name.isascii() and name.isalpha() and name.isupper() and len(name) > 1:
        found.add(folded + "s")
    found.discard("")
    return tuple(sorted(found))[:_MAX_WAYS]


def all_ways(names: Iterable[str]) -> tuple[str, ...]:
    """Ways of several names, each once, sorted."""
    return tuple(sorted({way for name in names for way in ways(name)}))
