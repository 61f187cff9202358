# Writes back-transformations by metafor, and quantile estimation by R's own quantile functions and optimize().
# Usage: Rscript effects-transform.R OUTPUT.csv
suppressMessages(library(metafor))
con <- file(commandArgs(TRUE)[1], "w")
num <- function(x) sprintf("%.17g", x)
writeLines(sprintf("# metafor %s transf.*(), R %s; core/stats/validation/effects-transform.R", packageVersion("metafor"), getRversion()), con)
writeLines("what,argument,n,value", con)
line <- function(what, y, n, value) writeLines(paste(what, num(y), num(n), num(value), sep = ","), con)
for (n in c(5, 17, 120.5, 1e4)) for (x in c(0, .1, .35, .5, .77, 1) * n) {
  y <- transf.pft(x / n, n)
  line("pft", y, n, transf.ipft(y, n))
}
for (y in c(.2, .6, 1, 1.4)) line("pft", y, 33, transf.ipft(y, 33))
for (y in c(.3, .5, .9, 2.2)) line("irft", y, 12, transf.iirft(y, 12))
# Alpha below 0, which metafor shows as 0, is left out.
for (y in c(.1, .3, .6)) {
  line("ahw", y, 0, transf.iahw(y)); line("abt", y, 0, transf.iabt(y)); line("tanh", y, 0, transf.ztor(y))
  line("logistic", y, 0, transf.ilogit(y)); line("exp", y, 0, exp(y))
}

# Quantile estimation (McGrath and others 2020): least squares of quantiles, the scale by its closed form.
fit <- function(p, q) {
  best <- list(ss = Inf)
  try1 <- function(quantile, lo, hi, mean, sd) {
    loss <- function(u) { g <- quantile(p, exp(u)); s <- sum(g * q) / sum(g * g); sum((q - s * g)^2) }
    grid <- seq(log(lo), log(hi), length.out = 400); i <- which.min(sapply(grid, loss))
    u <- optimize(loss, grid[c(max(1, i - 1), min(400, i + 1))], tol = 1e-12)$minimum
    g <- quantile(p, exp(u)); s <- sum(g * q) / sum(g * g)
    if (loss(u) < best$ss) best <<- list(ss = loss(u), mean = mean(exp(u), s), sd = sd(exp(u), s))
  }
  l <- lm(q ~ qnorm(p)); best <- list(ss = sum(resid(l)^2), mean = unname(coef(l)[1]), sd = unname(coef(l)[2]))
  if (q[1] > 0) {
    try1(function(p, s) qlnorm(p, 0, s), 1e-3, 10, function(s, k) k * exp(s^2 / 2), function(s, k) k * exp(s^2 / 2) * sqrt(expm1(s^2)))
    try1(function(p, a) qgamma(p, a), .05, 1e6, function(a, k) k * a, function(a, k) k * sqrt(a))
    try1(function(p, a) qweibull(p, a), .1, 1e3, function(a, k) k * gamma(1 + 1 / a), function(a, k) k * sqrt(gamma(1 + 2 / a) - gamma(1 + 1 / a)^2))
  }
  best
}
# Normal data: means by Luo and others (2018), equations 7, 11, 15; standard deviations by Wan and others (2014), equations 9,
# 16, and, from all five numbers, Shi and others (2020), with R's qnorm().
normal <- function(way, x, n) {
  extreme <- qnorm((n - .375) / (n + .25)); quarter <- qnorm((.75 * n - .125) / (n + .25))
  middle <- (x[1] + x[5]) / 2; centre <- (x[2] + x[4]) / 2
  switch(way,
    range = { w <- 4 / (4 + n^.75); c(w * middle + (1 - w) * x[3], (x[5] - x[1]) / (2 * extreme)) },
    quartiles = { w <- .7 + .39 / n; c(w * centre + (1 - w) * x[3], (x[4] - x[2]) / (2 * quarter)) },
    all = { w1 <- 2.2 / (2.2 + n^.75); w2 <- .7 - .72 / n^.55
      c(w1 * middle + w2 * centre + (1 - w1 - w2) * x[3],
        (x[5] - x[1]) / ((2 + .14 * n^.6) * extreme) + (x[4] - x[2]) / ((2 + 2 / (.07 * n^.6)) * quarter)) })
}
sets <- list(c(2, 5, 9, 16, 60, 80), c(1, 4, 6, 8, 11, 40), c(-3, -1, 0, 1.2, 3, 25), c(.5, 1, 1.1, 1.3, 9, 200), c(10, 30, 41, 49, 60, 55))
for (x in sets) {
  n <- x[6]
  ways <- list(range = list(c(1 / n, .5, 1 - 1 / n), x[c(1, 3, 5)]), quartiles = list(c(.25, .5, .75), x[2:4]),
    all = list(c(1 / n, .25, .5, .75, 1 - 1 / n), x[1:5]))
  for (way in names(ways)) {
    f <- fit(ways[[way]][[1]], ways[[way]][[2]])
    m <- normal(way, x, n)
    writeLines(paste(paste0("normal-", way), paste(num(x[1:5]), collapse = " "), num(n), paste(num(m), collapse = " "), sep = ","), con)
    writeLines(paste(paste0("qe-", way), paste(num(x[1:5]), collapse = " "), num(n), paste(num(f$mean), num(f$sd)), sep = ","), con)
  }
}
close(con)
