package io.jenkins.plugins.ec2docker.jenkins.pages.run;

import com.fasterxml.jackson.databind.JsonNode;
import edu.umd.cs.findbugs.annotations.CheckForNull;
import io.jenkins.plugins.ec2docker.jenkins.store.RunSnapshot;
import io.jenkins.plugins.ec2docker.run.model.RunResult;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * What {@code build.xml} keeps of a run: enough to show it after its files are gone, and little enough to be loaded with every build. All
 * texts are cut to a length; values of the request's environment and users never come here.
 *
 * <p>Fields are written by name: renaming one loses it from older builds.
 */
public final class StoredRunSummary {

    private static final int LONGEST_MESSAGE = 600;
    private static final int LONGEST_VALUE = 200;
    private static final int MOST_OUTPUTS = 16;
    private static final int MOST_IMAGES = 10;
    private static final int LONGEST_NAME = 120;

    String runId;
    String purpose;
    String deployment;
    @CheckForNull
    String deploymentId;
    /** {@link RunStatus#getText()} */
    String status = RunStatus.RUNNING.getText();
    @CheckForNull
    String message;
    String region;
    @CheckForNull
    String instanceType;
    /** Which users file, and how many users; null for none. */
    @CheckForNull
    String users;
    List<String> images = new ArrayList<>();
    Map<String, String> outputs = new LinkedHashMap<>();
    /** See {@link StageRow#write}. */
    String stages;
    /** See {@link PlanView#write}; null where nothing was planned. */
    @CheckForNull
    String plan;

    String requester;
    /** Milliseconds since 1970, as the other times; 0 for none. */
    long requested;

    long ended;
    long expires;

    /** What the request alone tells. @param request in its own field names; may be empty */
    static StoredRunSummary of(Map<String, ?> request) {
        return of(request, null);
    }

    /** @param users see {@link RunSource#users}; null for none */
    static StoredRunSummary of(Map<String, ?> request, @CheckForNull String users) {
        StoredRunSummary facts = new StoredRunSummary();
        facts.users = users == null ? null : cut(users, LONGEST_VALUE);
        facts.instanceType = request.get("instanceType") instanceof String type ? cut(type, LONGEST_NAME) : null;
        if (request.get("containers") instanceof List<?> containers) {
            for (Object container : containers) {
                if (facts.images.size() < MOST_IMAGES && container instanceof Map<?, ?> fields
                        && fields.get("image") instanceof String image) {
                    facts.images.add(cut(image, LONGEST_VALUE));
                }
            }
        }
        return facts;
    }

    /** A copy that knows what the view knows. */
    StoredRunSummary after(RunSnapshot view) {
        StoredRunSummary facts = new StoredRunSummary();
        facts.instanceType = instanceType;
        facts.users = users;
        facts.images.addAll(images);
        facts.runId = view.runId();
        facts.purpose = view.purpose().text();
        facts.deployment = view.deployment();
        facts.deploymentId = view.deploymentId();
        facts.region = view.region();
        facts.requester = cut(view.by(), LONGEST_NAME);
        facts.requested = view.started().toEpochMilli();
        Instant end = view.ended();
        RunResult result = view.result();
        facts.ended = millis(end);
        facts.expires = millis(view.expires());
        facts.status = result == null ? RunStatus.RUNNING.getText() : result.status().text();
        facts.message = result == null ? null : cut(result.message(), LONGEST_MESSAGE);
        facts.stages = StageRow.write(StageRow.of(view.run(), view.isOver(), end == null ? Instant.now() : end));
        facts.plan = PlanView.of(view).map(PlanView::write).orElse(null);
        facts.outputs.putAll(outputs(view.outputs()));
        return facts;
    }

    private static long millis(@CheckForNull Instant moment) {
        return moment == null ? 0 : moment.toEpochMilli();
    }

    /** Outputs as they are kept. */
    static Map<String, String> outputs(Map<String, JsonNode> told) {
        Map<String, String> kept = new LinkedHashMap<>();
        RunPage.texts(told).entrySet().stream()
                .limit(MOST_OUTPUTS)
                .forEach(output -> kept.put(cut(output.getKey(), LONGEST_NAME), cut(output.getValue(), LONGEST_VALUE)));
        return kept;
    }

    static String cut(String text, int longest) {
        if (text.length() <= longest) {
            return text;
        }
        int end = Character.isHighSurrogate(text.charAt(longest - 2)) ? longest - 2 : longest - 1;
        return text.substring(0, end) + "…";
    }
}
