# Writes effect sizes of many data sets by metafor's escalc(): one line per data set, measure and setting.
# Usage: Rscript effects.R OUTPUT.csv
#
# Columns: data set, measure, variance type, constant for zero cells, to which studies, double zeros dropped (0/1), the raw
# numbers (studies separated by ';', in the order of the Java record), effects and variances (NA where there is none).
suppressMessages({library(metafor); library(metadat)})

out <- commandArgs(TRUE)[1]
con <- file(out, "w")
num <- function(x) vapply(x, function(v) {
  if (is.na(v)) return("NA")
  for (digits in 6:17) { text <- sprintf("%.*g", digits, v); if (as.numeric(text) == v) break }
  text
}, "")
writeLines(sprintf("# metafor %s escalc(), metadat %s, R %s; core/stats/validation/effects.R",
  packageVersion("metafor"), packageVersion("metadat"), getRversion()), con)
writeLines("set,measure,vtype,add,to,drop00,raw,y,v", con)

line <- function(set, measure, raw, d, vtype = "LS", add = 0.5, to = "only0", drop00 = FALSE) {
  cells <- apply(raw, 1, function(r) paste(num(as.numeric(r)), collapse = " "))
  writeLines(paste(set, tolower(measure), tolower(vtype), add, to, as.integer(drop00),
    paste(cells, collapse = ";"), paste(num(d$yi), collapse = " "), paste(num(d$vi), collapse = " "), sep = ","), con)
}
quiet <- function(x) suppressWarnings(x)
# The first 20 complete studies: enough to see every case, and the file stays small.
complete <- function(d) { d <- as.data.frame(lapply(d, as.numeric)); head(d[complete.cases(d), , drop = FALSE], 20) }

# ---- two-by-two tables
tables <- list(
  bcg = with(dat.bcg, cbind(tpos, tneg, cpos, cneg)),
  collins1985a = with(dat.collins1985a, cbind(b.xti, nti - b.xti, b.xci, nci - b.xci)),
  collins1985b = with(dat.collins1985b, cbind(pre.xti, pre.nti - pre.xti, pre.xci, pre.nci - pre.xci)),
  vanhowe1999 = with(dat.vanhowe1999, cbind(non.pos, non.neg, cir.pos, cir.neg)),
  damico2009 = with(dat.damico2009, cbind(xt, nt - xt, xc, nc - xc)),
  viechtbauer2021 = with(dat.viechtbauer2021, cbind(xTi, nTi - xTi, xCi, nCi - xCi)),
  cannon2006 = with(dat.cannon2006, cbind(ep1t, nt - ep1t, ep1c, nc - ep1c)),
  axfors2021 = with(dat.axfors2021, cbind(hcq_arm_event, hcq_arm_total - hcq_arm_event,
    control_arm_event, control_arm_total - control_arm_event)),
  fine1993 = with(dat.fine1993, cbind(e1i, nei - e1i, c1i, nci - c1i)),
  bourassa1996 = with(dat.bourassa1996, cbind(lh.le, lh.re, rh.le, rh.re)),
  landenberger2005 = with(dat.landenberger2005, cbind(n.cbt.rec, n.cbt.non, n.ctrl.rec, n.ctrl.non)))
for (set in c("egger2001", "hine1989", "laopaiboon2015", "lee2004", "li2007", "linde2005", "nielweise2007", "yusuf1985",
    "hahn2001", "graves2010", "anand1999", "lau1992"))
  tables[[set]] <- with(get(paste0("dat.", set)), cbind(ai, n1i - ai, ci, n2i - ci))
