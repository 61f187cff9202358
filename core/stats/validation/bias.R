# Tests of asymmetry, trim and fill, fail-safe numbers and excess significance with metafor.
# Usage: Rscript bias.R ../src/test/resources/org/lozenge/stats/model/datasets.csv DIR
suppressMessages({library(metafor); library(metadat)})

args <- commandArgs(TRUE)
data <- read.csv(args[1], comment.char = "#", colClasses = "character")
tight <- list(threshold = 1e-14, maxiter = 10000, tol = 1e-14)
num <- function(x) ifelse(is.na(x), "NA", sprintf("%.17g", x))
join <- function(x) paste(num(x), collapse = " ")
quiet <- function(expr) suppressWarnings(suppressMessages(tryCatch(expr, error = function(e) NULL)))
out <- function(name, call, header, rows) writeLines(c(
  sprintf("# metafor %s, R %s; %s; core/stats/validation/bias.R", packageVersion("metafor"), getRversion(), call), header, rows),
  file.path(args[2], name))
sets <- c("bcg", "bcg-three", "head-and-neck", "stroke-stay", "passive-smoking", "teacher-expectancy", "lidocaine", "magnesium",
  "adherence", "asthma", "fisher-fails-1", "fisher-fails-2", "metawin", "lenalidomide", "dl-outside-interval")
read <- function(n) { i <- which(data$name == n); list(y = as.numeric(strsplit(data$y[i], " ")[[1]]), v = as.numeric(strsplit(data$v[i], " ")[[1]])) }
reg <- rank <- trim <- fail <- excess <- character()
for (n in sets) {
  d <- read(n); y <- d$y; v <- d$v; k <- length(y)
  ni <- round(4 / v + seq_len(k)) # sizes made up from the variances
  for (p in c("sei", "vi", "ni", "ninv", "sqrtni", "sqrtninv")) for (m in c("lm", "REML", "DL")) {
    r <- if (m == "lm") quiet(regtest(y, v, ni = ni, model = "lm", predictor = p)) else
      quiet(regtest(rma(y, v, method = m, control = tight), predictor = p, ni = ni))
    if (m != "lm" && is.null(r)) r <- quiet({attr(y, "ni") <- ni; regtest(y, v, ni = ni, model = "rma", predictor = p, method = m, control = tight)})
    if (is.null(r)) next
    co <- if (m == "lm") coef(summary(r$fit))[2, 1:2] else c(r$fit$beta[2], r$fit$se[2])
    reg <- c(reg, paste(n, p, m, join(ni), join(co), num(r$zval), num(r$pval),
      if (is.null(r$est)) "NA NA NA" else join(c(r$est, r$ci.lb, r$ci.ub)), sep = ","))
  }
  for (e in c(TRUE, FALSE)) { r <- quiet(ranktest(y, v, exact = e)); if (!is.null(r)) rank <- c(rank, paste(n, e, num(r$tau), num(r$pval), sep = ",")) }
  for (m in c("EE", "DL", "REML")) {
    f <- quiet(rma(y, v, method = m, control = tight)); if (is.null(f)) next
    for (e in c("L0", "R0", "Q0")) for (s in c("auto", "left", "right")) {
      r <- quiet(if (s == "auto") trimfill(f, estimator = e, control = tight) else trimfill(f, estimator = e, side = s, control = tight)); if (is.null(r)) next
      trim <- c(trim, paste(n, m, e, s, r$side, num(r$k0), num(r$se.k0), num(c(r$beta)), num(r$se), num(r$tau2), sep = ","))
    }
  }
  w <- options(warn = -1)
  for (t in c("Rosenthal", "Orwin", "Rosenberg")) { r <- quiet(metafor:::fsn(y, v, type = t)); 
    cl <- unclass(r); fail <- c(fail, paste(n, tolower(t), num(cl$fsnum), num(if (is.null(cl$pval)) NA else cl$pval), sep = ",")) }
  z <- y / sqrt(v)
  options(w)
  theta <- c(rma(y, v, method = "EE")$beta)
  for (t in c("chi2", "binom", "exact")) { if (t == "exact" && k > 20) next
    r <- quiet(tes(y, v, theta = theta, tau2 = 0, test = t, progbar = FALSE)); if (is.null(r)) next
    excess <- c(excess, paste(n, t, num(theta), num(r$O), num(r$E), num(if (is.null(r$X2)) NA else r$X2), num(r$pval), sep = ",")) }
}
out("regtest.csv", "regtest(yi, vi, ni, model, predictor, method)", "data,predictor,model,n,slope,statistic,p_value,limit", reg)
out("ranktest.csv", "ranktest(yi, vi, exact)", "data,exact,tau,p_value", rank)
out("trimfill.csv", "trimfill(rma(yi, vi, method), estimator, side)", "data,method,estimator,given,side,k0,k0_se,estimate,se,tau2", trim)
out("fsn.csv", "fsn(yi, vi, type)", "data,method,n,p_value", fail)
out("tes.csv", "tes(yi, vi, theta, tau2 = 0, test)", "data,test,theta,observed,expected,x2,p_value", excess)
