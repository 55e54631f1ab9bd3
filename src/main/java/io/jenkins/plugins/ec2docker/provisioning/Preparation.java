package io.jenkins.plugins.ec2docker.provisioning;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import io.jenkins.plugins.ec2docker.bootstrap.Bootstrap;
import io.jenkins.plugins.ec2docker.bootstrap.BootstrapInput;
import io.jenkins.plugins.ec2docker.bootstrap.BootstrapTooLargeException;
import io.jenkins.plugins.ec2docker.request.ProvisionRequest;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * What a request comes to for one run: the workspace's files and the boot payload's identity. Pure.
 *
 * @param boot the payload's digest and the run whose id it carries: an earlier run's where that run's payload is the same but for the
 *     id, so that asking again for the same changes nothing in AWS
 */
public record Preparation(WorkspaceFiles files, Deployment.Boot boot) {

    private static final ObjectMapper MAPPER = new ObjectMapper().enable(SerializationFeature.INDENT_OUTPUT);

    /**
     * Renders a request.
     *
     * @param usersCsv the users file as uploaded, or null for none
     * @param deploymentId the identity that everything in AWS is tagged with
     * @param earlier the payload that the deployment's instance runs, or null
     * @param earlierUserData gives the very bytes of it, which are taken over: the same content packed by another version of the
     *     compression library would replace the instance; only asked where the content is the same
     * @param maxRetries how often the AWS provider repeats a call that AWS throttles or fails
     * @throws BootstrapTooLargeException if the payload exceeds what EC2 or a process environment holds
     */
    static Preparation of(
            ProvisionRequest request,
            byte[] usersCsv,
            String deploymentId,
            Deployment.Boot earlier,
            UserData earlierUserData,
            String runId,
            int maxRetries)
            throws BootstrapTooLargeException, IOException {
        Bootstrap bootstrap = Bootstrap.render(new BootstrapInput(request, usersCsv, runId));
        Deployment.Boot boot = new Deployment.Boot(bootstrap.contentDigest(), runId);
        byte[] userData = bootstrap.userData();
        if (earlier != null && earlier.digest().equals(boot.digest())) {
            bootstrap = Bootstrap.render(new BootstrapInput(request, usersCsv, earlier.runId()));
            userData = earlierUserData.read();
            boot = earlier;
        }
        Map<String, byte[]> contents = new LinkedHashMap<>(Blueprint.of(request.blueprint()).files());
        contents.put("terraform.tfvars.json", json(InstanceVariables.of(request, deploymentId, maxRetries)));
        contents.put("bootstrap/docker-compose.yml", bootstrap.composeYaml().getBytes(StandardCharsets.UTF_8));
        contents.put("bootstrap/boot.sh", bootstrap.bootScript().getBytes(StandardCharsets.UTF_8));
        contents.put("bootstrap/users.csv", bootstrap.usersCsv());
        contents.put(WorkspaceFiles.USER_DATA, userData);
        return new Preparation(new WorkspaceFiles(contents), boot);
    }

    /** Where the user data that an instance was launched with can be had. */
    @FunctionalInterface
    interface UserData {
        byte[] read() throws IOException;
    }

    /** Renders a request for a deployment that does not exist yet. */
    public static Preparation ofNew(ProvisionRequest request, byte[] usersCsv, String deploymentId, String runId)
            throws BootstrapTooLargeException, IOException {
        return of(request, usersCsv, deploymentId, null, null, runId, RunSettings.DEFAULT_MAX_RETRIES);
    }

    private static byte[] json(Map<String, Object> variables) {
        try {
            return MAPPER.writeValueAsBytes(variables);
        } catch (JsonProcessingException e) {
            throw new UncheckedIOException(e);
        }
    }
}
