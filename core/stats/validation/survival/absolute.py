"""Reference values for AbsoluteEffect, NumberNeededToTreat and MedianTranslation, in 50-digit arithmetic.

Run: python3 core/stats/validation/survival/absolute.py
Writes absolute.csv, absolute-uncertain.csv and median-translation.csv beside the tests of org.lozenge.stats.survival.
Needs mpmath. The formulae are written out here from their sources, not taken from the Java classes.
"""

import random
from pathlib import Path

from mpmath import erfinv, exp, log, mp, mpf, sqrt

mp.dps = 50
OUT = Path(__file__).parents[2] / "src/test/resources/org/lozenge/stats/survival"


def exact(x):
    """The double that Java reads, exactly."""
    return mpf(float(x))


def free(measure, s, r, y):
    if measure in ("HAZARD_RATIO", "RATE_RATIO"):
        return exp(exp(y) * log(s))
    if measure == "ODDS_RATIO":
        return 1 - exp(y) * r / (s + exp(y) * r)
    if measure == "RISK_RATIO":
        return max(mpf(0), 1 - r * exp(y))
    return min(mpf(1), max(mpf(0), 1 - (r + y)))


def show(x):
    return "Infinity" if x is None else "%.17g" % float(x)


def inverse(x):
    return None if x == 0 else 1 / x


def row(name, measure, kind, fraction, y, low, high):
    b, y, low, high = map(exact, (fraction, y, low, high))
    s, r = (b, 1 - b) if kind == "event-free" else (1 - b, b)
    f = [free(measure, s, r, v) for v in (y, high, low)]
    d = [v - s for v in f]
    n = [inverse(v) for v in (d[0], d[2], d[1])]
    cells = [name, measure, kind, "%.17g" % fraction, "%.17g" % y, "%.17g" % low, "%.17g" % high]
    return ",".join(cells + [show(v) for v in f + d + n])


def absolute():
    rows = [
        row("altman-andersen-1", "HAZARD_RATIO", "event-free", 0.67, log(0.72), log(0.55), log(0.92)),
        row("altman-andersen-2", "HAZARD_RATIO", "event-free", 0.51, log(0.72), log(0.55), log(0.92)),
        row("hr-075", "HAZARD_RATIO", "event-free", 0.50, log(0.75), log(0.63), log(0.90)),
        row("hr-075-event", "HAZARD_RATIO", "event", 0.50, log(0.75), log(0.63), log(0.90)),
        row("hr-048", "HAZARD_RATIO", "event-free", 0.35, log(0.48), log(0.41), log(0.55)),
        row("no-effect", "HAZARD_RATIO", "event-free", 0.5, 0, -0.2, 0.3),
        row("nearly-none", "HAZARD_RATIO", "event-free", 0.6, 1e-9, -1e-8, 1e-7),
        row("rare", "HAZARD_RATIO", "event", 1e-7, log(0.8), log(0.6), log(1.1)),
        row("frequent", "HAZARD_RATIO", "event-free", 1e-7, log(0.8), log(0.6), log(1.1)),
        row("huge", "ODDS_RATIO", "event", 0.1, 50, -60, 800),
        row("rr-cut", "RISK_RATIO", "event", 0.6, log(1.5), log(0.9), log(2)),
        row("rd-cut", "RISK_DIFFERENCE", "event", 0.1, -0.05, -0.2, 0.1),
    ]
    rng = random.Random(7)
    for measure in ("HAZARD_RATIO", "RATE_RATIO", "ODDS_RATIO", "RISK_RATIO", "RISK_DIFFERENCE"):
        for i in range(12):
            scale = 0.15 if measure == "RISK_DIFFERENCE" else 0.8
            y = rng.gauss(0, scale)
            rows.append(
                row(
                    f"random-{i}",
                    measure,
                    rng.choice(["event-free", "event"]),
                    rng.uniform(0.02, 0.98),
                    y,
                    y - scale * rng.random(),
                    y + scale * rng.random(),
                )
            )
    head = "name,measure,kind,baseline,y,low,high,free,free_lower,free_upper,gain,gain_lower,gain_upper"
    return [head + ",nnt,nnt_lower,nnt_upper"] + rows


def uncertain():
    """ln(-ln S1) plus and minus the root of both squared half-widths; hazard ratios, 95 % and 90 %."""
    rows = ["baseline,se,y,low,high,level,free_lower,free_upper"]
    rng = random.Random(11)
    for i in range(20):
        s, se, y = exact(rng.uniform(0.1, 0.9)), exact(rng.uniform(0.005, 0.08)), exact(rng.gauss(-0.3, 0.4))
        level = exact(0.95 if i % 2 else 0.9)
        low, high = exact(y - rng.random()), exact(y + rng.random())
        z = sqrt(mpf(2)) * erfinv(level)
        half = z * se / (s * -log(s))
        eta = y + log(-log(s))
        upper = exp(-exp(eta - sqrt((y - low) ** 2 + half**2)))
        lower = exp(-exp(eta + sqrt((high - y) ** 2 + half**2)))
        cells = ["%.17g" % float(v) for v in (s, se, y, low, high, level, lower, upper)]
        rows.append(",".join(cells))
    return rows


def median(times, curve, y):
    """Where the control curve, exponential between its points, is 0.5^(1/HR); found by bisection."""
    target = mpf("0.5") ** exp(-y)
    points = [(mpf(0), mpf(1))] + [(exact(t), exact(s)) for t, s in zip(times, curve)]
    for (t0, s0), (t1, s1) in zip(points, points[1:]):
        if s1 <= target:
            low, high = t0, t1
            for _ in range(200):
                mid = (low + high) / 2
                s = s0 * (s1 / s0) ** ((mid - t0) / (t1 - t0))
                low, high = (mid, high) if s > target else (low, mid)
            return "%.17g" % float(low)
    return "NaN"


def medians():
    rows = ["times,curve,y,median"]
    for hr in (0.4, 0.48, 0.75, 1, 1.3, 2.5):
        y = exact(log(mpf(hr)))
        for times, curve in (((24, 36), (0.6, 0.35)), ((12, 24, 60), (0.8, 0.8, 0.1)), ((6,), (0.3,))):
            cells = [" ".join(map(str, times)), " ".join(map(str, curve)), "%.17g" % float(y)]
            rows.append(",".join(cells + [median(times, curve, y)]))
    return rows


def write(name, rows):
    origin = "# mpmath, 50 digits; core/stats/validation/survival/absolute.py"
    (OUT / name).write_text("\n".join([origin] + rows) + "\n", encoding="utf-8")


write("absolute.csv", absolute())
write("absolute-uncertain.csv", uncertain())
write("median-translation.csv", medians())