tables$yusuf1985 <- tables$yusuf1985[order(tables$yusuf1985[, 1] + tables$yusuf1985[, 3]), ]
tables$sparse <- rbind(c(0, 20, 3, 17), c(0, 30, 0, 30), c(5, 0, 4, 6), c(7, 0, 9, 0), c(1, 99, 0, 50), c(3, 7, 2, 8))
for (set in names(tables)) {
  raw <- complete(as.data.frame(tables[[set]]))
  raw <- raw[raw[, 1] + raw[, 2] > 0 & raw[, 3] + raw[, 4] > 0, ]
  names(raw) <- c("a", "b", "c", "d")
  calc <- function(measure, ...) quiet(escalc(measure, ai = raw$a, bi = raw$b, ci = raw$c, di = raw$d, ...))
  for (measure in c("OR", "RR", "RD", "PETO", "YUQ", "YUY", "PBIT", "OR2DN", "OR2DL")) {
    line(set, measure, raw, calc(measure))
    if (any(raw == 0)) {
      line(set, measure, raw, calc(measure, to = "all"), to = "all")
      line(set, measure, raw, calc(measure, to = "if0all", add = 0.25), to = "if0all", add = 0.25)
      line(set, measure, raw, calc(measure, drop00 = TRUE), drop00 = TRUE)
      line(set, measure, raw, calc(measure, to = "none"), to = "none")
    }
  }
  line(set, "AS", raw, calc("AS"), add = 0)
  for (type in c("UB", "AV")) line(set, "RD", raw, calc("RD", vtype = type), vtype = type)
  for (type in c("LS", "ST", "CS")) line(set, "PHI", raw, calc("PHI", vtype = type), vtype = type, add = 0)
  for (measure in c("MPRR", "MPOR", "MPRD", "MPORC", "MPPETO")) {
    line(set, measure, raw, calc(measure))
    if (any(raw == 0)) for (to in c("all", "if0all", "none")) line(set, measure, raw, calc(measure, to = to), to = to)
  }
}

# ---- margins of matched pairs
raw <- data.frame(a = c(40, 12, 25, 0), b = c(16, 30, 75, 20), c = c(38, 20, 40, 3), d = c(18, 22, 60, 17),
  r = c(.3, -.2, .71, .1))
line("synthetic", "MPORM", raw, with(raw, quiet(escalc("MPORM", ai = a, bi = b, ci = c, di = d, ri = r))))

# ---- person-time
times <- list(hart1999 = with(dat.hart1999, cbind(x1i, t1i, x2i, t2i)),
  nielweise2008 = with(dat.nielweise2008, cbind(x1i, t1i, x2i, t2i)),
  sparse = rbind(c(0, 120.5, 3, 98.25), c(0, 10, 0, 12), c(5, 33, 0, 41), c(8, 1.5, 6, 2.5)))
for (set in names(times)) {
  raw <- complete(as.data.frame(times[[set]])); names(raw) <- c("x1", "t1", "x2", "t2")
  for (measure in c("IRR", "IRD", "IRSD")) {
    calc <- function(...) with(raw, quiet(escalc(measure, x1i = x1, t1i = t1, x2i = x2, t2i = t2, ...)))
    line(set, measure, raw, calc(), add = if (measure == "IRSD") 0 else 0.5)
    if (measure != "IRSD") {
      line(set, measure, raw, calc(to = "all"), to = "all")
      line(set, measure, raw, calc(to = "if0all", add = 0.25), to = "if0all", add = 0.25)
      line(set, measure, raw, calc(to = "none"), to = "none")
      line(set, measure, raw, calc(drop00 = TRUE), drop00 = TRUE)
    }
  }
}

# ---- two means
means <- list()
for (set in c("normand1999", "curtis1998", "gibson2002"))
  means[[set]] <- with(get(paste0("dat.", set)), cbind(m1i, sd1i, n1i, m2i, sd2i, n2i))
