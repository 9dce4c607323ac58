"""The model of scenarios/seven-inputs.toml in numpy, column by column, on one thread.

Run by hand: OMP_NUM_THREADS=1 python3 benches/numpy_seven.py [draws]. It gives what a simulation gives of
each option: net present cost, nominal and real cost, cash up to the end of each year, and their percentiles.
`--bare` leaves out everything but the two net present costs and their P10, P50 and P90.
"""

import sys
import time

import numpy as np

YEARS = 11
N = next((int(a) for a in sys.argv[1:] if a.isdigit()), 1_000_000)
FACTORS = 1.035 ** -np.arange(YEARS)
# GDP deflator of the parameter edition; what its growth is makes no difference to the time taken.
PRICES = 1.02 ** np.arange(YEARS)
WANTED = [5, 10, 50, 80, 90, 95]


def pert(random, low, likely, high, n):
    rise = 4 * (likely - low) / (high - low)
    return low + (high - low) * random.beta(1 + rise, 5 - rise, n)


def draw(random, n):
    spread = np.log(180 / 90) / (2 * 1.2815515655446004)
    keep = (
        random.triangular(200e3, 300e3, 600e3, n),
        pert(random, 350e3, 420e3, 600e3, n) + random.uniform(60e3, 100e3, n),
    )
    replace = (
        pert(random, 1.2e6, 1.8e6, 4.2e6, n) + random.triangular(100e3, 180e3, 500e3, n),
        random.uniform(150e3, 260e3, n) + np.sqrt(90e3 * 180e3) * np.exp(spread * random.standard_normal(n)),
    )
    return keep, replace


def main():
    random = np.random.default_rng(1)
    start = time.perf_counter()
    for once, yearly in draw(random, N):
        present = once + yearly * FACTORS.sum()
        if "--bare" in sys.argv:
            np.percentile(present, [10, 50, 90])
            continue
        columns = [present, once + yearly * PRICES.sum(), once + yearly * YEARS]
        cash = once.copy()
        for price in PRICES:
            cash = cash + yearly * price
            columns.append(cash)
        for column in columns:
            np.percentile(column, WANTED)
            column.mean(), column.std()
    taken = time.perf_counter() - start
    print(f"{N} draws in {taken:.3f} s: {N / taken / 1e6:.2f} million a second, {taken / N * 1e9:.0f} ns a draw")


main()
