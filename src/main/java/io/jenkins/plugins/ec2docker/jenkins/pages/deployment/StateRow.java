package io.jenkins.plugins.ec2docker.jenkins.pages.deployment;

import edu.umd.cs.findbugs.annotations.CheckForNull;
import io.jenkins.plugins.ec2docker.jenkins.pages.run.TimeText;
import io.jenkins.plugins.ec2docker.run.store.StateSummary;
import java.time.Instant;
import java.util.Locale;

/** A state version as a deployment's page shows it. */
public final class StateRow {

    private final int number;
    private final String run;
    @CheckForNull
    private final StateSummary summary;
    private final boolean latest;
    private final Instant now;

    /** @param summary null where the file cannot be read */
    StateRow(int number, String run, @CheckForNull StateSummary summary, boolean latest, Instant now) {
        this.number = number;
        this.run = run;
        this.summary = summary;
        this.latest = latest;
        this.now = now;
    }

    public int getNumber() {
        return number;
    }

    /** The run that left it. */
    public String getRun() {
        return run;
    }

    /** Number of the version that it brought back; null for what a run left. */
    @CheckForNull
    public Integer getRestored() {
        return summary == null ? null : summary.restored();
    }

    /** Null where the file cannot be read. */
    @CheckForNull
    public String getWritten() {
        return summary == null ? null : summary.written().toString();
    }

    @CheckForNull
    public String getAge() {
        return summary == null ? null : TimeText.ago(summary.written(), now);
    }

    /** As in {@code 21.4 KB}. */
    @CheckForNull
    public String getKilobytes() {
        return summary == null ? null : String.format(Locale.ROOT, "%.1f KB", summary.bytes() / 1024.0);
    }

    /** Terraform's own count; null where it is no state that can be read. */
    @CheckForNull
    public Long getSerial() {
        return summary == null ? null : summary.serial();
    }

    @CheckForNull
    public Integer getResources() {
        return summary == null ? null : summary.resources();
    }

    /** Whether runs work with it. */
    public boolean isLatest() {
        return latest;
    }

    /** Whether it is worth to be brought back. */
    public boolean isRestorable() {
        Integer known = getResources();
        return !latest && known != null && known > 0;
    }
}
