/** The analysis {@code convert-and-compare}: an R script that pools the same studies with metafor. */
package org.lozenge.analyses.convertandcompare;
