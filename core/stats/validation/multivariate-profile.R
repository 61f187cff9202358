# Profile-likelihood limits of between-study variances without metafor, whose confint() holds correlations at their bound and
# follows one peak only: the restricted likelihood with one variance fixed, highest over the other parameters from many starts.
# Usage: Rscript multivariate-profile.R HOMOGENEOUS.csv RARE-OUTCOME.csv
files <- commandArgs(TRUE)
climb <- function(f, starts) max(sapply(starts, function(s) {
  for (i in 1:3) s <- nlminb(s, function(p) -f(p), control = list(rel.tol = 1e-15, x.tol = 1e-15, eval.max = 5000, iter.max = 5000))$par
  f(s) }))
set.seed(1)
starts <- function(n) lapply(1:12, function(i) rnorm(n, 0, if (i %% 2 == 0) 0.3 else 2))
cholesky <- function(p, q) { L <- matrix(0, q, q); L[lower.tri(L, TRUE)] <- p; tcrossprod(L) }
# logarithms of standard deviations, and a correlation between -1/(q - 1) and 1
common <- function(p, q) { r <- -1 / (q - 1) + (1 + 1 / (q - 1)) * plogis(p[q + 1]); s <- exp(p[1:q]); G <- outer(s, s) * r; diag(G) <- s^2; G }
limits <- function(file, rho, structure, outcome, ranges) {
  d <- read.csv(file, comment.char = "#"); y <- d$y; outcomes <- unique(d$outcome); o <- match(d$outcome, outcomes); q <- length(outcomes)
  same <- outer(d$study, d$study, "=="); V <- outer(sqrt(d$v), sqrt(d$v)) * same * rho; diag(V) <- d$v
  X <- outer(o, seq_len(q), "==") * 1
  loglik <- function(G) {
    R <- chol(V + G[o, o] * same); yx <- backsolve(R, cbind(y, X), transpose = TRUE); s <- qr(yx[, -1])
    -0.5 * ((length(y) - q) * log(2 * pi) + 2 * sum(log(diag(R))) + 2 * sum(log(abs(diag(qr.R(s))))) -
      c(determinant(crossprod(X))$modulus) + sum(qr.resid(s, yx[, 1])^2))
  }
  k <- match(outcome, outcomes); order <- c(k, setdiff(seq_len(q), k)); n <- if (structure == "UN") q * (q + 1) / 2 else q + 1
  covariance <- if (structure == "UN") cholesky else common
  at <- function(p) { G <- matrix(0, q, q); G[order, order] <- covariance(p, q); loglik(G) }
  target <- climb(at, starts(n)) - qchisq(0.95, 1) / 2
  sapply(ranges, function(range) if (is.null(range)) 0 else
    uniroot(function(v) climb(function(p) at(c(if (structure == "UN") sqrt(v) else log(v) / 2, p)), starts(n - 1)) - target, range, tol = 1e-12)$root)
}
cat(sprintf("# R %s; core/stats/validation/multivariate-profile.R\n", getRversion()))
cat("set,rho,structure,outcome,lower,upper\n")
row <- function(set, rho, structure, outcome, ranges) cat(paste(set, rho, structure, outcome,
  paste(sprintf("%.10g", limits(files[match(set, c("homogeneous", "rare-outcome"))], rho, structure, outcome, ranges)), collapse = ","), sep = ","), sep = "\n")
for (outcome in c("PFS", "OS", "ORR")) row("homogeneous", 0.1, "UN", outcome, list(NULL, c(0.02, 0.5)))
row("rare-outcome", 0.3, "HCS", "PFS", list(NULL, c(0.1, 1)))
row("rare-outcome", 0.3, "HCS", "OS", list(c(0.004, 0.06), c(0.1, 1)))
