"""Recomputes moment estimators, inference on the mean and prediction intervals from their definitions.

Usage: python3 inference.py DATASETS.csv MOMENTS.csv INFERENCE.csv PREDICTION.csv      (needs mpmath, scipy)

50 digits for closed forms and roots; tails of Q with 64-bit mantissas along a contour, Henmi and Copas' integral in doubles. Kenward and Roger's adjustment is the general recipe of
their paper (matrices, first and second moments of F), not its reduction to one mean; Henmi and Copas' conditional moments
come from the conditional normal distribution of the effects; the distribution of Q from the eigenvalues of its matrix.
"""
import csv
import math
import sys

import mpmath as mp
import numpy as np
import scipy
from scipy.integrate import quad
from scipy.optimize import brentq
from scipy.special import gammainc

import exact
from exact import critical, num, sums, t_upper

TAU2 = {}


def tau2(method, y, v):
    key = (method, tuple(y), tuple(v))
    if key not in TAU2:
        TAU2[key] = exact.tau2(method, y, v)
    return TAU2[key]


WEIGHTS = {
    "se": lambda v: [1 / mp.sqrt(x) for x in v],
    "iv": lambda v: [1 / x for x in v],
    "equal": lambda v: [mp.mpf(1) for _ in v],
    "given": lambda v: [mp.mpf(i + 1) for i in range(len(v))],
}


def form(a):
    """The matrix A of Q = y'Ay."""
    total = sum(a)
    return mp.matrix([[(a[i] if i == j else 0) - a[i] * a[j] / total for j in range(len(a))] for i in range(len(a))])


def trace(m):
    return sum(m[i, i] for i in range(m.rows))


def moments(a, y, v):
    m, big = form(a), mp.diag(v)
    q = (mp.matrix([y]) * m * mp.matrix(y))[0]
    t = max(mp.mpf(0), (q - trace(m * big)) / trace(m))
    return t, moment_error(a, v, t)


def moment_error(a, v, t):
    m = form(a) * mp.diag([x + t for x in v])
    return mp.sqrt(2 * trace(m * m)) / trace(form(a))


def two_step(first, y, v):
    start = tau2(first, y, v)
    a = [1 / (x + start) for x in v]
    t, _ = moments(a, y, v)
    return t, moment_error(a, v, t)


def eigenvalues(a, s):
    m = np.diag(a) - np.outer(a, a) / a.sum()
    return np.linalg.eigvalsh(np.sqrt(np.outer(s, s)) * m)[1:].astype(np.longdouble)


def tail(lam, x, upper):
    """log P(sum of lam chi-squared > x), or below, by the trapezoidal rule along a parabola through the saddle point."""
    lam, x = lam / lam.max(), np.longdouble(x) / lam.max()
    low, high = (np.longdouble(0), np.longdouble(0.5)) if upper else (-(len(lam) + 3) / (2 * x), -1 / (10 * x))
    for _ in range(80):
        c = (low + high) / 2
        if (lam / (1 - 2 * c * lam)).sum() - x - 1 / c < 0:
            low = c
        else:
            high = c
    second = (2 * lam**2 / (1 - 2 * c * lam) ** 2).sum() + 1 / c**2
    third = (8 * lam**3 / (1 - 2 * c * lam) ** 3).sum() - 2 / c**3
    bend = max(np.longdouble(0), third / (6 * second))
    scale = -np.log(1 - 2 * c * lam).sum() / 2 - c * x - np.log(abs(c))
    step = np.longdouble(1) / 256
    u = step * np.arange(0, 6400, dtype=np.longdouble)
    width = 1 / np.sqrt(second)
    eta = width * np.sinh(u)
    s = c + bend * eta**2 + 1j * eta
    out = np.zeros(len(eta), dtype=np.clongdouble)
    for e in lam:
        out -= np.log(1 - 2 * s * e) / 2
    values = np.real(np.exp(out - s * x - scale) / s * (1 - 2j * bend * eta)) * width * np.cosh(u)
    assert abs(values[-1]) < 1e-16 * abs(values[0])
    total = (values[0] / 2 + values[1:].sum()) * step
    coarse = (values[0] / 2 + values[2::2].sum()) * 2 * step
    # The halved step squares the error of the coarse one.
    assert abs(total - coarse) < 1e-7 * abs(total), (total, coarse)
    return float(scale + np.log(abs(total) / np.pi))


