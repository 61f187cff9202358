"""Generalised linear mixed models with moderators by the brute-force integration of glmm.py, with its precision.

Usage: python3 glmm-moderators.py SETS.csv [NAME or MODEL …] > EXACT.csv
"""
import importlib, sys
import numpy as np
from mpmath import mp, mpf, matrix

glmm = importlib.import_module('glmm')
nums = glmm.nums


def rows(name, model):
    """The terms and the row of the design of each study that tells about the effect."""
    r = glmm.sets[name]
    columns = [nums(c) for c in r['x'].split(';')]
    count = len(nums(r['x1']))
    out = []
    for i in range(count):
        one = {c: (r[c].split()[i] if r[c] else '') for c in ('x1', 'n1', 'x2', 'n2')}
        glmm.sets['one'] = dict(one, measure=r['measure'])
        for study in glmm.studies('one', model):
            out.append((study, [mpf(c[i]) for c in columns]))
    return out


def jacobian(g, x, d):
    n = len(x)
    j = matrix(n, n)
    for c in range(n):
        y, u = list(x), list(x)
        y[c] += d[c]
        u[c] -= d[c]
        g1, g2 = g(y)[1], g(u)[1]
        for r in range(n):
            j[r, c] = (g1[r] - g2[r]) / (2 * d[c])
    return j


def line(name, model, start, tau):
    """One random effect, in 40 digits; with tau given as 0, the common effect."""
    glmm.alphas.clear()
    own = model == 'UM.FS' and glmm.sets[name]['measure'] in ('OR', 'IRR')
    data = rows(name, model)
    p = len(data[0][1])

    def g(x):
        l, out = mpf(0), [mpf(0)] * (p + 1)
        for i, (study, z) in enumerate(data):
            theta = sum(a * b for a, b in zip(z, x))
            v, b, t, _ = glmm.profile(study, i, theta, x[p], own)
            l += v
            for c in range(p):
                out[c] += z[c] * b
            out[p] += t
        return l, out
    x = [mpf(v) for v in start] + [mpf(tau)]
    size = [max([abs(z[c]) for _, z in data]) for c in range(p)] + [mpf(1)]
    d = [mpf(10) ** -12 / s for s in size]
    for _ in range(30):
        j = jacobian(g, x, d) if _ < 5 else j
        step = mp.lu_solve(j, -matrix(g(x)[1]))
        x = [a + b for a, b in zip(x, step)]
        if max(abs(b) * s for b, s in zip(step, size)) < mpf(10) ** -16:
            break
    cov = (-jacobian(g, x, d)) ** -1
    return x[:p], [mp.sqrt(cov[c, c]) for c in range(p)], x[p] ** 2, 2 * abs(x[p]) * mp.sqrt(cov[p, p]), 'NA', g(x)[0]


L = np.longdouble


