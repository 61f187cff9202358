"""Multilevel and multivariate fits with 40 digits, from the likelihood's own equations.

Usage: python3 multilevel.py SETS.csv MULTILEVEL.csv MULTIVARIATE.csv OUT-MULTILEVEL.csv OUT-MULTIVARIATE.csv

The rows of metafor's files name the cases and give the points to start from. With N = P - Pyy'P for the restricted likelihood
(N = W - Pyy'P for the full one), the slope by a variance parameter with matrix A is -tr(NA)/2; its root is found by Newton's
method with numerical derivatives. Parameters at a bound (a variance of 0, a correlation of 1) stay there.
"""
import csv
import sys
from mpmath import mp, mpf, matrix, log, pi, sqrt, cholesky_solve, findroot, lu_solve, inverse

mp.dps = 40


def table(path):
    with open(path) as f:
        return list(csv.DictReader(line for line in f if not line.startswith("#")))


SETS = {}
for row in table(sys.argv[1]):
    SETS.setdefault(row["set"], []).append(row)


def chol_inverse(m):
    """Inverse and log determinant of a positive definite matrix, as lists."""
    n = len(m)
    low = [[mpf(0)] * n for _ in range(n)]
    for j in range(n):
        low[j][j] = sqrt(m[j][j] - sum(low[j][k] ** 2 for k in range(j)))
        for i in range(j + 1, n):
            low[i][j] = (m[i][j] - sum(low[i][k] * low[j][k] for k in range(j))) / low[j][j]
    inv = [[mpf(0)] * n for _ in range(n)]
    for j in range(n):
        for i in range(j, n):
            inv[i][j] = ((1 if i == j else 0) - sum(low[i][k] * inv[k][j] for k in range(j, i))) / low[i][i]
    out = [[sum(inv[k][i] * inv[k][j] for k in range(max(i, j), n)) for j in range(n)] for i in range(n)]
    return out, 2 * sum(log(low[i][i]) for i in range(n))


def dot(a, b):
    return sum(x * y for x, y in zip(a, b))


def sampling(rows, rho):
    n = len(rows)
    v = [mpf(r["v"]) for r in rows]
    if rho == "given":
        return [[mpf(rows[i]["c%d" % (j + 1)]) if i != j else v[i] for j in range(n)] for i in range(n)]
    r = mpf(rho)
    return [[v[i] if i == j else r * sqrt(v[i]) * sqrt(v[j]) for j in range(n)] for i in range(n)]


class Problem:
    def __init__(self, rows, design, rho, restricted):
        self.restricted = restricted
        self.clusters = {}
        for i, r in enumerate(rows):
            self.clusters.setdefault(r["cluster"], []).append(i)
        self.rows = rows
        self.y = [mpf(r["y"]) for r in rows]
        self.x = design
        self.p = len(design[0])
        self.v = {c: sampling([rows[i] for i in s], rho) for c, s in self.clusters.items()}

    def at(self, between):
        """between(rows of a cluster) -> covariance beyond sampling error."""
        p = self.p
        info = matrix(p, p)
        right = matrix(p, 1)
        self.logdet = mpf(0)
        keep = {}
        for c, s in self.clusters.items():
            g = between(s)
            m = [[self.v[c][i][j] + g[i][j] for j in range(len(s))] for i in range(len(s))]
            w, ld = chol_inverse(m)
            self.logdet += ld
            wx = [[dot(w[i], [self.x[k][a] for k in s]) for a in range(p)] for i in range(len(s))]
            wy = [dot(w[i], [self.y[k] for k in s]) for i in range(len(s))]
            keep[c] = (w, wx, wy)
            for a in range(p):
                right[a] += sum(self.x[k][a] * wy[i] for i, k in enumerate(s))
                for b in range(p):
                    info[a, b] += sum(self.x[k][a] * wx[i][b] for i, k in enumerate(s))
        self.cov = inverse(info)
        self.beta = self.cov * right
        self.info = info
        self.n = {}
        self.rss = mpf(0)
        for c, s in self.clusters.items():
            w, wx, wy = keep[c]
            py = [wy[i] - dot(wx[i], self.beta) for i in range(len(s))]
            self.rss += sum(self.y[k] * py[i] for i, k in enumerate(s))
            n = [[w[i][j] - py[i] * py[j] for j in range(len(s))] for i in range(len(s))]
            if self.restricted:
                half = [[sum(wx[i][a] * self.cov[a, b] for a in range(p)) for b in range(p)] for i in range(len(s))]
                for i in range(len(s)):
                    for j in range(len(s)):
                        n[i][j] -= dot(half[i], wx[j])
            self.n[c] = n
        return self

    def loglik(self):
        n, p = len(self.y), self.p
        value = self.logdet + self.rss + (n - p if self.restricted else n) * log(2 * pi)
        if self.restricted:
            xx = matrix(p, p)
            for a in range(p):
                for b in range(p):
                    xx[a, b] = sum(row[a] * row[b] for row in self.x)
            value += log(mp.det(self.info)) - log(mp.det(xx))
        return -value / 2


