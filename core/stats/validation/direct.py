"""Tests of asymmetry, limits and fail-safe numbers from their published formulas, with 50 digits.
Usage: python3 direct.py ../src/test/resources/org/lozenge/stats/model/datasets.csv DIR
"""
import csv, sys
import mpmath as mp
mp.mp.dps = 50
num = lambda x: mp.nstr(x, 20, strip_zeros=False)
with open(sys.argv[1]) as f:
    DATA = {r["name"]: r for r in csv.DictReader(line for line in f if not line.startswith("#"))}


def t_two_sided(t, df):
    return mp.betainc(mp.mpf(df) / 2, mp.mpf(1) / 2, 0, df / (df + t * t), regularized=True)


def line(y, w, x):
    """Weighted least squares from the normal equations: intercept, slope, (X'WX)^-1, residual sum of squares."""
    s, sx, sxx = mp.fsum(w), mp.fdot(w, x), mp.fsum(a * b * b for a, b in zip(w, x))
    sy, sxy = mp.fdot(w, y), mp.fsum(a * b * c for a, b, c in zip(w, x, y))
    det = s * sxx - sx * sx
    b1, b0 = (s * sxy - sx * sy) / det, (sxx * sy - sx * sxy) / det
    rss = mp.fsum(a * (c - b0 - b1 * b) ** 2 for a, b, c in zip(w, x, y))
    return b0, b1, (sxx / det, -sx / det, s / det), rss


def weighted(y, v, x):
    """Multiplicative error, t with k - 2 degrees of freedom: slope, se, t, P, limit, se of limit, P of limit."""
    k = len(y)
    b0, b1, c, rss = line(y, [1 / a for a in v], x)
    scale = rss / (k - 2)
    se1, se0 = mp.sqrt(c[2] * scale), mp.sqrt(c[0] * scale)
    return [b1, se1, b1 / se1, t_two_sided(b1 / se1, k - 2), b0, se0, t_two_sided(b0 / se0, k - 2)]


def thompson_sharp(y, v, x):
    """Additive error by the moment estimator; t with k - 2 degrees of freedom."""
    k = len(y)
    w = [1 / a for a in v]
    _, _, c, q = line(y, w, x)
    w2 = [a * a for a in w]
    s2, sx2, sxx2 = mp.fsum(w2), mp.fdot(w2, x), mp.fsum(a * b * b for a, b in zip(w2, x))
    trace = mp.fsum(w) - (c[0] * s2 + 2 * c[1] * sx2 + c[2] * sxx2)
    tau2 = max(mp.mpf(0), (q - (k - 2)) / trace)
    b0, b1, c, _ = line(y, [1 / (a + tau2) for a in v], x)
    se1, se0 = mp.sqrt(c[2]), mp.sqrt(c[0])
    return [b1, se1, b1 / se1, t_two_sided(b1 / se1, k - 2), b0, se0, t_two_sided(b0 / se0, k - 2)]


def der_simonian_laird(y, v):
    w = [1 / a for a in v]
    mean = mp.fdot(w, y) / mp.fsum(w)
    q = mp.fsum(a * (b - mean) ** 2 for a, b in zip(w, y))
    c = mp.fsum(w) - mp.fsum(a * a for a in w) / mp.fsum(w)
    return max(mp.mpf(0), (q - (len(y) - 1)) / c) if len(y) > 1 else mp.mpf(0), q


def limit(y, v):
    """Rücker's limit meta-analysis by the generalised radial plot: beta0, se, z, P, alpha, Q small, Q residual."""
    tau2, q = der_simonian_laird(y, v)
    tau = mp.sqrt(tau2)
    total = [mp.sqrt(a + tau2) for a in v]
    alpha, beta, _, _ = line([a / b for a, b in zip(y, total)], [mp.mpf(1)] * len(y), [1 / b for b in total])
    root = [1 / mp.sqrt(a) for a in v]
    mean = mp.fsum(root) / len(root)
    se = 1 / mp.sqrt(mp.fsum((a - mean) ** 2 for a in root))
    residual = line([a * b for a, b in zip(y, root)], [mp.mpf(1)] * len(y), root)[3]
    b0 = beta + tau * alpha
    return [b0, se, b0 / se, mp.erfc(abs(b0 / se) / mp.sqrt(2)), alpha, q - residual, residual]