def plane(name, model, start, tau, alpha, sigma):
    """Random baselines and effects: 80-bit sums over a fine grid in the plane."""
    r = glmm.sets[name]
    x1, n1, x2, n2 = (np.array(nums(r[c]), dtype=L) for c in ('x1', 'n1', 'x2', 'n2'))
    z = np.array([nums(c) for c in r['x'].split(';')], dtype=L)
    # About their means, so that difference quotients and solutions in double precision keep their digits.
    means = z.mean(axis=1)
    z[1:] = z[1:] - means[1:, None]
    p = len(z)
    rate = r['measure'] == 'IRR'
    h = L('0.055')
    grid = (np.arange(329) - 164).astype(L) * h
    zs, zu = np.meshgrid(grid, grid, indexing='ij')
    w0 = -(zs ** 2 + zu ** 2) / 2
    lc = []
    for i in range(len(x1)):
        if rate:
            lc.append(L(mp.nstr(-mp.loggamma(int(x1[i]) + 1) - mp.loggamma(int(x2[i]) + 1), 25)))
        else:
            lc.append(L(mp.nstr(glmm.logchoose(mpf(float(n1[i])), mpf(float(x1[i])))
                                + glmm.logchoose(mpf(float(n2[i])), mpf(float(x2[i]))), 25)))

    def g(x):
        a, t, s = x[p:]
        tot = L(0)
        gr = np.zeros(p + 3, dtype=L)
        for i in range(len(x1)):
            b = (x[:p] * z[:, i]).sum()
            # As in metafor: the mean effect in the first arm, its random part by halves.
            e1 = a + s * zs + b + t * zu / 2
            e2 = a + s * zs - t * zu / 2
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
            gb, ge, ga = x1[i] - m1, (x1[i] - m1 - x2[i] + m2) / 2, x1[i] - m1 + x2[i] - m2
            tot += top + np.log(sw * h * h / (2 * L(mp.nstr(mp.pi, 25)))) + lc[i]
            gr += np.array(list((w * gb).sum() * z[:, i]) + [(w * ga).sum(), (w * ge * zu).sum(), (w * ga * zs).sum()])
        return tot, gr
    x = np.array(list(start) + [alpha, tau, sigma], dtype=L)
    x[0] += (x[1:p] * means[1:]).sum()
    size = np.array([float(abs(c).max()) for c in z] + [1, 1, 1])

    def jac(x):
        n = len(x)
        j = np.zeros((n, n))
        for c in range(n):
            d = L(1e-5 / size[c])
            y, u = x.copy(), x.copy()
            y[c] += d
            u[c] -= d
            j[:, c] = ((g(y)[1] - g(u)[1]) / (2 * d)).astype(np.float64)
        return j
    for _ in range(25):
        step = np.linalg.solve(jac(x), -g(x)[1].astype(np.float64))
        x = x + step
        if (np.abs(step) * size).max() < 1e-14:
            break
    cov = np.linalg.inv(-jac(x))
    l = g(x)[0]
    back = np.eye(p)
    back[0, 1:] = -means[1:].astype(np.float64)
    beta = [x[0] - (x[1:p] * means[1:]).sum()] + list(x[1:p])
    se = np.sqrt(np.diag(back @ cov[:p, :p] @ back.T))
    return beta, se, x[p + 1] ** 2, 2 * float(x[p + 1]) * cov[p + 1, p + 1] ** .5, x[p + 2] ** 2, l


# Rough starts; the gradient decides.
start = {
    ('bcg-ablat', 'CM.AL'): ((.293, -.0299), .178),
    ('bcg-year-alloc', 'CM.AL'): ((-62.8, .03175, -.61, -.2), .407),
    ('nielweise2007-year', 'CM.EL'): ((-316.8, .15769), .678),
    ('nielweise2007-year', 'UM.FS'): ((-298.4, .14854), .393),
    ('nielweise2007-year', 'UM.RS'): ((-344.9, .17173), .7, -3.8, .8),
    ('damico2009-conceal-blind', 'CM.AL'): ((-1.231, .321, .437), .179),
    ('debruin2009-scq-ethnicity', 'UM.FS'): ((-.325, .0476, -.825), .377),
    ('nielweise2008-control-year', 'UM.FS'): ((-35.46, .01842), .559),
}
if __name__ == '__main__':
    glmm.sets.update(glmm.read(sys.argv[1]))
    print('# 40-digit (one random effect) and 80-bit (two) trapezoidal integration; Python %s, mpmath %s, numpy %s;'
          % (sys.version.split()[0], __import__('mpmath').__version__, np.__version__))
    print('# core/stats/validation/glmm-moderators.py')
    print('name,model,estimate,se,tau2,tau2_se,sigma2,log_likelihood')
    only = sys.argv[2:]
    for (name, model) in start:
        if only and model not in only and name not in only:
            continue
        # In the plane the last digits depend on the libraries that numpy is built with.
        digits = '%.13g' if model == 'UM.RS' else '%.17g'
        text = lambda v: v if v == 'NA' else digits % float(v)
        res = (plane if model == 'UM.RS' else line)(name, model, *start[(name, model)])
        print(name, model, ' '.join(map(text, res[0])), ' '.join(map(text, res[1])), *map(text, res[2:]), sep=',', flush=True)
