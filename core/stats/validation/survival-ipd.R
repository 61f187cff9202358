# Reference values for individual patient data: Kaplan-Meier, log-rank, Cox, restricted means.
# Run in this folder: Rscript survival-ipd.R
# Writes survival-ipd-*.csv and ipd-*.csv into ../src/test/resources/org/lozenge/stats/survival.
library(survival)
out <- "../src/test/resources/org/lozenge/stats/survival"
version <- paste0("# R ", getRversion(), ", survival ", packageVersion("survival"))
num <- function(x) ifelse(is.na(x), "", sprintf("%.17g", x))
write_csv <- function(file, origin, d) {
  con <- file(file.path(out, file), "w")
  writeLines(paste0(version, "; ", origin, "; core/stats/validation/survival-ipd.R"), con)
  for (j in names(d)) if (is.numeric(d[[j]])) d[[j]] <- num(d[[j]])
  write.table(d, con, sep = ",", row.names = FALSE, quote = FALSE, na = "")
  close(con)
}

# ---- data: facts only, numeric codes ---------------------------------------------------------
lung1 <- with(lung, data.frame(time, status = status - 1, sex, age, ph_ecog = ph.ecog, inst))
lung1 <- lung1[complete.cases(lung1), ]
veteran1 <- with(veteran, data.frame(time, status, trt, celltype = as.integer(celltype), karno,
                                     diagtime, age, prior))
ovarian1 <- with(ovarian, data.frame(time = futime, status = fustat, rx, age, resid_ds = resid.ds,
                                     ecog_ps = ecog.ps))
colon1 <- with(colon[colon$etype == 2, ], data.frame(time, status, rx = as.integer(rx), sex, age, obstruct,
                                                     nodes, node4, differ))
colon1 <- colon1[complete.cases(colon1), ]
aml1 <- with(aml, data.frame(time, status, x = as.integer(x)))
kidney1 <- with(kidney, data.frame(time, status, sex, age, frail, id))
rats1 <- with(rats, data.frame(time, status, rx, litter, sex = as.integer(sex == "f")))
bladder1x <- with(bladder[bladder$enum == 1, ], data.frame(time = stop, status = event, rx, number, size))
sets <- list(lung = lung1, veteran = veteran1, ovarian = ovarian1, colon = colon1, aml = aml1, kidney = kidney1,
             rats = rats1, bladder = bladder1x)
for (n in names(sets))
  write_csv(paste0("ipd-", n, ".csv"), paste0("data set ", n, ", complete cases, factors as codes"), sets[[n]])

# ---- Kaplan-Meier -----------------------------------------------------------------------------
km_cases <- list(lung = "sex", veteran = "trt", ovarian = "rx", colon = "rx", aml = "x", kidney = "sex", rats = "rx",
                 bladder = "rx")
km <- NULL; med <- NULL; rm <- NULL
for (n in names(km_cases)) {
  d <- sets[[n]]
  for (g in sort(unique(d[[km_cases[[n]]]]))) {
    dg <- d[d[[km_cases[[n]]]] == g, ]
    for (ci in c("plain", "log", "log-log", "logit", "arcsin")) {
      f <- survfit(Surv(time, status) ~ 1, data = dg, conf.type = ci)
      s <- summary(f, times = f$time)
      keep <- unique(c(1, seq(1, length(s$time), by = max(1, length(s$time) %/% 12)), length(s$time)))
      km <- rbind(km, data.frame(set = n, column = km_cases[[n]], group = g, interval = ci, time = s$time,
        at_risk = s$n.risk, events = s$n.event, censored = f$n.censor, survival = s$surv, se = s$std.err,
        lower = s$lower, upper = s$upper)[keep, ])
      for (p in c(0.25, 0.5, 0.75)) {
        q <- quantile(f, p)
        med <- rbind(med, data.frame(set = n, column = km_cases[[n]], group = g, interval = ci, p = p,
          value = unname(q$quantile), lower = unname(q$lower), upper = unname(q$upper)))
      }
    }
    for (part in c(0.4, 0.7, 1)) {
      tau <- part * max(dg$time)
      if (tau < min(dg$time)) next
      f <- survfit(Surv(time, status) ~ 1, data = dg)
      t <- summary(f, rmean = tau)$table
      rm <- rbind(rm, data.frame(set = n, column = km_cases[[n]], group = g, horizon = tau,
                                 mean = unname(t["rmean"]), se = unname(t["se(rmean)"])))
    }
  }
}
write_csv("survival-ipd-kaplan-meier.csv", "survfit(Surv(time, status) ~ 1, conf.type), every twelfth step", km)
write_csv("survival-ipd-quantiles.csv", "quantile(survfit(Surv(time, status) ~ 1, conf.type), p)", med)
write_csv("survival-ipd-restricted-mean.csv", "summary(survfit(Surv(time, status) ~ 1), rmean = horizon)", rm)

