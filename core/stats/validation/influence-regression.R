# Writes src/test/resources/org/lozenge/stats/sensitivity/influence-regression.csv: influence() of metafor on
# meta-regressions, the refits without each study, and cluster by cluster.
# Run in core/stats: Rscript validation/influence-regression.R
suppressMessages(library(metafor))
tight <- list(threshold = 1e-14, maxiter = 10000, tol = 1e-14)
folder <- "src/test/resources/org/lozenge/stats/"
sets <- read.csv(paste0(folder, "model/datasets.csv"), comment.char = "#")
numbers <- function(text) as.numeric(strsplit(text, " ")[[1]])
show <- function(x) paste(ifelse(is.na(x), "NA", sprintf("%.17g", x)), collapse = " ")
out <- file(paste0(folder, "sensitivity/influence-regression.csv"), "w")
writeLines(c(paste0("# metafor ", packageVersion("metafor"), ", R ", getRversion(),
  "; influence(), rstandard() of rma(y, v, mods = X, method, test, control = list(threshold = 1e-14,",
  " maxiter = 10000, tol = 1e-14)) and rma() of the rows that are left; core/stats/validation/influence-regression.R"),
  "data,design,method,test,quantity,values"), out)
for (name in c("bcg", "magnesium", "teacher-expectancy")) {
  y <- numbers(sets$y[sets$name == name])
  v <- numbers(sets$v[sets$name == name])
  k <- length(y)
  designs <- list(se = cbind(se = sqrt(v)), year = cbind(year = 10 + 3 * (seq_len(k) %% 7)),
    two = cbind(index = 1e-3 * (seq_len(k) * 7) %% 11, late = as.numeric(seq_len(k) > k / 2)),
    lone = cbind(lone = as.numeric(seq_len(k) == 3)))
  for (d in names(designs)) writeLines(paste(name, d, "", "", "x", show(c(designs[[d]])), sep = ","), out)
  for (d in names(designs)) for (spec in list(c("EE", "z"), c("DL", "z"), c("REML", "z"), c("REML", "knha"), c("REML", "adhoc"), c("ML", "t"))) {
    X <- designs[[d]]
    fit <- function(rows) suppressWarnings(tryCatch(
      rma(y[rows], v[rows], mods = X[rows, , drop = FALSE], method = spec[1], test = spec[2], control = tight), error = function(e) NULL))
    r <- fit(seq_len(k))
    if (is.null(r)) next
    put <- function(quantity, values)
      writeLines(paste(name, d, spec[1], spec[2], quantity, show(values), sep = ","), out)
    i <- suppressWarnings(influence(r))
    for (q in c("rstudent", "dffits", "cook.d", "cov.r", "tau2.del", "QE.del", "hat", "weight")) put(q, i$inf[[q]])
    for (j in seq_len(ncol(X) + 1)) put(paste0("dfbs", j - 1), i$dfbs[[j]])
    put("flagged", as.numeric(i$is.infl))
    put("rstandard", rstandard(r)$z)
    refits <- lapply(seq_len(k), function(o) {
      f <- fit(-o)
      if (is.null(f) || nrow(f$beta) < ncol(X) + 1) NULL else f
    })
    take <- function(q, of = function(f) f[[q]]) sapply(refits, function(f) if (is.null(f)) NA else of(f))
    for (j in seq_len(ncol(X) + 1)) for (q in c("beta", "se", "zval", "pval", "ci.lb", "ci.ub"))
      put(paste0("without.", q, j - 1), take(q, function(f) f[[q]][j]))
    for (q in c("tau2", "QE", "QEp", "QM", "QMp", "I2", "H2")) put(paste0("without.", q), take(q))
  }
}
close(out)
