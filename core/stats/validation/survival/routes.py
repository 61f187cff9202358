"""Reference values for the routes of org.lozenge.stats.survival, in 50-digit arithmetic.

Run: python3 core/stats/validation/survival/routes.py > \
     core/stats/src/test/resources/org/lozenge/stats/survival/routes.csv
Needs mpmath. The formulae are written out here from their sources, not taken from the Java classes.
"""

import random

from mpmath import erfinv, log, mp, mpf, sqrt

mp.dps = 50


def upper(p):
    """z with probability p above it. erfinv loses digits near 1, so solve on the tail itself when p is small."""
    p = mpf(p)
    if p > mpf("0.02"):
        return sqrt(mpf(2)) * erfinv(1 - 2 * p)
    z = sqrt(-2 * log(p))
    return mp.findroot(lambda x: log(mp.erfc(x / sqrt(mpf(2))) / 2) - log(p), z)


def z_level(level):
    level = mpf(level.rstrip("%"))
    if level > 1:
        level /= 100
    return upper((1 - level) / 2)


def per_arm(t, c):
    return mpf(t) * c / (mpf(t) + c)


def allocated(d, t, c):
    t, c = mpf(t), mpf(c)
    return mpf(d) * t * c / (t + c) ** 2


ROWS = []


def row(name, route, y, se, **cells):
    text = ";".join(f"{field}={value}" for field, value in cells.items())
    ROWS.append((name, route, y, se, text))


def interval(name, hr, low, high, level):
    se = (log(mpf(high)) - log(mpf(low))) / (2 * z_level(level))
    row(name, "T4", log(mpf(hr)), se, hr=hr, ci_low=low, ci_high=high, ci_level=level)


def one_limit(name, hr, limit, which, level):
    se = abs(log(mpf(limit)) - log(mpf(hr))) / z_level(level)
    row(name, "T5", log(mpf(hr)), se, hr=hr, ci_level=level, **{which: limit})


def interval_alone(name, low, high, level):
    se = (log(mpf(high)) - log(mpf(low))) / (2 * z_level(level))
    row(name, "T6", (log(mpf(low)) + log(mpf(high))) / 2, se, ci_low=low, ci_high=high, ci_level=level)


def ratio_and_p(name, hr, p, sides):
    z = abs(upper(mpf(p) / 2 if sides == 2 else mpf(p)))
    row(name, "T7" if sides == 2 else "T8", log(mpf(hr)), abs(log(mpf(hr))) / z, hr=hr, p=p, p_sided=sides)


def bound(name, hr, p, sides):
    z = upper(mpf(p) / 2 if sides == 2 else mpf(p))
    row(name, "T9", log(mpf(hr)), abs(log(mpf(hr))) / z, hr=hr, p="<" + p, p_sided=sides)


def p_and_events(name, route, p, sides, favours, v, **cells):
    z = abs(upper(mpf(p) / 2 if sides == 2 else mpf(p)))
    sign = -1 if favours == "treatment" else 1
    row(name, route, sign * z / sqrt(v), 1 / sqrt(v), p=p, p_sided=sides, favours=favours, **cells)


def cloglog(name, route, s_t, s_c, var, **cells):
    s_t, s_c = mpf(s_t), mpf(s_c)
    row(name, route, log(log(s_t) / log(s_c)), sqrt(var), **cells)


def binomial(s, n):
    s = mpf(s)
    return (1 - s) / (mpf(n) * s * log(s) ** 2)