def confidence_quantiles(a, y, v):
    """tau² at which P(Q >= observed) is 0.025, 0.5 and 0.975."""
    q = float((mp.matrix([y]) * form(a) * mp.matrix(y))[0])
    a, v = (np.array([float(x) for x in z]) for z in (a, v))
    out = []
    for p in (0.025, 0.5, 0.975):
        upper = p < 0.9
        goal = math.log(p if upper else 1 - p)

        def excess(t):
            value = tail(eigenvalues(a, v + t), q, upper) - goal
            return value if upper else -value

        if q < 1e-25 or excess(0.0) >= 0:
            out.append(mp.mpf(0))
            continue
        high = max(v)
        while excess(high) < 0:
            high *= 4
        out.append(mp.mpf(brentq(excess, 0.0, high, xtol=1e-300, rtol=1e-15)))
    return out


def kenward_roger(y, v):
    t = tau2("REML", y, v)
    k = len(v)
    w = [1 / (x + t) for x in v]
    phi = 1 / sum(w)
    p = -sum(x**2 for x in w)
    q = sum(x**3 for x in w)
    information = (sum(x**2 for x in w) - 2 * phi * q + (phi * p) ** 2) / 2
    big = 1 / information
    adjusted = phi + 2 * phi * big * (q - p * phi * p) * phi
    a1 = big * (phi * p * phi / phi) ** 2
    if min(abs(1 - a1), abs(1 - 2 * a1)) < mp.mpf(10) ** -30:
        # The moments of F do not exist for 2 or 4 degrees of freedom; their limit does.
        a1 *= 1 + mp.mpf(10) ** -22
    a2 = a1
    n = 1
    b = (a1 + 6 * a2) / (2 * n)
    g = ((n + 1) * a1 - (n + 4) * a2) / ((n + 2) * a2)
    c1, c2, c3 = g / (3 * n + 2 * (1 - g)), (n - g) / (3 * n + 2 * (1 - g)), (n + 2 - g) / (3 * n + 2 * (1 - g))
    e = 1 / (1 - a2 / n)
    var = mp.mpf(2) / n * (1 + c1 * b) / ((1 - c2 * b) ** 2 * (1 - c3 * b))
    rho = var / (2 * e**2)
    df = 4 + (n + 2) / (n * rho - 1)
    scale = df / (e * (df - 2))
    assert abs(scale - 1) < mp.mpf(10) ** -20, scale
    return t, mp.sqrt(adjusted), df


def t_critical(df):
    key = mp.nstr(df, 40)
    if key not in CRITICAL:
        high = mp.mpf(2)
        while t_upper(high, df) > mp.mpf(1) / 40:
            high *= 2
        f = lambda x: mp.log(t_upper(x, df) * 40)
        CRITICAL[key] = mp.findroot(f, (high / 2 if high > 2 else mp.mpf(1), high), solver="anderson", tol=mp.mpf(10) ** -80, verify=False)
    return CRITICAL[key]


CRITICAL = {}

# Two to thirteen studies: with more, the integrals take long.
SETS = (
    "bcg bcg-two bcg-three stroke-stay lidocaine stroke-stay-smd lenalidomide two-modes homogeneous identical"
    " huge-heterogeneity dl-outside-interval unequal-variances metawin two-apart two-close"
).split()


def around(mu, se, df):
    crit = critical(None) if df is None else t_critical(df)
    stat = mu / se if se else None
    p = 2 * t_upper(abs(stat), df) if se else None
    return [mu, se, stat, df, p, mu - crit * se, mu + crit * se]


