"""Trains the words' judgement of the dim (`pipeline/extract/dims.npz`): `python -m training.dims_words ../shared/benchmark`.

A linear model over hashed n-grams of the annotated problems and measures of *train*. How much it counts beside the encoder is chosen on the
statements that the shipped reader finds in *dev*. Needs scikit-learn. Same input, same file.
"""

from __future__ import annotations

import argparse
from pathlib import Path

import numpy as np
from scipy.sparse import csr_matrix
from sklearn.linear_model import LogisticRegression

from pipeline.extract._factors_dim import BUCKETS, DIMS, LEAST, row_of
from pipeline.extract.factors import FactorReader
from training.agreement import overlap
from training.annotated import annotated_documents
from training.marked import learnt_documents

STRENGTH = 2.0
SHARES = (0.0, 0.25, 0.5, 0.75, 1.0, 1.25, 1.5, 2.0)
REPOSITORY = Path(__file__).resolve().parent.parent


def matrix(texts: list[str]) -> csr_matrix:
    """One row a statement: its n-grams, the row of length one."""
    rows = [row_of(text) for text in texts]
    ends = np.cumsum([0, *map(len, rows)])
    values = np.concatenate([np.full(len(row), 1 / np.sqrt(len(row))) for row in rows])
    return csr_matrix((values, np.concatenate(rows), ends), shape=(len(rows), BUCKETS))


def found_in_dev(benchmark: Path) -> tuple[list[str], np.ndarray, np.ndarray]:
    """Text of each found statement that matches an annotated one with a dim, what the encoder says of it, and the annotated dim."""
    reader = FactorReader.load()
    texts, said, wanted = [], [], []
    for document in annotated_documents(benchmark, "dev"):
        text = document.structure.clean_text
        known = [factor for factor in document.factors if factor.dim]
        for found in reader.read(document.structure, document.sentences).factors:
            for factor in known:
                if overlap((found.start, found.end), (factor.start, factor.end)) >= 0.5:
                    texts.append(text[found.start : found.end])
                    said.append(found.dims)
                    wanted.append(DIMS.index(factor.dim))  # type: ignore[arg-type]
                    break
    return texts, np.log(np.maximum(np.array(said), LEAST)), np.array(wanted)


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("benchmark", type=Path, help="folder of the annotated documents")
    parser.add_argument("--out", type=Path, default=REPOSITORY / "pipeline" / "extract" / "dims.npz")
    args = parser.parse_args()
    known = [factor for document in learnt_documents(args.benchmark) for factor in document.factors if factor.dim]
    model = LogisticRegression(C=STRENGTH, max_iter=100, tol=1e-3).fit(matrix([f.text for f in known]), [DIMS.index(f.dim) for f in known])  # type: ignore[arg-type]
    weights, bias = np.zeros((BUCKETS, len(DIMS)), dtype=np.float16), np.full(len(DIMS), -8.0, dtype=np.float32)
    weights[:, model.classes_], bias[model.classes_] = model.coef_.T, model.intercept_
    texts, said, wanted = found_in_dev(args.benchmark)
    words = matrix(texts) @ weights.astype(np.float64) + bias
    right = {share: float(((said + share * words).argmax(axis=1) == wanted).mean()) for share in SHARES}
    for share, accuracy in right.items():
        print(f"words count {share}: {accuracy:.3f} of {len(wanted)} found in dev")
    print(f"words alone: {float((words.argmax(axis=1) == wanted).mean()):.3f}")
    best = max(SHARES, key=lambda share: right[share])
    np.savez_compressed(args.out, weights=weights, bias=bias, share=np.float32(best))
    print(f"{args.out}: {args.out.stat().st_size / 1e3:.0f} kB")
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
