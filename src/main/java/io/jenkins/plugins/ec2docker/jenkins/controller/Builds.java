package io.jenkins.plugins.ec2docker.jenkins.controller;

import edu.umd.cs.findbugs.annotations.CheckForNull;
import hudson.model.Cause;
import hudson.model.Item;
import hudson.model.Job;
import hudson.security.ACL;
import hudson.security.ACLContext;
import hudson.triggers.SCMTrigger;
import hudson.triggers.TimerTrigger;
import java.util.Optional;
import jenkins.model.Jenkins;

/**
 * Finds jobs and builds by what is kept of them, and says in whose name they run. Found as the system finds them, whoever asks: what this plugin
 * keeps of a job that somebody may not see must not look like that of a deleted one. Whoever shows a job to people checks their permissions.
 */
public final class Builds {

    private Builds() {}

    public static Optional<hudson.model.Run<?, ?>> find(String job, int number) {
        return job(job).map(found -> found.getBuildByNumber(number));
    }

    public static Optional<Job<?, ?>> job(String fullName) {
        return item(fullName) instanceof Job<?, ?> job ? Optional.of(job) : Optional.empty();
    }

    /** Where a job's credentials are looked up: itself, or where it was deleted the folder that it was in; null for the top. */
    @CheckForNull
    public static Item context(String fullName) {
        for (String name = fullName; !name.isEmpty(); name = name.substring(0, Math.max(0, name.lastIndexOf('/')))) {
            Item item = item(name);
            if (item != null) {
                return item;
            }
        }
        return null;
    }

    /** A job or folder; null where there is none of that name. */
    @CheckForNull
    public static Item item(String fullName) {
        try (ACLContext asSystem = ACL.as2(ACL.SYSTEM2)) {
            return Jenkins.get().getItemByFullName(fullName);
        }
    }

    /** {@code alice (team/web #17)}, or the build alone where neither a person nor a trigger that people know started it. */
    public static String by(hudson.model.Run<?, ?> build) {
        String name = build.getParent().getFullName() + " #" + build.getNumber();
        return build.getCauses().stream().flatMap(cause -> who(cause).stream()).findFirst().map(who -> who + " (" + name + ")")
                .orElse(name);
    }

    private static Optional<String> who(Cause cause) {
        if (cause instanceof Cause.UserIdCause person) {
            return Optional.of(person.getUserId() == null ? "anonymous" : person.getUserId());
        }
        if (cause instanceof TimerTrigger.TimerTriggerCause) {
            return Optional.of("timer");
        }
        if (cause instanceof SCMTrigger.SCMTriggerCause) {
            return Optional.of("SCM change");
        }
        return cause instanceof Cause.UpstreamCause upstream
                ? Optional.of(upstream.getUpstreamProject() + " #" + upstream.getUpstreamBuild())
                : Optional.empty();
    }
}
