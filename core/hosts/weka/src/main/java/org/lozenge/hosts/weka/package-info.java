/**
 * A tab for meta-analysis in the Explorer of Weka 3.8. Weka finds {@link org.lozenge.hosts.weka.MetaAnalysisPanel} by the
 * package's {@code Explorer.props}. Uses the workbench, Swing and Weka's data; nothing depends on it.
 */
package org.lozenge.hosts.weka;
