# How far can 4/SE^2 of a Cox model lie from the number of events? Evidence for the limits of audit rule A5.
# Run: Rscript core/stats/validation/survival/events.R
# survival 3.x, R 4.2. Simulates two-arm trials and compares the information V = 1/SE^2 with
#   upper: d/4 (and Ot Oc / d)
#   lower: the smaller of Ot Oc / d and d p (1 - p), p = treatment arm's share of the hazard at the start
suppressMessages(library(survival))
set.seed(1)
result <- NULL
for (i in 1:4000) {
  hr <- exp(runif(1, log(.1), log(4)))
  ratio <- sample(c(1, 1, 1, 2, 3), 1)
  n <- round(exp(runif(1, log(40), log(1000))))
  strata <- sample(c(1, 1, 2, 4, 8, 16), 1)
  treated <- rbinom(n, 1, ratio / (1 + ratio))
  stratum <- sample(strata, n, TRUE)
  baseline <- exp(rnorm(strata, 0, .5))[stratum]
  event_time <- (rexp(n) / (baseline * ifelse(treated == 1, hr, 1)))^(1 / runif(1, .6, 1.6))
  censoring <- runif(n) * quantile(event_time, runif(1, .1, 1)) * 2
  time <- pmin(event_time, censoring)
  event <- as.integer(event_time <= censoring)
  ot <- sum(event[treated == 1])
  oc <- sum(event[treated == 0])
  if (ot < 1 || oc < 1 || ot + oc < 5) next
  fit <- tryCatch(suppressWarnings(coxph(Surv(time, event) ~ treated + strata(stratum))), error = function(e) NULL)
  if (is.null(fit) || !is.finite(fit$var[1]) || fit$var[1] > 25) next
  d <- ot + oc
  v <- 1 / fit$var[1]
  r <- sum(treated) / (n - sum(treated)) * exp(coef(fit)[[1]])
  share <- r / (1 + r)
  result <- rbind(result, c(
    small = d / strata < 10, upper = 4 * v / d, arms = v * d / (ot * oc),
    lower = v / min(ot * oc / d, d * share * (1 - share))
  ))
}
result <- as.data.frame(result)
for (small in 0:1) {
  s <- result[result$small == small, ]
  cat(if (small) "strata of fewer than 10 events:" else "strata of 10 events or more:", nrow(s), "trials\n")
  cat("  largest V / (d/4)        ", signif(max(s$upper), 4), "\n")
  cat("  largest V / (Ot Oc / d)  ", signif(max(s$arms), 4), "\n")
  cat("  V / lower: min, 1%, median ", signif(quantile(s$lower, c(0, .01, .5)), 3), "\n")
  cat("  share below 1/3          ", signif(mean(s$lower < 1 / 3), 3), "\n")
}
