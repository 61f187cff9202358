"""Recomputes the pooled models with 60 digits from their defining equations.

Usage: python3 exact.py DATASETS.csv MODELS.csv HETEROGENEITY.csv      (needs mpmath)

tau² is found without any optimiser: sign changes of the score on a grid of 1,500 points, each refined by bisection and
secant steps, and the highest log-likelihood taken. So REML and ML are the global maxima.
"""
import csv
import sys

import mpmath as mp

mp.mp.dps = 60
METHODS = ["EE", "DL", "PM", "REML", "ML", "HE", "SJ", "HS", "HSk", "PMM"]
TESTS = ["z", "t", "knha", "adhoc"]


def sums(y, v, t):
    w = [1 / (x + t) for x in v]
    w1, w2, w3 = sum(w), sum(x**2 for x in w), sum(x**3 for x in w)
    mu = sum(a * b for a, b in zip(w, y)) / w1
    q = sum(a * (b - mu) ** 2 for a, b in zip(w, y))
    a2 = sum((a * (b - mu)) ** 2 for a, b in zip(w, y))
    return dict(w1=w1, w2=w2, mu=mu, q=q, a=a2, p=w1 - w2 / w1, pp=w2 - 2 * w3 / w1 + (w2 / w1) ** 2)


def root(f, low, high):
    flow = f(low)
    for _ in range(60):
        mid = (low + high) / 2
        fmid = f(mid)
        if (fmid > 0) == (flow > 0):
            low = mid
        else:
            high = mid
    return mp.findroot(f, (low, high), solver="anderson", tol=mp.mpf(10) ** -100, verify=False)


def loglik(y, v, t, restricted):
    s = sums(y, v, t)
    k = len(y)
    twice = -sum(mp.log(x + t) for x in v) - s["q"]
    if restricted:
        return (twice - mp.log(s["w1"]) + mp.log(k) - (k - 1) * mp.log(2 * mp.pi)) / 2
    return (twice - k * mp.log(2 * mp.pi)) / 2


def likelihood(y, v, restricted):
    def score(t):
        s = sums(y, v, t)
        return s["a"] - (s["p"] if restricted else s["w1"])

    k = len(y)
    mean = sum(y) / k
    top = 100 * sum((x - mean) ** 2 for x in y) + max(v)
    grid = [mp.mpf(0)] + [min(v) / 10**6 * (top * 10**6 / min(v)) ** (mp.mpf(i) / 1499) for i in range(1500)]
    values = [score(t) for t in grid]
    modes = [mp.mpf(0)] if values[0] <= 0 else []
    for i in range(1500):
        if values[i] > 0 >= values[i + 1]:
            modes.append(root(score, grid[i], grid[i + 1]))
    return max(modes, key=lambda t: loglik(y, v, t, restricted))


def generalised_q(y, v, target):
    if sums(y, v, 0)["q"] <= target:
        return mp.mpf(0)
    high = max(v)
    while sums(y, v, high)["q"] > target:
        high *= 2
    return root(lambda t: sums(y, v, t)["q"] - target, mp.mpf(0), high)


def chi2_upper(x, df):
    return mp.gammainc(mp.mpf(df) / 2, x / 2, mp.inf, regularized=True)


def chi2_quantile(upper, df):
    low, high = mp.mpf(0), mp.mpf(1)
    while chi2_upper(high, df) > upper:
        high *= 2
    return root(lambda x: chi2_upper(x, df) - upper, low, high)


def t_upper(t, df):
    if df is None:
        return mp.erfc(t / mp.sqrt(2)) / 2
    return mp.betainc(mp.mpf(df) / 2, mp.mpf(1) / 2, 0, df / (df + t * t), regularized=True) / 2


CRITICAL = {}


def critical(df):
    if df not in CRITICAL:
        low, high = mp.mpf(1), mp.mpf(2)
        while t_upper(high, df) > mp.mpf(1) / 40:
            high *= 2
        CRITICAL[df] = root(lambda x: t_upper(x, df) - mp.mpf(1) / 40, low, high)
    return CRITICAL[df]


def tau2(method, y, v):
    k = len(y)
    s = sums(y, v, 0)
    mean = sum(y) / k
    squares = sum((x - mean) ** 2 for x in y)
    if method == "DL":
        return max(mp.mpf(0), (s["q"] - (k - 1)) / s["p"])
    if method == "HE":
        return max(mp.mpf(0), squares / (k - 1) - sum(v) / k)
    if method == "HS":
        return max(mp.mpf(0), (s["q"] - k) / s["w1"])
    if method == "HSk":
        return max(mp.mpf(0), (s["q"] * k / (k - 1) - k) / s["w1"])
    if method == "SJ":
        return squares / k * sums(y, v, squares / k)["q"] / (k - 1) if squares else mp.mpf(0)
    if method == "PM":
        return generalised_q(y, v, k - 1)
    if method == "PMM":
        return generalised_q(y, v, chi2_quantile(mp.mpf(1) / 2, k - 1))
    return likelihood(y, v, method == "REML")