# Printed in the reports and reviews named
interval("quiredex-ttp", "0.18", "0.09", "0.32", "95")
interval("quiredex-os", "0.31", "0.10", "0.91", "95%")
interval("s0777-pfs-96", "0.742", "0.594", "0.928", "96")
interval("eloquent2-os-95.4", "0.82", "0.68", "1.00", "95.4")
ratio_and_p("e3a06-pfs", "0.28", "0.0005", 2)
ratio_and_p("ifm-os-2011", "1.06", "0.70", 2)
ratio_and_p("s0777-pfs-one-sided", "0.742", "0.003", 1)
bound("ifm-pfs-bound", "0.50", "0.001", 2)
row("ifm-pfs-events", "T10", log(mpf("0.50")), 1 / sqrt(per_arm(104, 160)), hr="0.50", events_t=104, events_c=160)
row("ifm-os-events", "T10", log(mpf("1.06")), 1 / sqrt(per_arm(79, 73)), hr="1.06", events_t=79, events_c=73)
p_and_events("tierney-t13", "T13", "0.075", 2, "treatment", per_arm(229, 256), events_t=229, events_c=256)
p_and_events("tierney-t14", "T14", "0.075", 2, "treatment", mpf(485) / 4, events=485)
cloglog("ifm-os-4y", "T20", "0.73", "0.75", binomial("0.73", 307) + binomial("0.75", 307),
        survival_t="73%", survival_c="75%", n_t=307, n_c=307, time="4 y")
cloglog("e3a06-pfs-3y", "T20", "0.91", "0.66", binomial("0.91", 90) + binomial("0.66", 92),
        survival_t="0.91", survival_c="0.66", n_t=90, n_c=92)
cloglog("quiredex-os-3y", "T20", "0.94", "0.8", binomial("0.94", 57) + binomial("0.8", 62),
        survival_t="0.94", survival_c="0.80", n_t=57, n_c=62)
row("ifm-pfs-medians", "T22", log(mpf(23) / 41), sqrt(mpf(1) / 104 + mpf(1) / 160),
    median_t="41 months", median_c="23 months", events_t=104, events_c=160)

# Formulae at ordinary and extreme values
interval("t4-fraction-level", "1.30", "0.95", "1.78", "0.95")
interval("t4-99", "0.66", "0.40", "1.09", "99")
interval("t4-90", "0.66", "0.48", "0.91", "90%")
interval("t4-raised-point", "0.5", "0.25", "1.0", "97.5")
interval("t4-wide", "3.5", "0.00012", "102000", "95")
one_limit("t5-upper", "0.72", "0.95", "ci_high", "95")
one_limit("t5-lower", "0.72", "0.55", "ci_low", "96")
interval_alone("t6", "0.55", "0.95", "95")
interval_alone("t6-99.5", "1.01", "4.4", "99.5")
ratio_and_p("t7-small-p", "0.35", "1.2e-15", 2)
ratio_and_p("t7-tiny-p", "0.35", "3.00e-120", 2)
ratio_and_p("t7-harm", "2.10", "0.043", 2)
ratio_and_p("t8-benefit", "0.62", "0.0125", 1)
ratio_and_p("t8-harm", "1.40", "0.93", 1)
bound("t9-one-sided", "0.60", "0.025", 1)
bound("t9-small", "0.28", "0.0001", 2)
row("t11-total", "T11", log(mpf("0.8")), 2 / sqrt(mpf(427)), hr="0.80", events=427)
row("t11-equal-arms", "T11", log(mpf("0.8")), 2 / sqrt(mpf(120)), hr="0.80", events=120, n_t=57, n_c=62)
row("t12-two-to-one", "T12", log(mpf("0.2")), 1 / sqrt(allocated(40, 60, 29)), hr="0.20", events=40, n_t=60, n_c=29)
row("t12-from-arms", "T12", log(mpf("0.7")), 1 / sqrt(allocated(151, 200, 100)),
    hr="0.70", events_t=91, events_c=60, n_t=200, n_c=100)
p_and_events("t13-one-sided", "T13", "0.0125", 1, "treatment", per_arm(88, 101), events_t=88, events_c=101)
p_and_events("t13-control", "T13", "0.0003", 2, "control", per_arm(64, 31), events_t=64, events_c=31)
p_and_events("t15", "T15", "0.03", 2, "treatment", allocated(88, 231, 120), events=88, n_t=231, n_c=120)
row("t16-events", "T16", -sqrt(mpf("5.24")) / sqrt(per_arm(35, 53)), 1 / sqrt(per_arm(35, 53)),
    logrank_chi2="5.24", events_t=35, events_c=53, favours="treatment")
row("t16-v", "T16", sqrt(mpf("3.1")) / sqrt(mpf("21.5")), 1 / sqrt(mpf("21.5")),
    logrank_chi2="3.1", v="21.5", favours="control")
