package io.jenkins.plugins.ec2docker.provisioning;

import io.jenkins.plugins.ec2docker.aws.AwsRefusal;
import io.jenkins.plugins.ec2docker.aws.Prices;
import io.jenkins.plugins.ec2docker.aws.SessionKeys;
import io.jenkins.plugins.ec2docker.policy.Guardrails;
import io.jenkins.plugins.ec2docker.policy.PlanReview;
import io.jenkins.plugins.ec2docker.policy.PlannedResource;
import io.jenkins.plugins.ec2docker.request.ProvisionRequest;
import io.jenkins.plugins.ec2docker.request.Violation;
import io.jenkins.plugins.ec2docker.terraform.Plan;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;

/** What administrators have to say to the plan of a run ({@link Action#REVIEW}): whether it is allowed, and whether it costs too much. */
final class RunReview {

    private final Guardrails guardrails;
    private final ProvisionRequest request;
    private final Prices prices;
    private final SessionKeys keys;
    private final Consumer<String> notes;

    /**
     * @param prices are asked only where there is a limit of costs
     * @param notes is told what the plan costs
     */
    RunReview(Guardrails guardrails, ProvisionRequest request, Prices prices, SessionKeys keys, Consumer<String> notes) {
        this.guardrails = guardrails;
        this.request = request;
        this.prices = prices;
        this.keys = keys;
        this.notes = notes;
    }

    /** @param deployment as it is while the plan waits */
    Outcome of(Plan plan, Run run, Deployment deployment) throws AwsRefusal {
        List<PlannedResource> resources =
                run.isHandover() ? Reviewed.ofHandover(plan, deployment.boot().runId(), request) : Reviewed.of(plan);
        List<Violation> refusals = new ArrayList<>(PlanReview.review(guardrails, request.blueprint(), resources));
        if (guardrails.maxMonthlyCost() != null && plan.applyable()) {
            CostReview.Verdict verdict = new CostReview(prices, guardrails.maxMonthlyCost()).of(resources, keys.get());
            verdict.told().ifPresent(notes);
            verdict.refusal().ifPresent(refusals::add);
        }
        return refusals.isEmpty() ? Outcome.reviewed(plan.summary(), !plan.applyable()) : Outcome.refused(refusals);
    }
}
