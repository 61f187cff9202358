# Writes src/test/resources/org/lozenge/stats/sensitivity/influence.csv: metafor's leave1out(), cumul(), influence(),
# baujat() and rstandard() on the data sets of datasets.csv. Run in core/stats: Rscript validation/influence.R
suppressMessages(library(metafor))
tight <- list(threshold = 1e-14, maxiter = 10000, tol = 1e-14)
folder <- "src/test/resources/org/lozenge/stats/"
sets <- read.csv(paste0(folder, "model/datasets.csv"), comment.char = "#")
numbers <- function(text) as.numeric(strsplit(text, " ")[[1]])
show <- function(x) paste(ifelse(is.na(x), "NA", sprintf("%.17g", x)), collapse = " ")
out <- file(paste0(folder, "sensitivity/influence.csv"), "w")
writeLines(c(paste0("# metafor ", packageVersion("metafor"), ", R ", getRversion(),
  "; leave1out(), cumul(), influence(), baujat(), rstandard() of rma(y, v, method, test, control = list(threshold = 1e-14,",
  " maxiter = 10000, tol = 1e-14)); core/stats/validation/influence.R"), "data,method,test,source,quantity,values"), out)
names <- c("bcg", "bcg-three", "lenalidomide", "magnesium", "passive-smoking", "head-and-neck", "metawin", "homogeneous",
  "teacher-expectancy", "stroke-stay", "lidocaine")
for (name in names) {
  y <- numbers(sets$y[sets$name == name])
  v <- numbers(sets$v[sets$name == name])
  for (spec in list(c("EE", "z"), c("DL", "z"), c("REML", "z"), c("REML", "knha"), c("REML", "adhoc"), c("PM", "knha"))) {
    r <- tryCatch(suppressWarnings(rma(y, v, method = spec[1], test = spec[2], control = tight)), error = function(e) NULL)
    if (is.null(r)) next
    put <- function(source, quantity, values)
      writeLines(paste(name, spec[1], spec[2], source, quantity, show(values), sep = ","), out)
    lists <- list(`leave-out` = suppressWarnings(leave1out(r)), cumulative = suppressWarnings(cumul(r)))
    for (source in names(lists)) {
      l <- lists[[source]]
      for (q in intersect(c("estimate", "se", "zval", "tval", "pval", "pvals", "ci.lb", "ci.ub", "Q", "Qp", "tau2", "I2", "H2"), names(l)))
        put(source, sub("pvals", "pval", sub("tval", "zval", q)), l[[q]])
    }
    i <- suppressWarnings(influence(r))
    for (q in c("rstudent", "dffits", "cook.d", "cov.r", "tau2.del", "QE.del", "hat")) put("influence", q, i$inf[[q]])
    put("influence", "dfbs", i$dfbs$intrcpt)
    put("influence", "flagged", as.numeric(i$is.infl))
    put("influence", "rstandard", rstandard(r)$z)
    png(tempfile()); b <- suppressWarnings(baujat(r)); dev.off()
    put("baujat", "x", b$x)
    put("baujat", "y", b$y)
  }
}
close(out)
