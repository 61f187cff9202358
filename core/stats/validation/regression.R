# Fits meta-regressions with metafor: three designs on data sets of datasets.csv, by every method and test.
# Usage: Rscript regression.R DATASETS.csv OUTPUT.csv
suppressMessages(library(metafor))

args <- commandArgs(TRUE)
data <- read.csv(args[1], comment.char = "#", colClasses = "character")
tight <- list(threshold = 1e-14, maxiter = 10000, tol = 1e-14)
methods <- c("EE", "DL", "PM", "REML", "ML", "HE", "SJ", "HS", "HSk", "EB", "PMM")
tests <- c("z", "t", "knha", "adhoc")
num <- function(x) paste(sprintf("%.17g", x), collapse = " ")
sets <- c("bcg", "head-and-neck", "stroke-stay", "teacher-expectancy", "magnesium", "adherence",
  "unequal-variances", "fisher-fails-1")
rows <- character()
for (name in sets) {
  i <- which(data$name == name)
  y <- as.numeric(strsplit(data$y[i], " ")[[1]]); v <- as.numeric(strsplit(data$v[i], " ")[[1]])
  k <- length(y)
  designs <- list(se = cbind(se = sqrt(v)), year = cbind(year = 10 + 3 * (seq_len(k) %% 7)),
    two = cbind(v = v, index = 1e-6 * (seq_len(k) * 7) %% 11))
  for (d in names(designs)) for (m in methods) for (test in tests) {
    if (m %in% c("EE", "PM", "HE", "HS", "HSk", "PMM") && test %in% c("t", "adhoc")) next
    X <- designs[[d]]
    fit <- suppressWarnings(tryCatch(rma(y, v, mods = X, method = m, test = test, control = tight), error = function(e) NULL))
    if (is.null(fit)) next
    rows <- c(rows, paste(name, d, m, test, num(c(X)), num(fit$beta), num(fit$se), num(fit$zval), num(fit$pval),
      num(fit$ci.lb), num(fit$ci.ub), num(fit$tau2), num(fit$se.tau2), num(fit$QE), num(fit$QEp), num(fit$QM),
      num(fit$QMp), num(fit$I2 / 100), num(fit$H2), num(hatvalues(fit)), sep = ","))
  }
}
writeLines(c(sprintf("# metafor %s, R %s; rma(y, v, mods = X, method, test, control = list(threshold = 1e-14, maxiter = 10000, tol = 1e-14)); core/stats/validation/regression.R",
  packageVersion("metafor"), getRversion()),
  "data,design,method,test,x,estimate,se,statistic,p_value,ci_lower,ci_upper,tau2,tau2_se,qe,qe_p,qm,qm_p,i2,h2,hat", rows), args[2])
