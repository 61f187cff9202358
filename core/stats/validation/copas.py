"""Optima of the Copas model with 40 digits, from the density of the selected effect.
The profile over rho is searched in double precision from many starts; Newton's method in mpmath, with central differences, ends it.
Usage: python3 copas.py ../src/test/resources/org/lozenge/stats/model/datasets.csv copas.csv
"""
import csv, sys
import mpmath as mp
import numpy as np
from scipy.optimize import minimize
from scipy.special import log_ndtr
mp.mp.dps = 40
BOUND = 0.9999


def read(path):
    with open(path) as f:
        rows = csv.DictReader(line for line in f if not line.startswith("#"))
        return {r["name"]: (r["y"].split(), r["v"].split()) for r in rows}


def double(x, y, s, u, trend):
    mu, t2, rho = x[0], x[1] ** 2, BOUND * np.tanh(x[2])
    b = x[3] if trend else 0.0
    lam = np.exp(-u * u / 2 - np.log(2 * np.pi) / 2 - log_ndtr(u))
    var = s * s / (1 - rho * rho * lam * (u + lam))
    t = var + t2
    m = y - mu - b * s
    r = rho * np.sqrt(var / t)
    v = (u + r * m / np.sqrt(t)) / np.sqrt(1 - r * r)
    return -np.sum(-0.5 * np.log(2 * np.pi * t) - m * m / (2 * t) - log_ndtr(u) + log_ndtr(v))


def exact(mu, t2, rho, b, y, s, u):
    """The selected density is that of y times P(z > 0 | y)/P(z > 0)."""
    total = mp.mpf(0)
    for yi, si, ui in zip(y, s, u):
        lam = mp.npdf(ui) / mp.ncdf(ui)
        var = si ** 2 / (1 - rho ** 2 * lam * (ui + lam))
        cov = rho * mp.sqrt(var)                  # covariance of y and z, whose variance is 1
        t = var + t2
        m = yi - mu - b * si
        total += mp.log(mp.npdf(yi, mu + b * si, mp.sqrt(t))) - mp.log(mp.ncdf(ui)) \
            + mp.log(mp.ncdf((ui + cov / t * m) / mp.sqrt(1 - cov ** 2 / t)))
    return total


def newton(f, x, steps=6):
    n = len(x); h = mp.mpf(10) ** -12
    x = [mp.mpf(a) for a in x]
    e = lambda i: [h if j == i else mp.mpf(0) for j in range(n)]
    plus = lambda a, b: [p + q for p, q in zip(a, b)]
    minus = lambda a, b: [p - q for p, q in zip(a, b)]
    for step in range(steps):
        f0 = f(x)
        g = mp.matrix(n, 1); H = mp.matrix(n, n)
        for i in range(n):
            up, down = f(plus(x, e(i))), f(minus(x, e(i)))
            g[i] = (up - down) / (2 * h); H[i, i] = (up - 2 * f0 + down) / h ** 2
            for j in range(i):
                H[i, j] = H[j, i] = (f(plus(plus(x, e(i)), e(j))) - f(plus(minus(x, e(i)), e(j))) - f(plus(minus(x, e(j)), e(i)))
                                     + f(minus(minus(x, e(i)), e(j)))) / (4 * h * h)
        d = mp.lu_solve(H, -g)
        x = [a + d[i] for i, a in enumerate(x)]
        if max(abs(d[i]) for i in range(n)) < mp.mpf(10) ** -16: break
    return x, f(x), (-H) ** -1, max(abs(g[i]) for i in range(n))


def optimum(y, v, g0, g1, trend):
    ys, ss = [mp.mpf(a) for a in y], [mp.sqrt(mp.mpf(a)) for a in v]
    us = [mp.mpf(g0) + mp.mpf(g1) / a for a in ss]
    yd, sd, ud = (np.array([float(a) for a in z]) for z in (ys, ss, us))
    best = None
    for mu in (yd.mean(), np.median(yd), np.average(yd, weights=1 / sd ** 2)):
        for tau in (0.01, 0.3, 1.0):
            for rho in (-2.5, -0.7, 0.1, 0.7, 2.5):
                start = [mu, tau * np.median(sd), rho] + ([0.0] if trend else [])
                r = minimize(double, start, args=(yd, sd, ud, trend), method="Nelder-Mead", options=dict(xatol=1e-9, fatol=1e-12, maxiter=4000))
                if best is None or r.fun < best.fun: best = r
    x = list(best.x); tau2 = x[1] ** 2; rho = BOUND * np.tanh(x[2])
    on0 = tau2 < 1e-7 * np.median(sd) ** 2
    onr = abs(rho) > BOUND * (1 - 1e-6)
    fixed_rho = mp.mpf("0.9999") * (1 if rho > 0 else -1)
    free = [x[0]] + ([] if on0 else [tau2]) + ([] if onr else [rho]) + ([x[3]] if trend else [])

    def f(p):
        p = list(p); mu = p.pop(0); t2 = mp.mpf(0) if on0 else p.pop(0); r = fixed_rho if onr else p.pop(0)
        return exact(mu, t2, r, p.pop(0) if trend else mp.mpf(0), ys, ss, us)
    z, value, cov, g = newton(f, free)
    se = mp.sqrt(cov[0, 0])
    z = list(z); mu = z.pop(0); t2 = mp.mpf(0) if on0 else z.pop(0); r = fixed_rho if onr else z.pop(0)
    return mu, se, t2, r, value, us


num = lambda x: mp.nstr(x, 20, strip_zeros=False)
data = read(sys.argv[1])
rows = []
for name, points in {"bcg": [(-0.5, 0.2), (-1, 0.3), (0, 0.1), (-2, 0.5), (1, 0.5)], "teacher-expectancy": [(-1, 0.2), (-0.5, 0.1), (-2, 0.3)],
                     "passive-smoking": [(-1, 0.1), (-2, 0.3)], "magnesium": [(-1, 0.3), (-0.3, 0.2), (-2, 1)], "bcg-three": [(-0.5, 0.2)],
                     "head-and-neck": [(-1, 0.2)]}.items():
    y, v = data[name]
    for g0, g1 in points:
        mu, se, t2, rho, value, us = optimum(y, v, str(g0), str(g1), False)
        trend = optimum(y, v, str(g0), str(g1), True)[4]
        missing = sum((1 - mp.ncdf(u)) / mp.ncdf(u) for u in us)
        rows.append(",".join([name, str(g0), str(g1)] + [num(a) for a in (mu, se, t2, rho, value, 2 * (trend - value), missing)]))
        print(rows[-1], flush=True)
with open(sys.argv[2], "w") as f:
    f.write("# mpmath %s with 40 digits, starts by scipy; core/stats/validation/copas.py\n" % mp.__version__)
    f.write("data,gamma0,gamma1,estimate,se,tau2,rho,log_likelihood,gain,unpublished\n" + "\n".join(rows) + "\n")
