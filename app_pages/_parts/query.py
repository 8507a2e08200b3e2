"""Values of an address, read one by one: what does not fit is left out, never an error, for people edit and cut URLs."""

from __future__ import annotations

from typing import Protocol, TypeVar

_WORD = TypeVar("_WORD", bound=str)


class Query(Protocol):
    """What `st.query_params` offers to a reader."""

    def get_all(self, key: str) -> list[str]: ...


def one(query: Query, key: str) -> str:
    """The last value of a name, or nothing."""
    values = query.get_all(key)
    return values[-1] if values else ""


def number(query: Query, key: str, low: int, high: int) -> int | None:
    """A whole number in a range, written in ASCII digits."""
    word = one(query, key)
    if not word.isascii() or not word.isdigit() or len(word) > 9:
        return None
    return int(word) if low <= int(word) <= high else None


def several(query: Query, key: str, known: tuple[_WORD, ...]) -> tuple[_WORD, ...]:
    """The known values that are named, in the order of `known`."""
    wanted = query.get_all(key)
    return tuple(word for word in known if word in wanted)


def choice(query: Query, key: str, known: tuple[_WORD, ...]) -> _WORD:
    """The known value that is named, else the first of `known`."""
    word = one(query, key)
    return next((value for value in known if value == word), known[0])


def turned(known: tuple[_WORD, ...], chosen: tuple[_WORD, ...], word: _WORD) -> tuple[_WORD, ...]:
    """The chosen values with `word` added or taken away, in the order of `known`: what a link that turns it on or off leads to."""
    return tuple(value for value in known if (value in chosen) != (value == word))