# ---- log-rank ---------------------------------------------------------------------------------
lr_cases <- rbind(
  data.frame(set = "lung", group = "sex", strata = ""), data.frame(set = "lung", group = "sex", strata = "ph_ecog"),
  data.frame(set = "lung", group = "ph_ecog", strata = ""), data.frame(set = "veteran", group = "trt", strata = "celltype"),
  data.frame(set = "veteran", group = "celltype", strata = ""), data.frame(set = "ovarian", group = "rx", strata = ""),
  data.frame(set = "ovarian", group = "rx", strata = "resid_ds"), data.frame(set = "colon", group = "rx", strata = ""),
  data.frame(set = "colon", group = "rx", strata = "differ"), data.frame(set = "aml", group = "x", strata = ""),
  data.frame(set = "kidney", group = "sex", strata = ""), data.frame(set = "rats", group = "rx", strata = "sex"),
  data.frame(set = "rats", group = "rx", strata = "litter"), data.frame(set = "bladder", group = "rx", strata = ""))
lr <- NULL
for (i in seq_len(nrow(lr_cases))) for (rho in c(0, 1, 0.5)) {
  case <- lr_cases[i, ]
  d <- sets[[case$set]]
  f <- if (case$strata == "") Surv(time, status) ~ g else Surv(time, status) ~ g + strata(s)
  d$g <- d[[case$group]]; if (case$strata != "") d$s <- d[[case$strata]]
  t <- survdiff(f, data = d, rho = rho)
  o <- if (is.matrix(t$obs)) rowSums(t$obs) else t$obs
  e <- if (is.matrix(t$exp)) rowSums(t$exp) else t$exp
  lr <- rbind(lr, data.frame(case, rho, gamma = 0, chisq = t$chisq, df = length(o) - 1,
    o1 = o[1], e1 = e[1], v11 = t$var[1, 1], o2 = o[2], e2 = e[2], v12 = t$var[1, 2]))
}
write_csv("survival-ipd-log-rank.csv", "survdiff(Surv(time, status) ~ group + strata(strata), rho)", lr)

# Fleming-Harrington with gamma > 0 and Tarone's trend, from the counts that survfit gives.
fh <- NULL
for (i in c(1, 2, 3, 5, 8, 9, 10)) for (w in list(c(0, 1), c(1, 1), c(0.5, 2), c(0, 0))) {
  case <- lr_cases[i, ]
  d <- sets[[case$set]]
  d$g <- match(d[[case$group]], sort(unique(d[[case$group]]))); G <- max(d$g)
  d$s <- if (case$strata == "") 1 else d[[case$strata]]
  U <- rep(0, G); V <- matrix(0, G, G)
  for (s in unique(d$s)) {
    ds <- d[d$s == s, ]
    f <- survfit(Surv(time, status) ~ 1, data = ds)
    left <- c(1, f$surv)[seq_along(f$surv)]
    for (k in which(f$n.event > 0)) {
      n <- f$n.risk[k]; e <- f$n.event[k]; wt <- left[k]^w[1] * (1 - left[k])^w[2]
      nj <- sapply(1:G, function(j) sum(ds$g == j & ds$time >= f$time[k]))
      dj <- sapply(1:G, function(j) sum(ds$g == j & ds$time == f$time[k] & ds$status == 1))
      U <- U + wt * (dj - e * nj / n)
      if (n > 1) V <- V + wt^2 * e * (n - e) / (n - 1) * (diag(nj / n, G) - outer(nj / n, nj / n))
    }
  }
  chisq <- drop(U[-1] %*% solve(V[-1, -1], U[-1]))
  sc <- seq_len(G)
  fh <- rbind(fh, data.frame(case, rho = w[1], gamma = w[2], chisq, trend = sum(sc * U)^2 / drop(sc %*% V %*% sc),
                             u1 = U[1], v11 = V[1, 1]))
}
write_csv("survival-ipd-fleming-harrington.csv", "weights S(t-)^rho (1 - S(t-))^gamma from survfit counts; trend scores 1, 2, ...", fh)

