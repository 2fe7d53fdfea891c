"""A small trained judge: weights for features, a bias and a threshold, in `config/judges/NAME.json`.

It is a logistic regression, trained by `scripts/train_judge.py`; here it only adds up. The same features give the same
score on every machine: weights are rounded in the file, and they are added in a fixed order.
"""

import json
import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

from bot.errors import SettingsError

FOLDER = Path(__file__).resolve().parents[2] / "config" / "judges"
TOP = 3


@dataclass(frozen=True, slots=True)
class Verdict:
    """What a judge says: `score` in 0..1, whether it is enough, and the features that weighed most, heaviest first."""

    score: float
    accepted: bool
    reasons: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Judge:
    """Weights by feature; a feature without a weight does not count."""

    weights: Mapping[str, float]
    bias: float
    threshold: float

    def weigh(self, features: Sequence[str], measures: Mapping[str, float] | None = None) -> Verdict:
        """The verdict on something with these features, each of which counts once, and measures, counted by size."""
        sizes = dict.fromkeys(features, 1.0) | dict(measures or {})
        parts = {name: self.weights[name] * size for name, size in sorted(sizes.items()) if name in self.weights}
        total = self.bias + sum(parts.values())
        score = round(1 / (1 + math.exp(-max(-30.0, min(30.0, total)))), 3)
        heaviest = sorted(parts, key=lambda name: (-abs(parts[name]), name))[:TOP]
        return Verdict(score, score >= self.threshold, tuple(_signed(parts[each], each) for each in heaviest))


def _signed(part: float, feature: str) -> str:
    return f"{'for' if part > 0 else 'against'}: {feature}"


@lru_cache(maxsize=8)
def load_judge(name: str, folder: Path = FOLDER) -> Judge:
    """The judge of that name. Raises `SettingsError` naming the file where it cannot be used."""
    path = folder / f"{name}.json"
    try:
        table = json.loads(path.read_text(encoding="utf-8"))
        return Judge(dict(table["weights"]), float(table["bias"]), float(table["threshold"]))
    except FileNotFoundError as error:
        raise SettingsError(f"{path} is missing. Run `make judges`, or restore it from the repository.") from error
    except (ValueError, KeyError, TypeError) as error:
        raise SettingsError(f"{path} is not a judge ({error}). Run `make judges`, or restore it.") from error
