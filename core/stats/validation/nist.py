# Certified values of NIST's Statistical Reference Data Sets for linear least squares, by exact rational arithmetic from the
# data (public domain, https://www.itl.nist.gov/div898/strd/lls/lls.shtml): python3 nist.py OUT
from fractions import Fraction as F
from decimal import Decimal, getcontext
import sys
getcontext().prec = 60
norris = """.1 .2 338.8 337.4 118.1 118.2 888 884.6 9.2 10.1 228.1 226.5 668.5 666.3 998.5 996.3 449.1 448.6 778.9 777 559.2 558.2 .3 .4 .1 .6
778.1 775.5 668.8 666.9 339.3 338 448.9 447.5 10.8 11.6 557.7 556 228.3 228.1 998 995.8 888.8 887.6 119.6 120.2 .3 .3 .6 .3 557.6 556.8
339.3 339.1 888 887.2 998.5 999 778.9 779 10.2 11.1 117.6 118.3 228.9 229.2 668.4 669.1 449.2 448.9 .2 .5"""
pontius = """.11019 .21956 .32949 .43899 .54803 .65694 .76562 .87487 .98292 1.09146 1.20001 1.30822 1.41599 1.52399 1.63194 1.73947 1.84646
1.95392 2.06128 2.16844 .11052 .22018 .32939 .43886 .54798 .65739 .76596 .87474 .98300 1.09150 1.20004 1.30818 1.41613 1.52408 1.63159
1.73965 1.84696 1.95445 2.06177 2.16829"""
filip = """.8116 -6.860120914 .9072 -4.324130045 .9052 -4.358625055 .9039 -4.358426747 .8053 -6.955852379 .8377 -6.661145254 .8667 -6.355462942
.8809 -6.118102026 .7975 -7.115148017 .8162 -6.815308569 .8515 -6.519993057 .8766 -6.204119983 .8885 -5.853871964 .8859 -6.109523091
.8959 -5.79832982 .8913 -5.482672118 .8959 -5.171791386 .8971 -4.851705903 .9021 -4.517126416 .909 -4.143573228 .9139 -3.709075441
.9199 -3.499489089 .8692 -6.300769497 .8872 -5.953504836 .89 -5.642065153 .891 -5.031376979 .8977 -4.680685696 .9035 -4.329846955
.9078 -3.928486195 .7675 -8.56735134 .7705 -8.363211311 .7713 -8.107682739 .7736 -7.823908741 .7775 -7.522878745 .7841 -7.218819279
.7971 -6.920818754 .8329 -6.628932138 .8641 -6.323946875 .8804 -5.991399828 .7668 -8.781464495 .7633 -8.663140179 .7678 -8.473531488
.7697 -8.247337057 .77 -7.971428747 .7749 -7.676129393 .7796 -7.352812702 .7897 -7.072065318 .8131 -6.774174009 .8498 -6.478861916
.8741 -6.159517513 .8061 -6.835647144 .846 -6.53165267 .8751 -6.224098421 .8856 -5.910094889 .8919 -5.598599459 .8934 -5.290645224
.894 -4.974284616 .8957 -4.64454848 .9047 -4.290560426 .9129 -3.885055584 .9209 -3.408378962 .9219 -3.13200249 .7739 -8.726767166
.7681 -8.66695597 .7665 -8.511026475 .7703 -8.165388579 .7702 -7.886056648 .7761 -7.588043762 .7809 -7.283412422 .7961 -6.995678626
.8253 -6.691862621 .8602 -6.392544977 .8809 -6.067374056 .8301 -6.684029655 .8664 -6.378719832 .8834 -6.065855188 .8898 -5.752272167
.8964 -5.132414673 .8963 -4.811352704 .9074 -4.098269308 .9119 -3.66174277 .9228 -3.2644011"""
longley = """60323 83 234289 2356 1590 107608 1947 61122 88.5 259426 2325 1456 108632 1948 60171 88.2 258054 3682 1616 109773 1949
61187 89.5 284599 3351 1650 110929 1950 63221 96.2 328975 2099 3099 112075 1951 63639 98.1 346999 1932 3594 113270 1952
64989 99 365385 1870 3547 115094 1953 63761 100 363112 3578 3350 116219 1954 66019 101.2 397469 2904 3048 117388 1955
67857 104.6 419180 2822 2857 118734 1956 68169 108.4 442769 2936 2798 120445 1957 66513 110.8 444546 4681 2637 121950 1958
68655 112.6 482704 3813 2552 123366 1959 69564 114.2 502601 3931 2514 125368 1960 69331 115.7 518173 4806 2572 127852 1961
70551 116.9 554894 4007 2827 130081 1962"""
wampler3 = """760 -2042 2111 -1684 3888 1858 11379 17560 39287 64382 113159 175108 273291 400186 581243 811568 1121004 1506550 2002767 2611612
3369180"""
num = lambda s: [F(t) for t in s.split()]
def pairs(s, p=1):
    v = num(s); n = p + 1
    return v[0::n], [v[j::n] for j in range(1, n)]
