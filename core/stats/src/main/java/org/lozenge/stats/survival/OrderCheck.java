package org.lozenge.stats.survival;

/** Whether a hazard ratio and its limits are in an order that later rules can build on. */
final class OrderCheck {

    private OrderCheck() {}

    static boolean possible(ReportedResult report) {
        return new OrderRule().check(report).stream().noneMatch(finding -> finding.state() == AuditState.ERROR);
    }
}
