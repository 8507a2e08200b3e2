"""Baskets: quotes that a reader keeps under a name, and views that are kept under one; in the data folder, so that they outlive page and program.

A quote is kept with what stands around it, so that it is found again after its document was read anew or replaced. The quotes of a purged document go.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from hashlib import sha256
from pathlib import Path

import msgspec

from corpus.records import Anchor
from corpus.storage import held, write_whole
from zhengmai.errors import KeptDamaged

__all__ = ["LONGEST_NAME", "Basket", "Baskets", "Kept", "SavedView", "cleaned_name"]

LONGEST_NAME = 60
LONGEST_NOTE = 500
MOST_KEPT = 2000
"""quotes of one basket"""


class Kept(msgspec.Struct, frozen=True, kw_only=True):
    """One quote of a basket."""

    id: str
    at: str
    """ISO 8601, UTC, whole seconds"""
    anchor: Anchor
    type: str | None = None
    """factor type, if the words are a factor"""
    note: str = ""


class Basket(msgspec.Struct, frozen=True, kw_only=True):
    """Quotes under a name, in the order in which they were kept."""

    name: str
    kept: tuple[Kept, ...] = ()


class SavedView(msgspec.Struct, frozen=True, kw_only=True):
    """A page with its filters under a name."""

    name: str
    page: str
    query: str
    """the query of its address, `q=数据孤岛&basis=stated`, encoded"""


class _All(msgspec.Struct, frozen=True, kw_only=True):
    baskets: tuple[Basket, ...] = ()
    views: tuple[SavedView, ...] = ()


def cleaned_name(name: str) -> str:
    """A name as it is kept: one line, no signs that cannot be seen, 60 characters at most; empty where nothing is left."""
    printable = "".join(sign if sign.isprintable() else " " for sign in name)
    return " ".join(printable.split())[:LONGEST_NAME].strip()


class Baskets:
    """What readers keep in one folder; every change is on the disk when its method returns."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.path = folder / "kept.json"

    def list(self) -> tuple[Basket, ...]:
        """All baskets by name.

        Raises:
            KeptDamaged: the file cannot be read.
        """
        return self._read().baskets

    def get(self, name: str) -> Basket:
        """The basket of that name; an empty one where there is none."""
        return next((one for one in self.list() if one.name == name), Basket(name=name))

    def keep(self, name: str, anchor: Anchor, *, type: str | None = None, note: str = "", now: datetime) -> Kept:
        """The quote as it is kept in the basket of that name; the same place twice is kept once, with the later note.

        Raises:
            ValueError: the name is empty, or the basket is full.
        """
        name = cleaned_name(name)
        if not name:
            raise ValueError("a basket has a name")
        identity = "k" + sha256(f"{anchor.document}\x1f{anchor.start}\x1f{anchor.quote}".encode("utf-8", "surrogatepass")).hexdigest()[:12]
        kept = Kept(id=identity, at=now.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%SZ"), anchor=anchor, type=type, note=note.strip()[:LONGEST_NOTE])
        with self._changed() as change:
            basket = next((one for one in change.all.baskets if one.name == name), Basket(name=name))
            before = [one for one in basket.kept if one.id != identity]
            if len(before) >= MOST_KEPT:
                raise ValueError(f"{name}: a basket holds {MOST_KEPT} quotes")
            change.put(Basket(name=name, kept=(*before, kept)))
        return kept

    def drop(self, name: str, kept: str) -> None:
        """Take a quote out of a basket."""
        with self._changed() as change:
            basket = next((one for one in change.all.baskets if one.name == name), None)
            if basket is not None:
                change.put(Basket(name=name, kept=tuple(one for one in basket.kept if one.id != kept)))

    def delete(self, name: str) -> None:
        """Take a basket away with all its quotes."""
        with self._changed() as change:
            change.all = _All(baskets=tuple(one for one in change.all.baskets if one.name != name), views=change.all.views)

    def views(self) -> tuple[SavedView, ...]:
        """All kept views by name.

        Raises:
            KeptDamaged: the file cannot be read.
        """
        return self._read().views

    def keep_view(self, name: str, page: str, query: str) -> SavedView:
        """The view as it is kept; another one of that name is replaced.

        Raises:
            ValueError: the name is empty.
        """
        view = SavedView(name=cleaned_name(name), page=page, query=query)
        if not view.name:
            raise ValueError("a view has a name")
        with self._changed() as change:
            others = (one for one in change.all.views if one.name != view.name)
            change.all = _All(baskets=change.all.baskets, views=tuple(sorted((*others, view), key=lambda one: one.name)))
        return view

    def drop_view(self, name: str) -> None:
        """Forget the view of that name."""
        with self._changed() as change:
            change.all = _All(baskets=change.all.baskets, views=tuple(one for one in change.all.views if one.name != name))

    def documents(self) -> set[str]:
        """Ids of the documents that any kept quote is from."""
        return {kept.anchor.document for basket in self.list() for kept in basket.kept}

    def forget(self, documents: Collection[str]) -> int:
        """Number of quotes that went because their document was purged."""
        if not self.path.exists():
            return 0
        gone = 0
        with self._changed() as change:
            for basket in change.all.baskets:
                left = tuple(one for one in basket.kept if one.anchor.document not in documents)
                gone += len(basket.kept) - len(left)
                change.put(Basket(name=basket.name, kept=left))
        return gone

    def _read(self) -> _All:
        if not self.path.exists():
            return _All()
        try:
            return msgspec.json.decode(self.path.read_bytes(), type=_All)
        except (msgspec.MsgspecError, UnicodeDecodeError) as error:
            raise KeptDamaged(str(self.path), str(error)) from error

    @contextmanager
    def _changed(self) -> Iterator[_Change]:
        with held(self.folder):
            change = _Change(self._read())
            yield change
            write_whole(self.path, msgspec.json.format(msgspec.json.encode(change.all), indent=1) + b"\n")


class _Change:
    """All that is kept while it is changed."""

    def __init__(self, everything: _All) -> None:
        self.all = everything

    def put(self, basket: Basket) -> None:
        others = (one for one in self.all.baskets if one.name != basket.name)
        self.all = _All(baskets=tuple(sorted((*others, basket), key=lambda one: one.name)), views=self.all.views)
