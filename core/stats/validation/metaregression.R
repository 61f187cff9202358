# Meta-regressions of published data with moderators: metafor, and clubSandwich for robust tests.
# Usage: Rscript metaregression.R SETS.csv FITS.csv ROBUST.csv INTERVALS.csv
# A cell of FITS.csv is empty where the same number stands in another row: likelihoods do not depend on the test, nor do
# leverages, whose formula is the same for all methods; predictions and
# contrasts are those of REML. Tests besides z are those of REML, and the Hartung-Knapp test of DL.
suppressMessages({library(metafor); library(metadat); library(clubSandwich)})
args <- commandArgs(TRUE)
tight <- list(threshold = 1e-14, maxiter = 10000, tol = 1e-14)
num <- function(x) paste(sprintf("%.17g", as.numeric(x)), collapse = " ")
take <- function(d, y, v, mods, cluster = NULL) {
  d <- as.data.frame(d)
  d$.y <- as.numeric(d[[y]]); d$.v <- as.numeric(d[[v]])
  d$.c <- if (is.null(cluster)) (seq_len(nrow(d)) * 2) %/% 5 else as.integer(factor(d[[cluster]]))
  d <- d[is.finite(d$.y) & is.finite(d$.v) & d$.v > 0, ]
  lapply(mods, function(m) {
    f <- as.formula(m)
    e <- d[complete.cases(d[, intersect(all.vars(f), names(d)), drop = FALSE]), ]
    list(formula = m, y = e$.y, v = e$.v, cluster = e$.c, X = model.matrix(f, e))
  })
}
bcg <- escalc("RR", ai = tpos, bi = tneg, ci = cpos, di = cneg, data = dat.bcg)
raud <- dat.raudenbush1985; raud$weeks <- ifelse(raud$weeks > 3, 3, raud$weeks)
mol <- escalc("ZCOR", ri = ri, ni = ni, data = dat.molloy2014)
mcd <- escalc("ZCOR", ri = ri, ni = ni, data = dat.mcdaniel1994)
coh <- escalc("ZCOR", ri = ri, ni = ni, data = dat.cohen1981)
beg <- dat.begg1989
cur <- escalc("ROM", m1i = m1i, sd1i = sd1i, n1i = n1i, m2i = m2i, sd2i = sd2i, n2i = n2i, data = dat.curtis1998)
lin <- escalc("RR", ai = ai, n1i = n1i, ci = ci, n2i = n2i, data = dat.linde2005)
cra <- escalc("ZCOR", ri = ri, ni = ni, data = dat.craft2003)
cre <- escalc("ZCOR", ri = ri, ni = ni, data = dat.crede2010)
hac <- dat.hackshaw1998
pig <- transform(dat.pignon2000, yi = OmE / V, vi = 1 / V)
nor <- escalc("MD", m1i = m1i, sd1i = sd1i, n1i = n1i, m2i = m2i, sd2i = sd2i, n2i = n2i, data = dat.normand1999)
lan <- escalc("OR", ai = n.ctrl.rec, bi = n.ctrl.non, ci = n.cbt.rec, di = n.cbt.non, data = dat.landenberger2005)
bor <- transform(dat.bornmann2007, yi = log((waward / (wtotal - waward)) / (maward / (mtotal - maward))),
  vi = 1 / waward + 1 / (wtotal - waward) + 1 / maward + 1 / (mtotal - maward))
