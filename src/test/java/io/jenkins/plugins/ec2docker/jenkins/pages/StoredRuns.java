package io.jenkins.plugins.ec2docker.jenkins.pages;

import hudson.model.Run;
import io.jenkins.plugins.ec2docker.jenkins.pages.run.RunSource;
import io.jenkins.plugins.ec2docker.jenkins.store.BuildRunFiles;
import io.jenkins.plugins.ec2docker.jenkins.store.RunSnapshot;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/** Runs whose every state a test decides, where real ones would only pass through it. Logs are real files of the build. */
public class StoredRuns implements RunSource {

    public final Map<String, RunSnapshot> live = new ConcurrentHashMap<>();
    public final Map<String, RunSnapshot> recorded = new ConcurrentHashMap<>();
    public final Map<String, Map<String, Object>> requests = new ConcurrentHashMap<>();
    /** Answers a destruction, or a rollback; null if none must be started. */
    public volatile RunSnapshot destruction;
    public final Map<String, String> destroyed = new LinkedHashMap<>();
    public final Map<String, String> restored = new LinkedHashMap<>();

    public static StoredRuns get() {
        return (StoredRuns) RunSource.get();
    }

    public void forget() {
        List.of(live, recorded, requests, destroyed, restored).forEach(Map::clear);
        destruction = null;
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
    public RunSnapshot rollback(Run<?, ?> build, String deployment, String runId, String who) {
        restored.put(deployment, runId + " by " + who);
        live.put(destruction.runId(), destruction);
        return destruction;
    }

    @Override
    public RunSnapshot destroy(Run<?, ?> build, String deployment, String who) {
        destroyed.put(deployment, who);
        live.put(destruction.runId(), destruction);
        return destruction;
    }
}
