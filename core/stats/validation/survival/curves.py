"""Reference values for the routes from survival curves (T17, T18, T19), in 50-digit arithmetic.

Run: python3 core/stats/validation/survival/curves.py > \
     core/stats/src/test/resources/org/lozenge/stats/survival/curves.csv
Needs mpmath. The formulae are written out here from Parmar, Torri and Stewart (1998), equations 15 to 20 and 26, and
Williamson et al. (2002), not taken from the Java classes.

A curve is written as points "time survival n_risk", joined by "/"; "-" stands for no number at risk.
"""

import random

from mpmath import exp, log, mp, mpf, sqrt

mp.dps = 50

ROWS = []


def pooled(arms):
    """Pools the intervals of both arms: [(R, D), ...] each; None where the curve has ended."""
    total, weights = mpf(0), mpf(0)
    for (rt, dt), (rc, dc) in zip(*arms):
        if rt is None or rc is None or rt <= 0 or rc <= 0:
            continue
        dt = dt if dt > 0 else mpf("1e-6")
        dc = dc if dc > 0 else mpf("1e-6")
        variance = 1 / dt - 1 / rt + 1 / dc - 1 / rc
        if variance <= 0:
            continue
        total += log((dt / rt) / (dc / rc)) / variance
        weights += 1 / variance
    return total / weights, 1 / sqrt(weights)


def with_zero(points):
    points = [(mpf(t), mpf(s), None if n == "-" else mpf(n)) for t, s, n in points]
    return points if points[0][0] == 0 else [(mpf(0), mpf(1), None)] + points


def follow_up(points, n, smallest, largest):
    """Parmar's intervals; smallest is None for no censoring."""
    intervals = []
    at_start = mpf(n)
    for (ts, ss, _), (te, se, _) in zip(points, points[1:]):
        censored = mpf(0)
        if smallest is not None:
            if ts >= largest:
                break
            start, end = max(ts, smallest), min(te, largest)
            if end > start:
                censored = at_start * (end - start) / (largest - start) / 2
        at_risk = at_start - censored
        if ss == 0:
            intervals.append((None, None))
            continue
        events = at_risk * (ss - se) / ss
        intervals.append((at_risk, events))
        at_start = at_risk - events
    return intervals


def at_risk(points):
    """Williamson's intervals between numbers at risk."""
    intervals = []
    points = [p for p in points if p[2] is not None]
    for (_, ss, ns), (_, se, ne) in zip(points, points[1:]):
        if ss == 0:
            intervals.append((None, None))
            continue
        events = (ns + ne) * (ss - se) / (ss + se)
        censored = 2 * (ns * se - ne * ss) / (ss + se)
        intervals.append((ns - censored / 2, events))
    return intervals


def text(points):
    return "/".join(" ".join(p) for p in points)


def row(name, route, treatment, control, n=None, fu=None):
    t, c = with_zero(treatment), with_zero(control)
    smallest, largest = (mpf(fu[0]), mpf(fu[1])) if fu else (None, None)
    if route == "T18":
        y, se = pooled((at_risk(t), at_risk(c)))
    else:
        y, se = pooled((follow_up(t, n[0], smallest, largest), follow_up(c, n[1], smallest, largest)))
    cells = ";".join(([f"n_t={n[0]}", f"n_c={n[1]}"] if n else []) + ([f"fu_min={fu[0]}", f"fu_max={fu[1]}"] if fu else []))
    ROWS.append((name, route, y, se, cells, text(treatment), text(control)))


def points(times, survival, risk=None):
    return [(t, s, r) for t, s, r in zip(times, survival, risk or ["-"] * len(times))]


T = ["6", "12", "18", "24", "30", "36"]
A = points(T, ["0.92", "0.83", "0.75", "0.69", "0.64", "0.60"])
B = points(T, ["0.86", "0.72", "0.61", "0.52", "0.45", "0.40"])
NA = points(["0"] + T, ["1", "0.92", "0.83", "0.75", "0.69", "0.64", "0.60"], ["150", "136", "118", "100", "76", "49", "22"])
NB = points(["0"] + T, ["1", "0.86", "0.72", "0.61", "0.52", "0.45", "0.40"], ["148", "126", "101", "80", "57", "36", "15"])