def events(a, n1, c, n2, y):
    """Harbord, Peters, Macaskill and the arcsine effects; studies without events or non-events have no score or weight."""
    use = [i for i in range(len(a)) if 0 < a[i] + c[i] < n1[i] + n2[i]]
    n = [n1[i] + n2[i] for i in use]
    m = [a[i] + c[i] for i in use]
    z = [a[i] - m_ * n1[i] / n_ for i, m_, n_ in zip(use, m, n)]
    var = [n1[i] * n2[i] * m_ * (n_ - m_) / (n_ ** 2 * (n_ - 1)) for i, m_, n_ in zip(use, m, n)]
    pooled = [n_ / (m_ * (n_ - m_)) for m_, n_ in zip(m, n)]
    ys = [y[i] for i in use]
    ess = [4 * p * q / (p + q) for p, q in zip(n1, n2)]
    arc = [mp.asin(mp.sqrt(p / q)) - mp.asin(mp.sqrt(r / s)) for p, q, r, s in zip(a, n1, c, n2)]
    arcv = [1 / (4 * q) + 1 / (4 * s) for q, s in zip(n1, n2)]
    arcs = [mp.sqrt(q) for q in arcv]
    return [("harbord", weighted([p / q for p, q in zip(z, var)], [1 / q for q in var], [1 / mp.sqrt(q) for q in var])),
            ("peters", weighted(ys, pooled, [1 / n_ for n_ in n])),
            ("macaskill", weighted(ys, pooled, n)),
            ("deeks", weighted(y, [1 / e for e in ess], [1 / mp.sqrt(e) for e in ess])),
            ("arcsine-egger", weighted(arc, arcv, arcs)),
            ("arcsine-thompson-sharp", thompson_sharp(arc, arcv, arcs))]


COUNTS = {  # 'bcg' of metadat; sparse: made up, with empty cells, an empty study and one full of events
    "bcg": ([4, 6, 3, 62, 33, 180, 8, 505, 29, 17, 186, 5, 27], [123, 306, 231, 13598, 5069, 1541, 2545, 88391, 7499, 1716, 50634, 2498, 16913],
            [11, 29, 11, 248, 47, 372, 10, 499, 45, 65, 141, 3, 29], [139, 303, 220, 12867, 5808, 1451, 629, 88391, 7277, 1665, 27338, 2341, 17854]),
    "sparse": ([0, 3, 7, 0, 12, 5, 20, 2], [25, 30, 62, 18, 140, 5, 333, 41], [2, 8, 9, 0, 25, 4, 31, 0], [24, 31, 60, 20, 139, 4, 330, 19])}
rows = []
for name, (a, n1, c, n2) in COUNTS.items():
    cells = [a, [p - q for p, q in zip(n1, a)], c, [p - q for p, q in zip(n2, c)]]
    half = [mp.mpf(1) / 2 if min(t) == 0 else 0 for t in zip(*cells)]
    y = [mp.log((p + h) * (s + h) / ((q + h) * (r + h))) for p, q, r, s, h in zip(*cells, half)]
    # The effects are handed on as doubles, so that the tests start from the same numbers.
    y = [mp.mpf(float(u)) for u in y]
    big = [[mp.mpf(p) for p in column] for column in (a, n1, c, n2)]
    for test, r in events(*big, y):
        rows.append([name, test, *[" ".join(map(str, column)) for column in (a, n1, c, n2)], " ".join(repr(float(u)) for u in y), *map(num, r)])
