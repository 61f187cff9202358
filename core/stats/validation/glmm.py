"""Maximum likelihood of generalised linear mixed models by brute-force integration.

One random effect: trapezoidal sums in 40-digit arithmetic (mpmath), the step a quarter of the posterior's standard deviation.
Two random effects: trapezoidal sums over the plane in 80-bit arithmetic (numpy longdouble). The gradient is made 0 by Newton's
method with difference quotients; standard errors are from difference quotients of the gradient.
Usage: python3 glmm.py SETS.csv [NAME or MODEL …] > EXACT.csv
"""
import csv, sys
import numpy as np
from mpmath import mp, mpf, matrix

mp.dps = 40
read = lambda file: {r['name']: r for r in csv.DictReader(l for l in open(file) if not l.startswith('#'))}
sets = {}
nums = lambda s: [float(v) for v in s.split()]


def logchoose(n, k):
    return mp.loggamma(n + 1) - mp.loggamma(k + 1) - mp.loggamma(n - k + 1)


class Term:
    """log f = y eta - kappa(eta) + const, eta = offset + alpha + x theta."""

    def __init__(self, kind, y, size, offset, x):
        self.kind, self.y, self.size, self.offset, self.x = kind, mpf(y), size, mpf(offset), mpf(x)
        if kind == 'hyper':
            n1, n2, m = size
            lo, hi = max(0, m - n2), min(n1, m)
            self.js = list(range(lo, hi + 1))
            tot = mp.binomial(n1 + n2, m)
            self.p = [mp.binomial(n1, j) * mp.binomial(n2, m - j) / tot for j in self.js]
            self.const = mp.log(mp.binomial(n1, int(y)) * mp.binomial(n2, m - int(y)) / tot)
        elif kind == 'binom':
            self.const = logchoose(mpf(size), self.y)
        else:
            self.const = -mp.loggamma(self.y + 1)

    def at(self, eta):
        """value, score, curvature"""
        if self.kind == 'binom':
            e = mp.exp(-eta)
            p = 1 / (1 + e)
            return self.y * eta - self.size * (eta + mp.log1p(e)), self.y - self.size * p, self.size * p * (1 - p)
        if self.kind == 'poisson':
            e = mp.exp(eta)
            return self.y * eta - e, self.y - e, e
        q = mp.exp(eta)
        s0 = s1 = s2 = mpf(0)
        t = q ** self.js[0]
        for j, p in zip(self.js, self.p):
            s0 += p * t
            s1 += j * p * t
            s2 += j * j * p * t
            t *= q
        m = s1 / s0
        return self.y * eta - mp.log(s0), self.y - m, s2 / s0 - m * m


def studies(name, model):
    r = sets[name]
    x1, n1, x2, n2 = (nums(r[c]) for c in ('x1', 'n1', 'x2', 'n2'))
    out = []
    for i in range(len(x1)):
        m = r['measure']
        if m == 'PLO':
            out.append([Term('binom', x1[i], n1[i], 0, 1)])
        elif m == 'IRLN':
            out.append([Term('poisson', x1[i], None, mp.log(n1[i]), 1)])
        elif model in ('UM.FS', 'UM.RS'):
            a, b = x1[i], x2[i]
            if model == 'UM.FS' and (a + b == 0 or (m == 'OR' and a + b == n1[i] + n2[i])):
                continue
            h = mpf(1) / 2
            if m == 'OR':
                out.append([Term('binom', a, n1[i], 0, h), Term('binom', b, n2[i], 0, -h)])
            else:
                out.append([Term('poisson', a, None, mp.log(n1[i]), h), Term('poisson', b, None, mp.log(n2[i]), -h)])
        else:
            if x1[i] + x2[i] == 0:
                continue
            if model == 'CM.EL' and m == 'OR':
                out.append([Term('hyper', x1[i], (int(n1[i]), int(n2[i]), int(x1[i] + x2[i])), 0, 1)])
            else:
                out.append([Term('binom', x1[i], x1[i] + x2[i], mp.log(mpf(n1[i]) / mpf(n2[i])), 1)])
    return out


