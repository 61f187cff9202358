# Writes pooled results by metafor's rma.mh() and rma.peto() for the counts in effects.csv.
# Usage: Rscript mantel.R EFFECTS.csv OUTPUT.csv
#
# Columns: data set, measure, raw counts (studies separated by ';'), estimate, standard error, Q of the studies' own effects
# (0.5 added to zero cells, double zeros dropped) and its degrees of freedom, Cochran-Mantel-Haenszel or person-time statistic
# with and without continuity correction, Tarone's statistic. NA where there is none.
suppressMessages(library(metafor))

args <- commandArgs(TRUE)
lines <- grep("^#", readLines(args[1]), invert = TRUE, value = TRUE)[-1]
cells <- strsplit(lines, ",")
raws <- function(measure) {
  chosen <- Filter(function(x) x[2] == measure && x[5] == "only0" && x[6] == "0", cells)
  setNames(lapply(chosen, function(x) x[7]), vapply(chosen, function(x) x[1], ""))
}
matrix4 <- function(text) do.call(rbind, lapply(strsplit(text, ";")[[1]], function(s) as.numeric(strsplit(s, " ")[[1]])))
num <- function(x) if (length(x) == 0 || is.na(x)) "NA" else sprintf("%.17g", x)
con <- file(args[2], "w")
writeLines(sprintf("# metafor %s rma.mh() and rma.peto(), R %s; core/stats/validation/mantel.R",
  packageVersion("metafor"), getRversion()), con)
writeLines("set,measure,raw,estimate,se,q,q_df,cmh,cmh_plain,tarone", con)
quiet <- function(x) suppressWarnings(tryCatch(x, error = function(e) NULL))
line <- function(set, measure, raw, fit, plain = NULL) {
  if (is.null(fit) || is.na(fit$beta)) return()
  writeLines(paste(set, measure, raw, num(as.numeric(fit$beta)), num(fit$se), num(fit$QE), fit$k.yi - 1,
    num(fit$MH), num(plain$MH), num(fit$TA), sep = ","), con)
}
tables <- raws("or")
for (set in names(tables)) {
  x <- matrix4(tables[[set]])
  for (measure in c("OR", "RR", "RD")) {
    mh <- function(correct) quiet(rma.mh(measure = measure, ai = x[, 1], bi = x[, 2], ci = x[, 3], di = x[, 4], correct = correct))
    line(set, tolower(measure), tables[[set]], mh(TRUE), mh(FALSE))
  }
  line(set, "peto", tables[[set]], quiet(rma.peto(ai = x[, 1], bi = x[, 2], ci = x[, 3], di = x[, 4])))
}
times <- raws("irr")
for (set in names(times)) {
  x <- matrix4(times[[set]])
  for (measure in c("IRR", "IRD")) {
    mh <- function(correct) quiet(rma.mh(measure = measure, x1i = x[, 1], t1i = x[, 2], x2i = x[, 3], t2i = x[, 4], correct = correct))
    line(set, tolower(measure), times[[set]], mh(TRUE), mh(FALSE))
  }
}
close(con)
