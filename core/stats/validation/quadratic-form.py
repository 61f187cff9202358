"""Tails of weighted sums of squares about a weighted mean, with 40 digits from the eigenvalues.

Usage: python3 quadratic-form.py      (needs mpmath); numbers stand in QuadraticFormTest
"""
import mpmath as mp
mp.mp.dps=40
def tail(a,s,x):
    k=len(a); a=[mp.mpf(t) for t in a]; s=[mp.mpf(t) for t in s]; tot=sum(a)
    M=mp.matrix(k,k)
    for i in range(k):
        for j in range(k):
            M[i,j]=mp.sqrt(s[i])*((a[i] if i==j else 0)-a[i]*a[j]/tot)*mp.sqrt(s[j])
    E=sorted([e for e in mp.eigsy(M,eigvals_only=True)])[1:]
    lam=E[-1]
    # saddle line integration, many nodes, plain vertical line replaced by Talbot-like parabola in t
    def K(z): return -sum(mp.log(1-2*z*e) for e in E)/2
    x=mp.mpf(x)
    c=1/(4*lam) if x<sum(E)*2 else (1-sum(E)/x/2)/(2*lam)
    b=1/c/3
    f=lambda u: mp.re(mp.exp(K(c+1j*u+b*u*u)-(c+1j*u+b*u*u)*x)/(c+1j*u+b*u*u)*(1-2j*b*u))
    tot=mp.mpf(0)
    U=mp.sqrt(90/(x*b))+ (8*c)
    pts=[U*mp.mpf(i)/40 for i in range(41)]
    up=mp.quad(f,pts,maxdegree=8)/mp.pi
    return up,1-up,E
for a,s,x in [([1,1,1],[2,2,2],6),([1,2,3],[1,1,1],4),([1,.5,.2,.1],[3,1,2,5],.3),([1,.5,.2,.1],[3,1,2,5],60),([1,1e-3,1e-4],[1,1000,2e4],5)]:
    u,l,E=tail(a,s,x); print(mp.nstr(u,20),mp.nstr(l,20),[mp.nstr(e,5) for e in E])


def far_tails():
    """Tails down to 1e-150, from eigenvalues with 40 digits and a contour with 64-bit mantissas."""
    import numpy as np
    from inference import form, tail as contour
    a, s = [mp.mpf(x) for x in ("1", "0.5", "0.2", "0.1")], [mp.mpf(x) for x in (3, 1, 2, 5)]
    a = [mp.mpf(float(x)) for x in a]
    m = form(a)
    half = mp.matrix([[mp.sqrt(s[i]) * m[i, j] * mp.sqrt(s[j]) for j in range(4)] for i in range(4)])
    lam = np.array([np.longdouble(mp.nstr(e, 25)) for e in sorted(mp.eigsy(half, eigvals_only=True))[1:]])
    for x, upper in ((200, True), (600, True), (1000, True), (1e-10, False), (1e-40, False), (1e-60, False)):
        print(x, "upper" if upper else "lower", repr(float(np.exp(contour(lam, x, upper)))))


far_tails()
