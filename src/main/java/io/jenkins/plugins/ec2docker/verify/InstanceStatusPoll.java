package io.jenkins.plugins.ec2docker.verify;

import io.jenkins.plugins.ec2docker.aws.access.SessionCredentials;
import io.jenkins.plugins.ec2docker.aws.clients.InstanceDescription;
import io.jenkins.plugins.ec2docker.aws.clients.Instances;
import io.jenkins.plugins.ec2docker.aws.clients.StatusChecks;
import io.jenkins.plugins.ec2docker.aws.errors.AwsException;
import io.jenkins.plugins.ec2docker.bootstrap.BootConsole;
import java.util.Optional;
import java.util.function.Consumer;

/** Follows EC2's status checks of an instance, look by look, tells each change once, and notices when AWS takes the instance away. */
final class InstanceStatusPoll {

    private final Instances instances;
    private final String id;
    private final Consumer<String> notes;

    private StatusChecks checks = new StatusChecks("pending", "initializing", "initializing");

    InstanceStatusPoll(Instances instances, String id, Consumer<String> notes) {
        this.instances = instances;
        this.id = id;
        this.notes = notes;
    }

    /** Looks once. @return why there is nothing more to wait for; empty while the instance runs */
    Optional<Readiness> look(SessionCredentials keys) throws AwsException {
        Optional<StatusChecks> seen = instances.status(keys, id);
        if (seen.isEmpty()) {
            return Optional.of(Readiness.failed("AWS does not know instance " + id + ", which the state names."));
        }
        StatusChecks before = checks;
        checks = seen.get();
        if (!checks.state().equals("running") && !checks.state().equals("pending")) {
            return Optional.of(Readiness.failed("Instance " + id + " is " + checks.state() + " instead of running" + reason(keys) + "."));
        }
        if (!checks.passed() && !checks.text().equals(before.text())) {
            notes.accept("EC2's status checks: " + checks.text() + ".");
        }
        return Optional.empty();
    }

    boolean passed() {
        return checks.passed();
    }

    /** How they stand, as the end of a sentence. */
    String standing() {
        return "EC2's status checks are: " + checks.text();
    }

    private String reason(SessionCredentials keys) throws AwsException {
        return instances.describe(keys, id)
                .map(InstanceDescription::stateReason)
                .filter(reason -> !reason.isBlank())
                .map(reason -> ": " + BootConsole.printable(reason).replaceFirst("\\.$", ""))
                .orElse("");
    }
}
