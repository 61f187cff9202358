"""Nagashima, Noma and Furukawa's prediction interval by integration on grids. Usage: python3 nnf.py DATASETS.csv [NAME ...]

The confidence distribution of tau² comes from the eigenvalues (inference.py), its derivative by log tau² from central
differences of order 8, and the t variable from its chi-squared mixture; the lines stand in exact-nnf.csv.
"""
import csv
import sys

import numpy as np
import scipy
from scipy.optimize import brentq
from scipy.special import gammaln, ndtr

from inference import eigenvalues, tail

STEP = 0.05
COEFFICIENTS = [(1, 4 / 5), (2, -1 / 5), (3, 4 / 105), (4, -1 / 280)]


def interval(y, v):
    k = len(y)
    a = 1 / v

    def sums(t):
        w = 1 / (v + t)
        mu = (w * y).sum() / w.sum()
        return mu, (w * (y - mu) ** 2).sum() / (k - 1) / w.sum()

    mean0, _ = sums(0.0)
    q = (a * (y - mean0) ** 2).sum()
    scale = max(q, k - 1) / (a.sum() - (a**2).sum() / a.sum())

    def h(t):
        lam = eigenvalues(a, v + t)
        return np.exp(tail(lam, q, True)) if q > lam.sum() else 1 - np.exp(tail(lam, q, False))

    s = np.arange(-700, 1100) * STEP
    t = scale * np.exp(s)
    values = np.array([float(h(x)) for x in t])
    density = sum(c * (values[4 + j : len(s) - 4 + j] - values[4 - j : len(s) - 4 - j]) for j, c in COEFFICIENTS)
    t, zero = t[4:-4], float(h(0.0))
    assert abs(zero + density.sum() - 1) < 1e-10, zero + density.sum()
    pairs = [sums(x) for x in t]
    mean, error = (np.array([p[i] for p in pairs]) for i in (0, 1))
    u = np.arange(-1200, 200) * STEP / 2
    half = (k - 1) / 2
    mass = np.exp(half * u - np.exp(u) - gammaln(half)) * STEP / 2
    factor = (k - 1) / (2 * np.exp(u))
    keep = mass > 1e-18
    mass, factor = mass[keep], factor[keep]
    sd = np.sqrt(t[:, None] + error[:, None] * factor[None, :])
    sd0 = np.sqrt(sums(0.0)[1] * factor)

    def below(x):
        rest = (ndtr((x - mean)[:, None] / sd) * mass).sum(axis=1)
        return zero * (ndtr((x - mean0) / sd0) * mass).sum() + (density * rest).sum()

    wide = 200 * np.sqrt(scale)
    return [brentq(lambda x: below(x) - p, mean0 - wide, mean0 + wide, xtol=1e-14, rtol=1e-15) for p in (0.025, 0.975)]


print(f"# numpy {np.__version__}, scipy {scipy.__version__}; core/stats/validation/nnf.py")
print("data,pi_lower,pi_upper")
with open(sys.argv[1]) as f:
    for row in csv.DictReader(line for line in f if not line.startswith("#")):
        if row["name"] in sys.argv[2:]:
            y, v = (np.array([float(x) for x in row[c].split()]) for c in "yv")
            low, high = interval(y, v)
            print(f"{row['name']},{low:.17g},{high:.17g}", flush=True)
