# What metafor does by default with counts and means: escalc() and rma() without options. Usage: Rscript conventions.R OUT.csv
suppressMessages(library(metafor))

bcg <- metadat::dat.bcg
sets <- list(
  bcg = with(bcg, data.frame(a = tpos, n1 = tpos + tneg, c = cpos, n2 = cpos + cneg)),
  zeros = data.frame(a = c(12, 0, 7, 30, 5), n1 = c(100, 50, 80, 200, 60), c = c(20, 4, 15, 33, 0), n2 = c(98, 52, 82, 190, 61)),
  "double-zeros" = data.frame(a = c(12, 0, 0, 7, 30), n1 = c(100, 50, 30, 80, 200), c = c(20, 4, 0, 15, 33), n2 = c(98, 52, 31, 82, 190)))
means <- data.frame(m1 = c(55, 27, 47, 66, 14), sd1 = c(47, 7, 21, 28, 17), n1 = c(15, 31, 24, 29, 18),
                    m2 = c(75, 29, 119, 137, 18), sd2 = c(64, 4, 29, 48, 11), n2 = c(16, 32, 25, 30, 20))
num <- function(x) sprintf("%.17g", x)
out <- character()
add <- function(set, measure, dat, csv) {
  common <- rma(yi, vi, data = dat, method = "EE")
  random <- suppressWarnings(rma(yi, vi, data = dat, control = list(threshold = 1e-13, maxiter = 10000, stepadj = 0.5)))
  p <- predict(random)
  out <<- c(out, paste(c(set, measure, common$k, num(c(common$beta, common$se, common$pval, common$ci.lb, common$ci.ub,
    random$beta, random$se, random$pval, random$ci.lb, random$ci.ub, p$pi.lb, p$pi.ub,
    random$tau2, random$I2 / 100, random$QE, random$QEp)), csv), collapse = ","))
}
for (set in names(sets)) for (measure in c("OR", "RR", "RD", "PETO")) {
  s <- sets[[set]]
  add(set, tolower(measure), escalc(measure, ai = a, n1i = n1, ci = c, n2i = n2, data = s),
    paste(apply(s, 1, paste, collapse = " "), collapse = ";"))
}
for (measure in c("MD", "SMD", "ROM")) {
  add("stroke-stay", tolower(measure), escalc(measure, m1i = m1, sd1i = sd1, n1i = n1, m2i = m2, sd2i = sd2, n2i = n2, data = means),
    paste(apply(means, 1, paste, collapse = " "), collapse = ";"))
}
writeLines(c(sprintf("# metafor %s, R %s; escalc(measure), rma(method = EE), rma(control threshold 1e-13, stepadj 0.5), predict(); core/stats/validation/conventions.R",
  packageVersion("metafor"), getRversion()),
  "set,measure,k,c_estimate,c_se,c_p_value,c_ci_lower,c_ci_upper,estimate,se,p_value,ci_lower,ci_upper,pi_lower,pi_upper,tau2,i2,q,q_p,raw", out), commandArgs(TRUE)[1])
