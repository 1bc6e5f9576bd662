"""Results and the bars they are held against."""

from __future__ import annotations

from dataclasses import asdict, dataclass

from bench.measure import Series


@dataclass(frozen=True, slots=True)
class Result:
    """One contestant in one case at one size (tables, or migrations where the case says so)."""

    case: str
    size: int
    who: str
    series: Series

    def as_json(self) -> dict[str, object]:
        return {
            "case": self.case,
            "size": self.size,
            "who": self.who,
            "median": round(self.series.median, 4),
            "spread": round(self.series.spread, 3),
            "peak_mib": round(self.series.peak_mib, 1),
            "seconds": [round(value, 4) for value in self.series.seconds],
        }


@dataclass(frozen=True, slots=True)
class Bar:
    """A number to reach: `value`, of the medians, must not be greater than `limit`. `worst` is the same of our slowest round."""

    name: str
    value: float
    limit: float
    unit: str
    worst: float | None = None

    @property
    def met(self) -> bool:
        return self.value <= self.limit

    def as_json(self) -> dict[str, object]:
        worst = None if self.worst is None else round(self.worst, 3)
        return {**asdict(self), "value": round(self.value, 3), "worst": worst, "met": self.met}


def results(case: str, size: int, found: dict[str, Series]) -> list[Result]:
    return [Result(case, size, who, series) for who, series in found.items()]


class Table:
    """All results of a run, to be asked by case, size and contestant."""

    def __init__(self, found: list[Result]) -> None:
        self._found = {(result.case, result.size, result.who): result.series for result in found}

    def has(self, case: str, size: int, who: str) -> bool:
        return (case, size, who) in self._found

    def seconds(self, case: str, size: int, who: str) -> float:
        return self._found[case, size, who].median

    def worst(self, case: str, size: int, who: str) -> float:
        return max(self._found[case, size, who].seconds)

    def ratio(self, case: str, size: int, who: str, against: str) -> float:
        return self.seconds(case, size, who) / self.seconds(case, size, against)

    def peak(self, case: str, size: int, who: str) -> float:
        return self._found[case, size, who].peak_mib
