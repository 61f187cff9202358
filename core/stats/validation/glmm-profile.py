"""Limits of profile likelihoods of generalised linear mixed models by sums on a fixed grid and general optimisers.

Random effects are summed over z = -9.5 to 9.5 in steps of 0.02 (one of them) or 0.1 (two): for analytic integrands the error
of such sums falls exponentially. The other parameters are maximised from several starts by Nelder and Mead's method.
Usage: python3 glmm-profile.py [NAME,MODEL …] > PROFILE.csv
"""
import sys
import numpy as np
import scipy
from scipy.optimize import brentq, minimize, minimize_scalar
from scipy.special import gammaln, logsumexp
from scipy.stats import chi2

SETS = {
    # Nielweise and others (2007), as in sets.csv
    'nielweise2007': ('HALF',
        [0, 1, 2, 0, 5, 1, 1, 1, 1, 1, 0, 0, 3, 6, 0, 0, 1, 4],
        [116, 44, 208, 130, 151, 98, 174, 74, 97, 113, 66, 70, 188, 187, 118, 252, 345, 64],
        [3, 3, 9, 7, 6, 4, 3, 2, 19, 2, 7, 1, 5, 11, 0, 1, 3, 1],
        [117, 35, 195, 136, 157, 139, 177, 39, 103, 122, 64, 58, 175, 180, 105, 262, 362, 69]),
    # Made at random; their profiles have two branches, one without variance between studies, or reach to large variances.
    'sparse-5': ('TREATMENT', [4, 0, 4, 8, 1], [18, 22, 59, 19, 16], [77, 12, 0, 29, 0], [361, 192, 33, 201, 35]),
    'sparse-6': ('TREATMENT', [0, 0, 0, 3, 1, 0], [30, 397, 42, 7, 25, 54], [2, 0, 0, 4, 2, 4], [27, 10, 21, 18, 103, 173]),
    'zeros-5': ('CONTROL', [1, 1, 0, 1, 1], [42, 21, 5, 60, 19], [2, 1, 0, 0, 1], [21, 38, 32, 48, 14]),
}
WANTED = [('nielweise2007', 'CM.EL'), ('nielweise2007', 'CM.AL'), ('sparse-5', 'CM.AL'),
          ('sparse-5', 'CM.EL'), ('sparse-6', 'UM.FS'), ('zeros-5', 'UM.RS')]
X = {'HALF': (0.5, -0.5), 'TREATMENT': (1, 0), 'CONTROL': (0, -1)}
Q = chi2.ppf(0.95, 1)
LINE = np.arange(-475, 476) * 0.02
SIDE = np.arange(-95, 96) * 0.1
ZS, ZU = np.meshgrid(SIDE, SIDE, indexing='ij')


def choose(n, k):
    return gammaln(n + 1) - gammaln(k + 1) - gammaln(n - k + 1)


def binomial(a, n, eta):
    return a * eta - n * np.logaddexp(0, eta)


def study(model, coding, a, n1, b, n2):
    """The log-likelihood of a study as a function of its effect and its baseline, and whether it has a baseline of its own."""
    m = a + b
    if model == 'CM.EL':
        j = np.arange(max(0, m - n2), min(n1, m) + 1)
        c = choose(n1, j) + choose(n2, m - j)
        return lambda theta, alpha: choose(n1, a) + choose(n2, b) + a * theta - logsumexp(c[:, None] + np.outer(j, theta), axis=0)
    if model == 'CM.AL':
        return lambda theta, alpha: choose(m, a) + binomial(a, m, np.log(n1 / n2) + theta)
    x, y = X[coding]
    return lambda theta, alpha: (choose(n1, a) + choose(n2, b) + binomial(a, n1, alpha + x * theta)
                                 + binomial(b, n2, alpha + y * theta))


