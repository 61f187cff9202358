# Writes the classic tables of the sample data from the R package metadat (numbers only).
# Run in sample-data: Rscript validation/classics.R
library(metadat)

folder <- "src/main/resources/org/lozenge/samples"
save <- function(table, name) {
  file <- file(file.path(folder, paste0(name, ".csv")), "wb")
  write.csv(table, file, row.names = FALSE, quote = FALSE, eol = "\n")
  close(file)
}
digits <- function(x) sprintf("%.17g", x)

b <- dat.bcg
trials <- data.frame(study = paste(b$author, b$year), year = b$year, ablat = b$ablat, alloc = b$alloc)
counts <- data.frame(events_t = b$tpos, n_t = b$tpos + b$tneg, events_c = b$cpos, n_c = b$cpos + b$cneg)
save(cbind(trials[, 1:2], counts, trials[, 3:4]), "bcg")

effects <- with(counts, data.frame(
  effect = digits(log((events_t / n_t) / (events_c / n_c))),
  variance = digits(1 / events_t - 1 / n_t + 1 / events_c - 1 / n_c)))
save(cbind(trials, effects), "bcg-risk-ratios")

p <- dat.pignon2000
timing <- c("adjuvant", "neoadjuvant", "concomitant")
save(data.frame(study = p$trial, o_minus_e = sprintf("%.1f", p$OmE), v = sprintf("%.1f", p$V),
                timing = timing[p$grp]), "head-and-neck")