def henmi_copas(y, v):
    k = len(y)
    w = [1 / x for x in v]
    w1, w2 = sum(w), sum(x**2 for x in w)
    t = tau2("DL", y, v)
    mu = sum(a * b for a, b in zip(w, y)) / w1
    with mp.workdps(30):
        s = mp.diag([x + t for x in v])
        direction = mp.matrix(w) / mp.sqrt(w1)
        vr = (direction.T * s * direction)[0]
        b = s * direction / vr
        cond = s - b * b.T * vr
        a = form(w)
        ac = a * cond
        mean0, mean2 = trace(ac), (b.T * a * b)[0] * vr
        var0, var2 = 2 * trace(ac * ac), 4 * (b.T * a * cond * a * b)[0] * vr

        rest, m0, m2, c0, c2, sd = (float(x) for x in ((w1 - w2 / w1) * w1 / w2, mean0, mean2, var0, var2, mp.sqrt(vr)))

        def two_sided(u):
            def f(r):
                bound = k - 1 + ((r * sd / u) ** 2 - 1) * rest
                m, var = m0 + m2 * r**2, c0 + c2 * r**2
                return gammainc(m**2 / var, bound * m / var) * math.exp(-r * r / 2) / math.sqrt(2 * math.pi)

            start = u / sd
            points = [start + i for i in (0, 0.25, 0.5, 1, 2, 4, 8, 14)]
            return 2 * sum(quad(f, x, z, epsabs=0, epsrel=1e-13)[0] for x, z in zip(points, points[1:]))

        u = mp.mpf(brentq(lambda x: two_sided(x) * 20 - 1, 1.0, 30.0, xtol=1e-15, rtol=1e-15))
        se = mp.sqrt(vr / w1)
        stat = mu / se
        return [mu, se, stat, None, mp.mpf(two_sided(float(abs(stat)))) if stat else mp.mpf(1), mu - u * se, mu + u * se]


def profile(y, v):
    """Limits where twice the full log-likelihood, maximised over tau², has dropped by the quantile."""
    k = len(y)
    t = tau2("ML", y, v)
    s = sums(y, v, t)
    mu, se = s["mu"], 1 / mp.sqrt(s["w1"])
    fy, fv = [float(x) for x in y], [float(x) for x in v]

    def twice(m, t, log=mp.log, yy=y, vv=v):
        return -sum(log(x + t) + (b - m) ** 2 / (x + t) for b, x in zip(yy, vv))

    def score(m, t, yy=y, vv=v):
        return sum(((b - m) / (x + t)) ** 2 - 1 / (x + t) for b, x in zip(yy, vv))

    def best(m):
        """tau² of the highest maximum at a given mean, roughly."""
        top = sum((b - m) ** 2 for b in fy) + max(fv)
        grid = [0.0] + [min(fv) * 1e-6 * (top * 1e6 / min(fv)) ** (i / 399) for i in range(400)]
        values = [score(m, x, fy, fv) for x in grid]
        found = [0.0] if values[0] <= 0 else []
        found += [math.sqrt(max(grid[i], grid[i + 1] / 4) * grid[i + 1]) for i in range(400) if values[i] > 0 >= values[i + 1]]
        polished = []
        for x in found:
            if x > 0:
                j = max(i for i in range(401) if grid[i] < x)
                low, high = grid[j], grid[min(j + 1, 400)]
                for _ in range(80):
                    mid = (low + high) / 2
                    if score(m, mid, fy, fv) > 0:
                        low = mid
                    else:
                        high = mid
                x = low
            polished.append(x)
        return max(polished, key=lambda x: twice(m, x, math.log, fy, fv))

    def highest(m):
        """The profile with all digits."""
        start = best(float(m))
        if start == 0:
            return twice(m, mp.mpf(0))
        low, high = mp.mpf(start) * (1 - mp.mpf(10) ** -6), mp.mpf(start) * (1 + mp.mpf(10) ** -6)
        if score(m, low) <= 0 or score(m, high) >= 0:
            peak = mp.findroot(lambda x: score(m, x), mp.mpf(start))
        else:
            peak = mp.findroot(lambda x: score(m, x), (low, high), solver="anderson", tol=mp.mpf(10) ** -70, verify=False)
        return twice(m, peak)

    top = twice(mu, t)
    goal = top - critical(None) ** 2
    rough = lambda m: twice(m, best(m), math.log, fy, fv)
    limits = []
    for sign in (-1, 1):
        step = float(se) / 8
        out = float(mu)
        inside = out
        # The outermost crossing: go on past gaps as far as the outermost effect.
        edge = max(abs(b - float(mu)) for b in fy)
        while True:
            out += sign * step
            if rough(out) >= float(goal):
                inside = out
            elif abs(out - float(mu)) > edge:
                break
            if abs(out - float(mu)) > 20 * float(se):
                step *= 1.05
        low, high = inside, inside + sign * step * 1.1
        for _ in range(45):
            mid = (low + high) / 2
            if rough(mid) >= float(goal):
                low = mid
            else:
                high = mid
        width = (abs(low) + float(se)) * mp.mpf(10) ** -7
        f = lambda m: highest(m) - goal
        limits.append(mp.findroot(f, (mp.mpf(low) - width, mp.mpf(low) + width), solver="secant", tol=mp.mpf(10) ** -60, verify=False))
    stat = mp.sign(mu) * mp.sqrt(top - highest(mp.mpf(0)))
    return [mu, se, stat, None, 2 * t_upper(abs(stat), None), *limits]


