package org.lozenge.stats.survival;

import java.util.EnumMap;
import java.util.Map;

/** Short notation for reports in tests: {@code hr=0.18; ci_low=0.09; ci_high=0.32}. */
final class Reports {

    private Reports() {}

    static ReportedResult read(String cells) {
        return ReportReader.standard().read(cells(cells));
    }

    static Map<ReportField, String> cells(String cells) {
        Map<ReportField, String> map = new EnumMap<>(ReportField.class);
        for (String cell : cells.split(";", -1)) {
            if (!cell.isBlank()) {
                String[] pair = cell.strip().split("=", 2);
                map.put(ReportField.withCode(pair[0].strip()).orElseThrow(), pair[1]);
            }
        }
        return map;
    }

    static RouteEstimate estimate(String route, String cells) {
        RouteResult result = Route.withCode(route).orElseThrow().apply(read(cells));
        if (result instanceof RouteUnavailable none) {
            throw new AssertionError(route + " is not available: " + none.reason());
        }
        return (RouteEstimate) result;
    }

    static RouteUnavailable unavailable(String route, String cells) {
        return (RouteUnavailable) Route.withCode(route).orElseThrow().apply(read(cells));
    }

    /** The one finding of a rule. */
    static AuditFinding finding(String rule, String cells) {
        var findings = AuditRule.audit(read(cells)).stream()
                .filter(finding -> finding.rule().equals(rule))
                .toList();
        if (findings.size() != 1) {
            throw new AssertionError("Expected one finding of " + rule + ", but found " + findings);
        }
        return findings.get(0);
    }

    /** The worst state that any rule finds. */
    static AuditState worst(String cells) {
        return AuditRule.audit(read(cells)).stream()
                .map(AuditFinding::state)
                .max(Enum::compareTo)
                .orElse(AuditState.OK);
    }
}
