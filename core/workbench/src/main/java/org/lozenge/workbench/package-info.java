/**
 * The face of the workbench, for host applications, JShell and the command line.
 *
 * <p>{@link org.lozenge.workbench.Workbench} knows the analyses; {@link org.lozenge.workbench.Run} sets up one run of one
 * of them on one table; {@link org.lozenge.workbench.Outcome} is how it ended. A run never throws for what is wrong with
 * the data, the call or a plugin: the outcome says it.
 *
 * <pre>{@code
 * try (Workbench workbench = Workbench.open()) {
 *     Outcome outcome = workbench.run("pool", Dataset.read(Path.of("trials.csv"))).set("tau2", "dl").get();
 *     outcome.messages().forEach(message -> log(message.text()));
 *     Tabular model = outcome.get().item("model", Tabular.class);
 * }
 * }</pre>
 *
 * <p>A run maps columns to roles, reads and checks cells and options, drops incomplete rows, checks ranges and the number
 * of rows, asks the analysis to validate, runs it on a thread of its own, and says what was set but not used. The codes
 * of messages are part of the contract:
 *
 * <ul>
 *   <li>errors of the call: {@code no-such-analysis}, {@code no-such-role}, {@code no-such-column},
 *       {@code ambiguous-column}, {@code one-column}, {@code unmapped-role}, {@code no-such-option},
 *       {@code option-set-twice}, {@code param-value}, {@code param-range}, {@code no-rows}
 *   <li>errors in the data: {@code not-numeric}, {@code not-a-date}, {@code out-of-range}, {@code too-few-rows}, and those
 *       of {@code org.lozenge.workbench.table}, which keep a file from being read
 *   <li>warnings and notes: {@code rows-dropped}, {@code ambiguous-column}, {@code not-used}, {@code no-effect},
 *       {@code renamed-option}, {@code renamed-analysis}, {@code unread}, {@code study-unnamed}, {@code groups-failed},
 *       {@code jvm-state}, {@code threads-left}, {@code listener-failed}
 *   <li>ends of a run: {@code cancelled}, {@code timed-out}, {@code abandoned}, {@code analysis-failed}; in a process of
 *       its own also {@code process-ended}, {@code out-of-memory}, {@code not-isolable}, {@code isolation}
 *   <li>problems of plugins: {@code bad-services}, {@code not-listed}, {@code no-analyses}, {@code spec-failed},
 *       {@code duplicate-analysis}, {@code duplicate-plugin}, {@code duplicate-classes}, {@code bundled-api},
 *       {@code api-mismatch}, {@code java-version}, {@code bad-jar}, {@code bad-class}, {@code unreadable},
 *       {@code no-such-folder}, {@code not-allowed}, {@code bad-allow-list}, {@code load-timed-out}, {@code jvm-state},
 *       {@code threads-left}, {@code close-failed}, {@code abandoned}
 * </ul>
 *
 * <p>Imports the packages below it, but neither figures nor reports.
 */
package org.lozenge.workbench;