smd_n1, smd_n2 = [12, 40, 25, 100, 61, 18, 33, 250], [14, 38, 25, 90, 70, 17, 30, 251]
smd = [mp.mpf(u) for u in ("0.81", "0.32", "0.55", "0.2", "0.41", "-0.12", "0.66", "0.18")]
inv = [mp.mpf(1) / p + mp.mpf(1) / q for p, q in zip(smd_n1, smd_n2)]
rows.append(["smd", "pustejovsky-rodgers", "", " ".join(map(str, smd_n1)), "", " ".join(map(str, smd_n2)), " ".join(map(lambda u: mp.nstr(u, 5), smd)),
             *map(num, weighted(smd, inv, [mp.sqrt(p) for p in inv]))])
head = "slope,se,statistic,p_value,limit,limit_se,limit_p"
with open(sys.argv[2] + "/direct-counts.csv", "w") as f:
    f.write("# mpmath %s with 50 digits; core/stats/validation/direct.py\ndata,test,a,n1,c,n2,y,%s\n" % (mp.__version__, head) + "\n".join(map(",".join, rows)) + "\n")

rows, limits, fail = [], [], []
for name in ("bcg", "teacher-expectancy", "adherence", "magnesium", "passive-smoking", "stroke-stay", "asthma", "metawin", "bcg-three", "lidocaine"):
    y, v = ([mp.mpf(float(u)) for u in DATA[name][key].split()] for key in "yv")
    s = [mp.sqrt(u) for u in v]
    for test, r in (("pet", weighted(y, v, s)), ("peese", weighted(y, v, v)), ("thompson-sharp", thompson_sharp(y, v, s))):
        rows.append([name, test, *map(num, r)])
    limits.append([name, *map(num, limit(y, v))])
    z = [p / q for p, q in zip(y, s)]
    sign = -1 if mp.fsum(z) < 0 else 1
    x, k = mp.fsum(-2 * mp.log(mp.erfc(sign * u / mp.sqrt(2)) / 2) for u in z), len(y)
    tail = lambda n: mp.gammainc(k + n, x / 2 + n * mp.log(2), mp.inf, regularized=True)
    alpha = mp.mpf("0.05")
    n = mp.mpf(0)
    if tail(0) < alpha:
        high = mp.mpf(1)
        while tail(high) < alpha: high *= 2
        n = mp.findroot(lambda m: mp.log(tail(m)) - mp.log(alpha), (high / 2 if high > 1 else 0, high), solver="anderson", tol=1e-30)
    fail.append([name, "fisher", num(n), num(tail(0))])
    harmonic = k / mp.fsum(1 / u for u in v)
    for method in ("EE", "DL"):
        def p(added):
            yy, vv = y + [mp.mpf(0)] * added, v + [harmonic] * added
            t2 = der_simonian_laird(yy, vv)[0] if method == "DL" else 0
            w = [1 / (u + t2) for u in vv]
            return mp.erfc(abs(mp.fdot(w, yy)) / mp.sqrt(mp.fsum(w)) / mp.sqrt(2))
        low, high = 0, 0
        if p(0) < alpha:
            high = 1
            while p(high) < alpha: low, high = high, 2 * high
            while high - low > 1:
                low, high = ((low + high) // 2, high) if p((low + high) // 2) < alpha else (low, (low + high) // 2)
        fail.append([name, "general-" + method, str(high), num(p(0))])
for file, header, table in (("direct-regressions.csv", "data,test," + head, rows), ("direct-limit.csv", "data,estimate,se,statistic,p_value,alpha,q_small,q_residual", limits),
                            ("direct-fail-safe.csv", "data,method,n,p_value", fail)):
    with open(sys.argv[2] + "/" + file, "w") as f:
        f.write("# mpmath %s with 50 digits; core/stats/validation/direct.py\n%s\n" % (mp.__version__, header) + "\n".join(map(",".join, table)) + "\n")
