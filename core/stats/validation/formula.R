# Columns of model matrices: analyses/src/test/resources/org/lozenge/analyses/formula/model-matrix.csv
# Rscript formula.R OUT
out <- commandArgs(TRUE)[1]
invisible(Sys.setlocale("LC_COLLATE", "C"))
d <- data.frame(
  x = c(3.5, 1, 4, 1.5, 5, 9, 2, 6.5, 3, 8), z = c(2001, 1998, 2010, 1987, 2001, 1995, 2004, 1999, 2013, 1990),
  f = c("b", "a", "c", "a", "c", "b", "a", "b", "c", "a"), g = c("u", "v", "v", "u", "u", "v", "v", "u", "v", "u"),
  n = c(1, 2, 3, 1, 2, 3, 1, 2, 3, 1))
center <- function(v) v - mean(v)
formulas <- c("~ x", "~ x + f", "~ f + x - 1", "~ 0 + f + g", "~ f * x", "~ f:x", "~ x + f:x", "~ f:g", "~ f:g - 1", "~ f + f:g",
  "~ f * g * x", "~ (x + f + g)^2", "~ f * g - g", "~ poly(z, 3)", "~ poly(z, 2, raw = TRUE) + f", "~ poly(x, 2):g", "~ center(z) * g",
  "~ scale(x)", "~ I(x^2 / 10) + log(x + 1)", "~ factor(n) * x", "~ log2(x) + sqrt(z) + abs(x - 4)", "~ g %in% f", "~ 0 + x:f", "~ x:z + 0",
  "~ g:f + f", "~ 1 + x + (f + g):x", "~ -1 + x + g", "~ I(-x^2) + I(2^n)")
formulas <- setdiff(formulas, "~ g %in% f")
con <- file(out, "w")
writeLines(c(sprintf("# %s, model.matrix() with treatment contrasts; columns in order, the intercept left out; core/stats/validation/formula.R",
  R.version.string), "formula;intercept;columns"), con)
for (f in formulas) {
  m <- model.matrix(as.formula(f), d)
  has <- "(Intercept)" %in% colnames(m)
  if (has) m <- m[, -1, drop = FALSE]
  writeLines(paste(f, has, paste(apply(m, 2, function(c) paste(sprintf("%.17g", c), collapse = " ")), collapse = ","), sep = ";"), con)
}
close(con)
