# Moment estimators, exact and likelihood intervals of tau², Henmi-Copas and weighted least squares by metafor and lm.
# Usage: Rscript inference.R DATASETS.csv OUT.csv
suppressMessages(library(metafor))

args <- commandArgs(TRUE)
data <- read.csv(args[1], comment.char = "#", colClasses = "character")
tight <- list(threshold = 1e-14, maxiter = 10000, tol = 1e-14)
num <- function(x) ifelse(is.na(x), "NA", sprintf("%.17g", x))
quiet <- function(expr) suppressWarnings(suppressMessages(tryCatch(expr, error = function(e) NULL)))
out <- character()
add <- function(...) out <<- c(out, paste(c(...), collapse = ","))
for (i in seq_len(nrow(data))) {
  name <- data$name[i]
  y <- as.numeric(strsplit(data$y[i], " ")[[1]]); v <- as.numeric(strsplit(data$v[i], " ")[[1]])
  k <- length(y)
  if (k == 1) next
  for (rule in c("se", "iv", "equal", "given")) {
    a <- switch(rule, se = 1 / sqrt(v), iv = 1 / v, equal = rep(1, k), given = seq_len(k))
    fit <- quiet(rma(y, v, weights = a, method = "GENQ", control = tight))
    if (!is.null(fit)) add(name, "genq", rule, num(c(fit$tau2, fit$se.tau2)))
    median <- quiet(rma(y, v, weights = a, method = "GENQM", control = tight))
    if (!is.null(median)) add(name, "genqm", rule, num(c(median$tau2, median$se.tau2)))
    ci <- quiet(confint(fit, control = list(tol = 1e-14, maxiter = 100000, tau2.max = 1e8))$random)
    if (!is.null(ci)) add(name, "interval", rule, num(ci[1, 2:3]))
  }
  for (m in c("REML", "ML")) {
    fit <- quiet(rma(y, v, method = m, control = tight))
    ci <- quiet(confint(fit, type = "PL", control = list(tol = 1e-14, maxiter = 100000, tau2.max = 1e8))$random)
    if (!is.null(ci)) add(name, "pl", tolower(m), num(ci[1, 2:3]))
  }
  h <- quiet(hc(rma(y, v, method = "DL", control = tight), control = list(tol = 1e-14, maxiter = 100000)))
  if (!is.null(h)) { add(name, "hc", "se", num(c(h$beta, h$se))); add(name, "hc", "ci", num(c(h$ci.lb, h$ci.ub))) }
  w <- quiet(summary(lm(y ~ 1, weights = 1 / v))$coefficients)
  if (!is.null(w)) { add(name, "uwls", "se", num(w[1, 1:2])); add(name, "uwls", "p", num(w[1, 3:4])) }
}
writeLines(c(sprintf("# metafor %s, R %s; rma(weights, method = GENQ/GENQM), confint(type = GENQ/PL), hc(), lm(), control tol 1e-14; core/stats/validation/inference.R",
  packageVersion("metafor"), getRversion()), "data,what,detail,first,second", out), args[2])
