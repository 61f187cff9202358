/**
 * Forms from specifications, for hosts that ask their users what to run: {@link org.lozenge.workbench.form.Form} for
 * hosts in Java, {@link org.lozenge.workbench.form.JsonSchema} for all others.
 *
 * <p>Neither knows of any toolkit. Imports {@code org.lozenge.plugin}, the face of the workbench, mapping and tables.
 */
package org.lozenge.workbench.form;
