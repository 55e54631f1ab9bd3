package io.jenkins.plugins.ec2docker.run;

import io.jenkins.plugins.ec2docker.aws.errors.AwsException;
import io.jenkins.plugins.ec2docker.aws.pricing.Prices;
import io.jenkins.plugins.ec2docker.aws.session.SessionKeys;
import io.jenkins.plugins.ec2docker.policy.Guardrails;
import io.jenkins.plugins.ec2docker.policy.cost.CostReview;
import io.jenkins.plugins.ec2docker.policy.plan.PlanReview;
import io.jenkins.plugins.ec2docker.policy.plan.PlannedResource;
import io.jenkins.plugins.ec2docker.request.model.ProvisionRequest;
import io.jenkins.plugins.ec2docker.request.values.Violation;
import io.jenkins.plugins.ec2docker.run.model.Deployment;
import io.jenkins.plugins.ec2docker.run.model.Outcome;
import io.jenkins.plugins.ec2docker.run.model.ProvisioningRun;
import io.jenkins.plugins.ec2docker.terraform.documents.Plan;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;

/** What administrators have to say to the plan of a run ({@code Action#REVIEW}): whether it is allowed, and whether it costs too much. */
final class PlanGate {

    private final Guardrails guardrails;
    private final ProvisionRequest request;
    private final Prices prices;
    private final SessionKeys keys;
    private final Consumer<String> notes;

    /**
     * @param prices are asked only where there is a limit of costs
     * @param notes is told what the plan costs
     */
    PlanGate(Guardrails guardrails, ProvisionRequest request, Prices prices, SessionKeys keys, Consumer<String> notes) {
        this.guardrails = guardrails;
        this.request = request;
        this.prices = prices;
        this.keys = keys;
        this.notes = notes;
    }

    /** @param deployment as it is while the plan waits */
    Outcome of(Plan plan, ProvisioningRun run, Deployment deployment) throws AwsException {
        List<PlannedResource> resources =
                run.isHandover() ? ReviewedPlan.ofHandover(plan, deployment.serving().runId(), request) : ReviewedPlan.of(plan);
        List<Violation> refusals = new ArrayList<>(PlanReview.review(guardrails, request.blueprint(), resources));
        BigDecimal most = guardrails.maxMonthlyCost();
        if (most != null && plan.applyable()) {
            CostReview.Verdict verdict = new CostReview(prices, most).of(resources, keys.get());
            verdict.told().ifPresent(notes);
            verdict.refusal().ifPresent(refusals::add);
        }
        if (!refusals.isEmpty()) {
            return Outcome.refused(refusals);
        }
        return run.isHandover() && plan.applyable()
                ? Outcome.reviewedHandover(plan.summary(), false)
                : Outcome.reviewed(plan.summary(), !plan.applyable());
    }
}