def likelihood(name, model):
    coding, *columns = SETS[name]
    rows = [r for r in zip(*columns) if model == 'UM.RS' or r[0] + r[2] > 0]
    terms = [study(model, coding, *r) for r in rows]
    x = X[coding]

    def line(term, theta, tau, alpha):
        return logsumexp(term(theta + tau * LINE, alpha) - LINE ** 2 / 2) + np.log(0.02 / np.sqrt(2 * np.pi))

    def own(i, theta, tau):
        a, n1, b, n2 = rows[i]
        start = np.log((a + b + 0.5) / (n1 + n2 - a - b + 0.5))
        return -minimize_scalar(lambda alpha: -line(terms[i], theta, tau, alpha), bracket=(start - 1, start + 1),
                                options={'xtol': 1e-9}).fun

    def all_of(theta, tau, others):
        if model == 'UM.FS':
            return sum(own(i, theta, tau) for i in range(len(terms)))
        if model != 'UM.RS':
            return sum(line(t, theta, tau, 0) for t in terms)
        alpha, sigma = others
        sum_ = 0
        for (a, n1, b, n2) in rows:
            f = (binomial(a, n1, alpha + sigma * ZS + x[0] * (theta + tau * ZU))
                 + binomial(b, n2, alpha + sigma * ZS + x[1] * (theta + tau * ZU)) - (ZS ** 2 + ZU ** 2) / 2)
            sum_ += logsumexp(f) + np.log(0.1 ** 2 / (2 * np.pi)) + choose(n1, a) + choose(n2, b)
        return sum_
    return all_of, (2 if model == 'UM.RS' else 0)


def highest(f, starts):
    """The highest of the maxima reached from the starts, climbed twice where that is cheap."""
    best, at = -np.inf, None
    for s in starts:
        if len(s) == 0:
            return f(s), s
        x = np.array(s, float)
        for _ in range(2 if len(s) < 3 else 1):
            r = minimize(lambda z: -f(z), x, method='Nelder-Mead', options={'xatol': 1e-7, 'fatol': 1e-13, 'maxiter': 4000})
            x = r.x
        if -r.fun > best:
            best, at = -r.fun, x
    return best, at


def limits(name, model):
    f, others = likelihood(name, model)
    base = [[-3, 0.1], [-3, 1]] if others else [[]]
    spreads = (0.001, 0.5, 3, 6)
    top, best = highest(lambda z: f(z[0], z[1], z[2:]), [[0, t] + o for t in spreads[1:2 if others else 3] for o in base])
    out = {}

    def coefficient(v):
        starts = [[t, *best[2:]] for t in ((0.3, 3) if others else spreads)]
        return 2 * (top - highest(lambda z: f(v, z[0], z[1:]), starts)[0]) - Q

    def tau(v):
        return 2 * (top - highest(lambda z: f(z[0], v, z[1:]), [[best[0], *best[2:]]])[0]) - Q

    def root(g, start, step):
        inner, outer = start, start + step
        while g(outer) < 0:
            inner, outer = outer, outer + step
        return brentq(g, *sorted((inner, outer)), xtol=1e-9)
    return root(coefficient, best[0], -0.5), root(coefficient, best[0], 0.5), \
        root(tau, abs(best[1]), 0.5) ** 2


if __name__ == '__main__':
    print('# sums on a fixed grid; Python %s, numpy %s, scipy %s; core/stats/validation/glmm-profile.py'
          % (sys.version.split()[0], np.__version__, scipy.__version__))
    print('# 95% limits of the effect, and the upper one of tau2')
    print('name,model,coding,x1,n1,x2,n2,lower,upper,tau2_upper')
    for (name, model) in WANTED:
        if sys.argv[1:] and '%s,%s' % (name, model) not in sys.argv[1:]:
            continue
        columns = [' '.join(str(v) for v in c) for c in SETS[name][1:]]
        print(name, model, SETS[name][0], *columns, *('%.10g' % v for v in limits(name, model)), sep=',', flush=True)
