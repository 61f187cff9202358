# Selection models with metafor.
# Usage: Rscript selection.R ../src/test/resources/org/lozenge/stats/model/datasets.csv DIR
suppressMessages({library(metafor); library(metadat)})

args <- commandArgs(TRUE)
data <- read.csv(args[1], comment.char = "#", colClasses = "character")
tight <- list(threshold = 1e-14, maxiter = 10000, tol = 1e-14)
num <- function(x) ifelse(is.na(x), "NA", sprintf("%.17g", x))
join <- function(x) paste(num(x), collapse = " ")
quiet <- function(expr) suppressWarnings(suppressMessages(tryCatch(expr, error = function(e) NULL)))
out <- function(name, call, header, rows) writeLines(c(
  sprintf("# metafor %s, R %s; %s; core/stats/validation/selection.R", packageVersion("metafor"), getRversion(), call), header, rows),
  file.path(args[2], name))
read <- function(n) { i <- which(data$name == n); list(y = as.numeric(strsplit(data$y[i], " ")[[1]]), v = as.numeric(strsplit(data$v[i], " ")[[1]])) }
sel <- character()
selsets <- list(bcg = "less", `teacher-expectancy` = "greater", adherence = "greater")
for (n in names(selsets)) { d <- read(n); f <- rma(d$y, d$v, method = "ML", control = tight)
  for (t in c("beta", "halfnorm", "negexp", "logistic", "power", "stepfun", "stepfun2", "stepfun3")) for (a in c(selsets[[n]], "two.sided")) {
    if (a == "two.sided" && !grepl("^step", t) && t != "negexp") next
    type <- sub("[23]$", "", t); steps <- switch(t, stepfun = 0.025, stepfun2 = c(0.05, 0.5), stepfun3 = c(0.01, 0.1, 0.6), NULL)
    ctl <- list(optimizer = "nlminb")
    r <- quiet(if (is.null(steps)) selmodel(f, type = type, alternative = a, control = ctl) else selmodel(f, type = type, alternative = a, steps = steps, control = ctl))
    if (is.null(r)) next
    del <- if (type == "stepfun") r$delta[-1] else r$delta; sdel <- if (type == "stepfun") r$se.delta[-1] else r$se.delta
    sel <- c(sel, paste(n, type, a, if (is.null(steps)) "" else paste(steps, collapse = " "), num(c(r$beta)), num(r$se), num(r$tau2), num(r$se.tau2),
      join(del), join(sdel), num(r$LRT), num(r$LRTp), num(c(logLik(r))), sep = ","))
  } }
out("selmodel.csv", "selmodel(rma(yi, vi, method = 'ML'), type, alternative, steps, control = list(optimizer = 'nlminb'))",
  "data,type,alternative,steps,estimate,se,tau2,tau2_se,delta,delta_se,lrt,lrt_p,log_likelihood", sel)
