"""A linear model over features: learns from labelled questions, and scores new ones.

One against all the rest with a squared hinge loss, which is the linear support vector machine of
Fan et al., LIBLINEAR (Journal of Machine Learning Research 9, 2008), solved by Newton steps of
conjugate gradients for all labels at once: seconds for ten thousand questions.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from bot.answers.features import FEATURES, Counted, Values, weighed

_NEWTON = 4  # steps; more change no answer
_GRADIENTS = 6  # of each step
_NOTHING = 1e-12
_LOOSE = 1.0  # how much a question on the wrong side costs against large weights
_AT_ONCE = 12  # labels: more take more memory than a small machine has


@dataclass(frozen=True, slots=True)
class Linear:
    """Weights by feature and label, and what features weigh by their rarity."""

    labels: tuple[str, ...]
    weights: NDArray[np.float16]
    rare: Values

    def scores(self, question: Counted) -> Values:
        """Return how far the question is on the side of each label; from about -1 to 1."""
        at, values = weighed(question, self.rare)
        scores: Values = values @ self.weights[at].astype(np.float32)
        return scores


def learn(questions: Sequence[Counted], labels: Sequence[str], rare: Values) -> Linear:
    """Return the model that tells the labels apart, each of which needs a question."""
    names = tuple(sorted(set(labels)))
    matrix = _matrix(questions, rare)
    across = matrix.T.tocsr()
    weights = np.empty((FEATURES, len(names)), np.float16)
    own = np.array(labels)
    for start in range(0, len(names), _AT_ONCE):
        some = np.array(names[start : start + _AT_ONCE])
        sides = np.where(own[:, None] == some, np.float32(1), np.float32(-1))
        weights[:, start : start + _AT_ONCE] = _solved(matrix, across, sides)
    return Linear(names, weights, rare)


def _matrix(questions: Sequence[Counted], rare: Values) -> Any:
    """Return a row for each question, a column for each feature."""
    from scipy import sparse  # only learning needs it, and it takes a while to import

    ends = np.cumsum([0, *(len(question.at) + 1 for question in questions)], dtype=np.int32)
    at, values = np.empty(ends[-1], np.int32), np.empty(ends[-1], np.float32)
    for start, end, question in zip(ends, ends[1:], questions, strict=False):
        at[start:end], values[start:end] = weighed(question, rare)
    return sparse.csr_matrix((values, at, ends), shape=(len(questions), FEATURES))


def _solved(matrix: Any, across: Any, sides: Values) -> Values:
    """Return the weights that put each question on its side; `across` is the matrix turned."""
    weights = np.zeros((FEATURES, sides.shape[1]), np.float32)
    for _ in range(_NEWTON):
        found = matrix @ weights
        near = (sides * found < 1) * np.float32(2 * _LOOSE)
        rest = across @ (near * (sides - found)) - weights
        _descend(matrix, across, near, rest, weights)
    return weights


def _descend(matrix: Any, across: Any, near: Values, rest: Values, weights: Values) -> None:
    """Move the weights by conjugate gradients; `near` are the questions that pull, and `rest`."""
    ahead, size = rest.copy(), (rest * rest).sum(0)
    for _ in range(_GRADIENTS):
        turned = across @ (near * (matrix @ ahead)) + ahead
        step = size / np.maximum((ahead * turned).sum(0), _NOTHING)
        weights += step * ahead
        rest -= step * turned
        left = (rest * rest).sum(0)
        ahead *= left / np.maximum(size, _NOTHING)
        ahead += rest
        size = left
