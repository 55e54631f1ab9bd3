package io.jenkins.plugins.ec2docker.jenkins.pages;

import hudson.model.Run;
import io.jenkins.plugins.ec2docker.jenkins.pages.run.RunSource;
import io.jenkins.plugins.ec2docker.jenkins.runs.RunOrder;
import io.jenkins.plugins.ec2docker.jenkins.store.BuildRunFiles;
import io.jenkins.plugins.ec2docker.jenkins.store.RunSnapshot;
import io.jenkins.plugins.ec2docker.run.model.Deployment;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;

/** Runs whose every state a test decides, where real ones would only pass through it. Logs are real files of the build. */
public class StoredRuns implements RunSource {

    public final Map<String, RunSnapshot> live = new ConcurrentHashMap<>();
    public final Map<String, RunSnapshot> recorded = new ConcurrentHashMap<>();
    public final Map<String, Map<String, Object>> requests = new ConcurrentHashMap<>();
    /** What was to be put into the queue, as {@code destroy web by alice}. */
    public final List<String> queued = new CopyOnWriteArrayList<>();
    /** What a page is to tell of the queue; null for nothing. */
    public volatile String notice;
    /** Which runs were to stop, and why. */
    public final Map<String, String> interrupted = new ConcurrentHashMap<>();

    public static StoredRuns get() {
        return (StoredRuns) RunSource.get();
    }

    public void forget() {
        List.of(live, recorded, requests, interrupted).forEach(Map::clear);
        queued.clear();
        notice = null;
    }

    @Override
    public Optional<RunSnapshot> live(String runId) {
        return Optional.ofNullable(live.get(runId));
    }

    @Override
    public List<RunSnapshot> live() {
        return List.copyOf(live.values());
    }

    @Override
    public Optional<RunSnapshot> recorded(Run<?, ?> build, String runId) {
        return Optional.ofNullable(recorded.get(runId));
    }

    @Override
    public Path log(Run<?, ?> build, String runId) {
        return BuildRunFiles.of(build, runId).log();
    }

    @Override
    public Optional<Map<String, Object>> request(Run<?, ?> build, String runId) {
        return Optional.ofNullable(requests.get(runId));
    }

    @Override
    public Optional<String> users(Run<?, ?> build, String runId) {
        return requests.containsKey(runId) ? Optional.of("users.csv, last changed 2026-11-21T03:59:00Z: 12 users") : Optional.empty();
    }

    @Override
    public void schedule(String job, Deployment deployment, RunOrder order, Run<?, ?> build, String who) {
        queued.add(
                order.purpose().text() + " " + order.deployment() + (order.backTo() == null ? "" : " to " + order.backTo()) + " by " + who);
    }

    @Override
    public Optional<String> notice(String job, String deployment) {
        return Optional.ofNullable(notice);
    }

    @Override
    public boolean interrupt(String runId, String why) {
        return live.containsKey(runId) && interrupted.put(runId, why) == null;
    }
}