def integrate(study, beta, tau, alpha):
    """log-likelihood, and posterior means of the scores for beta, tau, alpha"""
    def f(z):
        v = -z * z / 2
        s = c = sb = mpf(0)
        for t in study:
            a, r, k = t.at(t.offset + alpha + t.x * (beta + tau * z))
            v += a
            s += t.x * r
            sb += r
            c += t.x * t.x * k
        return v, s, c, sb
    z = mpf(0)
    for _ in range(60):
        v, s, c, _b = f(z)
        step = (tau * s - z) / (1 + tau * tau * c)
        z += step
        if abs(step) < 1e-6:
            break
    top, _, c, _b = f(z)
    sd = 1 / mp.sqrt(1 + tau * tau * c)
    h = sd / 4
    tot = gb = gt = ga = mpf(0)
    for side in (1, -1):
        j = 0 if side == 1 else 1
        while True:
            at = z + side * j * h
            v, s, c, sb = f(at)
            w = mp.exp(v - top)
            tot += w
            gb += w * s
            gt += w * at * s
            ga += w * sb
            if w < mpf(10) ** -38:
                break
            j += 1
    return top + mp.log(tot * h / mp.sqrt(2 * mp.pi)) + sum(t.const for t in study), gb / tot, gt / tot, ga / tot


alphas = {}


def profile(study, i, beta, tau, own):
    if not own:
        return integrate(study, beta, tau, mpf(0))
    a = alphas.get(i, None)
    if a is None:
        y = sum(t.y for t in study)
        n = sum(t.size for t in study) if study[0].kind == 'binom' else None
        a = mp.log((y + mpf(1) / 2) / (n - y + mpf(1) / 2)) if n else mp.log(y / sum(mp.exp(t.offset) for t in study))
    d = mpf(10) ** -15
    for _ in range(40):
        g = integrate(study, beta, tau, a)[3]
        g2 = integrate(study, beta, tau, a + d)[3]
        step = -g * d / (g2 - g)
        step = max(min(step, 2), -2)
        a += step
        if abs(step) < mpf(10) ** -18:
            break
    alphas[i] = a
    return integrate(study, beta, tau, a)


def line(name, model):
    alphas.clear()
    own = model == 'UM.FS' and sets[name]['measure'] in ('OR', 'IRR')
    data = studies(name, model)

    def g(x):
        l = gb = gt = mpf(0)
        for i, s in enumerate(data):
            v, b, t, _ = profile(s, i, x[0], x[1], own)
            l, gb, gt = l + v, gb + b, gt + t
        return l, [gb, gt]
    x = [mpf(start[(name, model)][0]), mpf(start[(name, model)][1])]
    d = mpf(10) ** -12

    def jac(x, g0, d):
        j = matrix(2, 2)
        for c in range(2):
            y, u = list(x), list(x)
            y[c] += d
            u[c] -= d
            g1, g2 = g(y)[1], g(u)[1]
            for r in range(2):
                j[r, c] = (g1[r] - g2[r]) / (2 * d)
        return j
    j = jac(x, None, d)
    for _ in range(30):
        l, g0 = g(x)
        step = mp.lu_solve(j, -matrix(g0))
        x = [x[0] + step[0], x[1] + step[1]]
        if max(abs(step[0]), abs(step[1])) < mpf(10) ** -16:
            break
        if _ < 4:
            j = jac(x, g0, d)
    j = jac(x, None, d)
    cov = (-j) ** -1
    l = g(x)[0]
    return x[0], mp.sqrt(cov[0, 0]), x[1] ** 2, 2 * x[1] * mp.sqrt(cov[1, 1]), 'NA', l


L = np.longdouble


