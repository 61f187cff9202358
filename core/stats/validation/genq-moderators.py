"""Generalised moments with moderators to 30 digits: eigenvalues of the quadratic form and an integral along a bent path.

python3 genq-moderators.py > ../src/test/resources/org/lozenge/stats/tau2/genq-moderators.csv
takes an hour; names of sets as arguments restrict it to these.
"""
import sys

import mpmath as mp

mp.mp.dps = 40

BCG_Y = ("-0.8893113339202054 -1.5853886572014306 -1.3480731482996928 -1.4415511900213054 -0.2175473222112957 "
         "-0.7861155858188630 -1.6208982235983924 0.0119523335238405 -0.4694176487381487 -1.3713448034727846 "
         "-0.3393588283383906 0.4459134005713783 -0.0173139482168798")
BCG_V = ("0.3255847650039614 0.1945811214164214 0.4153679653679654 0.0200100319022476 0.0512101721696309 "
         "0.0069056184559088 0.2230172475723152 0.0039615792978177 0.0564342104632489 0.0730247936130289 "
         "0.0124122139715597 0.5325058452001528 0.0714046596839863")
ABLAT = "44 55 42 52 13 44 19 13 27 42 18 33 33"
RANDOM = "1 1 1 1 0 0 1 1 1 0 0 0 0"
SYSTEMATIC = "0 0 0 0 0 0 0 0 0 1 1 1 1"
ONE = "0 0 0 0 1 0 0 0 0 0 0 0 0"
# The two examples of Jackson and others (2014).
JACKSON_1_Y = "0.0267 0.8242 0.3930 2.4405 2.1401 1.2528 2.4849 0.3087 1.4246 0.1823 1.1378 1.2321 2.0695 4.0237 1.4383 1.6021"
JACKSON_1_V = "0.1285 0.0315 0.0931 2.0967 1.0539 0.1602 1.0235 0.0218 0.5277 0.0556 0.3304 0.1721 0.4901 2.0200 0.3399 0.1830"
JACKSON_1_X = "0 0 0 0 0 0 0 0 0 0 1 1 1 1 1 1"
JACKSON_2_Y = "0.54 0.4 0.64 0.365 0.835 0.02 0.12 0.085 1.18 0.08 0.18 0.325 0.06 0.715 0.065 0.245 0.24 0.06 0.19"
JACKSON_2_V = ("0.0176 0.019 0.0906 0.0861 0.0063 0.0126 0.0126 0.0041 0.0759 0.0126 0.0104 0.0242 0.0026 0.2629 0.0169 0.0156 "
               "0.0481 0.0084 0.0044")
JACKSON_2_X = "1986 1987 1988 1988 1998 1999 2000 2000 2000 2001 2001 2001 2002 2002 2002 2002 2003 2003 2003"


SETS = {
    "bcg ablat": (BCG_Y, BCG_V, ["1 " * 13, ABLAT]),
    "bcg ablat + alloc": (BCG_Y, BCG_V, ["1 " * 13, ABLAT, RANDOM, SYSTEMATIC]),
    "bcg alloc, no intercept": (BCG_Y, BCG_V, ["0 0 0 0 1 1 0 0 0 0 0 0 0", RANDOM, SYSTEMATIC]),
    "bcg a level seen once": (BCG_Y, BCG_V, ["1 " * 13, ABLAT, ONE]),
    "jackson 1": (JACKSON_1_Y, JACKSON_1_V, ["1 " * 16, JACKSON_1_X]),
    "jackson 2": (JACKSON_2_Y, JACKSON_2_V, ["1 " * 19, JACKSON_2_X]),
}


def numbers(text):
    return [mp.mpf(t) for t in text.split()]