def text(values):
    return " ".join(mp.nstr(v, 25) for v in values)


def solve(slope, start):
    if not start:
        return []
    if len(start) == 1:
        return [findroot(lambda a: slope([a])[0], start[0] * (1 + mpf("1e-6")), solver="secant", x1=start[0]) if False
                else findroot(lambda a: slope([a])[0], (start[0], start[0] * (1 + mpf("1e-7"))), solver="secant", tol=mpf("1e-50"), maxsteps=60)]
    root = findroot(lambda *a: slope(list(a)), start, tol=mpf("1e-50"), maxsteps=30)
    return [root[i] for i in range(len(start))]


def origin():
    return "# mpmath, 40 digits; core/stats/validation/multilevel.py"


def multilevel(out):
    out.write(origin() + "\nset,levels,rho,x,method,sigma2,estimate,se,log_likelihood,qe\n")
    for case in table(sys.argv[2]):
        rows = SETS[case["set"]]
        x = case["x"] == "1"
        if x:
            rows = [r for r in rows if r["x"] != ""]
        if len(rows) > 150:
            continue
        keys = {"group": [lambda i: rows[i]["cluster"], lambda i: (rows[i]["cluster"], rows[i]["group"])],
                "row": [lambda i: rows[i]["cluster"], lambda i: i], "cluster": [lambda i: rows[i]["cluster"]]}[case["levels"]]
        design = [[mpf(1)] + ([mpf(r["x"])] if x else []) for r in rows]
        problem = Problem(rows, design, case["rho"], case["method"] == "REML")
        start = [mpf(s) for s in case["sigma2"].split()]
        free = [k for k, s in enumerate(start) if s > mpf("1e-7") * sum(start)]

        def between(values):
            return lambda s: [[sum(values[k] for k in range(len(keys)) if keys[k](i) == keys[k](j)) for j in s] for i in s]

        def full(f):
            values = [mpf(0)] * len(start)
            for k, value in zip(free, f):
                values[k] = value
            return values

        def slope(f):
            problem.at(between(full(f)))
            return [-sum(problem.n[c][a][b] for c, s in problem.clusters.items() for a, i in enumerate(s) for b, j in enumerate(s)
                         if keys[k](i) == keys[k](j)) / 2 for k in free]

        values = full(solve(slope, [start[k] for k in free]))
        problem.at(between(values))
        se = [sqrt(problem.cov[a, a]) for a in range(problem.p)]
        cells = [text(values), text(problem.beta), text(se), text([problem.loglik()])]
        problem.at(between([mpf(0)] * len(start)))
        out.write(",".join([case["set"], case["levels"], case["rho"], case["x"], case["method"]] + cells + [text([problem.rss])]) + "\n")
        out.flush()