def inference(y, v):
    k = len(y)
    s = sums(y, v, 0)
    yield "uwls", "DL", around(s["mu"], mp.sqrt(s["q"] / (k - 1) / s["w1"]), k - 1)
    for method in ("DL", "REML"):
        t = tau2(method, y, v)
        yield "ivhet", method, around(s["mu"], mp.sqrt(sum((1 / x / s["w1"]) ** 2 * (x + t) for x in v)), None)
    t, se, df = kenward_roger(y, v)
    yield "kr", "REML", around(sums(y, v, t)["mu"], se, df)
    yield "hc", "DL", henmi_copas(y, v)
    yield "pl", "ML", profile(y, v)


def predictions(y, v):
    k = len(y)
    for method in ("REML", "DL"):
        t = tau2(method, y, v)
        s = sums(y, v, t)
        classic, hk = 1 / mp.sqrt(s["w1"]), mp.sqrt(s["q"] / (k - 1) / s["w1"])
        rules = {"hts": (classic, k - 2), "t": (classic, k - 1), "s": (classic, None), "hk": (hk, k - 1), "hk-pr": (hk, k - 2)}
        if method == "REML":
            _, se, df = kenward_roger(y, v)
            rules["kr"] = (se, df)
            if df > 1:
                rules["kr-pr"] = (se, df - 1)
        for rule, (se, df) in rules.items():
            half = (critical(None) if df is None else t_critical(mp.mpf(df))) * mp.sqrt(se**2 + t)
            yield rule, method, [s["mu"] - half, s["mu"] + half]


def main():
    mp.mp.dps = 50
    with open(sys.argv[1]) as f:
        rows = list(csv.DictReader(line for line in f if not line.startswith("#")))
    heads = [
        "data,estimator,weights,tau2,tau2_se",
        "data,test,method,estimate,se,statistic,df,p_value,ci_lower,ci_upper",
        "data,prediction,method,pi_lower,pi_upper",
    ]
    files = [open(path, "w") for path in sys.argv[2:]]
    for file, head in zip(files, heads):
        print(f"# mpmath {mp.__version__}, 50 digits, scipy {scipy.__version__} for integrals; core/stats/validation/inference.py", file=file)
        print(head, file=file)
    for row in rows:
        lines = [[], [], []]
        y = [mp.mpf(float(x)) for x in row["y"].split()]
        v = [mp.mpf(float(x)) for x in row["v"].split()]
        if row["name"] not in SETS:
            continue
        for code, first in (("dl2", "DL"), ("he2", "HE")):
            lines[0].append([row["name"], code, ""] + [num(x) for x in two_step(first, y, v)])
        for name, rule in WEIGHTS.items():
            a = rule(v)
            lines[0].append([row["name"], "genq", name] + [num(x) for x in moments(a, y, v)])
            low, median, high = confidence_quantiles(a, y, v)
            lines[0].append([row["name"], "genqm", name, num(median), num(moment_error(a, v, median))])
            lines[0].append([row["name"], "interval", name, num(low), num(high)])
        for test, method, numbers in inference(y, v):
            lines[1].append([row["name"], test, method] + [num(x if x is None else mp.mpf(x)) for x in numbers])
        if len(y) > 2:
            for rule, method, numbers in predictions(y, v):
                lines[2].append([row["name"], rule, method] + [num(x) for x in numbers])
        for file, group in zip(files, lines):
            file.writelines(",".join(line) + "\n" for line in group)
            file.flush()


if __name__ == "__main__":
    main()