# ---- Cox --------------------------------------------------------------------------------------
cx_cases <- read.csv(text = "
case,set,covariates,strata,cluster
lung,lung,age+sex+ph_ecog,,
lung-strata,lung,age+sex,ph_ecog,
lung-cluster,lung,age+sex+ph_ecog,,inst
lung-interaction,lung,age*sex,,
veteran,veteran,trt+karno+diagtime+age+prior,,
veteran-strata,veteran,trt+karno+age,celltype,
veteran-interaction,veteran,trt*karno,celltype,
ovarian,ovarian,rx+age+resid_ds,,
ovarian-one,ovarian,rx,,
colon,colon,sex+age+obstruct+nodes+node4,,
colon-strata,colon,age+nodes,rx,
aml,aml,x,,
kidney,kidney,sex+age,,
kidney-cluster,kidney,sex+age,,id
rats,rats,rx+sex,,
rats-strata,rats,rx,litter,
rats-cluster,rats,rx+sex,,litter
bladder,bladder,rx+number+size,,", strip.white = TRUE, na.strings = "NA")
cx_cases[is.na(cx_cases)] <- ""
ctl <- coxph.control(eps = 1e-14, toler.chol = 1e-15, iter.max = 100)
cx <- NULL
add <- function(case, ties, quantity, item, value)
  cx <<- rbind(cx, data.frame(case, ties, quantity, item, value = unname(value)))
for (i in seq_len(nrow(cx_cases))) for (ties in c("efron", "breslow")) {
  case <- cx_cases[i, ]; d <- sets[[case$set]]
  rhs <- case$covariates
  if (case$strata != "") rhs <- paste0(rhs, " + strata(", case$strata, ")")
  f <- as.formula(paste("Surv(time, status) ~", rhs))
  d$.cluster <- if (case$cluster == "") seq_len(nrow(d)) else d[[case$cluster]]
  fit <- coxph(f, data = d, ties = ties, control = ctl, cluster = .cluster, x = TRUE)
  naive <- coxph(f, data = d, ties = ties, control = ctl)
  for (j in names(coef(fit))) {
    k <- match(j, names(coef(fit)))
    add(case$case, ties, "coef", j, coef(fit)[k])
    add(case$case, ties, "se", j, sqrt(diag(as.matrix(naive$var)))[k])
    add(case$case, ties, "robust_se", j, sqrt(diag(as.matrix(fit$var)))[k])
  }
  add(case$case, ties, "loglik0", "", fit$loglik[1]); add(case$case, ties, "loglik", "", fit$loglik[2])
  add(case$case, ties, "score", "", naive$score); add(case$case, ties, "wald", "", naive$wald.test)
  add(case$case, ties, "robust_wald", "", fit$wald.test)
  for (tr in c("km", "rank", "identity", "log")) {
    z <- cox.zph(naive, transform = tr)$table
    for (j in rownames(z)) add(case$case, ties, paste0("zph_", tr), j, z[j, "chisq"])
  }
}
write_csv("survival-ipd-cox.csv", "coxph(..., control = coxph.control(eps = 1e-14)), robust: cluster; cox.zph", cx)
write_csv("survival-ipd-cox-cases.csv", "the models of survival-ipd-cox.csv", cx_cases)
