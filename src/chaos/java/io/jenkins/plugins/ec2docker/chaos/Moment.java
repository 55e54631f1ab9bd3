package io.jenkins.plugins.ec2docker.chaos;

import io.jenkins.plugins.ec2docker.testing.ApiProxy.Call;
import java.util.Random;

/**
 * When a fault comes: counted in calls of AWS, which a run makes in nearly the same order each time, and not in seconds.
 *
 * @param changing whether only calls are counted that are for changing something
 * @param call its number, from 1
 * @param held whether AWS has acted on that call while its answer is kept back until the fault has come
 * @param delayMillis how long after the answer it comes where that is not held
 * @param lasts for how many calls, where it is a fault of AWS; how many 10ths of a second, where it is the disk's; to the run's end where 0
 */
public record Moment(boolean changing, int call, boolean held, int delayMillis, int lasts) {

    static Moment draw(Random random, Hit hit) {
        return draw(random, hit.calls(), hit.changes());
    }

    /** Among so many calls, of which so many change something. */
    public static Moment draw(Random random, int calls, int changes) {
        boolean changing = random.nextBoolean();
        int call = 1 + random.nextInt(changing ? changes : calls);
        boolean held = random.nextBoolean();
        int delay = random.nextInt(3000);
        int kind = random.nextInt(3);
        int few = 1 + random.nextInt(3);
        int many = 4 + random.nextInt(40);
        return new Moment(changing, call, held, held ? 0 : delay, kind == 0 ? 0 : kind == 1 ? few : many);
    }

    /** Whether a call is one of those that are counted. */
    boolean counts(Call call) {
        return !changing || isChanging(call);
    }

    /** By its name, as AWS names what only looks. */
    static boolean isChanging(Call call) {
        return !call.action().matches("(Describe|Get|List|Head|Simulate|AssumeRole).*");
    }

    @Override
    public String toString() {
        return (changing ? "changing call " : "call ") + call + (held ? ", its answer held back" : ", " + delayMillis + " ms after it")
                + (lasts == 0 ? ", to the end" : ", lasting " + lasts);
    }
}
