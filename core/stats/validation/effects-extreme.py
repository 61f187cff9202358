"""Effect sizes of extreme numbers with 60 digits: closed forms as the literature writes them, whatever cancels in them.

Usage: python3 effects-extreme.py OUTPUT.csv      (needs mpmath)

Columns: measure (or back: the inverse of Freeman and Tukey's transformation; range, quartiles, all: moments from quantiles),
raw numbers in the order of the Java record, value, variance (for moments: the standard deviation; nothing for back).
"""
import random
import sys

import mpmath as mp

mp.mp.dps = 60
random.seed(5)
M = mp.mpf


def quantile(p):
    return mp.sqrt(2) * mp.erfinv(2 * p - 1)


def tables(a, b, c, d):
    n, n1, n2, m1, m2 = a + b + c + d, a + b, c + d, a + c, b + d
    woolf = 1 / a + 1 / b + 1 / c + 1 / d
    q = (a * d - b * c) / (a * d + b * c)
    y = (mp.sqrt(a * d) - mp.sqrt(b * c)) / (mp.sqrt(a * d) + mp.sqrt(b * c))
    phi = (a * d - b * c) / mp.sqrt(n1 * n2 * m1 * m2)
    rows, columns = (n1 - n2) / mp.sqrt(n1 * n2), (m1 - m2) / mp.sqrt(m1 * m2)
    yule = (1 - phi**2 + phi * (1 + phi**2 / 2) * rows * columns - 3 * phi**2 * (rows**2 + columns**2) / 4) / n
    z1, z2 = quantile(a / n1), quantile(c / n2)
    term = lambda x, m, z: 2 * mp.pi * x / m * (1 - x / m) * mp.exp(z**2) / m
    v = n1 * n2 * m1 * m2 / (n**2 * (n - 1))
    return {
        "or": (mp.log(a * d / (b * c)), woolf),
        "rr": (mp.log(a / n1) - mp.log(c / n2), 1 / a - 1 / n1 + 1 / c - 1 / n2),
        "rd": (a / n1 - c / n2, a * b / n1**3 + c * d / n2**3),
        "as": (mp.asin(mp.sqrt(a / n1)) - mp.asin(mp.sqrt(c / n2)), 1 / (4 * n1) + 1 / (4 * n2)),
        "yuq": (q, (1 - q**2) ** 2 * woolf / 4),
        "yuy": (y, (1 - y**2) ** 2 * woolf / 16),
        "phi": (phi, yule),
        "zphi": (mp.atanh(phi), yule / (1 - phi**2) ** 2),
        "pbit": (z1 - z2, term(a, n1, z1) + term(c, n2, z2)),
        "peto": ((a - n1 * m1 / n) / v, 1 / v),
    }


def proportions(x, n):
    p, z = x / n, quantile(x / n)
    return {
        "pr": (p, p * (1 - p) / n),
        "pln": (mp.log(p), 1 / x - 1 / n),
        "plo": (mp.log(x / (n - x)), 1 / x + 1 / (n - x)),
        "pas": (mp.asin(mp.sqrt(p)), 1 / (4 * n)),
        "prz": (z, 2 * mp.pi * p * (1 - p) * mp.exp(z**2) / n),
        "pft": ((mp.asin(mp.sqrt(x / (n + 1))) + mp.asin(mp.sqrt((x + 1) / (n + 1)))) / 2, 1 / (4 * n + 2)),
    }


def means(m1, s1, n1, m2, s2, n2):
    df = n1 + n2 - 2
    d = (m1 - m2) / mp.sqrt(((n1 - 1) * s1**2 + (n2 - 1) * s2**2) / df)
    g = d * mp.exp(mp.loggamma(df / 2) - mp.loggamma((df - 1) / 2)) / mp.sqrt(df / 2)
    h = df / n1 + df / n2
    out = {
        "md": (m1 - m2, s1**2 / n1 + s2**2 / n2),
        "smd": (g, 1 / n1 + 1 / n2 + g**2 / (2 * (n1 + n2))),
        "rpb": (d / mp.sqrt(d**2 + h), (h / (d**2 + h)) ** 3 / h * (1 / n1 + 1 / n2 + d**2 / (2 * (n1 + n2)))),
    }
    if m1 * m2 > 0:
        out["rom"] = (mp.log(m1 / m2), s1**2 / (n1 * m1**2) + s2**2 / (n2 * m2**2))
    return out


def back(y, n):
    sine = mp.sin(2 * y)
    inner = sine + (sine - 1 / sine) / n
    return (1 - mp.sign(mp.cos(2 * y)) * mp.sqrt(1 - inner**2)) / 2


def moments(low, q1, median, q3, high, n):
    wide = 2 * quantile((n - M("0.375")) / (n + M("0.25")))
    middle = 2 * quantile((M("0.75") * n - M("0.125")) / (n + M("0.25")))
    w, w1, w2 = 4 / (4 + n ** M("0.75")), M("2.2") / (M("2.2") + n ** M("0.75")), M("0.7") - M("0.72") / n ** M("0.55")
    u, power = M("0.7") + M("0.39") / n, n ** M("0.6")
    return {
        "range": (w * (low + high) / 2 + (1 - w) * median, (high - low) / wide),
        "quartiles": (u * (q1 + q3) / 2 + (1 - u) * median, (q3 - q1) / middle),
        "all": (
            w1 * (low + high) / 2 + w2 * (q1 + q3) / 2 + (1 - w1 - w2) * median,
            (high - low) / ((1 + M("0.07") * power) * wide) + (q3 - q1) / ((1 + 1 / (M("0.07") * power)) * middle),
        ),
    }


