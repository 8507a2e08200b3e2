"""`make bench [ARGS=…]`: the whole line; `make bench-quality`, `make bench-graph` and the others named below, one module each."""

from __future__ import annotations

import importlib
import sys

MODULES = {
    "overall": "the whole line on the annotated documents (the default)",
    "quality": "the reader alone: factors by group, calibration, confusions",
    "text": "cleaning, structure, metadata and copies against their targets, in one table",
    "structure": "cleaning, structure and metadata",
    "cleaning": "damage made by a generator and restored",
    "near_copies": "copies found among all texts",
    "anchors": "quotes of decisions found again after a text changed",
    "concepts": "names, questions and the speed of matching",
    "annotated_answers": "the question itself, with the annotated statements in the graph",
    "links": "links, with annotated and with found factors",
    "sureness": "how often remedy links of a given confidence are right",
    "attributes": "force, voice, where and when on the labelled samples; with --all names and acts too, beside their targets",
    "page": "the page in headless Chromium with 1,000 documents",
    "exports": "every form of export opened again by a reader that is not ours",
    "graph": "questions, additions and bulk load at 100 to 10,000 documents",
}


def main() -> int:
    rest = sys.argv[1:]
    if rest and rest[0] in ("-h", "--help"):
        print("\n".join(f"{name:12} {what}" for name, what in MODULES.items()))
        return 0
    name = rest.pop(0) if rest and rest[0] in MODULES else "overall"
    return int(importlib.import_module(f"benchmarks.{name}").main(rest))


if __name__ == "__main__":
    sys.exit(main())