def error(method, y, v, t):
    k = len(y)
    n = k - 1
    s, s0 = sums(y, v, t), sums(y, v, 0)
    base = 2 * n + 4 * t * s0["p"] + 2 * t**2 * s0["pp"]
    if method == "DL":
        return mp.sqrt(base) / s0["p"]
    if method == "HS":
        return mp.sqrt(base) / s0["w1"]
    if method == "HSk":
        return mp.sqrt(base) / s0["w1"] * k / n
    if method == "HE":
        v1, v2 = sum(v), sum(x**2 for x in v)
        return mp.sqrt(2 * (v2 - 2 * v2 / k + (v1 / k) ** 2) + 4 * t * v1 * n / k + 2 * t**2 * n) / n
    if method == "SJ":
        mean = sum(y) / k
        t0 = sum((x - mean) ** 2 for x in y) / k
        z = sums(y, v, t0)
        pvp = z["p"] - t0 * z["pp"]
        pvpv = n - t0 * z["p"] - t0 * pvp
        return t0 / n * mp.sqrt(2 * pvpv + 4 * t * pvp + 2 * t**2 * z["pp"])
    if method in ("PM", "PMM"):
        return k * mp.sqrt(mp.mpf(2) / n) / s["w1"]
    return mp.sqrt(2 / (s["pp"] if method == "REML" else s["w2"]))


def num(x):
    return "NA" if x is None else mp.nstr(x, 17, strip_zeros=False, min_fixed=-5, max_fixed=17) if x else "0"


def main():
    with open(sys.argv[1]) as f:
        rows = list(csv.DictReader(line for line in f if not line.startswith("#")))
    models, heterogeneity = [], []
    for row in rows:
        y = [mp.mpf(float(x)) for x in row["y"].split()]
        v = [mp.mpf(float(x)) for x in row["v"].split()]
        k = len(y)
        s0 = sums(y, v, 0)
        for method in METHODS:
            if k == 1 and method != "EE":
                continue
            t = mp.mpf(0) if method == "EE" else tau2(method, y, v)
            s = sums(y, v, t)
            classic = 1 / mp.sqrt(s["w1"])
            for test in TESTS:
                if (k == 1 or method == "EE") and test != "z":
                    continue
                factor = s["q"] / (k - 1) if test in ("knha", "adhoc") else 1
                factor = max(1, factor) if test == "adhoc" else factor
                se = classic * mp.sqrt(factor)
                df = None if test == "z" else k - 1
                crit = critical(df)
                stat = s["mu"] / se if se else None
                p = 2 * t_upper(abs(stat), df) if se else None
                half = crit * mp.sqrt(se**2 + t)
                pi = (s["mu"] - half, s["mu"] + half) if k >= 3 and method != "EE" else (None, None)
                numbers = [s["mu"], se, stat, df and mp.mpf(df), p, s["mu"] - crit * se, s["mu"] + crit * se, *pi]
                models.append([row["name"], method, test] + [num(x) for x in numbers])
            if method == "EE":
                continue
            typical = (k - 1) / s0["p"]
            low = generalised_q(y, v, chi2_quantile(mp.mpf(1) / 40, k - 1))
            high = generalised_q(y, v, chi2_quantile(mp.mpf(39) / 40, k - 1))
            numbers = [s0["q"], mp.mpf(k - 1), chi2_upper(s0["q"], k - 1), t, error(method, y, v, t), low, high]
            numbers += [x / (x + typical) for x in (t, low, high)] + [1 + x / typical for x in (t, low, high)]
            heterogeneity.append([row["name"], method] + [num(x) for x in numbers])
    origin = f"# mpmath {mp.__version__}, 60 digits; core/stats/validation/exact.py"
    with open(sys.argv[2], "w") as f:
        print(origin, file=f)
        print("data,method,test,estimate,se,statistic,df,p_value,ci_lower,ci_upper,pi_lower,pi_upper", file=f)
        for line in models:
            print(",".join(line), file=f)
    with open(sys.argv[3], "w") as f:
        print(origin, file=f)
        print("data,method,q,q_df,q_p,tau2,tau2_se,tau2_lower,tau2_upper,i2,i2_lower,i2_upper,h2,h2_lower,h2_upper", file=f)
        for line in heterogeneity:
            print(",".join(line), file=f)


if __name__ == "__main__":
    main()
