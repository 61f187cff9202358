/** Placeholder. */
package org.lozenge.app;
