/**
 * Analyses as commands of programs that are built on SciJava, such as Fiji. SciJava finds {@link
 * org.lozenge.hosts.scijava.LozengeService} by the plugin index of this jar. Uses the workbench and SciJava's modules;
 * nothing depends on it.
 */
package org.lozenge.hosts.scijava;
