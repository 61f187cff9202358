# BCa limits for BootstrapTest from Efron's (1987) formulas with 50 digits; python3 core/stats/validation/bootstrap.py
from mpmath import mp, mpf, erfinv, erfc, sqrt

mp.dps = 50
norm_quantile = lambda p: sqrt(2) * erfinv(2 * p - 1)
norm_cdf = lambda z: erfc(-z / sqrt(2)) / 2
n, level = 199, mpf("0.9")
z0 = norm_quantile(mpf("119.5") / n)
left = [mpf(1), mpf(2), mpf(6)]
mean = sum(left) / 3
d = [mean - x for x in left]
a = sum(x**3 for x in d) / (6 * sqrt(sum(x**2 for x in d))**3)
z = norm_quantile((1 + level) / 2)
for sign in (-1, 1):
    shifted = z0 + sign * z
    # Draws are 1 ... 199, so the quantile of p is 200 p.
    print(mp.nstr(200 * norm_cdf(z0 + shifted / (1 - a * shifted)), 17))
