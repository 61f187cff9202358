# Writes pooled results by metafor's rma.mh() and rma.peto() for the counts in effects.csv.
# Usage: Rscript mantel.R EFFECTS.csv OUTPUT.csv
#
# Columns: data set, measure, raw counts (studies separated by ';'), constant for zero cells, to which studies, double zeros
# dropped (0/1), each for the studies' own effects and then for the pooled counts, estimate, standard error, Q of the studies'
# own effects and its degrees of freedom, Cochran-Mantel-Haenszel or person-time statistic with and without continuity
# correction, statistics of Breslow and Day and of Tarone. NA where there is none.
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
writeLines("set,measure,raw,add,to,drop00,add_pooled,to_pooled,drop00_pooled,estimate,se,q,q_df,cmh,cmh_plain,bd,tarone", con)
quiet <- function(x) suppressWarnings(tryCatch(x, error = function(e) NULL))
# The usual setting; then others, of the studies' own effects and of the pooled counts.
settings <- list(
  list(add = c(.5, 0), to = c("only0", "none"), drop00 = c(TRUE, TRUE)),
  list(add = c(.5, 0), to = c("only0", "none"), drop00 = c(FALSE, FALSE)),
  list(add = c(.5, .5), to = c("only0", "only0"), drop00 = c(TRUE, TRUE)),
  list(add = c(.5, .5), to = c("only0", "only0"), drop00 = c(FALSE, FALSE)),
  list(add = c(.5, .5), to = c("all", "all"), drop00 = c(TRUE, TRUE)),
  list(add = c(.25, .25), to = c("if0all", "if0all"), drop00 = c(TRUE, TRUE)),
  list(add = c(0, 0), to = c("none", "none"), drop00 = c(TRUE, TRUE)))
line <- function(set, measure, raw, s, fit, plain = NULL) {
  if (is.null(fit) || is.na(fit$beta)) return()
  writeLines(paste(set, measure, raw, s$add[1], s$to[1], as.integer(s$drop00[1]), s$add[2], s$to[2], as.integer(s$drop00[2]),
    num(as.numeric(fit$beta)), num(fit$se), num(fit$QE), fit$k.yi - 1, num(fit$MH), num(plain$MH), num(fit$BD), num(fit$TA),
    sep = ","), con)
}
chosen <- function(x) if (any(x == 0)) settings else settings[1]
tables <- raws("or")
for (set in names(tables)) {
  x <- matrix4(tables[[set]])
  for (s in chosen(x)) {
    for (measure in c("OR", "RR", "RD")) {
      mh <- function(correct) quiet(rma.mh(measure = measure, ai = x[, 1], bi = x[, 2], ci = x[, 3], di = x[, 4],
        correct = correct, add = s$add, to = s$to, drop00 = s$drop00))
      line(set, tolower(measure), tables[[set]], s, mh(TRUE), mh(FALSE))
    }
    line(set, "peto", tables[[set]], s, quiet(rma.peto(ai = x[, 1], bi = x[, 2], ci = x[, 3], di = x[, 4],
      add = s$add, to = s$to, drop00 = s$drop00)))
  }
}
times <- raws("irr")
for (set in names(times)) {
  x <- matrix4(times[[set]])
  for (s in chosen(x)) for (measure in c("IRR", "IRD")) {
    mh <- function(correct) quiet(rma.mh(measure = measure, x1i = x[, 1], t1i = x[, 2], x2i = x[, 3], t2i = x[, 4],
      correct = correct, add = s$add, to = s$to, drop00 = s$drop00))
    line(set, tolower(measure), times[[set]], s, mh(TRUE), mh(FALSE))
  }
}
close(con)
