package io.jenkins.plugins.ec2docker.jenkins.pages.run;

import hudson.model.InvisibleAction;
import java.util.List;
import org.kohsuke.accmod.Restricted;
import org.kohsuke.accmod.restrictions.NoExternalUse;

/** Why a build made no run: the problems of what it asked for, on the build's own page. Kept in {@code build.xml}. */
@Restricted(NoExternalUse.class)
public final class RejectedOrder extends InvisibleAction {

    private static final int LONGEST = 4000;

    private final String message;

    /** @param message a sentence, and perhaps one line for each problem below it */
    RejectedOrder(String message) {
        this.message = StoredRunSummary.cut(message, LONGEST);
    }

    /** What is wrong as a whole. */
    public String getTitle() {
        return message.lines().findFirst().orElse("").strip();
    }

    /** Each problem; empty where the title says it all. */
    public List<String> getProblems() {
        return message.lines().skip(1).map(String::strip).filter(line -> !line.isEmpty()).toList();
    }
}
