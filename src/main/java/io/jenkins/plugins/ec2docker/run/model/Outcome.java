package io.jenkins.plugins.ec2docker.run.model;

import edu.umd.cs.findbugs.annotations.CheckForNull;
import io.jenkins.plugins.ec2docker.request.values.Violation;
import io.jenkins.plugins.ec2docker.terraform.documents.PlanSummary;
import java.util.List;
import java.util.stream.Collectors;

/**
 * How an {@link Action} ended, as its shell reports it to the {@link ProvisioningRun}.
 *
 * @param ok whether the action did what it is for
 * @param message one sentence for people; never null, may be empty when {@code ok}
 * @param refusals what the guardrails do not allow; only a {@link Action#PREPARE} or {@link Action#REVIEW} has any, and then it is not ok
 * @param plan what Terraform is going to do; only after a successful {@link Action#REVIEW}, else null
 * @param planEmpty whether the plan changes neither resources nor outputs; only meaningful with {@code plan}
 * @param handover whether another instance than the one that serves is wanted, which then starts beside it; only true after a
 *     {@link Action#PREPARE}
 * @param inPlace whether the containers of the instance that serves get other images; only true after a {@link Action#PREPARE}
 * @param stateEmpty whether the state that was saved knows no resource; null where the action has no state to speak of
 */
public record Outcome(
        boolean ok,
        String message,
        List<Violation> refusals,
        @CheckForNull PlanSummary plan,
        boolean planEmpty,
        boolean handover,
        boolean inPlace,
        @CheckForNull Boolean stateEmpty) {

    public Outcome {
        refusals = List.copyOf(refusals);
    }

    public static Outcome done() {
        return new Outcome(true, "", List.of(), null, false, false, false, null);
    }

    /** Done, with something worth telling. */
    public static Outcome done(String message) {
        return new Outcome(true, message, List.of(), null, false, false, false, null);
    }

    public static Outcome failed(String message) {
        return new Outcome(false, message, List.of(), null, false, false, false, null);
    }

    /** The guardrails do not allow what was asked or planned. */
    public static Outcome refused(List<Violation> refusals) {
        return new Outcome(false, refusal(refusals), refusals, null, false, false, false, null);
    }

    private static String refusal(List<Violation> refusals) {
        return "Refused by the guardrails: " + refusals.stream().map(Violation::toString).collect(Collectors.joining("; "));
    }

    public static Outcome reviewed(PlanSummary plan, boolean empty) {
        return new Outcome(true, "Plan: " + plan.line() + ".", List.of(), plan, empty, false, false, null);
    }

    /** Reviewed, where the instance that serves goes by a later plan than this, which counts what comes beside it. */
    public static Outcome reviewedHandover(PlanSummary plan, boolean empty) {
        return new Outcome(true, "Plan: " + plan.line() + "; the instance that serves is destroyed as soon as the new one is verified.",
                List.of(), plan, empty, false, false, null);
    }

    /** Prepared. */
    public static Outcome prepared(boolean handover) {
        return new Outcome(true, "", List.of(), null, false, handover, false, null);
    }

    /** Prepared to redeploy. */
    public static Outcome preparedInPlace() {
        return new Outcome(true, "", List.of(), null, false, false, true, null);
    }

    /** This outcome in other words. */
    public Outcome saying(String words) {
        return new Outcome(ok, words, refusals, plan, planEmpty, handover, inPlace, stateEmpty);
    }

    /** This outcome with what the saved state says. */
    public Outcome withStateEmpty(boolean empty) {
        return new Outcome(ok, message, refusals, plan, planEmpty, handover, inPlace, empty);
    }
}
