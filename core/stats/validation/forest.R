# Made-up studies with known drivers of the effect, and what ranger makes of them with the same weights.
# Usage: Rscript forest.R STUDIES.csv > RANGER.txt
suppressMessages({library(metafor); library(ranger)})
set.seed(20261121)
k <- 120
dose <- round(runif(k, 0, 10), 1)
region <- sample(c("Africa", "Asia", "Europe"), k, TRUE)
year <- sample(1990:2020, k, TRUE)
quality <- round(rnorm(k), 2)
blinded <- sample(c("no", "yes"), k, TRUE)
v <- round(runif(k, 0.01, 0.12), 4)
theta <- 0.2 + 0.5 * (dose > 5) + 0.35 * (region == "Asia") + rnorm(k, 0, 0.12)
y <- round(rnorm(k, theta, sqrt(v)), 4)
d <- data.frame(study = sprintf("S%03d", 1:k), yi = y, vi = v, dose, region, year, quality, blinded)
write.csv(d, commandArgs(TRUE)[1], row.names = FALSE, quote = FALSE)
r <- rma(yi, vi, data = d, control = list(threshold = 1e-14))
d$w <- 1 / (v + r$tau2)
x <- d[c("dose", "region", "year", "quality", "blinded")]
x$region <- factor(x$region); x$blinded <- factor(x$blinded)
out <- sapply(1:10, function(s) {
  f <- ranger(y = d$yi, x = x, num.trees = 2000, mtry = 1, min.node.size = 5, case.weights = d$w, importance = "permutation",
    seed = s, respect.unordered.factors = "order")
  p <- f$predictions
  ok <- !is.na(p)
  m <- weighted.mean(d$yi, d$w)
  c(r2 = 1 - sum((d$w * (d$yi - p)^2)[ok]) / sum((d$w * (d$yi - m)^2)[ok]), f$variable.importance)
})
cat(sprintf("R %s, metafor %s, ranger %s; tau2 = %.10f\n", getRversion(), packageVersion("metafor"), packageVersion("ranger"), r$tau2))
print(round(rowMeans(out), 5)); print(round(apply(out, 1, sd), 5))
m <- weighted.mean(d$yi, d$w); cat("weighted variance", weighted.mean((d$yi - m)^2, d$w), "\n")
