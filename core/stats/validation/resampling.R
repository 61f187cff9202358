# gosh() and permutest() of metafor, for GoshTest and PermutationTestTest.
# Rscript core/stats/validation/resampling.R core/stats/src/test/resources/org/lozenge/stats/sensitivity
suppressMessages(library(metafor))
out <- commandArgs(trailingOnly = TRUE)[1]
tight <- list(threshold = 1e-14, maxiter = 10000)
head <- function(call) sprintf("# metafor %s, R %s.%s; %s; core/stats/validation/resampling.R",
  packageVersion("metafor"), R.version$major, R.version$minor, call)
text <- function(x) paste(sprintf("%.17g", x), collapse = " ")
bcg <- escalc(measure = "RR", ai = tpos, bi = tneg, ci = cpos, di = cneg, data = dat.bcg)
sets <- list(bcg6 = bcg[1:6, ])

lines <- c(head("gosh(rma(yi, vi, method), progbar = FALSE), rows of one study left out"),
           "name,method,y,v,subset,k,q,i2,tau2,estimate")
for (method in c("EE", "DL", "REML")) {
  d <- sets$bcg6
  g <- gosh(rma(yi, vi, data = d, method = method, control = tight), progbar = FALSE)
  for (i in seq_len(nrow(g$res))) {
    if (g$res$k[i] == 1) next
    members <- which(g$incl[i, ])
    lines <- c(lines, paste("bcg6", tolower(method), text(d$yi), text(d$vi), sum(2^(members - 1)),
      g$res$k[i], sprintf("%.17g,%.17g,%.17g,%.17g", g$res$QE[i], g$res$I2[i] / 100,
      if (method == "EE") 0 else g$res$tau2[i], g$res$estimate[i]), sep = ","))
  }
}
writeLines(lines, file.path(out, "gosh.csv"))

lines <- c(head("permutest(rma(yi, vi, mods, method, test), exact = TRUE, progbar = FALSE)"),
           "name,method,test,y,v,x,p_intercept,p_moderator,p_joint")
# Several moderators are separated by semicolons.
add <- function(name, d, method, test, ...) {
  x <- cbind(...)
  r <- if (is.null(x)) rma(yi, vi, data = d, method = method, test = test, control = tight)
       else rma(yi, vi, mods = x, data = d, method = method, test = test, control = tight)
  p <- permutest(r, exact = TRUE, progbar = FALSE)
  lines <<- c(lines, paste(name, tolower(method), test, text(d$yi), text(d$vi),
    if (is.null(x)) "" else paste(apply(x, 2, text), collapse = ";"), text(p$pval[1]),
    if (is.null(x)) "" else text(p$pval[-1]), if (is.null(x)) "" else text(p$QMp), sep = ","))
}
add("bcg9", bcg[1:9, ], "REML", "z")
add("bcg9", bcg[1:9, ], "DL", "knha")
add("bcg6", bcg[1:6, ], "REML", "knha")
add("bcg6", bcg[1:6, ], "PM", "z")
add("bcg6-latitude", bcg[1:6, ], "DL", "z", bcg$ablat[1:6])
add("bcg6-latitude", bcg[1:6, ], "DL", "knha", bcg$ablat[1:6])
add("bcg7-random", bcg[1:7, ], "DL", "z", as.numeric(bcg$alloc[1:7] == "random"))
add("bcg6-latitude", bcg[1:6, ], "REML", "z", bcg$ablat[1:6])
add("bcg6-latitude", bcg[1:6, ], "REML", "knha", bcg$ablat[1:6])
add("bcg6-latitude", bcg[1:6, ], "PM", "adhoc", bcg$ablat[1:6])
add("bcg7-random", bcg[1:7, ], "REML", "knha", as.numeric(bcg$alloc[1:7] == "random"))
add("bcg6-two", bcg[1:6, ], "REML", "z", bcg$ablat[1:6], as.numeric(bcg$alloc[1:6] == "random"))
add("bcg6-two", bcg[1:6, ], "ML", "knha", bcg$ablat[1:6], as.numeric(bcg$alloc[1:6] == "random"))
add("bcg6-two", bcg[1:6, ], "DL", "z", bcg$ablat[1:6], as.numeric(bcg$alloc[1:6] == "random"))
writeLines(lines, file.path(out, "permutation.csv"))
