# Profile-likelihood intervals of variance components and correlations, by metafor's confint().
# Usage: Rscript multilevel-intervals.R SETS.csv INTERVALS.csv
# SETS.csv is what multilevel.R writes. Fits as in multilevel.R; limits by uniroot with a tolerance of 1e-11, with the tolerance of
# the fit. An empty limit is one that metafor does not reach; parameters without any are left out.
suppressMessages(library(metafor))
out <- commandArgs(TRUE)
num <- function(x) ifelse(is.na(x), "", sprintf("%.17g", x))
sets <- read.csv(out[1], comment.char = "#")
tight <- function(...) {
  for (tol in 10^-(14:7)) {
    fit <- try(suppressWarnings(do.call(rma.mv, c(list(...), list(control = list(optimizer = "nlminb", rel.tol = tol))))), silent = TRUE)
    if (!inherits(fit, "try-error")) return(fit)
  }
  stop(fit)
}
covariance <- function(d, rho) { n <- nrow(d)
  if (is.na(rho)) { V <- diag(d$v); for (i in 1:n) { s <- which(d$cluster == d$cluster[i]); for (j in seq_along(s)) V[i, s[j]] <- d[i, paste0("c", j)] }; V }
  else { V <- outer(sqrt(d$v), sqrt(d$v)) * outer(d$cluster, d$cluster, "==") * rho; diag(V) <- d$v; V } }
rows <- c("set,model,rho,method,parameter,index,estimate,lower,upper")
limits <- function(f, name, model, rho, m, parameter, index, vc) {
  args <- c(list(f), setNames(list(index), parameter), list(control = list(tol = 1e-11, vc.max = vc)))
  ci <- try(suppressWarnings(do.call(confint, args)), silent = TRUE)
  if (inherits(ci, "try-error")) { message(name, " ", parameter, " ", index, ": ", ci); return() }
  r <- ci$random[1, ]
  if (!identical(ci$lb.sign, "")) r[2] <- NA
  if (!identical(ci$ub.sign, "")) r[3] <- NA
  if (!all(is.na(r[2:3]))) rows <<- c(rows, paste(name, model, rho, m, parameter, index, num(r[1]), num(r[2]), num(r[3]), sep = ","))
}
levels3 <- function(name, group, rho) { d <- sets[sets$set == name, ]; d$row <- seq_len(nrow(d))
  random <- if (group == "group") ~ 1 | cluster / group else ~ 1 | cluster / row
  for (m in c("REML", "ML")) { message(name, " ", m)
    f <- tight(d$y, if (rho == 0) d$v else covariance(d, rho), random = random, data = d, method = m)
    for (i in 1:2) limits(f, name, group, rho, m, "sigma2", i, max(20 * sum(f$sigma2), 1)) } }
for (name in c("konstantopoulos2011", "assink2016", "bornmann2007", "curtis1998")) levels3(name, "group", 0)
for (name in c("knapp2017", "tannersmith2016")) levels3(name, "row", 0)
levels3("konstantopoulos2011", "group", 0.5); levels3("assink2016", "group", 0.5)
outcomes <- function(name, rho, structs = c("UN", "CS", "HCS", "DIAG")) { d <- sets[sets$set == name, ]; V <- covariance(d, rho)
  d$o <- factor(d$outcome, unique(d$outcome))
  for (s in structs) for (m in c("REML", "ML")) { message(name, " ", s, " ", m)
    f <- tight(d$y, V, mods = ~ d$o - 1, random = ~ o | cluster, struct = s, data = d, method = m)
    # metafor sorts outcomes by name.
    at <- match(f$g.levels.f[[1]], levels(d$o))
    for (i in seq_along(f$tau2)) { j <- if (length(f$tau2) > 1) at[i] else 1
      n <- length(rows); limits(f, name, s, ifelse(is.na(rho), "given", rho), m, "tau2", i, 40 * max(f$tau2))
      if (length(rows) > n) { cells <- strsplit(paste0(rows[n + 1], ",-"), ",", fixed = TRUE)[[1]]; cells[6] <- j; rows[n + 1] <<- paste(cells[1:9], collapse = ",") } }
    if (s != "DIAG" && length(levels(d$o)) == 2) limits(f, name, s, ifelse(is.na(rho), "given", rho), m, "rho", 1, 1) } }
outcomes("berkey1998", NA); outcomes("riley2003", 0.5); outcomes("kalaian1996", 0.66); outcomes("vanhouwelingen2002", 0)
writeLines(c(sprintf("# metafor %s, R %s; core/stats/validation/multilevel-intervals.R", packageVersion("metafor"), getRversion()), rows), out[2])