means$michael2013 <- with(dat.michael2013, cbind(Brain_m, Brain_s, Brain_n, No_brain_m, No_brain_s, No_brain_n))
means$franchini2012 <- with(dat.franchini2012, cbind(y1, sd1, n1, y2, sd2, n2))
means$stowe2010 <- with(dat.stowe2010, cbind(y1, sd1, n1, y2, sd2, n2))
means$dagostino1998 <- with(dat.dagostino1998, cbind(mt, sdt, nt, mc, sdc, nc))
means$besson2016 <- with(dat.besson2016, cbind(exp_mean, exp_se * sqrt(exp_n), exp_n, con_mean, con_se * sqrt(con_n), con_n))
# Sizes up to 300: above, metafor takes J from a difference of large logarithms (6e-10 off at a million). See effects-exact.py.
means$made <- rbind(c(1.2, 2, 180, 1, 2.1, 190), c(100, 15, 150, 99, 14.9, 140), c(.3, 1, 20, .1, 1.5, 25))
for (set in names(means)) {
  raw <- complete(as.data.frame(means[[set]])); names(raw) <- c("m1", "s1", "n1", "m2", "s2", "n2")
  raw <- raw[raw$s1 > 0 & raw$s2 > 0 & raw$n1 > 2 & raw$n2 > 4, ]
  calc <- function(measure, ...) with(raw, quiet(escalc(measure, m1i = m1, sd1i = s1, n1i = n1, m2i = m2, sd2i = s2, n2i = n2, ...)))
  for (type in c("LS", "HO")) line(set, "MD", raw, calc("MD", vtype = type), vtype = type)
  for (type in c("LS", "LS2", "UB", "AV")) {
    line(set, "SMD", raw, calc("SMD", vtype = type), vtype = type)
    line(set, "SMD1", raw, calc("SMD1", vtype = type), vtype = type)
  }
  # The variance of SMDH without the factor J squared, as since metafor 4.6.
  d <- calc("SMDH"); j <- with(raw, d$yi / ((m1 - m2) / sqrt((s1^2 + s2^2) / 2)))
  if (all(raw$m1 != raw$m2)) { d$vi <- d$vi / j^2; line(set, "SMDH", raw, d) }
  positive <- raw$m1 > 0 & raw$m2 > 0
  if (all(positive)) {
    for (type in c("LS", "HO", "AV", "AVHO")) line(set, "ROM", raw, calc("ROM", vtype = type), vtype = type)
    line(set, "CVR", raw, calc("CVR"))
  }
  for (measure in c("D2ORN", "D2ORL", "RBIS")) line(set, measure, raw, calc(measure))
  for (type in c("LS", "ST", "CS")) line(set, "RPB", raw, calc("RPB", vtype = type), vtype = type)
  spread <- raw[, c("s1", "n1", "s2", "n2")]
  line(set, "VR", spread, calc("VR"))

  # the same numbers as if they came from pairs
  pairs <- with(raw, data.frame(m1, s1, m2, s2, r = rep_len(c(.5, -.3, .82, 0), nrow(raw)), n = n1))
  calc <- function(measure, ...) with(pairs, quiet(escalc(measure, m1i = m1, sd1i = s1, m2i = m2, sd2i = s2, ri = r, ni = n, ...)))
  for (measure in c("MC", "SMCC", "SMCR")) line(set, measure, pairs, calc(measure))
  for (measure in c("SMCC", "SMCR")) line(set, measure, pairs, calc(measure, vtype = "LS2"), vtype = "LS2")
  d <- calc("SMCRH"); j <- with(pairs, d$yi / ((m1 - m2) / s1))
  if (all(pairs$m1 != pairs$m2)) { d$vi <- d$vi / j^2; line(set, "SMCRH", pairs, d) }
  if (all(positive)) for (measure in c("ROMC", "CVRC")) line(set, measure, pairs, calc(measure))
  line(set, "VRC", pairs[, c("s1", "s2", "r", "n")], calc("VRC"))

  # and as if each first group stood alone
  one <- raw[, c("m1", "s1", "n1")]
  calc <- function(measure) with(one, quiet(escalc(measure, mi = m1, sdi = s1, ni = n1)))
  line(set, "MN", one, calc("MN")); line(set, "SMN", one, calc("SMN"))
  if (all(one$m1 > 0)) for (measure in c("MNLN", "CVLN")) line(set, measure, one, calc(measure))
  line(set, "SDLN", one[, c("s1", "n1")], calc("SDLN"))
}

# ---- correlations
# Not UCOR: the hypergeometric function of gsl, which metafor calls, has three digits near r = 0. See effects-exact.py.
cors <- list(nakagawa2007 = with(dat.nakagawa2007, cbind(Correlation, SampleSize)), white2020 = with(dat.white2020, cbind(r, n)))
for (set in c("mcdaniel1994", "molloy2014", "cohen1981", "craft2003", "crede2010"))
  cors[[set]] <- with(get(paste0("dat.", set)), cbind(ri, ni))