def plane(name, model):
    """Random baselines and effects: 80-bit sums over a fine grid in the plane of (alpha + s, theta)."""
    r = sets[name]
    x1, n1, x2, n2 = (np.array(nums(r[c]), dtype=L) for c in ('x1', 'n1', 'x2', 'n2'))
    rate = r['measure'] == 'IRR'
    h = L('0.055')
    z = np.arange(-9, 9 + 0.01, float(h)).astype(L)
    z = (np.arange(len(z)) - len(z) // 2).astype(L) * h
    zs, zu = np.meshgrid(z, z, indexing='ij')
    w0 = -(zs ** 2 + zu ** 2) / 2
    lc = [float(0)] * len(x1)
    for i in range(len(x1)):
        if rate:
            lc[i] = L(str(-mp.loggamma(int(x1[i]) + 1) - mp.loggamma(int(x2[i]) + 1)))
        else:
            lc[i] = L(mp.nstr(logchoose(mpf(float(n1[i])), mpf(float(x1[i]))) + logchoose(mpf(float(n2[i])), mpf(float(x2[i]))), 25))

    def g(x):
        b, a, t, s = x
        tot = L(0)
        gr = np.zeros(4, dtype=L)
        for i in range(len(x1)):
            e1 = a + s * zs + (b + t * zu) / 2
            e2 = a + s * zs - (b + t * zu) / 2
            if rate:
                m1, m2 = n1[i] * np.exp(e1), n2[i] * np.exp(e2)
                f = x1[i] * (e1 + np.log(n1[i])) - m1 + x2[i] * (e2 + np.log(n2[i])) - m2
            else:
                m1, m2 = n1[i] / (1 + np.exp(-e1)), n2[i] / (1 + np.exp(-e2))
                f = x1[i] * e1 - n1[i] * np.logaddexp(L(0), e1) + x2[i] * e2 - n2[i] * np.logaddexp(L(0), e2)
            f = f + w0
            top = f.max()
            w = np.exp(f - top)
            sw = w.sum()
            w = w / sw
            r1, r2 = x1[i] - m1, x2[i] - m2
            ge, ga = (r1 - r2) / 2, r1 + r2
            tot += top + np.log(sw * h * h / (2 * L(str(mp.pi)))) + L(lc[i])
            gr += np.array([(w * ge).sum(), (w * ga).sum(), (w * ge * zu).sum(), (w * ga * zs).sum()])
        return tot, gr
    x = np.array(start[(name, model)], dtype=L)

    def jac(x, d):
        j = np.zeros((4, 4), dtype=np.float64)
        for c in range(4):
            y, u = x.copy(), x.copy()
            y[c] += d
            u[c] -= d
            j[:, c] = ((g(y)[1] - g(u)[1]) / (2 * d)).astype(np.float64)
        return j
    for _ in range(25):
        l, gr = g(x)
        j = jac(x, L(1e-5))
        step = np.linalg.solve(j, -gr.astype(np.float64))
        x = x + step
        if np.abs(step).max() < 1e-14:
            break
    cov = np.linalg.inv(-jac(x, L(1e-5)))
    l = g(x)[0]
    return x[0], cov[0, 0] ** .5, x[2] ** 2, 2 * float(x[2]) * cov[2, 2] ** .5, x[3] ** 2, l


# Rough starts; the gradient decides.
start = {
    ('nielweise2007', 'CM.EL'): (-1.35, 0.83), ('nielweise2007', 'CM.AL'): (-1.3, 0.77), ('nielweise2007', 'UM.FS'): (-1.24, 0.56),
    ('nielweise2008', 'CM.EL'): (-0.48, 0.35), ('nielweise2008', 'UM.FS'): (-0.46, 0.31),
    ('pagliaro1992-beta-blockers', 'CM.EL'): (-0.6, 0.8), ('pagliaro1992-beta-blockers', 'UM.FS'): (-0.6, 0.7),
    ('collins1985b', 'CM.AL'): (-0.45, 0.4),
    ('pritz1997', 'UM.FS'): (1.38, 0.77), ('debruin2009', 'UM.FS'): (-0.11, 0.62), ('nielweise2007-control', 'UM.FS'): (-3.5, 0.9),
    ('nielweise2008-control', 'UM.FS'): (1.4, 0.56), ('hart1999-control', 'UM.FS'): (-2.9, 0.44),
    ('nielweise2007', 'UM.RS'): (-1.28, -3.8, 0.84, 0.81), ('damico2009', 'UM.RS'): (-1.34, -0.8, 0.5, 0.82),
    ('nielweise2008', 'UM.RS'): (-0.47, 1.2, 0.3, 0.62), ('linde2005', 'UM.RS'): (1.12, -0.1, 0.79, 0.73),
}
if __name__ == '__main__':
    sets.update(read(sys.argv[1]))
    print('# 40-digit (one random effect) and 80-bit (two) trapezoidal integration; Python %s, mpmath %s, numpy %s; core/stats/validation/glmm.py'
          % (sys.version.split()[0], __import__('mpmath').__version__, np.__version__))
    print('name,model,estimate,se,tau2,tau2_se,sigma2,log_likelihood')
    only = sys.argv[2:]
    for (name, model) in start:
        if only and model not in only and name not in only:
            continue
        res = plane(name, model) if model == 'UM.RS' else line(name, model)
        # In the plane the last digits depend on the libraries that numpy is built with.
        digits = '%.13g' if model == 'UM.RS' else '%.17g'
        print(name, model, *(v if v == 'NA' else digits % float(v) for v in res), sep=',', flush=True)
