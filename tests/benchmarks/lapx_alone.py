"""lapx on a dumped matrix, for bench_engine: one column per place, an integer bonus per pair, float32."""

import json
import resource
import sys
import time
from statistics import median
from typing import Any

import lap
import numpy as np
from numpy.typing import NDArray

BONUS = 10_001


def solve(points: NDArray[np.int16], seats: NDArray[np.intp]) -> tuple[Any, Any]:
    # what cannot be a pair is worth nothing, as staying out is
    worth = np.where(points >= 0, points.astype(np.float32) + BONUS, np.float32(0))
    _cost, rows, columns = lap.lapjvs(-worth[:, seats])
    return np.asarray(rows), seats[np.asarray(columns)]


def main(path: str, repeats: str) -> None:
    dump = np.load(path)
    points, capacity = dump["points"], dump["capacity"]
    seats, spent = np.repeat(np.arange(len(capacity)), capacity), []
    for _time in range(int(repeats)):
        started = time.process_time()
        rows, columns = solve(points, seats)
        spent.append(time.process_time() - started)
    found = points[rows, columns]
    matched = found[found >= 0]
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * 1024
    told = {"seconds": median(spent), "matched": len(matched), "total": int(matched.sum(dtype=np.int64)), "peak": peak}
    sys.stdout.write(json.dumps(told))


if __name__ == "__main__":
    main(*sys.argv[1:])