for (set in names(cors)) {
  raw <- complete(as.data.frame(cors[[set]])); names(raw) <- c("r", "n")
  raw <- raw[abs(raw$r) < 1 & raw$n > 4, ]
  calc <- function(measure, ...) with(raw, quiet(escalc(measure, ri = r, ni = n, ...)))
  for (type in c("LS", "AV")) line(set, "COR", raw, calc("COR", vtype = type), vtype = type)
  line(set, "ZCOR", raw, calc("ZCOR"))
}
raw <- with(dat.aloe2013, data.frame(t = tval, r2 = R2, m = preds, n = n))
line("aloe2013", "SPCOR", raw, with(raw, escalc("SPCOR", ti = t, ni = n, mi = m, r2i = r2)))
line("aloe2013", "SPCOR", raw, with(raw, escalc("SPCOR", ti = t, ni = n, mi = m, r2i = r2, vtype = "AV")), vtype = "AV")
# The variance of PCOR over n - m, of ZPCOR 1/(n - m - 2), as since metafor 4.4 where m counts the predictor in question.
d <- with(raw, escalc("PCOR", ti = t, ni = n, mi = m)); d$vi <- d$vi * (raw$n - raw$m - 1) / (raw$n - raw$m)
line("aloe2013", "PCOR", raw[, c("t", "m", "n")], d)
d <- with(raw, escalc("ZPCOR", ti = t, ni = n, mi = m)); d$vi <- 1 / (raw$n - raw$m - 2)
line("aloe2013", "ZPCOR", raw[, c("t", "m", "n")], d)

# ---- proportions, rates
props <- list(debruin2009 = with(dat.debruin2009, cbind(xi, ni)), dong2013 = with(dat.dong2013, cbind(death, randomized)),
  dogliotti2014 = with(dat.dogliotti2014, cbind(stroke, total)), gurusamy2011 = with(dat.gurusamy2011, cbind(death, n)),
  baker2009 = with(dat.baker2009, cbind(exac, total)), edge = rbind(c(0, 12), c(12, 12), c(1, 1), c(0, 1), c(3, 1e6)))
for (set in c("pritz1997", "hannum2020", "hasselblad1998", "pagliaro1992"))
  props[[set]] <- with(get(paste0("dat.", set)), cbind(xi, ni))
for (set in names(props)) {
  raw <- complete(as.data.frame(props[[set]])); names(raw) <- c("x", "n")
  calc <- function(measure, ...) with(raw, quiet(escalc(measure, xi = x, ni = n, ...)))
  for (type in c("LS", "UB", "AV")) line(set, "PR", raw, calc("PR", vtype = type), vtype = type)
  for (measure in c("PLN", "PLO")) for (type in c("LS", "AV")) line(set, measure, raw, calc(measure, vtype = type), vtype = type)
  if (any(raw$x == 0 | raw$x == raw$n)) for (measure in c("PR", "PLN", "PLO")) {
    for (to in c("all", "none")) line(set, measure, raw, calc(measure, to = to), to = to)
    line(set, measure, raw, calc(measure, to = "if0all", add = 0.25), to = "if0all", add = 0.25)
  }
  for (measure in c("PAS", "PFT")) line(set, measure, raw, calc(measure), add = 0)
}
for (set in names(times)) {
  raw <- complete(as.data.frame(times[[set]]))[, 1:2]; names(raw) <- c("x", "t")
  for (measure in c("IR", "IRLN", "IRS", "IRFT"))
    line(set, measure, raw, with(raw, quiet(escalc(measure, xi = x, ti = t))), add = if (measure %in% c("IRS", "IRFT")) 0 else 0.5)
}

# ---- reliability, genotypes
raw <- with(dat.bonett2010, data.frame(alpha = ai, m = mi, n = ni))
for (measure in c("ARAW", "AHW", "ABT")) line("bonett2010", measure, raw, with(raw, escalc(measure, ai = alpha, mi = m, ni = n)))
raw <- with(dat.frank2008, data.frame(a = bc.ins.ins, b = bc.ins.del, c = bc.del.del))
line("frank2008", "REH", raw, with(raw, escalc("REH", ai = a, bi = b, ci = c)))
close(con)
