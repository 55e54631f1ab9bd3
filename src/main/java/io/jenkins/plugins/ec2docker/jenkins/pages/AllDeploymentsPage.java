package io.jenkins.plugins.ec2docker.jenkins.pages;

import hudson.model.Item;
import hudson.model.Job;
import io.jenkins.plugins.ec2docker.jenkins.controller.Builds;
import io.jenkins.plugins.ec2docker.jenkins.pages.deployment.DeploymentRow;
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

    static final int SIZE = 50;

    private final List<DeploymentRow> rows;
    private final int number;
    private final int total;

    private AllDeploymentsPage(List<DeploymentRow> rows, int number, int total) {
        this.rows = List.copyOf(rows);
        this.number = number;
        this.total = total;
    }

    /** @param wanted its number, from 1; the nearest that there is will do */
    static AllDeploymentsPage of(int wanted) {
        Instant now = Instant.now();
        Set<String> busy = DeploymentRow.busy();
        boolean orphans = Jenkins.get().hasPermission(Jenkins.SYSTEM_READ);
        Map<String, Optional<Job<?, ?>>> jobs = new HashMap<>();
        Map<String, Boolean> visible = new HashMap<>();
        List<AllDeployments.Place> places = AllDeployments.places().stream()
                .filter(place -> visible.computeIfAbsent(place.job(),
                        name -> job(jobs, name).isPresent() || orphans && !DeploymentRow.isThere(name)))
                .toList();
        int last = Math.max(1, (places.size() + SIZE - 1) / SIZE);
        int number = Math.max(1, Math.min(wanted, last));
        List<DeploymentRow> rows = places.stream()
                .sorted(AllDeployments.Place.LATEST_FIRST)
                .skip((number - 1L) * SIZE)
                .limit(SIZE)
                .flatMap(place -> place.read().stream())
                .map(entry -> DeploymentRow.of(job(jobs, entry.job()).orElse(null), entry.job(), entry.deployment(), busy, now))
                .toList();
        return new AllDeploymentsPage(rows, number, places.size());
    }

    public List<DeploymentRow> getRows() {
        return rows;
    }

    /** From 1. */
    public int getNumber() {
        return number;
    }

    public int getTotal() {
        return total;
    }

    /** Whether there are more than one page. */
    public boolean isOneOfSeveral() {
        return total > SIZE;
    }

    public boolean isLast() {
        return getTo() >= total;
    }

    /** Of the first row, from 1. */
    public int getFrom() {
        return (number - 1) * SIZE + 1;
    }

    public int getTo() {
        return Math.min(number * SIZE, total);
    }

    /** Only where the reader may read it. */
    private static Optional<Job<?, ?>> job(Map<String, Optional<Job<?, ?>>> known, String name) {
        return known.computeIfAbsent(name, each -> Builds.job(each).filter(job -> job.hasPermission(Item.READ)));
    }
}
