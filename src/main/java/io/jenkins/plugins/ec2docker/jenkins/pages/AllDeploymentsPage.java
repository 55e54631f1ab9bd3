package io.jenkins.plugins.ec2docker.jenkins.pages;

import hudson.model.Item;
import hudson.model.Job;
import io.jenkins.plugins.ec2docker.jenkins.controller.Builds;
import io.jenkins.plugins.ec2docker.jenkins.pages.deployment.DeploymentRow;
import io.jenkins.plugins.ec2docker.jenkins.pages.deployment.Paging;
import io.jenkins.plugins.ec2docker.jenkins.store.AllDeployments;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import jenkins.model.Jenkins;

/**
 * A page of all deployments that the reader may see, the last changed first: those of jobs that the reader may read, and to whoever may read
 * the system those of deleted jobs. Only what is on the page is read from disk.
 */
public final class AllDeploymentsPage {

    private final List<DeploymentRow> rows;
    private final Paging paging;

    private AllDeploymentsPage(List<DeploymentRow> rows, Paging paging) {
        this.rows = List.copyOf(rows);
        this.paging = paging;
    }

    /** The one that the present request asks for by its parameter {@code page}. */
    static AllDeploymentsPage now() {
        Instant now = Instant.now();
        Set<String> busy = DeploymentRow.busy();
        boolean orphans = Jenkins.get().hasPermission(Jenkins.SYSTEM_READ);
        Map<String, Optional<Job<?, ?>>> jobs = new HashMap<>();
        Map<String, Boolean> visible = new HashMap<>();
        List<AllDeployments.Place> places = AllDeployments.places().stream()
                .filter(place -> visible.computeIfAbsent(place.job(),
                        name -> job(jobs, name).isPresent() || orphans && !DeploymentRow.isThere(name)))
                .sorted(AllDeployments.Place.LATEST_FIRST)
                .toList();
        Paging paging = Paging.of("page", places.size());
        List<DeploymentRow> rows = paging.of(places).stream()
                .flatMap(place -> place.read().stream())
                .map(entry -> DeploymentRow.of(job(jobs, entry.job()).orElse(null), entry.job(), entry.deployment(), busy, now))
                .toList();
        return new AllDeploymentsPage(rows, paging);
    }

    public List<DeploymentRow> getRows() {
        return rows;
    }

    public Paging getPaging() {
        return paging;
    }

    /** Only where the reader may read it. */
    private static Optional<Job<?, ?>> job(Map<String, Optional<Job<?, ?>>> known, String name) {
        return known.computeIfAbsent(name, each -> Builds.job(each).filter(job -> job.hasPermission(Item.READ)));
    }
}
