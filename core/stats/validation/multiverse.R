# Reference values of the analysis multiverse: every specification of the BCG trials, by metafor with tight control.
# Rscript core/stats/validation/multiverse.R > analyses/src/test/resources/org/lozenge/analyses/multiverse/multiverse-bcg.csv
suppressMessages(library(metafor))
tight <- list(threshold = 1e-14, maxiter = 10000, tol = 1e-14)
bcg <- escalc("RR", ai = tpos, bi = tneg, ci = cpos, di = cneg, data = dat.bcg)
tests <- c(hksj = "adhoc", z = "z", `hksj-plain` = "knha")
cat(sprintf("# metafor %s, %s; rma(yi, vi, method, test, control = list(threshold = 1e-14, maxiter = 10000, tol = 1e-14)); core/stats/validation/multiverse.R\n",
  packageVersion("metafor"), R.version.string))
cat("model,tau2,test,out,estimate,ci_lower,ci_upper,p_value\n")
row <- function(model, tau2, test, out, fit)
  cat(sprintf("%s,%s,%s,%d,%.17g,%.17g,%.17g,%.17g\n", model, tau2, test, out, fit$beta[1], fit$ci.lb, fit$ci.ub, fit$pval))
for (out in 0:13) {
  d <- if (out == 0) bcg else bcg[-out, ]
  for (tau2 in c("REML", "DL", "PM", "SJ", "EB"))
    for (test in names(tests))
      row("random", tolower(tau2), test, out, suppressWarnings(
        if (tau2 %in% c("DL", "SJ")) rma(yi, vi, data = d, method = tau2, test = tests[[test]])
        else rma(yi, vi, data = d, method = tau2, test = tests[[test]], control = tight)))
  row("common", "", "z", out, rma(yi, vi, data = d, method = "EE"))
}