powers = lambda x, d: [[a ** j for a in x] for j in range(1, d + 1)]
t = [F(i) for i in range(21)]
base = [sum(a ** j for j in range(6)) for a in t]
w3 = num(wampler3)
more = lambda f: [b + f * (y - b) for b, y in zip(base, w3)]
y, x = pairs(norris); sets = [("norris", True, y, x)]
sets.append(("pontius", True, num(pontius), powers([F(150000 * (1 + i % 20)) for i in range(40)], 2)))
sets.append(("noint1", False, [F(i) for i in range(130, 141)], [[F(i) for i in range(60, 71)]]))
sets.append(("noint2", False, num("3 4 4"), [num("4 5 6")]))
y, x = pairs(filip); sets.append(("filip", True, y, powers(x[0], 10)))
y, x = pairs(longley, 6); sets.append(("longley", True, y, x))
sets.append(("wampler1", True, base, powers(t, 5)))
sets.append(("wampler2", True, [sum(F(1, 10 ** j) * a ** j for j in range(6)) for a in t], powers(t, 5)))
for n, f in (("wampler3", 1), ("wampler4", 100), ("wampler5", 10000)): sets.append((n, True, more(f), powers(t, 5)))
def inverse(a):
    n = len(a); m = [r[:] + [F(int(i == j)) for j in range(n)] for i, r in enumerate(a)]
    for c in range(n):
        p = next(r for r in range(c, n) if m[r][c] != 0); m[c], m[p] = m[p], m[c]
        d = m[c][c]; m[c] = [v / d for v in m[c]]
        for r in range(n):
            if r != c and m[r][c] != 0:
                f = m[r][c]; m[r] = [v - f * u for v, u in zip(m[r], m[c])]
    return [r[n:] for r in m]
def show(f, root=False):
    d = Decimal(f.numerator) / Decimal(f.denominator)
    return "%.20g" % (d.sqrt() if root else d) if False else format((d.sqrt() if root else d), ".17g")
join = lambda v: " ".join(v)
rows = []
for name, intercept, y, x in sets:
    cols = ([[F(1)] * len(y)] if intercept else []) + x
    inv = inverse([[sum(a * b for a, b in zip(c, d)) for d in cols] for c in cols])
    xy = [sum(a * b for a, b in zip(c, y)) for c in cols]
    beta = [sum(a * b for a, b in zip(r, xy)) for r in inv]
    res = [yi - sum(b * c[i] for b, c in zip(beta, cols)) for i, yi in enumerate(y)]
    s2 = sum(r * r for r in res) / (len(y) - len(cols))
    rows.append(";".join([name, str(intercept).lower(), join(map(show, beta)), join(show(s2 * inv[j][j], True) for j in range(len(cols))),
        join(repr(float(v)) for v in y), join(repr(float(v)) for c in x for v in c)]))
with open(sys.argv[1], "w") as out:
    out.write("# NIST StRD, linear least squares; values by exact rational arithmetic; core/stats/validation/nist.py\n")
    out.write("name;intercept;beta;se;y;x\n" + "\n".join(rows) + "\n")
