package io.jenkins.plugins.ec2docker.jenkins.run;

import java.time.Duration;

/** How long until the next look at a Terraform: a quarter of a second while something happens, growing to two while nothing does. */
final class Pace {

    private static final Duration SHORTEST = Duration.ofMillis(250);
    private static final Duration LONGEST = Duration.ofSeconds(2);

    private Duration pause = SHORTEST;
    private String stamp = "";

    private Pace() {}

    static Pace first() {
        return new Pace();
    }

    Duration next(boolean news) {
        Duration longer = pause.multipliedBy(3).dividedBy(2);
        pause = news ? SHORTEST : longer.compareTo(LONGEST) < 0 ? longer : LONGEST;
        return pause;
    }

    /** Whether the state file is another than at the look before. */
    boolean isNews(String stateStamp) {
        boolean news = !stateStamp.equals(stamp);
        stamp = stateStamp;
        return news && !stateStamp.isEmpty();
    }
}
