"""`python -m corpus concepts …`: the register of concepts from the command line."""

from __future__ import annotations

import argparse
import sys


def main(arguments: list[str] | None = None) -> int:
    """Exit status: 0 done, 1 something to mend or not found (named on stderr), 2 the call was wrong."""
    from corpus.concepts.cli import add_verbs

    parser = argparse.ArgumentParser(prog="python -m corpus", description="Documents and what people curate.")
    verbs = parser.add_subparsers(dest="verb", required=True)
    concepts = verbs.add_parser("concepts", help="the register: list, show, ask, find, check", epilog="example: python -m corpus concepts show 数据孤岛")
    add_verbs(concepts)
    args = parser.parse_args(arguments)
    return int(args.run(args))


if __name__ == "__main__":
    sys.exit(main())
