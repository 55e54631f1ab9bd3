package io.jenkins.plugins.ec2docker.run.store;

import edu.umd.cs.findbugs.annotations.CheckForNull;
import io.jenkins.plugins.ec2docker.request.model.ProvisionRequest;
import io.jenkins.plugins.ec2docker.request.parse.RequestParser;
import io.jenkins.plugins.ec2docker.request.values.ParseResult;
import io.jenkins.plugins.ec2docker.run.model.Deployment;
import io.jenkins.plugins.ec2docker.run.model.RollbackTarget;
import java.io.IOException;
import java.nio.file.NoSuchFileException;
import java.util.stream.Collectors;

/**
 * What a deployment was given by an earlier run that was good, to be given again.
 *
 * @param runId that run
 * @param usersCsv its users file, or null for none
 */
public record EarlierRequest(String runId, ProvisionRequest request, @CheckForNull byte[] usersCsv) {

    /**
     * @param runId one of the deployment's good runs, or null for the last that was given something else than what is there now
     * @throws IllegalArgumentException if there is no such deployment, or no such run ({@link RollbackTarget}); its message is for people
     * @throws IOException also if what that run was given is not kept any more, or its request breaks a rule of today: it is to be provisioned
     *     again
     */
    public static EarlierRequest find(DeploymentStore store, String name, @CheckForNull String runId) throws IOException {
        Deployment deployment =
                store.find(name).orElseThrow(() -> new IllegalArgumentException("There is no deployment \"" + name + "\"."));
        String target = RollbackTarget.target(deployment, runId).id();
        try {
            ParseResult<ProvisionRequest> request = RequestParser.parse(store.stored(name, target).document());
            if (request instanceof ParseResult.Valid<ProvisionRequest> valid) {
                return new EarlierRequest(target, valid.value(), store.users(name, target));
            }
            throw new IOException(request.violations().stream().map(violation -> "\n  " + violation).collect(Collectors.joining("",
                    "Deployment \"" + name + "\" cannot be provisioned with the request of run " + target
                            + " again; today's rules reject it:",
                    "\nChoose another run, or provision with a request that keeps these rules.")));
        } catch (NoSuchFileException e) {
            throw new IOException("What run " + target + " was given is not kept any more (" + e.getFile()
                    + " is missing), so that deployment \"" + name + "\" cannot be rolled back to it: choose another run.", e);
        }
    }
}
