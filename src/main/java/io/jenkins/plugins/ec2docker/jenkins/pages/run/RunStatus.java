package io.jenkins.plugins.ec2docker.jenkins.pages.run;

import edu.umd.cs.findbugs.annotations.CheckForNull;
import java.util.Arrays;
import java.util.Locale;
import org.jvnet.localizer.Localizable;

/** What a page shows of how a run stands, with Jenkins' own icon for it. */
public enum RunStatus {
    RUNNING("nobuilt-anime", Messages._RunStatus_Running()),
    SUCCEEDED("blue", Messages._RunStatus_Succeeded()),
    FAILED("red", Messages._RunStatus_Failed()),
    REFUSED("red", Messages._RunStatus_Refused()),
    INTERRUPTED("aborted", Messages._RunStatus_Interrupted()),
    /** Neither under way nor ended in any way that left a word. */
    UNKNOWN("nobuilt", Messages._RunStatus_Unknown());

    private final String icon;
    private final Localizable label;

    RunStatus(String icon, Localizable label) {
        this.icon = icon;
        this.label = label;
    }

    /** @param text as in {@link #getText()}; anything else, null too, is {@link #UNKNOWN} */
    public static RunStatus of(@CheckForNull String text) {
        return Arrays.stream(values()).filter(status -> status.getText().equals(text)).findFirst().orElse(UNKNOWN);
    }

    /** As it stands in {@code build.xml} and in the REST API, such as {@code succeeded}. */
    public String getText() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** Symbol of core. */
    public String getIcon() {
        return "symbol-status-" + icon;
    }

    public String getLabel() {
        return label.toString();
    }

    /** A badge's or alert's colour in Jenkins' design, such as {@code success}. */
    public String getSeverity() {
        return switch (this) {
            case SUCCEEDED -> "success";
            case FAILED, REFUSED -> "danger";
            case INTERRUPTED -> "warning";
            case RUNNING, UNKNOWN -> "info";
        };
    }
}
