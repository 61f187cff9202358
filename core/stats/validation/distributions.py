"""Writes tails and quantiles of the normal, t and chi-squared distributions with 25 digits.

Usage: python3 distributions.py OUTPUT.csv      (needs mpmath)
"""
import sys

import mpmath as mp

mp.mp.dps = 40
HALF = mp.mpf(1) / 2


def normal(x, _):
    return mp.erfc(x / mp.sqrt(2)) / 2


def student(x, df):
    df = mp.mpf(df)
    return mp.betainc(df / 2, HALF, 0, df / (df + x * x), regularized=True) / 2


def chi_upper(x, df):
    return mp.gammainc(mp.mpf(df) / 2, x / 2, mp.inf, regularized=True)


def chi_lower(x, df):
    return mp.gammainc(mp.mpf(df) / 2, 0, x / 2, regularized=True)


def solve(f, p, start):
    """Solves log f(exp u) = log p by the secant method from a bracket found by doubling."""
    g = lambda u: mp.log(f(mp.exp(u))) - mp.log(p)
    low, high = mp.log(start) - HALF / 5, mp.log(start) + HALF / 5
    sign = g(high) > g(low)
    while (g(low) < 0) != sign:
        low -= max(HALF / 5, abs(g(low)) / 1000)
    while (g(high) > 0) != sign:
        high += max(HALF / 5, abs(g(high)) / 1000)
    for _ in range(12):
        mid = (low + high) / 2
        if (g(mid) > 0) == sign:
            high = mid
        else:
            low = mid
    return mp.exp(mp.findroot(g, (low, high), solver="anderson", tol=mp.mpf(10) ** -70, verify=False))


def main():
    lines = []
    probabilities = [0.4999999, 0.4, 0.25, 0.1, 0.05, 0.025, 0.005, 5e-7, 1e-12, 1e-50, 1e-150, 1e-300]
    add = lambda *row: lines.append(",".join(row))
    num = lambda x: mp.nstr(x, 25)
    for p in probabilities:
        add("normal", "Infinity", repr(p), num(solve(lambda x: normal(x, 0), mp.mpf(p), mp.mpf(1))))
    for df in (1, 2, 3, 4, 5, 12, 29, 64, 499, 4999, 999999):
        for p in probabilities:
            add("t", str(df), repr(p), num(solve(lambda x: student(x, df), mp.mpf(p), mp.mpf(1))))
    for df in ("0.02", "0.3"):
        for p in (0.4, 0.1, 0.025, 0.005, 1e-6):
            add("t", df, repr(p), num(solve(lambda x: student(x, mp.mpf(float(df))), mp.mpf(p), mp.mpf(10) ** 3)))
    for df in (1, 2, 3, 5, 12, 64, 499, 4999):
        for p in probabilities[1:]:
            add("chi-upper", str(df), repr(p), num(solve(lambda x: chi_upper(x, df), mp.mpf(p), mp.mpf(df))))
            if p >= 1e-150:
                add("chi-lower", str(df), repr(p), num(solve(lambda x: chi_lower(x, df), mp.mpf(p), mp.mpf(df))))
    with open(sys.argv[1], "w") as f:
        print(f"# mpmath {mp.__version__}, 40 digits; core/stats/validation/distributions.py", file=f)
        print("distribution,df,p,x", file=f)
        for line in lines:
            print(line, file=f)


main()
