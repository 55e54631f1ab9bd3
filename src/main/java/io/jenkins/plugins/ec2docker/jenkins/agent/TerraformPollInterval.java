package io.jenkins.plugins.ec2docker.jenkins.agent;

import java.time.Duration;

/** How long until the next look at a Terraform: a quarter of a second while something happens, growing to two while nothing does. */
public final class TerraformPollInterval {

    private static final Duration SHORTEST = Duration.ofMillis(250);
    private static final Duration LONGEST = Duration.ofSeconds(2);

    private Duration pause = SHORTEST;
    private String stamp = "";

    private TerraformPollInterval() {}

    public static TerraformPollInterval first() {
        return new TerraformPollInterval();
    }

    public Duration next(boolean news) {
        Duration longer = pause.multipliedBy(3).dividedBy(2);
        pause = news ? SHORTEST : longer.compareTo(LONGEST) < 0 ? longer : LONGEST;
        return pause;
    }

    /** Whether the state file is another than at the look before. */
    public boolean isNews(String stateStamp) {
        boolean news = !stateStamp.equals(stamp);
        stamp = stateStamp;
        return news && !stateStamp.isEmpty();
    }
}
