package org.lozenge.analyses.reports;

import java.util.List;
import java.util.Objects;

/**
 * Endpoints that a review pools together because they count much the same event.
 *
 * @param id name for scripts
 * @param title heading for readers
 * @param event what a sentence calls the event, such as {@code progression}; empty where it is not known, and then
 *     nothing is said about which side of 1 is the better one
 * @param endpoints the endpoints, the preferred one first: a trial with several of them enters by the first
 */
public record EndpointFamily(String id, String title, String event, List<Endpoint> endpoints) {

    /** Copies the list and checks that nothing is missing. */
    public EndpointFamily {
        Objects.requireNonNull(id, "id");
        Objects.requireNonNull(title, "title");
        Objects.requireNonNull(event, "event");
        endpoints = List.copyOf(endpoints);
    }

    /** Returns whether the event is one that patients want to avoid. */
    public boolean isHarm() {
        return !event.isEmpty();
    }

    /** Returns what a sentence calls the hazard: {@code the hazard of death}, or {@code the hazard} alone. */
    public String hazard() {
        return isHarm() ? "the hazard of " + event : "the hazard";
    }
}