row("t16-ratio", "T16", log(mpf("0.61")), -log(mpf("0.61")) / sqrt(mpf("7.7")), hr="0.61", logrank_chi2="7.7")
row("t2", "T2", mpf("-19.57") / mpf("120.9"), 1 / sqrt(mpf("120.9")), o_minus_e="-19.57", v="120.9")
row("t1", "T1", log(mpf(35) / mpf("44.2")) - log(mpf(53) / mpf("43.8")), sqrt(1 / mpf("44.2") + 1 / mpf("43.8")),
    events_t=35, events_c=53, expected_t="44.2", expected_c="43.8")
row("t3", "T3", log(mpf(35) / mpf("44.2")) - log(mpf(53) / mpf("43.8")), sqrt(1 / mpf("44.2") + 1 / mpf("43.8")),
    events_t=35, events=88, expected_t="44.2")
cloglog("t20-greenwood", "T20", "0.91", "0.66",
        (mpf("0.032") / (mpf("0.91") * log(mpf("0.91")))) ** 2 + (mpf("0.055") / (mpf("0.66") * log(mpf("0.66")))) ** 2,
        survival_t="0.91", survival_c="0.66", survival_se_t="0.032", survival_se_c="0.055")
cloglog("t21", "T21", 1 - mpf(86) / 231, 1 - mpf(132) / 229,
        binomial(1 - mpf(86) / 231, 231) + binomial(1 - mpf(132) / 229, 229),
        events_t=86, events_c=132, n_t=231, n_c=229)
row("t23", "T23", log(mpf(32) / mpf("1032.3")) - log(mpf(12) / 1000), sqrt(mpf(1) / 32 + mpf(1) / 12),
    events_t=32, events_c=12, time_t="1032.3", time_c=1000)

# The same contrasts printed the other way round: 1/HR, 1/U, 1/L, -(O - E)
se = (log(mpf("1.76")) - log(mpf("1.15"))) / (2 * z_level("95"))
row("inverse-t4", "T4", -log(mpf("1.42")), se,
    hr="1.42", ci_low="1.15", ci_high="1.76", ci_level="95", direction="control/treatment")
row("inverse-t5", "T5", -log(mpf("1.42")), log(mpf("1.42") / mpf("1.15")) / z_level("95"),
    hr="1.42", ci_low="1.15", direction="control/treatment")
row("inverse-t2", "T2", -mpf("7.2") / 31, 1 / sqrt(mpf(31)), o_minus_e="7.2", v="31", direction="control/treatment")
row("inverse-t10", "T10", -log(mpf("1.42")), 1 / sqrt(per_arm(60, 81)),
    hr="1.42", events_t=60, events_c=81, direction="control/treatment")

random.seed(20240501)
for k in range(20):
    hr = f"{random.uniform(0.2, 3):.{random.choice([2, 3])}f}"
    level = random.choice(["90", "95", "96", "99", "99.9"])
    s = random.uniform(0.05, 0.9)
    low, high = (f"{float(hr) * 2.718281828 ** (sign * 1.96 * s):.3g}" for sign in (-1, 1))
    interval(f"t4-random-{k}", hr, low, high, level)
    events_t, events_c = random.randint(1, 400), random.randint(1, 400)
    n_t, n_c = events_t + random.randint(0, 300), events_c + random.randint(0, 300)
    row(f"t12-random-{k}", "T12", log(mpf(hr)), 1 / sqrt(allocated(events_t + events_c, n_t, n_c)),
        hr=hr, events=events_t + events_c, n_t=n_t, n_c=n_c)
    p = f"{10 ** random.uniform(-12, -0.5):.3g}"
    p_and_events(f"t13-random-{k}", "T13", p, random.choice([1, 2]), random.choice(["treatment", "control"]),
                 per_arm(events_t, events_c), events_t=events_t, events_c=events_c)

print("# mpmath, 50 digits; core/stats/validation/survival/routes.py")
print("name,route,y,se,cells")
for name, route, y, se, text in ROWS:
    print(f"{name},{route},{float(y):.17g},{float(se):.17g},{text}")