class Form:
    def __init__(self, y, v, columns, rule):
        self.v = v
        k = len(y)
        self.a = [{"se": 1 / mp.sqrt(x), "iv": 1 / x, "equal": mp.mpf(1)}[rule] for x in v]
        x = mp.matrix(k, len(columns))
        for j, c in enumerate(columns):
            for i in range(k):
                x[i, j] = c[i]
        ax = mp.matrix(k, len(columns))
        for i in range(k):
            for j in range(len(columns)):
                ax[i, j] = self.a[i] * x[i, j]
        self.df = k - len(columns)
        self.p = mp.diag(self.a) - ax * (x.T * ax) ** -1 * ax.T
        self.q = (mp.matrix(y).T * self.p * mp.matrix(y))[0]

    def trace(self, by):
        return sum(self.p[i, i] * by[i] for i in range(len(by)))

    def moment(self):
        return max(mp.mpf(0), (self.q - self.trace(self.v)) / self.trace([1] * len(self.v)))

    def error(self, tau2):
        m = self.p * mp.diag([v + tau2 for v in self.v])
        return mp.sqrt(2 * sum((m * m)[i, i] for i in range(len(self.v)))) / self.trace([1] * len(self.v))

    def eigenvalues(self, tau2):
        s = [mp.sqrt(v + tau2) for v in self.v]
        k = len(s)
        m = mp.matrix(k, k)
        for i in range(k):
            for j in range(k):
                m[i, j] = s[i] * self.p[i, j] * s[j]
        return sorted(mp.eigsy(m, eigvals_only=True))[-self.df:]

    def upper(self, tau2):
        """P(Q > q): the integral of M(s) exp(-sq) / s through a point between 0 and the singularity."""
        lam = [l / self.q for l in self.eigenvalues(tau2)]
        top = 1 / (2 * max(lam))
        slope = lambda s: sum(l / (1 - 2 * s * l) for l in lam) - 1 - 1 / s
        low, high = mp.mpf(0), top
        for _ in range(60):
            mid = (low + high) / 2
            low, high = (mid, high) if slope(mid) < 0 else (low, mid)
        s0 = low
        width = 1 / mp.sqrt(sum(2 * l * l / (1 - 2 * s0 * l) ** 2 for l in lam) + 1 / s0 ** 2)
        bend = 1 / (8 * width)

        def f(t):
            s = mp.mpc(s0 + bend * t * t, t)
            logm = -sum(mp.log(1 - 2 * s * l) for l in lam) / 2
            return (mp.exp(logm - s) / s * mp.mpc(2 * bend * t, 1)).imag

        return mp.quad(f, [0, 2 * width, 6 * width, 20 * width, 100 * width]) / mp.pi

    def quantile(self, probability):
        if self.upper(mp.mpf(0)) >= probability:
            return mp.mpf(0)
        high = 2 * self.moment() + self.q / self.trace([1] * len(self.v))
        while self.upper(high) < probability:
            high *= 2
        low = mp.mpf(0)
        g = lambda t: self.upper(t) - probability
        return mp.findroot(g, (low, high), solver="anderson", tol=mp.mpf(10) ** -24, verify=False)


def main():
    mp.mp.dps = 30
    print("# Python %d.%d, mpmath %s, 30 digits; core/stats/validation/genq-moderators.py" % (*sys.version_info[:2], mp.__version__))
    print("set;weights;y;v;x;tau2;tau2_se;median;lower;upper")
    for name, (y, v, columns) in SETS.items():
        if sys.argv[1:] and name not in sys.argv[1:]:
            continue
        for rule in ("se", "iv", "equal"):
            form = Form(numbers(y), numbers(v), [numbers(c) for c in columns], rule)
            tau2 = form.moment()
            cells = [tau2, form.error(tau2), form.quantile(mp.mpf("0.5")), form.quantile(mp.mpf("0.025")),
                     form.quantile(mp.mpf("0.975"))]
            print(";".join([name, rule, y, v, "|".join(c.strip() for c in columns)] + [mp.nstr(c, 17) for c in cells]))
            sys.stdout.flush()


main()