def multivariate(out):
    out.write(origin() + "\nset,structure,rho,method,tau2,between,estimate,se,log_likelihood,qe\n")
    for case in table(sys.argv[3]):
        rows = SETS[case["set"]]
        names = list(dict.fromkeys(r["outcome"] for r in rows))
        q = len(names)
        o = [names.index(r["outcome"]) for r in rows]
        problem = Problem(rows, [[mpf(1) if o[i] == a else mpf(0) for a in range(q)] for i in range(len(rows))],
                          case["rho"], case["method"] == "REML")
        tau2 = [mpf(s) for s in case["tau2"].split()]
        cells = [mpf(s) for s in case["between"].split()]
        g = [[mpf(0)] * q for _ in range(q)]
        at = 0
        for b in range(q):
            g[b][b] = max(tau2[b], mpf(0))
            for a in range(b + 1, q):
                g[a][b] = g[b][a] = cells[at]
                at += 1
        make, start = parameters(case["structure"], g)

        def between(values):
            m = make(values)
            return lambda s: [[m[o[i]][o[j]] for j in s] for i in s]

        def slope(values):
            problem.at(between(values))
            d = [[mpf(0)] * q for _ in range(q)]
            for c, s in problem.clusters.items():
                for a, i in enumerate(s):
                    for b, j in enumerate(s):
                        d[o[i]][o[j]] -= problem.n[c][a][b] / 2
            base = make(values)
            out = []
            for k in range(len(values)):
                h = mpf("1e-15")
                moved = list(values)
                moved[k] += h
                other = list(values)
                other[k] -= h
                up, down = make(moved), make(other)
                out.append(sum(d[a][b] * (up[a][b] - down[a][b]) / (2 * h) for a in range(q) for b in range(q)))
            return out

        try:
            values = solve(slope, start)
        except ValueError as e:
            print(case["set"], case["structure"], case["method"], "no root:", e, file=sys.stderr)
            continue
        m = make(values)
        problem.at(between(values))
        se = [sqrt(problem.cov[a, a]) for a in range(q)]
        cells = [text([m[a][a] for a in range(q)]), text([m[a][b] for b in range(q) for a in range(b + 1, q)]), text(problem.beta), text(se), text([problem.loglik()])]
        problem.at(lambda s: [[mpf(0)] * len(s) for _ in s])
        out.write(",".join([case["set"], case["structure"], case["rho"], case["method"]] + cells + [text([problem.rss])]) + "\n")
        out.flush()


def parameters(structure, g):
    """A covariance from its parameters, and parameters to start from; those at a bound are left out."""
    q = len(g)
    if structure == "UN":
        low = [[mpf(0)] * q for _ in range(q)]
        for j in range(q):
            rest = g[j][j] - sum(low[j][k] ** 2 for k in range(j))
            low[j][j] = sqrt(rest) if rest > mpf("1e-4") * g[j][j] else mpf(0)
            for i in range(j + 1, q):
                low[i][j] = (g[i][j] - sum(low[i][k] * low[j][k] for k in range(j))) / low[j][j] if low[j][j] > 0 else mpf(0)
        cells = [(i, j) for i in range(q) for j in range(i + 1) if low[j][j] > 0]

        def make(values):
            own = [[mpf(0)] * q for _ in range(q)]
            for (i, j), value in zip(cells, values):
                own[i][j] = value
            return [[dot(own[a], own[b]) for b in range(q)] for a in range(q)]
        return make, [low[i][j] for i, j in cells]
    rho = g[1][0] / sqrt(g[0][0] * g[1][1]) if g[0][0] * g[1][1] > 0 else mpf(0)
    bound = next((b for b in (mpf(1), -mpf(1) / (q - 1)) if abs(rho - b) < mpf("1e-4")), None)
    one = structure in ("CS", "ID")
    correlated = structure in ("CS", "HCS") and bound is None
    fixed = mpf(0) if structure in ("DIAG", "ID") else bound
    free = [0] if one else [a for a in range(q) if g[a][a] > mpf("1e-7")]

    def make(values):
        t = [mpf(0)] * q
        for k, a in enumerate(free):
            t[a] = values[k]
        t = [values[0]] * q if one else t
        r = values[len(free)] if correlated else fixed
        return [[t[a] * t[b] * (1 if a == b else r) for b in range(q)] for a in range(q)]
    return make, [sqrt(g[a][a]) for a in free] + ([rho] if correlated else [])


with open(sys.argv[4], "w") as f:
    multilevel(f)
with open(sys.argv[5], "w") as f:
    multivariate(f)
