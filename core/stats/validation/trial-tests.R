# Reference values for the tests of org.lozenge.stats.trial.
# Run in this folder: Rscript trial-tests.R. Writes trial-*.csv into ../src/test/resources/org/lozenge/stats/trial.
out <- "../src/test/resources/org/lozenge/stats/trial"
dir.create(out, showWarnings = FALSE, recursive = TRUE)
origin <- paste0("# R ", getRversion(), "; ")
num <- function(x) sprintf("%.17g", x)
save <- function(file, what, d) {
  con <- file(file.path(out, file), "w")
  writeLines(paste0(origin, what, "; core/stats/validation/trial-tests.R"), con)
  for (j in names(d)) if (is.numeric(d[[j]])) d[[j]] <- num(d[[j]])
  write.table(d, con, sep = ",", row.names = FALSE, quote = FALSE)
  close(con)
}
tables <- rbind(c(3, 20, 9, 21), c(0, 20, 5, 20), c(20, 20, 15, 20), c(86, 231, 132, 229), c(18, 231, 6, 229),
  c(35, 231, 53, 229), c(1, 2, 1, 2), c(500, 10000, 600, 10000), c(7, 307, 23, 302), c(0, 10, 0, 12), c(3, 57, 13, 62),
  c(900, 1000, 100, 1000), c(26, 306, 11, 302))
# R's own root search for the odds ratio and its interval stops at about 1e-4, so they are solved for here at 1e-14.
dn <- function(t, m, n, k, lo, hi) { x <- lo:hi; l <- dhyper(x, m, n, k, log = TRUE) + t * x; p <- exp(l - max(l)); p / sum(p) }
solve_t <- function(f) uniroot(f, c(-60, 60), tol = 1e-15, maxiter = 1000)$root
rows <- NULL
for (i in seq_len(nrow(tables))) {
  a <- tables[i, 1]; n1 <- tables[i, 2]; b <- tables[i, 3]; n2 <- tables[i, 4]
  m <- matrix(c(a, n1 - a, b, n2 - b), 2)
  k <- a + b; lo <- max(0, k - n2); hi <- min(k, n1); x <- lo:hi
  or <- if (lo == hi) NaN else if (a == lo) 0 else if (a == hi) Inf else
    exp(solve_t(function(t) sum(x * dn(t, n1, n2, k, lo, hi)) - a))
  lower <- if (a == lo) 0 else exp(solve_t(function(t) sum(dn(t, n1, n2, k, lo, hi)[x >= a]) - 0.025))
  upper <- if (a == hi) Inf else exp(solve_t(function(t) sum(dn(t, n1, n2, k, lo, hi)[x <= a]) - 0.025))
  chi <- function(correct) suppressWarnings(chisq.test(m, correct = correct)$p.value)
  rows <- rbind(rows, data.frame(a, n1, b, n2, p = fisher.test(m)$p.value, less = fisher.test(m, alternative = "less")$p.value,
    greater = fisher.test(m, alternative = "greater")$p.value, or, lower, upper, chi = chi(FALSE), yates = chi(TRUE)))
}
save("trial-two-by-two.csv", "fisher.test, chisq.test; odds ratio and limits solved from dhyper at 1e-15", rows)

mc <- rbind(c(10, 3), c(0, 6), c(25, 25), c(150, 86), c(1, 0), c(40, 9))
rows <- NULL
for (i in seq_len(nrow(mc))) {
  b <- mc[i, 1]; c <- mc[i, 2]; m <- matrix(c(30, b, c, 40), 2)
  rows <- rbind(rows, data.frame(b, c, plain = mcnemar.test(m, correct = FALSE)$p.value, corrected = mcnemar.test(m)$p.value,
                                 exact = binom.test(b, b + c)$p.value))
}
save("trial-mcnemar.csv", "mcnemar.test(correct = FALSE / TRUE), binom.test", rows)

pt <- rbind(c(18, 700, 6, 650), c(0, 100, 4, 120), c(5, 1, 9, 3.5), c(120, 2500.5, 88, 2400), c(1, 10, 1, 1000), c(7, 55, 0, 60))
rows <- NULL
for (i in seq_len(nrow(pt))) {
  x <- pt[i, c(1, 3)]; t <- pt[i, c(2, 4)]
  f <- poisson.test(x, t); n <- sum(x); q <- if (x[1] == 0) 0 else qbeta(0.025, x[1], n - x[1] + 1)
  u <- if (x[2] == 0) 1 else qbeta(0.975, x[1] + 1, n - x[1])
  rows <- rbind(rows, data.frame(e1 = x[1], t1 = t[1], e2 = x[2], t2 = t[2], p = f$p.value,
    less = poisson.test(x, t, alternative = "less")$p.value, greater = poisson.test(x, t, alternative = "greater")$p.value,
    ratio = unname(f$estimate), lower = q / (1 - q) * t[2] / t[1], upper = u / (1 - u) * t[2] / t[1]))
}
save("trial-rates.csv", "poisson.test; limits from qbeta", rows)

# Lan-DeMets: each boundary solved from the multivariate normal distribution of the looks.
library(mvtnorm)
spent <- function(t, alpha, sides) { s <- alpha / sides; sides * 2 * pnorm(qnorm(s / 2, lower.tail = FALSE) / sqrt(t), lower.tail = FALSE) }
bounds <- function(t, alpha, sides) {
  z <- NULL; se <- spent(t, alpha, sides); d <- diff(c(0, se)) / sides
  for (k in seq_along(t)) {
    if (k == 1) { z <- qnorm(d[1], lower.tail = FALSE); next }
    r <- outer(t[1:k], t[1:k], function(a, b) sqrt(pmin(a, b) / pmax(a, b)))
    lower <- if (sides == 2) -z else rep(-Inf, k - 1)
    f <- function(x) as.numeric(pmvnorm(c(lower, x), c(z, Inf), corr = r, algorithm = Miwa(4097))) / d[k] - 1
    z[k] <- uniroot(f, c(0.5, 8), tol = 1e-12)$root
  }
  z
}
rows <- NULL
for (case in list(list(t = c(0.5, 1), a = 0.05, s = 2), list(t = c(0.6, 1), a = 0.025, s = 1), list(t = c(1, 2, 3) / 3, a = 0.05, s = 2),
                  list(t = c(0.35, 0.7, 1), a = 0.02, s = 1), list(t = c(0.28, 0.66, 0.9), a = 0.05, s = 2), list(t = 0.75, a = 0.05, s = 2),
                  list(t = 1:4 / 5, a = 0.05, s = 2))) {
  z <- bounds(case$t, case$a, case$s)
  rows <- rbind(rows, data.frame(alpha = case$a, sides = case$s, information = paste(num(case$t), collapse = " "), z = paste(num(z), collapse = " ")))
}
save("trial-lan-demets.csv", "boundaries solved from mvtnorm::pmvnorm (Miwa, 4097 steps)", rows)
