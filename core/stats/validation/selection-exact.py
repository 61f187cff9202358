"""Selection models from the definition of their likelihood: optima by Newton's method in extended precision (64-bit mantissa) from many starts,
the log-likelihood there by mpmath's own quadrature with 50 digits.
Usage: python3 selection-exact.py ../src/test/resources/org/lozenge/stats/model/datasets.csv selection-exact.csv
"""
import csv, sys
import mpmath as mp
import numpy as np
from numpy.polynomial.legendre import leggauss
from scipy.optimize import minimize
mp.mp.dps = 50
LD = np.longdouble


def read(path):
    with open(path) as f:
        rows = csv.DictReader(line for line in f if not line.startswith("#"))
        return {r["name"]: (r["y"].split(), r["v"].split()) for r in rows}


def gauss(n):
    """Nodes and weights, polished beyond double precision."""
    x, w = leggauss(n)
    out = []
    for a in x:
        t = mp.mpf(a)
        for _ in range(3):
            p, q = mp.legendre(n, t), mp.legendre(n - 1, t)
            d = n * (t * p - q) / (t * t - 1)
            t -= p / d
        d = n * (t * mp.legendre(n, t) - mp.legendre(n - 1, t)) / (t * t - 1)
        out.append((t, 2 / ((1 - t * t) * d * d)))
    return out


def extended(x):
    high = float(x)
    return LD(high) + LD(float(x - mp.mpf(high)))


GAUSS = gauss(24)


def panel(a, b):
    return [((a + b) / 2 + (b - a) / 2 * t, (b - a) / 2 * w) for t, w in GAUSS]


def nodes(two_sided):
    """z, weight; the two-sided P value has a corner at 0, so the first panel is in log z there."""
    far = [mp.mpf(a) for a in list(range(1, 21)) + list(range(22, 151, 2))]
    out = [n for a, b in zip(far, far[1:]) for n in panel(a, b)]
    if two_sided:
        out += [(mp.exp(-s), w * mp.exp(-s)) for a in range(0, 100, 2) for s, w in panel(mp.mpf(a), mp.mpf(a + 2))]
    else:
        out += panel(mp.mpf(0), mp.mpf(1))
    return out + [(-z, w) for z, w in out]


def logs(z, two_sided):
    z = mp.mpf(z)
    if two_sided:
        return mp.log(mp.erfc(abs(z) / mp.sqrt(2))), mp.log(mp.erf(abs(z) / mp.sqrt(2))) if z else -mp.inf
    return mp.log(mp.erfc(z / mp.sqrt(2)) / 2), mp.log(mp.erfc(-z / mp.sqrt(2)) / 2)


TABLE = {}
for side in (False, True):
    zs = nodes(side)
    pairs = [logs(z, side) for z, _ in zs]
    TABLE[side] = tuple(np.array([extended(a) for a in column]) for column in
                        ([z for z, _ in zs], [w for _, w in zs], [p for p, _ in pairs], [q for _, q in pairs]))


def weight(kind, d, lp, lq, exp=np.exp, log=np.log):
    """log w and its derivatives by delta."""
    if kind == "beta": return (d[0] - 1) * lp + (d[1] - 1) * lq, [lp, lq]
    if kind == "halfnorm": return -d[0] * exp(2 * lp), [-exp(2 * lp)]
    if kind == "negexp": return -d[0] * exp(lp), [-exp(lp)]
    if kind == "power": return d[0] * lq, [lq]
    p = exp(lp)
    return log(2 / (1 + exp(d[0] * p))), [-p / (1 + exp(-d[0] * p))]


def defined(d, two_sided, s, t2):
    """Whether the beta weight has an integral against every normal density: exp(-z^2/2) to the power d - 1 on each side."""
    return all((d[0 if two_sided or side else 1] - 1) / (a * a) + 1 / (a * a + t2) > 0 for a in s for side in (0, 1))


def fast(kind, two_sided, y, s, lp, lq, x):
    z, wt, nlp, nlq = TABLE[two_sided]
    mu, t2, d = x[0], x[1], x[2:]
    if kind == "beta" and not defined(d, two_sided, s, t2): return -LD(1e10), np.zeros(len(x), LD)
    w, dw = weight(kind, d, lp, lq)
    node, dnode = weight(kind, d, nlp, nlq)
    total, g = LD(0), np.zeros(len(x), LD)
    for i in range(len(y)):
        t = s[i] * s[i] + t2
        r = y[i] - mu
        rr = s[i] * z - mu
        e = node - rr * rr / (2 * t)
        top = e.max()
        mass = wt * np.exp(e - top)
        a = mass.sum()
        mass = mass / a
        total += w[i] - r * r / (2 * t) - top - np.log(a * s[i])
        g[0] += r / t - (mass * rr).sum() / t
        g[1] += (r * r / t - (mass * rr * rr).sum() / t) / (2 * t)
        for j in range(len(d)): g[2 + j] += dw[j][i] - (mass * dnode[j]).sum()
    return total, g