nw <- escalc("IRR", x1i = x1i, t1i = t1i, x2i = x2i, t2i = t2i, data = dat.hart1999)
kna <- dat.knapp2017
kal <- dat.kalaian1996
sets <- list(
  "bcg" = take(bcg, "yi", "vi", c("~ ablat", "~ ablat + year", "~ ablat * alloc", "~ alloc", "~ alloc - 1", "~ ablat + I(ablat^2)", "~ poly(year, 2) + alloc")),
  "raudenbush1985" = take(raud, "yi", "vi", c("~ weeks", "~ factor(weeks)", "~ setting * tester", "~ weeks + setting + tester", "~ log(weeks + 1)")),
  "bangertdrowns2004" = take(dat.bangertdrowns2004, "yi", "vi", c("~ length", "~ length + wic + feedback", "~ info + pers + imag + meta", "~ factor(grade)", "~ factor(grade) - 1", "~ ni * length")),
  "molloy2014" = take(mol, "yi", "vi", c("~ meanage", "~ quality + meanage", "~ controls * design", "~ a_measure - 1")),
  "mcdaniel1994" = take(mcd, "yi", "vi", c("~ type", "~ struct * type", "~ 0 + type")),
  "cohen1981" = take(coh, "yi", "vi", c("~ control", "~ log(ni)")),
  "begg1989" = take(beg, "yi", "vi", c("~ trt", "~ trt - 1")),
  "curtis1998" = take(cur, "yi", "vi", c("~ co2.elev", "~ fungrp", "~ method * time", "~ log(time) + pot"), "paper"),
  "linde2005" = take(lin, "yi", "vi", c("~ group", "~ group + prep")),
  "craft2003" = take(cra, "yi", "vi", c("~ sport", "~ var2", "~ var2:sport - 1"), "study"),
  "crede2010" = take(cre, "yi", "vi", c("~ criterion", "~ year + class"), "studyid"),
  "pignon2000" = take(pig, "yi", "vi", c("~ factor(grp)", "~ factor(grp) - 1"), "grp"),
  "hackshaw1998" = take(hac, "yi", "vi", c("~ year", "~ design * I(year - 1990)", "~ I((year - 1990) / 10) + I((year - 1990)^2)")),
  "bornmann2007" = take(bor, "yi", "vi", c("~ type", "~ year + type", "~ poly(year, 3)"), "study"),
  "konstantopoulos2011" = take(dat.konstantopoulos2011, "yi", "vi", c("~ I(year - 1990)", "~ year"), "district"),
  "assink2016" = take(dat.assink2016, "yi", "vi", c("~ year + deltype", "~ deltype * pubstatus"), "study"),
  "berkey1998" = take(dat.berkey1998, "yi", "vi", c("~ outcome - 1", "~ outcome * year"), "trial"),
  "kalaian1996" = take(kal, "yi", "vi", c("~ outcome", "~ outcome * log(hrs)", "~ ets + homework"), "study"),
  "normand1999" = take(nor, "yi", "vi", c("~ log(n1i)")),
  "landenberger2005" = take(lan, "yi", "vi", c("~ hrs_total", "~ design + group + sessions", "~ cbt.cogrestruct * cbt.angerctrl")),
  "knapp2017" = take(kna, "yi", "vi", c("~ difficulty", "~ task - 1", "~ I(difficulty^2) + task"), "study"),
  "hart1999" = take(nw, "yi", "vi", c("~ year"))
)
fits <- character(); robust <- character(); data <- character(); intervals <- character()
none <- function(n) paste(rep("", n), collapse = ";")
for (name in names(sets)) for (s in sets[[name]]) {
  X <- s$X; keep <- qr(X)$pivot[seq_len(qr(X)$rank)]; X <- X[, sort(keep), drop = FALSE]
  k <- length(s$y); p <- ncol(X); if (k <= p + 1) next
  id <- paste0(name, " ", s$formula)
  hasInt <- colnames(X)[1] == "(Intercept)"
  M <- if (hasInt) X[, -1, drop = FALSE] else X
  data <- c(data, paste(id, hasInt, num(s$y), num(s$v), num(M), num(s$cluster), sep = ";"))
  for (m in c("REML", "ML", "DL", "PM", "SJ", "HE", "EE")) for (test in c("z", "t", "knha", "adhoc")) {
    if (m == "EE" && test != "z") next
    if (m != "REML" && test %in% c("t", "adhoc")) next
    if (!m %in% c("REML", "DL") && test == "knha") next
    fit <- suppressWarnings(tryCatch(rma(s$y, s$v, mods = M, intercept = hasInt, method = m, test = test, control = tight), error = function(e) NULL))
    if (is.null(fit)) { cat("none:", id, m, test, "\n"); next }
    first <- m %in% c("REML", "EE") && test == "z"
    vifs <- if (!first) "" else num(tryCatch({v <- vif(fit); if (is.list(v)) unlist(v$vifs) else v}, error = function(e) NA))
    at <- none(9)
    if (m == "REML" && test %in% c("z", "knha")) {
      new <- M[unique(c(1, k %/% 2, k)), , drop = FALSE]
      pr <- suppressWarnings(predict(fit, newmods = new))
      L <- diag(p); L <- if (p > 1) L[2, , drop = FALSE] - L[p, , drop = FALSE] * (p > 2) else L
      an <- suppressWarnings(anova(fit, X = L))
      at <- paste(num(new), num(pr$pred), num(pr$se), num(pr$ci.lb), num(pr$pi.lb), num(L), num(an$Xb), num(an$se), num(an$pval), sep = ";")
    }
    fs <- fit$fit.stats
    likelihood <- if (test != "z") none(8) else paste(num(fs["ll", "ML"]), num(fs["AIC", "ML"]), num(fs["BIC", "ML"]), num(fs["AICc", "ML"]),
      num(fs["ll", "REML"]), num(fs["AIC", "REML"]), num(fs["BIC", "REML"]), num(fs["AICc", "REML"]), sep = ";")
    fits <- c(fits, paste(id, m, test, num(fit$beta), num(fit$se), num(fit$pval), num(fit$ci.lb), num(fit$tau2), num(fit$se.tau2),
      num(fit$QE), num(fit$QEp), num(fit$QM), num(fit$QMp), num(fit$I2 / 100), num(fit$H2), num(if (is.null(fit$R2)) NA else fit$R2 / 100),
      if (first && m == "REML") num(hatvalues(fit)) else "", vifs, at, likelihood, sep = ";"))
    if (m %in% c("REML", "ML") && test == "z") {
      exact <- list(tol = 1e-15, maxiter = 10000)
      qp <- suppressWarnings(tryCatch(confint(fit, type = "QP", control = exact)$random[1, ], error = function(e) rep(NA, 3)))
      pl <- suppressWarnings(tryCatch(confint(fit, type = "PL", control = exact)$random[1, ], error = function(e) rep(NA, 3)))
      intervals <- c(intervals, paste(id, m, num(fit$tau2), num(qp[2]), num(qp[3]), num(pl[2]), num(pl[3]), sep = ";"))
    }
  }
  fit <- suppressWarnings(tryCatch(rma(s$y, s$v, mods = M, intercept = hasInt, method = "REML", control = tight), error = function(e) NULL))
  if (is.null(fit)) { cat("no robust:", id, "\n"); next }
  for (type in c("CR0", "CR1", "CR1p", "CR1S", "CR2", "CR3")) for (grouped in c(TRUE, FALSE)) {
    cl <- if (grouped) s$cluster else seq_len(k)
    if (length(unique(cl)) <= p) next
    ct <- tryCatch({V <- vcovCR(fit, cluster = cl, type = type); as.data.frame(coef_test(fit, vcov = V, test = "Satterthwaite"))}, error = function(e) NULL)
    if (is.null(ct)) { cat("no robust:", id, type, grouped, "\n"); next }
    m <- if (hasInt) 2:p else 1:p
    w <- if (length(m) && p > hasInt) tryCatch(Wald_test(fit, constraints = constrain_zero(m), vcov = V, test = "HTZ"), error = function(e) NULL) else NULL
    df <- if ("df_Satt" %in% names(ct)) ct$df_Satt else ct$df
    pv <- if ("p_Satt" %in% names(ct)) ct$p_Satt else ct$p_val
    robust <- c(robust, paste(id, type, grouped, num(fit$tau2), num(ct$SE), num(df), num(pv),
      if (is.null(w)) "NaN;NaN;NaN" else paste(num(w$Fstat), num(w$df_denom), num(w$p_val), sep = ";"), sep = ";"))
  }
}
origin <- function(what) sprintf("# %s; metafor %s, clubSandwich %s, metadat %s, R %s; core/stats/validation/metaregression.R", what,
  packageVersion("metafor"), packageVersion("clubSandwich"), packageVersion("metadat"), getRversion())
