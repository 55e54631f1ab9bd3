package io.jenkins.plugins.ec2docker.blueprint;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import edu.umd.cs.findbugs.annotations.CheckForNull;
import io.jenkins.plugins.ec2docker.blueprint.autoscaled.AutoscaledVariables;
import io.jenkins.plugins.ec2docker.blueprint.fargate.FargateVariables;
import io.jenkins.plugins.ec2docker.blueprint.instance.InstanceVariables;
import io.jenkins.plugins.ec2docker.blueprint.spec.Blueprint;
import io.jenkins.plugins.ec2docker.blueprint.spec.BlueprintSettings;
import io.jenkins.plugins.ec2docker.blueprint.spec.Generation;
import io.jenkins.plugins.ec2docker.bootstrap.Bootstrap;
import io.jenkins.plugins.ec2docker.bootstrap.BootstrapInput;
import io.jenkins.plugins.ec2docker.bootstrap.BootstrapTooLargeException;
import io.jenkins.plugins.ec2docker.platform.ContentHash;
import io.jenkins.plugins.ec2docker.request.model.ProvisionRequest;
import io.jenkins.plugins.ec2docker.terraform.command.WorkspaceFiles;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * What a request comes to for one run: the files of a workspace in which its instance is the only one, and that instance's identity. Pure.
 *
 * @param boot the generation's digest and the run that wanted it first: an earlier run where nothing is asked that its instance does not
 *     have or cannot take on, so that asking again for the same changes nothing in AWS
 */
public record RenderedWorkspace(WorkspaceFiles files, Generation boot) {

    private static final ObjectMapper MAPPER = new ObjectMapper().enable(SerializationFeature.INDENT_OUTPUT);

    /**
     * A generation that may be in AWS already.
     *
     * @param userData gives the very bytes that its instance was launched with, which are taken over: the same content packed by another
     *     version of the compression library would replace the instance; only asked where the content is the same
     */
    public record Earlier(Generation boot, UserData userData) {}

    /** Where the user data that an instance was launched with can be had. */
    @FunctionalInterface
    public interface UserData {
        byte[] read() throws IOException;
    }

    /**
     * Renders a request.
     *
     * @param usersCsv the users file as uploaded, or null for none
     * @param deploymentId the identity that everything in AWS is tagged with
     * @param earlier the generations that there are; the first one that fits is taken
     * @param settings what administrators give beside the request
     * @throws BootstrapTooLargeException if the payload exceeds what EC2 or a process environment holds
     */
    public static RenderedWorkspace of(
            ProvisionRequest request, @CheckForNull byte[] usersCsv, String deploymentId, List<Earlier> earlier, String runId,
            BlueprintSettings settings)
            throws BootstrapTooLargeException, IOException {
        if (Blueprint.of(request.blueprint()) == Blueprint.FARGATE) {
            return ofTasks(request, deploymentId, earlier, runId, settings);
        }
        String group = group(request, deploymentId);
        Bootstrap bootstrap = Bootstrap.render(new BootstrapInput(request, usersCsv, runId, group));
        Generation boot = new Generation(digest(bootstrap.contentDigest(), request), runId);
        byte[] userData = bootstrap.userData();
        for (Earlier each : earlier) {
            if (each.boot().digest().equals(boot.digest())) {
                bootstrap = Bootstrap.render(new BootstrapInput(request, usersCsv, each.boot().runId(), group));
                userData = each.userData().read();
                boot = each.boot();
                break;
            }
        }
        return with(request, deploymentId, bootstrap, userData, boot, settings);
    }

