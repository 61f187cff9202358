# Fits every data set with metafor by every method and test.
# Usage: Rscript models.R DATASETS.csv MODELS.csv HETEROGENEITY.csv STUDIES.csv
suppressMessages(library(metafor))

args <- commandArgs(TRUE)
data <- read.csv(args[1], comment.char = "#", colClasses = "character")
tight <- list(threshold = 1e-14, maxiter = 10000, tol = 1e-14)
profile <- list(tol = 1e-14, maxiter = 100000, tau2.max = 1e12)
methods <- c("EE", "DL", "PM", "REML", "ML", "HE", "SJ", "HS", "HSk", "EB", "SJIT", "PMM")
tests <- c("z", "t", "knha", "adhoc")
num <- function(x) ifelse(is.na(x), "NA", sprintf("%.17g", x))
origin <- function(call) sprintf("# metafor %s, R %s; %s; core/stats/validation/models.R", packageVersion("metafor"), getRversion(), call)
quiet <- function(expr) suppressWarnings(suppressMessages(tryCatch(expr, error = function(e) NULL)))

models <- heterogeneity <- studies <- character()
for (i in seq_len(nrow(data))) {
  y <- as.numeric(strsplit(data$y[i], " ")[[1]]); v <- as.numeric(strsplit(data$v[i], " ")[[1]])
  k <- length(y)
  for (m in methods) {
    if (k == 1 && m != "EE") next
    for (test in tests) {
      if (k == 1 && test != "z") next
      if (m == "EE" && test != "z") next
      fit <- quiet(rma(y, v, method = m, test = test, control = tight))
      if (is.null(fit)) next
      df <- if (test == "z") NA else k - 1
      p <- if (k >= 3 && m != "EE") quiet(predict(fit)) else NULL
      pi <- if (is.null(p)) c(NA, NA) else c(p$pi.lb, p$pi.ub)
      models <- c(models, paste(c(data$name[i], m, test,
        num(c(fit$beta, fit$se, fit$zval, df, fit$pval, fit$ci.lb, fit$ci.ub, pi))), collapse = ","))
      if (test %in% c("z", "knha") && m %in% c("EE", "DL", "REML")) {
        b <- if (m != "EE") quiet(blup(fit)) else NULL
        if (m == "EE" || !is.null(b)) studies <- c(studies, paste(data$name[i], m, test,
          paste(num(weights(fit) / 100), collapse = " "),
          if (is.null(b)) "" else paste(num(b$pred), collapse = " "),
          if (is.null(b)) "" else paste(num(b$se), collapse = " "), sep = ","))
      }
      if (test == "z" && k > 1 && m != "EE") {
        ci <- quiet(confint(fit, control = profile)$random)
        if (is.null(ci)) ci <- matrix(NA, 4, 3)
        heterogeneity <- c(heterogeneity, paste(c(data$name[i], m,
          num(c(fit$QE, k - 1, fit$QEp, fit$tau2, fit$se.tau2, ci[1, 2:3], fit$I2 / 100, ci[3, 2:3] / 100,
                fit$H2, ci[4, 2:3]))), collapse = ","))
      }
    }
  }
}
call <- 'rma(y, v, method, test, control = list(threshold = 1e-14, maxiter = 10000, tol = 1e-14))'
writeLines(c(origin(paste0(call, ", predict()")),
  "data,method,test,estimate,se,statistic,df,p_value,ci_lower,ci_upper,pi_lower,pi_upper", models), args[2])
writeLines(c(origin(paste0(call, ", confint(control = list(tol = 1e-14, maxiter = 100000, tau2.max = 1e12))")),
  "data,method,q,q_df,q_p,tau2,tau2_se,tau2_lower,tau2_upper,i2,i2_lower,i2_upper,h2,h2_lower,h2_upper", heterogeneity), args[3])
writeLines(c(origin(paste0(call, ", weights(), blup()")), "data,method,test,weights,blups,blup_ses", studies), args[4])
