# Tests of asymmetry, trim and fill, fail-safe numbers, excess significance, Henmi-Copas and selection models with metafor on random sets, some of
# them selected by their P values, with tied and untied standard errors.
# Usage: Rscript bias-random.R DIR
suppressMessages(library(metafor))
set.seed(20261121)

args <- commandArgs(TRUE)
tight <- list(threshold = 1e-14, maxiter = 10000, tol = 1e-14)
exact <- list(intCtrl = list(rel.tol = 1e-10, subdivisions = 1000), pval.min = 1e-300, optimizer = "nlminb", rel.tol = 1e-10, eval.max = 5000, iter.max = 5000)
num <- function(x) ifelse(is.na(x), "NA", sprintf("%.17g", x))
join <- function(...) paste(num(c(...)), collapse = " ")
quiet <- function(expr) suppressWarnings(suppressMessages(tryCatch(expr, error = function(e) NULL)))
SMOOTH <- c("beta", "halfnorm", "negexp", "logistic", "power")
STEPS <- list(0.025, 0.05, c(0.05, 0.5), c(0.01, 0.1, 0.6))

draw <- function(i) {
  k <- 5 + (7 * i) %% 21; tau <- c(0, .1, .3, .8)[i %% 4 + 1]; mu <- c(0, .2, .5, -.4)[(i %/% 4) %% 4 + 1]
  n <- if (i %% 3 == 0) k else 10 * k # with few standard errors, drawn again for each unpublished study, ties are likely
  se <- round(exp(runif(n, log(.08), log(.6))), if (i %% 3 == 0) 2 else 4)
  y <- s <- numeric(0); j <- 1
  while (length(y) < k) {
    e <- se[(j - 1) %% n + 1]; j <- j + 1; x <- round(rnorm(1, mu, sqrt(tau^2 + e^2)), 4); p <- pnorm(x / e, lower.tail = FALSE)
    if (runif(1) < switch(i %% 3 + 1, 1, ifelse(p < .025, 1, .4), exp(-2 * p))) { y <- c(y, x); s <- c(s, e) }
  }
  list(y = y, v = signif(s^2, 6))
}

sets <- rows <- character()
row <- function(what, setting, ...) rows <<- c(rows, paste(name, what, setting, join(...), sep = ","))
for (i in 1:24) {
  name <- paste0("random-", i); d <- draw(i); y <- d$y; v <- d$v
  sets <- c(sets, paste(name, join(y), join(v), sep = ","))
  r <- regtest(y, v, model = "lm"); row("egger", "lm", coef(summary(r$fit))[2, 1:2], r$zval, r$pval)
  for (m in c("DL", "REML")) { r <- quiet(regtest(rma(y, v, method = m, control = tight))); if (!is.null(r)) row("egger", m, r$fit$beta[2], r$fit$se[2], r$zval, r$pval) }
  for (e in c(TRUE, FALSE)) { r <- quiet(ranktest(y, v, exact = e)); row("rank", e, r$tau, r$pval) }
  for (m in c("EE", "DL", "REML")) {
    f <- quiet(rma(y, v, method = m, control = tight)); if (is.null(f)) next
    for (e in c("L0", "R0", "Q0")) for (s in c("auto", "left", "right")) {
      r <- quiet(if (s == "auto") trimfill(f, estimator = e, control = tight) else trimfill(f, estimator = e, side = s, control = tight))
      if (!is.null(r)) row("trimfill", paste(m, e, s), r$side == "right", r$k0, r$se.k0, r$beta, r$se)
    }
  }
  for (t in c("Rosenthal", "Orwin", "Rosenberg")) { r <- quiet(fsn(y, v, type = t)); row("fsn", tolower(t), r$fsnum, if (is.null(r$pval)) NA else r$pval) }
  theta <- c(rma(y, v, method = "EE")$beta)
  for (t in c("chi2", "binom")) { r <- quiet(tes(y, v, theta = theta, tau2 = 0, test = t, progbar = FALSE)); row("tes", t, theta, r$O, r$E, r$pval) }
  r <- quiet(hc(rma(y, v, method = "DL", control = tight), control = list(tol = 1e-14, maxiter = 100000))); if (!is.null(r)) row("hc", "DL", r$beta, r$se, r$ci.lb, r$ci.ub)
  f <- quiet(rma(y, v, method = "ML", control = tight)); if (is.null(f)) next
  for (type in c("stepfun", SMOOTH[i %% 5 + 1])) {
    a <- if (i %% 4 == 0) "two.sided" else if (i %% 7 == 0) "less" else "greater"
    step <- type == "stepfun"; steps <- STEPS[[i %% 4 + 1]]
    r <- quiet(if (step) selmodel(f, type = type, alternative = a, steps = steps, control = exact) else selmodel(f, type = type, alternative = a, control = exact))
    # A parameter on the bound of the search, or on 0, has no maximum there or another standard error.
    if (is.null(r) || any(r$delta > 90) || (!step && any(r$delta < 1e-4))) next
    row("selection", paste(type, a, if (step) paste(num(steps), collapse = " ")), c(logLik(r)), r$beta, r$se, r$tau2, if (step) r$delta[-1] else r$delta)
  }
}
head <- function(call) sprintf("# metafor %s, R %s; %s; core/stats/validation/bias-random.R", packageVersion("metafor"), getRversion(), call)
writeLines(c(head("set.seed(20261121)"), "name,y,v", sets), file.path(args[1], "random-sets.csv"))
writeLines(c(head("regtest, ranktest, trimfill, fsn, tes, hc, selmodel on random-sets.csv"), "data,what,setting,values", rows), file.path(args[1], "random-bias.csv"))
