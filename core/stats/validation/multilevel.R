# Data sets with dependent effects, and metafor's and clubSandwich's answers on them.
# Usage: Rscript multilevel.R SETS.csv MULTILEVEL.csv MULTIVARIATE.csv
# metafor's optimiser is run with the smallest relative tolerance from 1e-14 up with which it reports convergence; what it
# reaches is about 1e-8 to 1e-6 of the variance components. multilevel.py has the same fits with 50 digits.
suppressMessages({library(metafor); library(clubSandwich)})
out <- commandArgs(TRUE)
num <- function(x) paste(sprintf("%.17g", x), collapse = " ")
tight <- function(...) {
  for (tol in 10^-(14:7)) {
    fit <- try(suppressWarnings(do.call(rma.mv, c(list(...), list(control = list(optimizer = "nlminb", rel.tol = tol))))), silent = TRUE)
    if (!inherits(fit, "try-error")) return(fit)
  }
  stop(fit)
}
sets <- list()
add <- function(name, y, v, cluster, group = seq_along(y), outcome = "", x = NA, given = NULL) {
  d <- data.frame(set = name, y = as.numeric(y), v = as.numeric(v), cluster = as.integer(factor(cluster, unique(cluster))),
    group = as.integer(factor(group, unique(group))), outcome = as.character(outcome), x = x)
  for (j in 1:3) d[[paste0("c", j)]] <- if (is.null(given) || j > ncol(given)) NA else given[, j]
  d <- d[!is.na(d$y) & !is.na(d$v), ]
  sets[[name]] <<- d
}
k <- dat.konstantopoulos2011; add("konstantopoulos2011", k$yi, k$vi, k$district, k$school, x = k$year)
a <- dat.assink2016; add("assink2016", a$yi, a$vi, a$study, a$id, x = a$year)
cr <- escalc("ZCOR", ri = ri, ni = ni, data = dat.crede2010); add("crede2010", cr$yi, cr$vi, cr$studyid, cr$sampleid, x = as.integer(cr$criterion == "grade"))
t <- dat.tannersmith2016; add("tannersmith2016", t$yi, t$vi, t$studyid, x = t$aget1)
b <- escalc("OR", ai = waward, n1i = wtotal, ci = maward, n2i = mtotal, data = dat.bornmann2007); add("bornmann2007", b$yi, b$vi, b$study, b$obs, x = as.integer(b$type == "Fellowship"))
cf <- escalc("ZCOR", ri = ri, ni = ni, data = dat.craft2003); add("craft2003", cf$yi, cf$vi, cf$study, x = cf$ni)
cu <- escalc("ROM", m1i = m1i, sd1i = sd1i, n1i = n1i, m2i = m2i, sd2i = sd2i, n2i = n2i, data = dat.curtis1998); add("curtis1998", cu$yi, cu$vi, cu$paper, cu$id, x = cu$time)
kn <- dat.knapp2017; add("knapp2017", kn$yi, kn$vi, kn$study, x = kn$difficulty)
li <- escalc("ZCOR", ri = ri, ni = ni, data = dat.lim2014$o_o_unadj); add("lim2014", li$yi, li$vi, li$article)
ma <- escalc("ZCOR", ri = ri, ni = ni, data = dat.lim2014$m_o_size); add("lim2014-size", ma$yi, ma$vi, ma$article)
mo <- escalc("ZCOR", ri = ri, ni = ni, data = dat.moura2021$dat); add("moura2021", mo$yi, mo$vi, mo$study.id, mo$effect.size.id)
lo <- dat.lopez2019; add("lopez2019", lo$diff, lo$se^2 + 0.01, lo$study)
mc <- dat.mccurdy2020; add("mccurdy2020", mc$yi, mc$vi, mc$article, paste(mc$article, mc$experiment))
bk <- dat.berkey1998; add("berkey1998", bk$yi, bk$vi, bk$trial, outcome = bk$outcome, x = bk$year, given = cbind(bk$v1i, bk$v2i))
ri <- dat.riley2003; add("riley2003", ri$yi, ri$vi, ri$study, outcome = ri$outcome)
ka <- dat.kalaian1996; add("kalaian1996", ka$yi, ka$vi, ka$study, outcome = ka$outcome, x = ka$hrs)
is <- do.call(rbind, lapply(1:4, function(j) data.frame(study = dat.ishak2007$study, t = paste0("t", j), y = dat.ishak2007[[paste0("y", j, "i")]], v = dat.ishak2007[[paste0("v", j, "i")]])))
is <- is[order(match(is$study, dat.ishak2007$study), is$t), ]; add("ishak2007", is$y, is$v, is$study, outcome = is$t)
bc <- dat.colditz1994; ab <- rbind(escalc("PLO", xi = tpos, mi = tneg, data = data.frame(bc, g = "vaccinated")), escalc("PLO", xi = cpos, mi = cneg, data = data.frame(bc, g = "control")))
ab <- ab[order(ab$trial), ]; add("vanhouwelingen2002", ab$yi, ab$vi, ab$trial, outcome = ab$g, x = ab$ablat)
g <- data.frame(study = c(1, 1, 2, 3, 3, 3), trt = c(1, 2, 1, 1, 2, 3), xc = c(40, 40, 10, 150, 150, 150), nc = c(1000, 1000, 200, 2000, 2000, 2000), xt = c(100, 150, 15, 40, 80, 50), nt = c(4000, 4000, 400, 1000, 1000, 1000))
pc <- g$xc / g$nc; pt <- g$xt / g$nt; shared <- pc * (1 - pc) / g$nc; own <- pt * (1 - pt) / g$nt
gc <- matrix(NA, 6, 3); for (i in 1:6) { s <- which(g$study == g$study[i]); for (j in seq_along(s)) gc[i, j] <- shared[i] + (s[j] == i) * own[i] }
add("gleser2009", pt - pc, shared + own, g$study, outcome = paste0("t", g$trt), given = gc)
all <- do.call(rbind, sets)
write_table <- function(d, file, head) { con <- file(file, "w"); writeLines(head, con)
  d[] <- lapply(d, function(col) if (is.numeric(col)) ifelse(is.na(col), "", sprintf("%.17g", col)) else col)
  write.table(d, con, sep = ",", row.names = FALSE, quote = FALSE); close(con) }
