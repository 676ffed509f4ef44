"""Made-up text that behaves like people's: a few thousand words, a few of them most of the time (Zipf)."""

import itertools
import random

_LETTERS = "etaoinshrdlcumwfgypbvk"
_OFTEN = (12, 9, 8, 7.5, 7, 6.7, 6.3, 6, 6, 4.3, 4, 2.8, 2.8, 2.4, 2.4, 2.2, 2, 2, 1.9, 1.5, 1, 0.8)
_LENGTHS = (2, 3, 4, 4, 5, 5, 6, 7, 8, 9, 10)


class Writer:
    """Writes the same words in the same order at every run."""

    def __init__(self) -> None:
        self._chance = random.Random(20261120)
        made = ("".join(self._chance.choices(_LETTERS, _OFTEN, k=self._chance.choice(_LENGTHS))) for _ in range(20_000))
        self.words = list(dict.fromkeys(made))[:5000]
        self._weights = list(itertools.accumulate(1 / rank for rank in range(1, len(self.words) + 1)))

    def text(self, characters: int) -> str:
        """As many words as fit."""
        words = self._chance.choices(self.words, cum_weights=self._weights, k=characters // 2)
        return " ".join(words)[:characters]

    def some(self, count: int, at_least: int = 3) -> list[str]:
        """Words from the most frequent to the rarest, evenly."""
        long = [word for word in self.words if len(word) >= at_least]
        return [long[len(long) * place // count] for place in range(count)]