def slow(kind, two_sided, y, s, x):
    mu, t2, d = x[0], x[1], x[2:]
    total = mp.mpf(0)
    for yi, si in zip(y, s):
        sd = mp.sqrt(si * si + t2)

        def f(v):
            lp, lq = logs(v / si, two_sided)
            return mp.exp(weight(kind, d, lp, lq, mp.exp, mp.log)[0]) * mp.npdf(v, mu, sd) if lq != -mp.inf else mp.mpf(0)
        ends = sorted({mp.mpf(0)} | {mu + k * sd for k in (-16, -8, -4, -2, 0, 2, 4, 8, 16)} | {k * si for k in (-4, -1, 1, 4)})
        lp, lq = logs(yi / si, two_sided)
        total += weight(kind, d, lp, lq, mp.exp, mp.log)[0] + mp.log(mp.npdf(yi, mu, sd)) - mp.log(mp.quad(f, ends))
    return total


def row(name, kind, alternative, data):
    sign = -1 if alternative == "less" else 1
    two = alternative == "two.sided"
    ym, sm = [sign * mp.mpf(a) for a in data[0]], [mp.sqrt(mp.mpf(a)) for a in data[1]]
    y, s = np.array([extended(a) for a in ym]), np.array([extended(a) for a in sm])
    pairs = [logs(a / b, two) for a, b in zip(ym, sm)]
    lp, lq = np.array([extended(p) for p, _ in pairs]), np.array([extended(q) for _, q in pairs])
    m = 2 if kind == "beta" else 1
    low = 1e-6 if kind == "beta" else 0.0
    f = lambda x: fast(kind, two, y, s, lp, lq, np.asarray(x, LD))
    best = None
    yd, sd = y.astype(float), s.astype(float)
    for mu in (np.average(yd, weights=1 / sd ** 2), yd.mean() / 2, yd.mean() - 0.5):
        for t2 in (0.01 * yd.var(), yd.var()):
            for d in ((1, 1), (0.7, 1.6)) if m == 2 else ((0.3,), (5.0,)):
                r = minimize(lambda x: tuple(-np.asarray(a, float) for a in f(x)), [mu, t2, *d], jac=True, method="L-BFGS-B",
                             bounds=[(None, None), (0, None)] + [(low, 200)] * m, options=dict(maxiter=300))
                if np.isfinite(r.fun) and (best is None or r.fun < best.fun): best = r
    x = np.asarray(best.x, LD)
    g = f(x)[1]
    free = [j for j in range(len(x)) if not (j >= 1 and x[j] <= 0 and g[j] <= 0)]
    for _ in range(8):
        g = f(x)[1]
        H = np.zeros((len(free), len(free)))
        for a, j in enumerate(free):
            h = LD(1e-7) * max(1, abs(x[j])); e = np.zeros(len(x), LD); e[j] = h
            H[:, a] = ((f(x + e)[1] - f(x - e)[1]) / (2 * h))[free].astype(float)
        step = np.linalg.solve((H + H.T) / 2, -g[free].astype(float))
        x[free] += step
        if np.max(np.abs(step) / (1e-3 + np.abs(x[free]).astype(float))) < 1e-15: break
    g = f(x)[1]
    cov = np.linalg.inv(-(H + H.T) / 2)
    xm = [mp.mpf(float(a)) + mp.mpf(float(a - LD(float(a)))) for a in x]
    value = slow(kind, two, ym, sm, xm)
    d = " ".join(mp.nstr(a, 18, strip_zeros=False) for a in xm[2:])
    return ",".join([name, kind, alternative, mp.nstr(sign * xm[0], 18), repr(float(np.sqrt(cov[0, 0]))), mp.nstr(xm[1], 18), d,
                     mp.nstr(value, 20, strip_zeros=False), "%.1e" % np.max(np.abs(g[free].astype(float))), "%.1e" % abs(float(f(x)[0] - extended(value)))])


if __name__ == "__main__":
    data = read(sys.argv[1])
    lines = ["# numpy %s long double, mpmath %s with 50 digits; core/stats/validation/selection-exact.py" % (np.__version__, mp.__version__),
             "data,type,alternative,estimate,se,tau2,delta,log_likelihood,gradient,quadratures_differ"]
    one = (("bcg", "less"), ("teacher-expectancy", "greater"))
    cases = [(kind, *s) for kind in ("beta", "halfnorm", "negexp", "logistic", "power") for s in one]
    # Not the beta function for teacher-expectancy, whose likelihood rises without end along mu / tau2 = constant.
    cases += [(kind, "teacher-expectancy", "two.sided") for kind in ("halfnorm", "negexp", "logistic", "power")] + [("beta", "bcg", "two.sided")]
    for kind, name, alternative in cases:
        lines.append(row(name, kind, alternative, data[name]))
        print(lines[-1], flush=True)
    with open(sys.argv[2], "w") as f: f.write("\n".join(lines) + "\n")