def gamma_quantile(p, shape):
    low, high = M(0), 20 * shape + 20
    for _ in range(120):
        middle = (low + high) / 2
        low, high = (middle, high) if mp.gammainc(shape, 0, middle, regularized=True) < p else (low, middle)
    return low


FAMILIES = {  # quantile for scale 1; mean and second moment for scale 1
    "log-normal": (lambda p, s: mp.exp(s * quantile(p)), lambda s: (mp.exp(s**2 / 2), mp.exp(2 * s**2))),
    "weibull": (lambda p, k: (-mp.log(1 - p)) ** (1 / k), lambda k: (mp.gamma(1 + 1 / k), mp.gamma(1 + 2 / k))),
    "gamma": (gamma_quantile, lambda a: (a, a * (a + 1))),
}


def fitted(name, guess, p, q):
    """Moments of the distribution whose quantiles come nearest to q, from a guess of its shape."""
    inverse, both = FAMILIES[name]
    p, q, h = [M(x) for x in p], [M(x) for x in q], M(10) ** -15

    def squares(u):
        g = [inverse(x, mp.exp(u)) for x in p]
        scale = sum(a * b for a, b in zip(g, q)) / sum(a * a for a in g)
        return sum((b - scale * a) ** 2 for a, b in zip(g, q)), scale

    slope = lambda u: (squares(u + h)[0] - squares(u - h)[0]) / (2 * h)
    mp.mp.dps = 50
    u = mp.findroot(slope, (mp.log(guess), mp.log(guess) + M("0.01")), tol=M(10) ** -24, verify=False)
    mean, second = both(mp.exp(u))
    scale = squares(u)[1]
    mp.mp.dps = 60
    return scale * mean, scale * mp.sqrt(second - mean**2)


lines = ["# mpmath %s, 60 digits; core/stats/validation/effects-extreme.py" % mp.__version__, "measure,raw,value,variance"]


def write(raw, values):
    for name, pair in values.items():
        lines.append("%s,%s,%s" % (name, " ".join(repr(x) for x in raw), ",".join(mp.nstr(x, 20) for x in pair)))


sizes = [2, 5, 20, 1000, 10**6, 10**9]
for _ in range(60):
    cells = []
    for n in random.choice(sizes), random.choice(sizes):
        x = random.choice([1, n - 1, max(1, n // 2), max(1, int(n * random.random())), max(1, n // 10)])
        cells += [x, max(n - x, 1)]
    add = random.choice([0, 0, 0.5])
    raw = [x + add for x in cells]
    write(raw, tables(*map(M, raw)))
for _ in range(40):
    n = random.choice([1, 2, 5, 100, 10**6, 10**9])
    x = min(random.choice([0, 1, n - 1, n, n // 2, int(n * random.random())]), n)
    raw = [x + 0.5, n + 1] if x in (0, n) else [x, n]
    write(raw, proportions(*map(M, raw)))
for _ in range(40):
    raw = [random.choice(x) for x in ([0, 1, -3, 1e6, 100.5, 1e-8], [1, 0.1, 1e-6, 3, 1e5], [2, 3, 5, 100, 10**6, 10**8]) * 2]
    write(raw, means(*map(M, raw)))
for _ in range(80):
    n = random.choice([1, 2, 3.7, 10, 1000, 1e6, 1e9])
    low = mp.asin(mp.sqrt(1 / (M(n) + 1))) / 2
    high = mp.pi / 2 - low
    share = random.choice([random.random(), 1e-6, 1e-3, 0.999999, 0.5 + 1e-9 * random.random(), 0.5 + 1e-5 * random.random()])
    y = float(low + (high - low) * share)
    if low < y < high:
        lines.append("back,%r %r,%s," % (y, n, mp.nstr(back(M(y), M(n)), 20)))
for _ in range(20):
    raw = sorted(random.gauss(100, 10 ** random.choice([-3, 0, 1, 3])) for _ in range(5)) + [random.choice([5, 6, 10, 100, 10**6, 10**9])]
    write(raw, moments(*map(M, raw)))
quartiles = ["0.25", "0.5", "0.75"]
for name, guess, p, q, n in [
    ("log-normal", "0.33", quartiles, [8, 10, 12.5], 100),
    ("log-normal", "2.6", quartiles, [1, 5, 30], 100),
    ("log-normal", "0.018", quartiles, [100, 101, 102.5], 100),
    ("log-normal", "0.3", ["0.01", "0.5", "0.99"], [2, 4, 9], 100),
    ("log-normal", "0.9", ["0.02", "0.25", "0.5", "0.75", "0.98"], [1, 3, 5, 8, 30], 50),
    ("weibull", "0.2", quartiles, [0.001, 0.1, 3], 100),
    ("weibull", "7", ["0.001", "0.25", "0.5", "0.75", "0.999"], [20, 45, 50, 54, 70], 1000),
    ("gamma", "2", quartiles, [9.6, 16.8, 27], 100),
    ("gamma", "3", ["0.02", "0.25", "0.5", "0.75", "0.98"], [5, 18, 28, 42, 90], 50),
]:
    write(q + [n], {"fit-" + name: fitted(name, M(guess), p, q)})
open(sys.argv[1], "w").write("\n".join(lines) + "\n")