writeLines(c(origin("published data and columns of model.matrix()"), "set;intercept;y;v;x;cluster", data), args[1])
writeLines(c(origin("rma(y, v, mods = X, method, test, control = list(threshold = 1e-14, maxiter = 10000, tol = 1e-14)), predict, vif, anova"),
  paste("set;method;test;estimate;se;p_value;ci_lower;tau2;tau2_se;qe;qe_p;qm;qm_p;i2;h2;r2;hat;vif;new;pred;pred_se;pred_lower;pi_lower;contrast;contrast_estimate;contrast_se;contrast_p",
    "ll_ml;aic_ml;bic_ml;aicc_ml;ll_reml;aic_reml;bic_reml;aicc_reml", sep = ";"), fits), args[2])
writeLines(c(origin("vcovCR(rma(method = \"REML\"), cluster, type), coef_test(test = \"Satterthwaite\"), Wald_test(test = \"HTZ\")"),
  "set;type;grouped;tau2;se;df;p_value;f;f_df2;f_p", robust), args[3])
writeLines(c(origin("confint(rma(y, v, mods = X, method), type = \"QP\" or \"PL\", control = list(tol = 1e-15, maxiter = 10000))"),
  "set;method;tau2;qp_lower;qp_upper;pl_lower;pl_upper", intervals), args[4])
