package dev.crmsync.check;

import dev.crmsync.check.Finding.Severity;
import java.util.List;

/**
 * What came out of a check.
 *
 * @param files how many files of routes were read
 * @param upserts how many upserts they hold
 */
public record Report(List<Finding> findings, int files, int upserts) {

    public Report {
        findings = List.copyOf(findings);
    }

    public long count(Severity severity) {
        return findings.stream()
                .filter(finding -> finding.severity() == severity)
                .count();
    }

    public boolean hasErrors() {
        return count(Severity.ERROR) > 0;
    }
}
