# Generalised linear mixed models with moderators by metafor 3.8-1 with lme4 1.1-31 and BiasedUrn.
# Usage: Rscript glmm-moderators.R SETS.csv MODELS.csv [SET …]
suppressMessages({library(metafor); library(metadat)})
out <- commandArgs(TRUE)

sets <- list()
add <- function(name, measure, formula, d, x1, n1, x2 = NULL, n2 = NULL) {
  x <- model.matrix(formula, d)
  sets[[name]] <<- list(measure = measure, x = x, x1 = x1, n1 = n1, x2 = x2, n2 = n2)
}
with(dat.bcg, add("bcg-ablat", "OR", ~ ablat, dat.bcg, tpos, tpos + tneg, cpos, cpos + cneg))
with(dat.bcg, add("bcg-year-alloc", "OR", ~ year + alloc, dat.bcg, tpos, tpos + tneg, cpos, cpos + cneg))
with(dat.nielweise2007, add("nielweise2007-year", "OR", ~ year, dat.nielweise2007, ai, n1i, ci, n2i))
with(dat.damico2009, add("damico2009-conceal-blind", "OR", ~ conceal + blind, dat.damico2009, xt, nt, xc, nc))
with(dat.nielweise2008, add("nielweise2008-year", "IRR", ~ year, dat.nielweise2008, x1i, t1i / 1000, x2i, t2i / 1000))
with(dat.debruin2009, add("debruin2009-scq-ethnicity", "PLO", ~ scq + ethnicity, dat.debruin2009, xi, ni))
with(dat.nielweise2008, add("nielweise2008-control-year", "IRLN", ~ year, dat.nielweise2008, x2i, t2i / 1000))

file <- file(out[1], "w")
cat("# Data of metadat 1.2-0 as tabulated (facts), columns of the design with semicolons between them; written by\n", file = file)
cat("# core/stats/validation/glmm-moderators.R\n", file = file)
cat("name,measure,x1,n1,x2,n2,terms,x\n", file = file)
num <- function(x) paste(sprintf("%.17g", x), collapse = " ")
for (n in names(sets)) {
  s <- sets[[n]]
  cat(sprintf("%s,%s,%s,%s,%s,%s,%s,%s\n", n, s$measure, num(s$x1), num(s$n1), if (is.null(s$x2)) "" else num(s$x2),
    if (is.null(s$n2)) "" else num(s$n2), paste(colnames(s$x), collapse = ";"), paste(apply(s$x, 2, num), collapse = ";")), file = file)
}
close(file)

# The first control that converges counts; `control` in the file tells which.
glmers <- list(
  list(optimizer = "bobyqa", tolPwrss = 1e-13, optCtrl = list(rhobeg = 0.02, rhoend = 1e-9, maxfun = 1e6)),
  list(optimizer = "bobyqa", tolPwrss = 1e-11, optCtrl = list(rhobeg = 0.02, rhoend = 1e-7, maxfun = 1e6)),
  list(optimizer = "Nelder_Mead", tolPwrss = 1e-10, optCtrl = list(maxfun = 1e5, FtolAbs = 1e-12, XtolRel = 1e-10)),
  list(optimizer = "bobyqa", tolPwrss = 1e-9),
  list())
exacts <- lapply(c(1e-12, 1e-10, 1e-8), function(tol) list(optimizer = "nlminb",
  optCtrl = list(rel.tol = tol, iter.max = 1e4, eval.max = 1e4), dnchgprec = 1e-12,
  intCtrl = list(rel.tol = 1e-10, subdivisions = 1000)))
fit <- function(s, model, method, points, control) {
  args <- switch(s$measure,
    OR = list(ai = s$x1, n1i = s$n1, ci = s$x2, n2i = s$n2),
    IRR = list(x1i = s$x1, t1i = s$n1, x2i = s$x2, t2i = s$n2),
    PLO = list(xi = s$x1, ni = s$n1),
    IRLN = list(xi = s$x1, ti = s$n1))
  if (!(s$measure %in% c("PLO", "IRLN"))) args$model <- model
  do.call(rma.glmm, c(args, list(measure = s$measure, mods = s$x[, -1, drop = FALSE], method = method, nAGQ = points,
    drop00 = model != "UM.RS", control = control)))
}
file <- file(out[2], "w")
cat("# metafor 3.8.1, lme4, BiasedUrn, R 4.2.2; rma.glmm(measure, mods, model, method, nAGQ, control): see\n", file = file)
cat("# core/stats/validation/glmm-moderators.R. points 1 is the Laplace approximation.\n", file = file)
cat("name,model,method,points,control,k,beta,se,tau2,qe_df,qe_wld,qe_lrt,qm,qm_df,i2\n", file = file)
one <- function(x) sprintf("%.17g", if (length(x) == 0 || is.null(x)) NA else x[1])
for (n in if (length(out) > 2) out[-(1:2)] else names(sets)) {
  m <- sets[[n]]$measure
  models <- switch(m, OR = c("CM.AL", "UM.FS", "UM.RS", "CM.EL"), IRR = c("CM.EL", "UM.FS", "UM.RS"), "UM.FS")
  for (model in models) for (method in c("EE", "ML")) {
    points <- if (model == "UM.RS" && method == "ML") 1 else 51
    controls <- if (model == "CM.EL" && m == "OR") exacts else lapply(glmers, function(g) {
      # With glmCtrl, random baselines of rates end in an error of metafor.
      if (model == "UM.RS") list(glmerCtrl = g) else list(glmerCtrl = g, glmCtrl = list(epsilon = 1e-14, maxit = 100))
    })
    r <- NULL
    for (level in seq_along(controls)) {
      r <- tryCatch(suppressWarnings(fit(sets[[n]], model, method, points, controls[[level]])), error = function(e) {
        message(n, " ", model, " ", method, " control ", level, ": ", conditionMessage(e))
        NULL
      })
      if (!is.null(r)) break
    }
    if (is.null(r)) next
    cat(paste(n, model, method, points, level, r$k, num(r$beta), num(r$se), one(r$tau2), one(r$QE.df), one(r$QE.Wld),
      one(r$QE.LRT), one(r$QM), one(r$QMdf[1]), one(r$I2), sep = ","), "\n", sep = "", file = file)
    flush(file)
  }
}
close(file)
