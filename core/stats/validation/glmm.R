# Generalised linear mixed models by metafor 3.8-1 with lme4 1.1-31 and BiasedUrn, at tight control.
# Usage: Rscript glmm.R SETS.csv MODELS.csv [SET …]
suppressMessages({library(metafor); library(metadat)})
out <- commandArgs(TRUE)

sets <- list()
add <- function(name, measure, x1, n1, x2 = NULL, n2 = NULL) {
  d <- if (is.null(x2)) data.frame(x1, n1) else data.frame(x1, n1, x2, n2)
  sets[[name]] <<- list(measure = measure, d = d[complete.cases(d), ])
}
with(dat.bcg, add("bcg", "OR", tpos, tpos + tneg, cpos, cpos + cneg))
with(dat.nielweise2007, add("nielweise2007", "OR", ai, n1i, ci, n2i))
with(dat.nielweise2008, add("nielweise2008", "IRR", x1i, t1i / 1000, x2i, t2i / 1000))
with(subset(dat.yusuf1985, table == "6"), add("yusuf1985-6", "OR", ai, n1i, ci, n2i))
with(subset(dat.yusuf1985, table == "9"), add("yusuf1985-9", "OR", ai, n1i, ci, n2i))
with(dat.hine1989, add("hine1989", "OR", ai, n1i, ci, n2i))
with(dat.collins1985a, add("collins1985a", "OR", b.xti, nti, b.xci, nci))
with(dat.collins1985b, add("collins1985b", "OR", pre.xti, pre.nti, pre.xci, pre.nci))
with(dat.hahn2001, add("hahn2001", "OR", ai, n1i, ci, n2i))
with(dat.damico2009, add("damico2009", "OR", xt, nt, xc, nc))
with(dat.egger2001, add("egger2001", "OR", ai, n1i, ci, n2i))
with(dat.linde2005, add("linde2005", "OR", ai, n1i, ci, n2i))
with(dat.hart1999, add("hart1999", "IRR", x1i, t1i, x2i, t2i))
p <- dat.pagliaro1992
b <- merge(subset(p, trt == "beta-blockers"), subset(p, trt == "control"), by = "study")
b <- b[order(b$study), ]
with(b, add("pagliaro1992-beta-blockers", "OR", xi.x, ni.x, xi.y, ni.y))
s <- merge(subset(p, trt == "sclerotherapy"), subset(p, trt == "control"), by = "study")
s <- s[order(s$study), ]
with(s, add("pagliaro1992-sclerotherapy", "OR", xi.x, ni.x, xi.y, ni.y))
with(dat.pritz1997, add("pritz1997", "PLO", xi, ni))
with(dat.debruin2009, add("debruin2009", "PLO", xi, ni))
with(dat.nielweise2007, add("nielweise2007-control", "PLO", ci, n2i))
with(dat.nielweise2008, add("nielweise2008-control", "IRLN", x2i, t2i / 1000))
with(dat.hart1999, add("hart1999-control", "IRLN", x2i, t2i))

file <- file(out[1], "w")
cat("# Data of metadat 1.2-0 as tabulated (facts); written by core/stats/validation/glmm.R\n", file = file)
cat("name,measure,x1,n1,x2,n2\n", file = file)
num <- function(x) paste(sprintf("%.17g", x), collapse = " ")
for (n in names(sets)) {
  d <- sets[[n]]$d
  cat(sprintf("%s,%s,%s,%s,%s,%s\n", n, sets[[n]]$measure, num(d$x1), num(d$n1),
    if (is.null(d$x2)) "" else num(d$x2), if (is.null(d$n2)) "" else num(d$n2)), file = file)
}
close(file)

# From tight to the defaults: bobyqa and nlminb refuse some sets at tight control, because quadrature and lme4's inner
# iterations are noisy at that level. The first that converges counts; `control` in the file tells which.
glmers <- list(
  list(optimizer = "bobyqa", tolPwrss = 1e-13, optCtrl = list(rhobeg = 0.02, rhoend = 1e-9, maxfun = 1e6)),
  list(optimizer = "bobyqa", tolPwrss = 1e-11, optCtrl = list(rhobeg = 0.02, rhoend = 1e-7, maxfun = 1e6)),
  list(optimizer = "Nelder_Mead", tolPwrss = 1e-10, optCtrl = list(maxfun = 1e5, FtolAbs = 1e-12, XtolRel = 1e-10)),
  list(optimizer = "bobyqa", tolPwrss = 1e-9),
  list())
exacts <- lapply(c(1e-12, 1e-10, 1e-8), function(tol) list(optimizer = "nlminb",
  optCtrl = list(rel.tol = tol, iter.max = 1e4, eval.max = 1e4), dnchgprec = 1e-12,
  intCtrl = list(rel.tol = 1e-10, subdivisions = 1000)))
fit <- function(set, model, method, points, control) {
  d <- sets[[set]]$d
  m <- sets[[set]]$measure
  args <- switch(m,
    OR = list(ai = d$x1, n1i = d$n1, ci = d$x2, n2i = d$n2),
    IRR = list(x1i = d$x1, t1i = d$n1, x2i = d$x2, t2i = d$n2),
    PLO = list(xi = d$x1, ni = d$n1),
    IRLN = list(xi = d$x1, ti = d$n1))
  if (!(m %in% c("PLO", "IRLN"))) args$model <- model
  # Double zeros tell about random baselines, so they are kept there.
  do.call(rma.glmm, c(args, list(measure = m, method = method, nAGQ = points, drop00 = model != "UM.RS", control = control)))
}
file <- file(out[2], "w")
cat("# metafor 3.8.1, lme4, BiasedUrn, R 4.2.2; rma.glmm(measure, model, method, nAGQ, control): see\n", file = file)
cat("# core/stats/validation/glmm.R. points 1 is the Laplace approximation, the only one lme4 has for two random effects.\n", file = file)
cat("name,model,method,points,control,k,estimate,se,tau2,sigma2,log_likelihood,aic,bic,aicc,qe_df,qe_wld,qe_lrt\n", file = file)
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
      r <- tryCatch(suppressWarnings(fit(n, model, method, points, controls[[level]])), error = function(e) {
        message(n, " ", model, " ", method, " control ", level, ": ", conditionMessage(e))
        NULL
      })
      if (!is.null(r)) break
    }
    if (is.null(r)) next
    f <- r$fit.stats[, 1]
    cat(paste(n, model, method, points, level, r$k, one(r$beta), one(r$se), one(r$tau2), one(r$sigma2), one(f[1]), one(f[3]),
      one(f[4]), one(f[5]), one(r$QE.df), one(r$QE.Wld), one(r$QE.LRT), sep = ","), "\n", sep = "", file = file)
    flush(file)
  }
}
close(file)