origin <- sprintf("# metadat %s, metafor %s, clubSandwich %s, R %s; core/stats/validation/multilevel.R", packageVersion("metadat"), packageVersion("metafor"), packageVersion("clubSandwich"), getRversion())
write_table(all, out[1], origin)

covariance <- function(d, rho) { n <- nrow(d)
  if (is.na(rho)) { V <- diag(d$v); for (i in 1:n) { s <- which(d$cluster == d$cluster[i]); for (j in seq_along(s)) V[i, s[j]] <- d[i, paste0("c", j)] }; V }
  else { V <- outer(sqrt(d$v), sqrt(d$v)) * outer(d$cluster, d$cluster, "==") * rho; diag(V) <- d$v; V } }
small <- function(n, V, d) if (n > 400) diag(V) else V
rows <- c("set,levels,rho,x,method,sigma2,estimate,se,log_likelihood,qe,df_contained,cr0_se,cr0_df,cr1_se,cr2_se,cr2_df,htz_f,htz_df,htz_p,cluster_effect,cluster_effect_se")
case <- function(name, levels, rho = 0, x = FALSE, methods = c("REML", "ML")) { d <- sets[[name]]; if (x) d <- d[!is.na(d$x), ]
  d$row <- seq_len(nrow(d)); V <- if (rho == 0) d$v else covariance(d, rho)
  random <- list(cluster = ~ 1 | cluster, group = ~ 1 | cluster / group, row = ~ 1 | cluster / row, grouprow = ~ 1 | cluster / group / row)[[levels]]
  for (m in methods) { message(name, " ", levels, " ", rho, " ", x, " ", m)
    args <- list(d$y, V, random = random, data = d, method = m, sparse = nrow(d) > 400); if (x) args$mods <- ~ d$x
    f <- try(do.call(tight, args)); if (inherits(f, "try-error")) next
    args$dfs <- "contain"; args$test <- "t"; fc <- suppressWarnings(do.call(rma.mv, args))
    r <- lapply(c("CR0", "CR1", "CR2"), function(type) coef_test(f, vcov = type, test = "Satterthwaite", cluster = d$cluster))
    w <- if (x) Wald_test(f, constrain_zero(1:2), vcov = "CR2", test = "HTZ", cluster = d$cluster) else list(Fstat = NA, df_denom = NA, p_val = NA)
    u <- ranef(f)[[1]]; u <- u[match(unique(d$cluster), as.integer(rownames(u))), ]
    rows <<- c(rows, paste(name, levels, rho, as.integer(x), m, num(f$sigma2), num(f$b), num(f$se), num(logLik(f)), num(f$QE), num(fc$ddf), num(r[[1]]$SE), num(r[[1]]$df_Satt), num(r[[2]]$SE), num(r[[3]]$SE), num(r[[3]]$df_Satt), num(w$Fstat), num(w$df_denom), num(w$p_val), num(u$intrcpt), num(u$se), sep = ",")) } }
for (name in c("konstantopoulos2011", "assink2016", "crede2010", "bornmann2007", "curtis1998")) { case(name, "group"); case(name, "group", x = TRUE); case(name, "group", rho = 0.5) }
for (name in c("tannersmith2016", "craft2003", "knapp2017")) { case(name, "row"); case(name, "row", x = TRUE); case(name, "row", rho = 0.6) }
for (name in c("lim2014", "lim2014-size", "lopez2019")) case(name, "row")
case("crede2010", "cluster"); case("konstantopoulos2011", "cluster")
writeLines(c(origin, rows), out[2])

rows <- c("set,structure,rho,method,tau2,between,estimate,se,log_likelihood,qe,cr2_se,cr2_df")
multi <- function(name, rho, structures = c("UN", "CS", "HCS", "DIAG", "ID")) { d <- sets[[name]]; V <- covariance(d, rho)
  d$o <- factor(d$outcome, unique(d$outcome))
  for (s in structures) for (m in c("REML", "ML")) { message(name, " ", s, " ", m)
    f <- try(tight(d$y, V, mods = ~ d$o - 1, random = ~ o | cluster, struct = s, data = d, method = m)); if (inherits(f, "try-error")) next
    G <- f$G[levels(d$o), levels(d$o)]
    r <- coef_test(f, vcov = "CR2", test = "Satterthwaite", cluster = d$cluster)
    rows <<- c(rows, paste(name, s, ifelse(is.na(rho), "given", rho), m, num(diag(G)), num(G[lower.tri(G)]), num(f$b), num(f$se), num(logLik(f)), num(f$QE), num(r$SE), num(r$df_Satt), sep = ",")) } }
multi("berkey1998", NA); multi("riley2003", 0.5); multi("riley2003", 0); multi("kalaian1996", 0.66); multi("ishak2007", 0.5); multi("vanhouwelingen2002", 0); multi("gleser2009", NA, c("CS", "ID"))
writeLines(c(origin, rows), out[3])
