/**
 * The workbench for hosts that cannot share its classes: {@link org.lozenge.workbench.json.JsonDoor} takes and returns
 * nothing but types of the JDK, so that a program whose own libraries conflict with ours loads the whole workbench in a
 * class loader of its own.
 *
 * <p>Imports the face of the workbench, forms, reports and tables.
 */
package org.lozenge.workbench.json;