    /** Tasks boot nothing; what is asked of them is in the variables alone. */
    private static RenderedWorkspace ofTasks(ProvisionRequest request, String deploymentId, List<Earlier> earlier, String runId,
            BlueprintSettings settings) {
        byte[] variables = json(FargateVariables.of(request, deploymentId, settings));
        String digest = ContentHash.of(variables);
        Generation boot = earlier.stream().map(Earlier::boot).filter(each -> each.digest().equals(digest)).findFirst()
                .orElseGet(() -> new Generation(digest, runId));
        Map<String, byte[]> contents = new LinkedHashMap<>(Blueprint.FARGATE.files());
        contents.put(WorkspaceFiles.VARIABLES, variables);
        contents.put(WorkspaceFiles.USERS, new byte[0]);
        return new RenderedWorkspace(new WorkspaceFiles(contents), boot);
    }

    /** The Auto Scaling group that launches the instances: blueprint {@code autoscaled} calls it by the deployment's id. */
    @CheckForNull
    private static String group(ProvisionRequest request, String deploymentId) {
        return Blueprint.of(request.blueprint()) == Blueprint.AUTOSCALED ? deploymentId : null;
    }

    /**
     * Renders a request for the instance that serves, which keeps its generation. Terraform heeds the user data only where it has to make
     * that instance again: then it boots what is rendered here.
     */
    public static RenderedWorkspace inPlace(ProvisionRequest request, @CheckForNull byte[] usersCsv, String deploymentId,
            Generation serving,
            BlueprintSettings settings)
            throws BootstrapTooLargeException, IOException {
        Bootstrap bootstrap = Bootstrap.render(new BootstrapInput(request, usersCsv, serving.runId()));
        Generation boot = new Generation(digest(bootstrap.contentDigest(), request), serving.runId());
        return with(request, deploymentId, bootstrap, bootstrap.userData(), boot, settings);
    }

    /** What tells by equality whether two requests want the same of an instance's boot and launch. */
    public static String digest(ProvisionRequest request, @CheckForNull byte[] usersCsv) throws BootstrapTooLargeException {
        return digest(Bootstrap.render(new BootstrapInput(request, usersCsv, "digest")).contentDigest(), request);
    }

    private static RenderedWorkspace with(
            ProvisionRequest request, String deploymentId, Bootstrap bootstrap, byte[] userData, Generation boot,
            BlueprintSettings settings)
            throws IOException {
        Map<String, byte[]> contents = new LinkedHashMap<>(Blueprint.of(request.blueprint()).files());
        contents.put(WorkspaceFiles.VARIABLES, json(Blueprint.of(request.blueprint()) == Blueprint.AUTOSCALED
                ? AutoscaledVariables.of(request, deploymentId, settings)
                : InstanceVariables.of(request, deploymentId, boot.runId(), settings)));
        contents.put("bootstrap/docker-compose.yml", bootstrap.composeYaml().getBytes(StandardCharsets.UTF_8));
        contents.put("bootstrap/boot.sh", bootstrap.bootScript().getBytes(StandardCharsets.UTF_8));
        contents.put(WorkspaceFiles.USERS, bootstrap.usersCsv());
        contents.put(WorkspaceFiles.USER_DATA, userData);
        return new RenderedWorkspace(new WorkspaceFiles(contents), boot);
    }

    /** Renders a request for a deployment that does not exist yet. */
    public static RenderedWorkspace ofNew(ProvisionRequest request, @CheckForNull byte[] usersCsv, String deploymentId, String runId)
            throws BootstrapTooLargeException, IOException {
        return of(request, usersCsv, deploymentId, List.of(), runId, BlueprintSettings.DEFAULT);
    }

    private static String digest(String content, ProvisionRequest request) {
        // Whether instances of a group are to be replaced is for Terraform to find out.
        byte[] wishes = json(Blueprint.of(request.blueprint()) == Blueprint.INSTANCE ? InstanceVariables.launch(request) : Map.of());
        return ContentHash.of(content.getBytes(StandardCharsets.UTF_8), wishes);
    }

    private static byte[] json(Map<String, Object> variables) {
        try {
            return MAPPER.writeValueAsBytes(variables);
        } catch (JsonProcessingException e) {
            throw new UncheckedIOException(e);
        }
    }
}
