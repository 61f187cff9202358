# Selection models with metafor, one row for each attempt, whether metafor succeeds or not.
# The controls of CONTROLS are tried in turn until one succeeds.
# Usage: Rscript selection.R ../src/test/resources/org/lozenge/stats/model/datasets.csv DIR
suppressMessages(library(metafor))

args <- commandArgs(TRUE)
data <- read.csv(args[1], comment.char = "#", colClasses = "character")
tight <- list(threshold = 1e-14, maxiter = 10000, tol = 1e-14)
num <- function(x) ifelse(is.na(x), "NA", sprintf("%.17g", x))
join <- function(x) paste(num(x), collapse = " ")
read <- function(n) { i <- which(data$name == n); list(y = as.numeric(strsplit(data$y[i], " ")[[1]]), v = as.numeric(strsplit(data$v[i], " ")[[1]])) }
# Integrals to 1e-10 instead of 1e-4, and no bound of P below 1e-300 (metafor sets P below 1e-5 to that for the beta function).
exact <- list(intCtrl = list(rel.tol = 1e-10, subdivisions = 1000), pval.min = 1e-300)
CONTROLS <- list(
  nlminb12 = c(list(optimizer = "nlminb", rel.tol = 1e-12, eval.max = 5000, iter.max = 5000), exact),
  nlminb10 = c(list(optimizer = "nlminb", rel.tol = 1e-10, eval.max = 5000, iter.max = 5000), exact),
  bfgs = c(list(optimizer = "optim", method = "BFGS", reltol = 1e-12, maxit = 2000), exact))
first <- function(e) gsub("[,\"\n]", " ", strsplit(conditionMessage(e), "\n")[[1]][1])
sets <- list(bcg = "less", `teacher-expectancy` = "greater", adherence = "greater", magnesium = "less", metawin = "greater")
attempts <- rbind(
  expand.grid(type = c("beta", "halfnorm", "negexp", "logistic", "power"), steps = "", stringsAsFactors = FALSE),
  expand.grid(type = "stepfun", steps = c("0.025", "0.05", "0.05 0.5", "0.01 0.1 0.6"), stringsAsFactors = FALSE))
rows <- character()
for (n in names(sets)) {
  d <- read(n); f <- rma(d$y, d$v, method = "ML", control = tight)
  for (i in seq_len(nrow(attempts))) for (a in c(sets[[n]], "two.sided")) {
    type <- attempts$type[i]; steps <- as.numeric(strsplit(attempts$steps[i], " ")[[1]])
    best <- NULL; used <- ""; said <- character()
    for (c in names(CONTROLS)) {
      call <- list(f, type = type, alternative = a, control = CONTROLS[[c]])
      if (length(steps)) call$steps <- steps
      r <- tryCatch(suppressMessages(withCallingHandlers(do.call(selmodel, call),
        warning = function(w) { said <<- c(said, first(w)); invokeRestart("muffleWarning") })), error = function(e) { said <<- c(said, first(e)); NULL })
      if (!is.null(r)) { best <- r; used <- c; break }
    }
    head <- paste(n, type, a, attempts$steps[i], sep = ",")
    if (is.null(best)) { rows <- c(rows, paste(head, "failed", paste(unique(said), collapse = "; "), paste(rep("NA", 9), collapse = ","), sep = ",")); next }
    step <- type == "stepfun"
    rows <- c(rows, paste(head, "ok", used, num(c(best$beta)), num(best$se), num(best$tau2), num(best$se.tau2),
      join(if (step) best$delta[-1] else best$delta), join(if (step) best$se.delta[-1] else best$se.delta),
      num(best$LRT), num(best$LRTp), num(c(logLik(best))), sep = ","))
  }
}
writeLines(c(sprintf("# metafor %s, R %s; selmodel(rma(yi, vi, method = 'ML'), type, alternative, steps, control), the first success of the controls in core/stats/validation/selection.R",
  packageVersion("metafor"), getRversion()),
  "data,type,alternative,steps,status,control,estimate,se,tau2,tau2_se,delta,delta_se,lrt,lrt_p,log_likelihood", rows), file.path(args[2], "selmodel.csv"))
