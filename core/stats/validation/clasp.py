"""Shows with 50 digits that the likelihood of the CLASP trials (DerSimonian and Kacker 2007) is highest at tau² = 0.

Usage: python3 clasp.py      (needs mpmath)
"""
import mpmath as mp

mp.mp.dps = 50
ROWS = "5 156 8 74;5 303 17 303;12 565 9 477;69 1570 94 1565;9 103 11 105;313 4659 352 4650"


def effects():
    for row in ROWS.split(";"):
        a, n1, c, n2 = map(mp.mpf, row.split())
        b, d = n1 - a, n2 - c
        yield mp.log(a * d / (b * c)), 1 / a + 1 / b + 1 / c + 1 / d


STUDIES = list(effects())


def loglik(tau2):
    w = [1 / (v + tau2) for _, v in STUDIES]
    mean = sum(a * y for a, (y, _) in zip(w, STUDIES)) / sum(w)
    return -sum(mp.log(v + tau2) + a * (y - mean) ** 2 for a, (y, v) in zip(w, STUDIES)) / 2


weights = [1 / v for _, v in STUDIES]
mean = sum(w * y for w, (y, _) in zip(weights, STUDIES)) / sum(weights)
slope = sum((w * (y - mean)) ** 2 - w for w, (y, _) in zip(weights, STUDIES)) / 2
print("mean at 0            ", mp.nstr(mean, 20))
print("slope at 0           ", mp.nstr(slope, 20))
for tau in ("0", "0.0023", "0.01", "0.1", "0.5"):
    print(f"log-likelihood at {tau:6}", mp.nstr(loglik(mp.mpf(tau) ** 2), 20))
