package io.jenkins.plugins.ec2docker.run.site;

import edu.umd.cs.findbugs.annotations.CheckForNull;
import io.jenkins.plugins.ec2docker.run.model.Action;
import io.jenkins.plugins.ec2docker.terraform.events.Event;
import io.jenkins.plugins.ec2docker.terraform.events.EventText;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * Tells, each minute in which a Terraform command does not get on, what it waits for. The provider repeats calls that AWS throttles, fails or
 * leaves without an answer for many minutes, and says nothing meanwhile. Not for several threads.
 */
public final class SilenceWatch {
    private static final Duration EVERY = Duration.ofMinutes(1);
    private static final int MOST_SHOWN = 3;

    private final Action action;
    /** What is under way, by address: reading, creating … */
    private final Map<String, String> open = new LinkedHashMap<>();
    private Instant heard;
    private Instant told;

    public SilenceWatch(Action action, Instant now) {
        this.action = action;
        heard = now;
        told = now;
    }

    public void heard(Event event, Instant now) {
        if (event instanceof Event.ApplyProgress) {
            // Comes by Terraform's own clock, whatever AWS does; where it is shown, nobody waits in silence.
            told = EventConsole.line(action, event).isPresent() ? now : told;
            return;
        }
        heard = now;
        if (event instanceof Event.RefreshStart start) {
            open.put(start.address(), "reading");
        } else if (event instanceof Event.RefreshComplete complete) {
            open.remove(complete.address());
        } else if (event instanceof Event.ApplyStart start) {
            open.put(start.address(), start.action().doing());
        } else if (event instanceof Event.ApplyComplete complete) {
            open.remove(complete.address());
        } else if (event instanceof Event.ApplyErrored errored) {
            open.remove(errored.address());
        }
    }

    /** What to tell now; null as long as there is nothing to tell. */
    @CheckForNull
    public String line(Instant now) {
        Instant last = told.isAfter(heard) ? told : heard;
        boolean asksAws = action == Action.PLAN || action.changesAws();
        if (!asksAws || now.isBefore(last.plus(EVERY))) {
            return null;
        }
        told = now;
        StringBuilder line = new StringBuilder("No news from Terraform (").append(action.stage().text()).append(") for ")
                .append(Duration.between(heard, now).toMinutes()).append(" min");
        String separator = ", while it is ";
        int shown = 0;
        for (Map.Entry<String, String> each : open.entrySet()) {
            if (shown++ == MOST_SHOWN) {
                line.append(" and ").append(open.size() - MOST_SHOWN).append(" more");
                break;
            }
            line.append(separator).append(each.getValue()).append(' ').append(EventText.safe(each.getKey(), 80));
            separator = ", ";
        }
        return line.append(". Calls that AWS throttles, or does not answer, are repeated.").toString();
    }
}
