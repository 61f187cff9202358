# How far can log-rank statistics lie from the Cox estimate of the same data? Evidence for the limits of LogRankRule (A5).
# Run: Rscript core/stats/validation/survival/logrank.R
# survival 3.x, R 4.2. Compares (O - E)/V with the Cox log hazard ratio y, and V with the Cox information 1/SE^2.
suppressMessages(library(survival))
set.seed(2)
result <- NULL
for (i in 1:4000) {
  hr <- exp(runif(1, log(.1), log(6)))
  ratio <- sample(c(1, 1, 2, 3), 1)
  n <- round(exp(runif(1, log(60), log(1000))))
  strata <- sample(c(1, 1, 1, 4, 8), 1)
  treated <- rbinom(n, 1, ratio / (1 + ratio))
  stratum <- sample(strata, n, TRUE)
  baseline <- exp(rnorm(strata, 0, .5))[stratum]
  event_time <- (rexp(n) / (baseline * ifelse(treated == 1, hr, 1)))^(1 / runif(1, .6, 1.6))
  censoring <- runif(n) * quantile(event_time, runif(1, .1, 1)) * 2
  time <- pmin(event_time, censoring)
  event <- as.integer(event_time <= censoring)
  if (sum(event[treated == 1]) < 3 || sum(event[treated == 0]) < 3) next
  fit <- tryCatch(suppressWarnings(coxph(Surv(time, event) ~ treated + strata(stratum))), error = function(e) NULL)
  if (is.null(fit) || !is.finite(fit$var[1]) || fit$var[1] > 4) next
  test <- survdiff(Surv(time, event) ~ treated + strata(stratum))
  o <- if (is.matrix(test$obs)) rowSums(test$obs) else test$obs
  e <- if (is.matrix(test$exp)) rowSums(test$exp) else test$exp
  v <- test$var[2, 2]
  result <- rbind(result, c(y = coef(fit)[[1]], one_step = (o[[2]] - e[[2]]) / v, v = v, information = 1 / fit$var[1]))
}
result <- as.data.frame(result)
near <- result[abs(result$y) < 1, ]
cat("V / information, |y| < 1: range", signif(range(near$v / near$information), 3), "in", nrow(near), "trials\n")
gap <- abs(result$one_step - result$y)
share <- gap / pmax(abs(result$y), abs(result$one_step))
cat("largest |(O-E)/V - y| / larger of the two, where the gap is above 0.3:", signif(max(share[gap > .3]), 3),
    "in", nrow(result), "trials\n")
