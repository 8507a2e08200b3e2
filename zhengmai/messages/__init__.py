"""messages: every sentence that a person reads on a page or from the command line, in Chinese and in English.

One key each, in `zh.toml` and `en.toml`; a test holds the keys and the placeholders of the two equal. Document text never
passes through here. `text` is for keys that the code names; `label` for codes of other parts (a reason, a repair, an error).
"""

from __future__ import annotations

import string
import tomllib
from collections.abc import Mapping
from functools import cache
from importlib import resources
from typing import Literal, get_args

__all__ = ["LANGUAGES", "Language", "catalogue", "known", "label", "placeholders", "said", "text"]

Language = Literal["zh", "en"]
LANGUAGES: tuple[Language, ...] = get_args(Language)

SINGULAR = "_one"
"""`count.works_one` is taken instead of `count.works` where `n` is 1 and the language has it"""


def _flat(table: Mapping[str, object], prefix: str = "") -> dict[str, str]:
    keys: dict[str, str] = {}
    for name, value in table.items():
        if isinstance(value, Mapping):
            keys |= _flat(value, f"{prefix}{name}.")
        else:
            keys[prefix + name] = str(value)
    return keys


@cache
def catalogue(language: Language) -> Mapping[str, str]:
    """All messages of a language by dotted key: `catalogue("zh")["basis.stated"]` → `明述`."""
    return _flat(tomllib.loads(resources.files(__name__).joinpath(f"{language}.toml").read_text(encoding="utf-8")))


def known(key: str) -> bool:
    """Whether there is a message of that key."""
    return key in catalogue("zh")


def placeholders(template: str) -> frozenset[str]:
    """Names that a message wants values for: `"{n} 篇"` → `{"n"}`."""
    return frozenset(name for _, name, _, _ in string.Formatter().parse(template) if name)


def text(key: str, language: Language, **values: object) -> str:
    """The message of a key with its values put in: `text("count.documents", "zh", n=12)` → `12 篇文献`.

    Values are put in as they stand: whoever shows the result as HTML or Markdown escapes it.

    Raises:
        KeyError: there is no such key, or a value that the message wants was not given; a fault of the caller.
    """
    messages = catalogue(language)
    if values.get("n") == 1 and key + SINGULAR in messages:
        key += SINGULAR
    if key not in messages:
        raise KeyError(f"no message {key!r} in {language}.toml")
    return messages[key].format_map(values) if values else messages[key]


def label(family: str, code: str | None, language: Language) -> str:
    """The message of a code of a family, or the code itself where nobody has named it yet: `label("dim", "data", "zh")` → `数据`."""
    if not code:
        return ""
    return catalogue(language).get(f"{family}.{code}", code)


def said(error: Exception, language: Language) -> str:
    """What an error says to a person: the message of its `code` with its data, or its own words where there is none.

    An error of ours carries its data as attributes, or in a dictionary `data`.
    """
    key = f"error.{getattr(error, 'code', '')}"
    if not known(key):
        return str(error)
    try:
        return text(key, language, **{**vars(error), **getattr(error, "data", {})})
    except KeyError:  # a message that wants a value which this error does not carry
        return str(error)