row("six-intervals", "T17", A, B, (150, 148), ("10", "40"))
row("six-intervals", "T18", NA, NB)
row("six-intervals", "T19", A, B, (150, 148))
row("starts-at-fmin-ends-after-fmax", "T17", A, B, (150, 148), ("30", "34"))
row("starts-at-fmin-ends-at-fmax", "T17", A, B, (150, 148), ("30", "36"))
row("one-interval-spans-all-follow-up", "T17", A, B, (150, 148), ("13", "17"))
row("points-beyond-fmax", "T17", A, B, (150, 148), ("6", "24"))
row("fmin-after-all-points", "T17", A, B, (150, 148), ("48", "60"))
row("fmin-zero", "T17", A, B, (150, 148), ("0", "36"))
row("fmin-equals-fmax", "T17", A, B, (150, 148), ("24", "24"))
row("unequal-arms", "T17", A, B, (300, 151), ("12.5", "38.25"))

Z = points(T, ["1.00", "0.98", "0.98", "0.95", "0.95", "0.93"])
NZ = points(["0"] + T, ["1", "1.00", "0.98", "0.98", "0.95", "0.95", "0.93"], ["60", "60", "57", "55", "50", "41", "30"])
NB2 = points(["0"] + T, ["1", "0.86", "0.72", "0.61", "0.52", "0.45", "0.40"], ["60", "51", "42", "35", "29", "24", "20"])
row("arm-without-events-in-intervals", "T17", Z, B, (60, 60), ("12", "40"))
row("arm-without-events-in-intervals", "T18", NZ, NB2)
row("arm-without-events-in-intervals", "T19", Z, B, (60, 60))

E0 = points(["3", "6", "9", "12", "15"], ["0.80", "0.55", "0.30", "0.10", "0"])
E1 = points(["3", "6", "9", "12", "15"], ["0.60", "0.35", "0.10", "0", "0"])
NE0 = points(["0", "3", "6", "9", "12", "15"], ["1", "0.80", "0.55", "0.30", "0.10", "0"], ["40", "32", "22", "12", "4", "0"])
NE1 = points(["0", "3", "6", "9", "12", "15"], ["1", "0.60", "0.35", "0.10", "0", "0"], ["40", "24", "14", "4", "0", "0"])
row("curves-reach-zero", "T17", E0, E1, (40, 40), ("6", "18"))
row("curves-reach-zero", "T18", NE0, NE1)
row("curves-reach-zero", "T19", E0, E1, (40, 40))
row("numbers-at-risk-contradict", "T18",
    points(["0", "12", "24"], ["1", "0.7", "0.5"], ["100", "80", "62"]),
    points(["0", "12", "24"], ["1", "0.6", "0.4"], ["100", "59", "38"]))
row("at-risk-at-some-times", "T18",
    points(["0", "3", "6", "9", "12"], ["1", "0.97", "0.93", "0.9", "0.85"], ["200", "-", "180", "-", "140"]),
    points(["0", "3", "6", "9", "12"], ["1", "0.93", "0.87", "0.8", "0.74"], ["200", "-", "168", "-", "120"]))

random.seed(7)
for i in range(1, 21):
    k = random.randint(2, 12)
    step = random.choice([1, 3, 6])
    grid = [str(step * (j + 1)) for j in range(k)]

    def arm(rate, n):
        s, left, out = mpf(1), n, [("0", "1", str(n))]
        for g in grid:
            s *= exp(-rate * random.uniform(0.3, 1.7))
            left = int(left * random.uniform(0.6, 0.98))
            out.append((g, mp.nstr(s, 4), str(left)))
        return out

    nt, nc = random.randint(30, 900), random.randint(30, 900)
    t, c = arm(random.uniform(0.02, 0.3), nt), arm(random.uniform(0.02, 0.3), nc)
    row(f"random-{i}", "T18", t, c)
    bare = [[(a, b, "-") for a, b, _ in arm_][1:] for arm_ in (t, c)]
    smallest = random.uniform(0, step * k)
    largest = smallest + random.uniform(0.1, step * k)
    row(f"random-{i}", "T17", *bare, n=(nt, nc), fu=(f"{smallest:.2f}", f"{largest:.2f}"))
    row(f"random-{i}", "T19", *bare, n=(nt, nc))

print("# mpmath, 50 digits; core/stats/validation/survival/curves.py")
print("name,route,y,se,cells,treatment,control")
for name, route, y, se, cells, t, c in ROWS:
    print(f"{name},{route},{mp.nstr(y, 17)},{mp.nstr(se, 17)},{cells},{t},{c}")
