/**
 * The application: the command {@code lozenge} and scripting in JShell.
 *
 * <p>{@link org.lozenge.app.Main} reads a command line, runs an analysis through the workbench and writes its report.
 * The commands know no analysis by name, except that {@code review} runs the one called {@code review}: roles and options
 * come from the specifications. {@link org.lozenge.app.Lozenge} is the same for scripts, as static methods.
 *
 * <p>Results go to standard output as UTF-8, everything else to standard error. Exit statuses are listed in
 * {@link org.lozenge.app.ExitStatus}.
 */
package org.lozenge.app;
