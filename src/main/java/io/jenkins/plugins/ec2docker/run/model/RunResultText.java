package io.jenkins.plugins.ec2docker.run.model;

import io.jenkins.plugins.ec2docker.request.model.OnFailure;
import java.util.Optional;

/** Puts the end of a run into words: what happened, what is left in AWS, what to do about it. */
final class RunResultText {

    private RunResultText() {}

    static RunResult of(ProvisioningRun run) {
        Optional<ActionRecord> failed = run.actions().stream().filter(ActionRecord::isFailed).findFirst();
        boolean leftovers = leftovers(run);
        if (run.isComplete()) {
            return new RunResult(RunResult.Status.SUCCEEDED, success(run), leftovers);
        }
        // Whoever interrupts Terraform sees it fail; the interrupt is the reason then.
        if (run.interrupted() != null) {
            return new RunResult(RunResult.Status.INTERRUPTED, "The run was interrupted. " + remains(run, leftovers), leftovers);
        }
        Outcome outcome = failed.map(ActionRecord::outcome).orElseThrow();
        RunResult.Status status = outcome.refusals().isEmpty() ? RunResult.Status.FAILED : RunResult.Status.REFUSED;
        return new RunResult(status, outcome.message() + " " + remains(run, leftovers), leftovers);
    }

    private static String success(ProvisioningRun run) {
        return switch (run.purpose()) {
            case PLAN -> "Planned; nothing was changed." + (run.isInPlace()
                    ? " The containers would get their images on the instance that serves." : "");
            case PROVISION, ROLLBACK -> {
                if (run.isHandover()) {
                    yield "Provisioned: the new instance was verified and has taken over from the one before it, which is gone.";
                }
                if (run.isInPlace()) {
                    yield "Redeployed: the containers run their images on the instance that served before.";
                }
                yield run.record(Action.APPLY).isPresent() ? "Provisioned." : "Nothing to change.";
            }
            case DESTROY -> "Destroyed; nothing is left in AWS.";
        };
    }

    private static String remains(ProvisioningRun run, boolean leftovers) {
        String unsaved =
                run.record(Action.RECLAIM).filter(ActionRecord::isFailed).map(ActionRecord::outcome).map(outcome -> outcome.message() + " ")
                        .orElse("");
        return unsaved + remainsInState(run, leftovers);
    }

    private static String remainsInState(ProvisioningRun run, boolean leftovers) {
        Optional<ActionRecord> destroy = run.record(Action.DESTROY);
        if (run.purpose() == Purpose.DESTROY) {
            return destroy.isEmpty()
                    ? "Nothing was destroyed."
                    : "The state is kept: destroy the deployment again to remove what is left.";
        }
        if (run.mayHaveCandidate()) {
            return remainsOfHandover(run);
        }
        if (run.record(Action.REDEPLOY).isPresent()) {
            return remainsOfRedeployment(run);
        }
        if (run.record(Action.APPLY).isEmpty()) {
            return "Nothing was changed in AWS.";
        }
        if (destroy.isPresent()) {
            return leftovers
                    ? "Removing what had been created did not come to its end; the state is kept: destroy the deployment to remove the rest."
                    : "What had been created was destroyed again.";
        }
        if (!leftovers) {
            return "Nothing is left in AWS.";
        }
        if (!run.fresh()) {
            return "The deployment is left as it is and the state is kept: provision again to bring it to a request, or destroy it.";
        }
        return "What was created is kept" + (run.onFailure() == OnFailure.KEEP ? ", as onFailure: keep asks" : "")
                + ": destroy the deployment when it is no longer needed.";
    }

    private static String remainsOfHandover(ProvisioningRun run) {
        if (run.record(Action.CUTOVER).isPresent()) {
            return "The new instance was verified, but taking over from the one before it did not come to its end; the state is kept:"
                    + " provision again to finish that, or destroy the deployment.";
        }
        Optional<ActionRecord> retreat = run.record(Action.RETREAT);
        if (retreat.isEmpty()) {
            return "The instance before it serves as it did. The new one is kept beside it" + (run.onFailure() == OnFailure.KEEP
                    ? ", as onFailure: keep asks" : "") + ": provision again to replace or remove it, or destroy the deployment.";
        }
        return retreat.get().isDone()
                ? "The new instance was removed again; the one before it serves as it did."
                : "The instance before it serves as it did, but removing the new one did not come to its end; the state is kept: provision"
                        + " again, or destroy the deployment.";
    }

    private static String remainsOfRedeployment(ProvisioningRun run) {
        Optional<ActionRecord> restore = run.record(Action.RESTORE);
        return restore.filter(ActionRecord::isDone).isPresent()
                ? "The containers that were there before serve again."
                : restore.map(ActionRecord::outcome).map(outcome -> outcome.message() + " ").orElse("")
                        + "What the instance runs is not known: provision again to bring it to a request, or destroy the deployment.";
    }

    private static boolean leftovers(ProvisioningRun run) {
        if (run.isUnsettled()) {
            return true;
        }
        for (int i = run.actions().size() - 1; i >= 0; i--) {
            ActionRecord record = run.actions().get(i);
            Outcome outcome = record.outcome();
            if (record.action().changesAws() && outcome != null) {
                return !Boolean.TRUE.equals(outcome.stateEmpty());
            }
        }
        return !run.fresh() || run.record(Action.APPLY).isPresent();
    }
}
