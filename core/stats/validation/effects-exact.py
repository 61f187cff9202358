"""Recomputes with 30 digits what has no closed form in elementary functions.

Usage: python3 effects-exact.py OUTPUT.csv      (needs mpmath)

J: the small-sample factor; UCOR: Olkin and Pratt's correlation and its unbiased variance; RTET: the tetrachoric
correlation that solves Phi2(h, k; r) = a/n, with its asymptotic variance from a numerical derivative of that equation.
"""
import sys

import mpmath as mp

mp.mp.dps = 30


def j(m):
    return mp.gamma(m / 2) / (mp.sqrt(m / 2) * mp.gamma((m - 1) / 2)) if m < 1e5 else mp.exp(
        mp.loggamma(m / 2) - mp.loggamma((m - 1) / 2)) / mp.sqrt(m / 2)


def ucor(r, n):
    y = r * mp.hyp2f1(0.5, 0.5, (n - 2) / 2, 1 - r**2)
    v = y**2 - 1 + (n - 3) / (n - 2) * (1 - r**2) * mp.hyp2f1(1, 1, n / 2, 1 - r**2)
    return y, v


def quantile(p):
    return mp.sqrt(2) * mp.erfinv(2 * p - 1)


def both_below(h, k, r):
    """Phi2 by conditioning on the first variable, which shares nothing with Plackett's identity."""
    root = mp.sqrt(1 - r**2)
    return mp.quad(lambda x: mp.npdf(x) * mp.ncdf((k - r * x) / root), sorted({mp.mpf(-14), mp.mpf(-6), h - 1, h}))


def solve(q, guess=None):
    h, k = quantile(q[0] + q[1]), quantile(q[0] + q[2])
    f = lambda r: both_below(h, k, r) - q[0]
    if guess is None:
        return mp.findroot(f, (mp.mpf("-0.9999"), mp.mpf("0.9999")), solver="anderson", tol=mp.mpf(10) ** -50, verify=False)
    return mp.findroot(f, (guess, guess + mp.mpf(10) ** -9), tol=mp.mpf(10) ** -50, verify=False)


def rtet(a, b, c, d):
    n = a + b + c + d
    p = [a / n, b / n, c / n, d / n]
    r = solve(p)
    step = mp.mpf(10) ** -10
    slopes = []
    for i in range(3):
        up, down = list(p), list(p)
        up[i] += step
        down[i] -= step
        slopes.append((solve(up, r) - solve(down, r)) / (2 * step))
    mean = sum(s * q for s, q in zip(slopes, p))
    return r, (sum(s * s * q for s, q in zip(slopes, p)) - mean**2) / n


lines = ["# mpmath %s, 30 digits; core/stats/validation/effects-exact.py" % mp.__version__, "what,raw,value,variance"]
for m in [1.5, 2, 3, 4.5, 7, 10, 23, 59, 60, 61, 100, 343, 344, 1834, 1e4, 1e6, 2e6 - 2, 1e9]:
    lines.append("j,%r,%s," % (m, mp.nstr(j(mp.mpf(m)), 20)))
for r, n in [(0.4, 20), (0.4, 5), (0.01, 5), (0.001, 6), (-0.2, 7), (0.5, 8), (0.99, 9), (-0.65, 31), (0.1, 300), (0.3, 10000), (1e-8, 12), (-0.04, 12), (0.26, 35), (0.69, 10)]:
    lines.append("ucor,%r %r,%s,%s" % (r, n, *[mp.nstr(x, 20) for x in ucor(mp.mpf(r), mp.mpf(n))]))
for t in [(4, 6, 8, 3), (40, 16, 8, 33), (100, 900, 5, 4000), (1, 99, 30, 2), (50, 50, 50, 51), (0.5, 20.5, 3.5, 17.5), (1000, 10, 12, 900), (7, 1, 2, 300)]:
    lines.append("rtet,%s,%s,%s" % (" ".join(repr(x) for x in t), *[mp.nstr(x, 20) for x in rtet(*[mp.mpf(x) for x in t])]))
open(sys.argv[1], "w").write("\n".join(lines) + "\n")
