package io.jenkins.plugins.ec2docker.jenkins.action;

import hudson.model.Run;
import io.jenkins.plugins.ec2docker.jenkins.run.RunRecords;
import io.jenkins.plugins.ec2docker.jenkins.run.RunView;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/** Runs whose every state a test decides, where real ones would only pass through it. Logs are real files of the build. */
class StoredRuns implements RunSource {

    final Map<String, RunView> live = new ConcurrentHashMap<>();
    final Map<String, RunView> recorded = new ConcurrentHashMap<>();
    final Map<String, Map<String, Object>> requests = new ConcurrentHashMap<>();
    /** Answers a destruction, or a rollback; null if none must be started. */
    volatile RunView destruction;
    final Map<String, String> destroyed = new LinkedHashMap<>();
    final Map<String, String> restored = new LinkedHashMap<>();

    static StoredRuns get() {
        return (StoredRuns) RunSource.get();
    }

    void forget() {
        List.of(live, recorded, requests, destroyed, restored).forEach(Map::clear);
        destruction = null;
    }

    @Override
    public Optional<RunView> live(String runId) {
        return Optional.ofNullable(live.get(runId));
    }

    @Override
    public List<RunView> live() {
        return List.copyOf(live.values());
    }

    @Override
    public Optional<RunView> recorded(Run<?, ?> build, String runId) {
        return Optional.ofNullable(recorded.get(runId));
    }

    @Override
    public Path log(Run<?, ?> build, String runId) {
        return RunRecords.of(build, runId).log();
    }

    @Override
    public Optional<Map<String, Object>> request(Run<?, ?> build, String runId) {
        return Optional.ofNullable(requests.get(runId));
    }

    @Override
    public RunView rollback(Run<?, ?> build, String deployment, String runId, String who) {
        restored.put(deployment, runId + " by " + who);
        live.put(destruction.runId(), destruction);
        return destruction;
    }

    @Override
    public RunView destroy(Run<?, ?> build, String deployment, String who) {
        destroyed.put(deployment, who);
        live.put(destruction.runId(), destruction);
        return destruction;
    }
}
