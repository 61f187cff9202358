"""A random forest of studies' effects in plain Python: studies drawn in proportion to their weights, least-squares trees that
try one column at each split and set one level of a category against the others, leaves of at least five drawn studies.
Prints R2 out of the bag and the importance of dose, region, year, quality and blinded: means over forests, then SDs.
Usage: python3 forest.py drivers.csv FORESTS     (tau2 by REML from forest.R)
"""
import csv, sys
import numpy as np

TAU2, TREES, LEAF = 0.12420116678625744, 250, 5
COLUMNS = ["dose", "region", "year", "quality", "blinded"]
NUMBERS = {"dose", "year", "quality"}
rows = list(csv.DictReader(open(sys.argv[1])))
y = np.array([float(r["yi"]) for r in rows])
w = 1 / (np.array([float(r["vi"]) for r in rows]) + TAU2)
k = len(y)

def codes(name):
    texts = [r[name] for r in rows]
    return [float(t) for t in texts] if name in NUMBERS else [float(sorted(set(texts)).index(t)) for t in texts]

x = np.array([codes(name) for name in COLUMNS]).T

def splits(values, numeric):
    """Every way to part the values in two, as the value and whether the left part is below it or is it."""
    distinct = np.unique(values)
    return [((a + b) / 2, True) for a, b in zip(distinct, distinct[1:])] if numeric else [(a, False) for a in distinct]

def left(values, cut, below):
    return values <= cut if below else values == cut

def grow(at, drawn, random):
    n, total = drawn[at].sum(), (drawn * y)[at].sum()
    j = random.integers(len(COLUMNS))
    best, gain = None, 1e-12
    for cut, below in splits(x[at, j], COLUMNS[j] in NUMBERS):
        part = left(x[at, j], cut, below)
        m, s = drawn[at][part].sum(), (drawn * y)[at][part].sum()
        if min(m, n - m) >= LEAF:
            found = s * s / m + (total - s) ** 2 / (n - m) - total * total / n
            if found > gain:
                best, gain = (cut, below, part), found
    if best is None:
        return total / n
    cut, below, part = best
    return j, cut, below, grow(at[part], drawn, random), grow(at[~part], drawn, random)

def predict(tree, row):
    while isinstance(tree, tuple):
        tree = tree[3] if left(row[tree[0]], tree[1], tree[2]) else tree[4]
    return tree

def forest(seed):
    random = np.random.default_rng(seed)
    sums, counts, rise = np.zeros(k), np.zeros(k), np.zeros(len(COLUMNS))
    for _ in range(TREES):
        drawn = np.bincount(random.choice(k, k, p=w / w.sum()), minlength=k)
        tree = grow(np.flatnonzero(drawn), drawn, random)
        out = np.flatnonzero(drawn == 0)
        before = np.array([predict(tree, x[i]) for i in out])
        sums[out] += before
        counts[out] += 1
        for j in range(len(COLUMNS)):
            shuffled = x[out].copy()
            shuffled[:, j] = random.permutation(shuffled[:, j])
            after = np.array([predict(tree, row) for row in shuffled])
            rise[j] += np.average((y[out] - after) ** 2 - (y[out] - before) ** 2, weights=w[out]) / TREES
    mean = np.average(y, weights=w)
    return [1 - np.average((y - sums / counts) ** 2, weights=w) / np.average((y - mean) ** 2, weights=w), *rise]

all_forests = np.array([forest(seed) for seed in range(int(sys.argv[2]))])
print(all_forests.mean(0).round(5), all_forests.std(0, ddof=1).round(5))
