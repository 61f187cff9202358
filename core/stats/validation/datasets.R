# Writes the data sets on which the pooled models are checked: name, source, effects and variances.
# Usage: Rscript datasets.R OUTPUT.csv
suppressMessages({library(metafor); library(metadat)})

out <- commandArgs(TRUE)[1]
sets <- list()
add <- function(name, source, y, v) {
  keep <- !is.na(y) & !is.na(v)
  sets[[name]] <<- list(source = source, y = as.numeric(y)[keep], v = as.numeric(v)[keep])
}

d <- escalc("RR", ai = tpos, bi = tneg, ci = cpos, di = cneg, data = dat.bcg)
add("bcg", "metadat dat.bcg, log risk ratio", d$yi, d$vi)
add("bcg-first", "first trial of bcg", d$yi[1], d$vi[1])
add("bcg-two", "first two trials of bcg", d$yi[1:2], d$vi[1:2])
add("bcg-three", "first three trials of bcg", d$yi[1:3], d$vi[1:3])
with(dat.pignon2000, add("head-and-neck", "metadat dat.pignon2000, (O-E)/V with variance 1/V", OmE / V, 1 / V))
d <- escalc("MD", m1i = m1i, sd1i = sd1i, n1i = n1i, m2i = m2i, sd2i = sd2i, n2i = n2i, data = dat.normand1999)
add("stroke-stay", "metadat dat.normand1999, mean difference", d$yi, d$vi)
add("passive-smoking", "metadat dat.hackshaw1998, log odds ratio", dat.hackshaw1998$yi, dat.hackshaw1998$vi)
add("teacher-expectancy", "metadat dat.raudenbush1985, standardised mean difference", dat.raudenbush1985$yi, dat.raudenbush1985$vi)
d <- escalc("RD", ai = ai, n1i = n1i, ci = ci, n2i = n2i, data = dat.hine1989)
add("lidocaine", "metadat dat.hine1989, risk difference", d$yi, d$vi)
d <- escalc("OR", ai = ai, n1i = n1i, ci = ci, n2i = n2i, data = dat.li2007)
add("magnesium", "metadat dat.li2007, log odds ratio with 0.5 added to empty cells", d$yi, d$vi)
d <- escalc("ZCOR", ri = ri, ni = ni, data = dat.molloy2014)
add("adherence", "metadat dat.molloy2014, Fisher z", d$yi, d$vi)
d <- escalc("MD", m1i = m1i, sd1i = sd1i, n1i = n1i, m2i = m2i, sd2i = sd2i, n2i = n2i, data = dat.gibson2002)
add("asthma", "metadat dat.gibson2002, mean difference; two maxima of the restricted likelihood", d$yi, d$vi)
d <- escalc("SMD", m1i = m1i, sd1i = sd1i, n1i = n1i, m2i = m2i, sd2i = sd2i, n2i = n2i, data = dat.normand1999)
add("stroke-stay-smd", "metadat dat.normand1999, standardised mean difference", d$yi, d$vi)
se <- function(l, u) (log(u) - log(l)) / (2 * qnorm(0.975))
z <- qnorm(1 - 0.0005 / 2)
add("lenalidomide", "three trials: 0.18 (0.09 to 0.32); 0.28 with P = 0.0005; 0.50 with 104 and 160 events",
    log(c(0.18, 0.28, 0.50)), c(se(0.09, 0.32)^2, (log(0.28) / z)^2, 1 / 104 + 1 / 160))
add("fisher-fails-1", "Fisher scoring does not converge",
    c(1.30, 1.94, .70, .36, 1.31, .46, 1.24, .71, .35, .77),
    c(.640, .421, .992, .058, .756, .634, .79, .596, .457, .935))
add("fisher-fails-2", "Fisher scoring stops early",
    c(-.47, -1.56, .18, .88, .74, .89, -.05, .52, 2.08, .81),
    c(.663, .660, .125, .068, .971, .094, .509, .887, .704, .556))
add("two-modes", "two maxima of the restricted likelihood", c(.79, 0, -.08), c(.12, .0029, .0023))
add("homogeneous", "effects that agree better than chance", c(.1, .12, .11, .09, .1), rep(.04, 5))
add("identical", "effects that agree exactly", rep(.3, 4), rep(.04, 4))
add("huge-heterogeneity", "between-study variance a million times the sampling variance",
    c(-1000, 250, 731, -42.5, 1999, 3, -777.25, 512), c(.9, 1.1, 2, .5, 1.5, 1, .75, 3))
add("dl-outside-interval", "DerSimonian-Laird estimate outside the Q profile",
    c(-.02, -.59, .57, -1.16, .57, .43, 0), c(.054, .087, .0025, .96, .0023, .004, .55))
add("unequal-variances", "variances over seven orders of magnitude",
    c(.31, .28, .9, -.4, 1.7, .305, .2), c(1e-6, 1e-4, .3, .02, 9, 4e-5, .0015))
add("metawin", "six effects of a known software report",
    c(.09452, .27736, .36654, .66438, .46181, .18516), c(.03295, .03070, .04988, .01051, .04266, .02342))
add("two-apart", "two effects far apart", c(0, 3), c(.1, .2))
add("two-close", "two effects, t with one degree of freedom", c(.1, .9), c(.04, .09))

num <- function(x) paste(sprintf("%.17g", x), collapse = " ")
con <- file(out, "w")
writeLines(sprintf("# R %s, metadat %s, metafor %s escalc(); core/stats/validation/datasets.R",
  getRversion(), packageVersion("metadat"), packageVersion("metafor")), con)
writeLines("name,source,y,v", con)
for (n in names(sets)) writeLines(sprintf('%s,"%s",%s,%s', n, sets[[n]]$source, num(sets[[n]]$y), num(sets[[n]]$v)), con)
close(con)
