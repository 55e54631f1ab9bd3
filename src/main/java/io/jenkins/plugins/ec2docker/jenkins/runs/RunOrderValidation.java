package io.jenkins.plugins.ec2docker.jenkins.runs;

import edu.umd.cs.findbugs.annotations.CheckForNull;
import hudson.AbortException;
import hudson.FilePath;
import hudson.Util;
import hudson.model.FileParameterDefinition;
import hudson.model.FileParameterValue;
import hudson.model.ParametersAction;
import hudson.model.ParametersDefinitionProperty;
import hudson.remoting.VirtualChannel;
import io.jenkins.plugins.ec2docker.blueprint.RenderedWorkspace;
import io.jenkins.plugins.ec2docker.bootstrap.BootstrapTooLargeException;
import io.jenkins.plugins.ec2docker.jenkins.agent.AgentDirectory;
import io.jenkins.plugins.ec2docker.jenkins.controller.SystemSettings;
import io.jenkins.plugins.ec2docker.jenkins.credentials.JenkinsCredentials;
import io.jenkins.plugins.ec2docker.jenkins.store.EncryptedOrder;
import io.jenkins.plugins.ec2docker.platform.ErrorMessage;
import io.jenkins.plugins.ec2docker.policy.Guardrails;
import io.jenkins.plugins.ec2docker.policy.ReadableParts;
import io.jenkins.plugins.ec2docker.request.model.ProvisionRequest;
import io.jenkins.plugins.ec2docker.request.parse.RequestParser;
import io.jenkins.plugins.ec2docker.request.parse.StoredRequest;
import io.jenkins.plugins.ec2docker.request.users.InvalidUsersFileException;
import io.jenkins.plugins.ec2docker.request.users.UsersFile;
import io.jenkins.plugins.ec2docker.request.values.InvalidRequestException;
import io.jenkins.plugins.ec2docker.request.values.ParseResult;
import io.jenkins.plugins.ec2docker.request.values.Violation;
import io.jenkins.plugins.ec2docker.run.store.DeploymentStore;
import io.jenkins.plugins.ec2docker.run.store.EarlierRequest;
import java.io.ByteArrayInputStream;
import java.io.File;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.InputStream;
import java.io.Serializable;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.stream.Collectors;
import jenkins.MasterToSlaveFileCallable;

/** Finds everything that is wrong with an order before anything is made, and tells it at once. */
public final class RunOrderValidation {

    /** Far above what EC2 user data takes; only so that a wrong file does not fill the controller's memory. */
    private static final int MOST_USERS_BYTES = 4 << 20;

    private final RunOrder order;
    private final RunOwner home;
    @CheckForNull
    private final String credentialsId;
    @CheckForNull
    private final FilePath workspace;
    private final SystemSettings settings;
    private final List<Violation> violations = new ArrayList<>();
    /** Null where there is no users file. */
    @CheckForNull
    private String usersSource;

    /**
     * @param credentialsId those that the run would work with, null for the controller's own
     * @param workspace of the build; null where there is none
     */
    RunOrderValidation(RunOrder order, RunOwner home, @CheckForNull String credentialsId, @CheckForNull FilePath workspace) {
        this.order = order;
        this.home = home;
        this.credentialsId = credentialsId;
        this.workspace = workspace;
        this.settings = SystemSettings.get();
    }

    /** @throws AbortException naming all that is wrong */
    EncryptedOrder request() throws IOException, InterruptedException {
        home.requirePermission(order.purpose());
        List<String> others = new ArrayList<>();
        JenkinsCredentials.refusal(credentialsId, home.context(), home.build()).ifPresent(others::add);
        Map<String, Object> document = settings.completed(order.document());
        ParseResult<ProvisionRequest> parsed = RequestParser.parse(document);
        violations.addAll(parsed.violations());
        byte[] users = users(document);
        ProvisionRequest request = null;
        if (parsed instanceof ParseResult.Valid<ProvisionRequest> valid) {
            Guardrails guardrails = settings.guardrails();
            request = guardrails.withDefaults(valid.value());
            List<Violation> refusals = guardrails.check(request, role());
            if (!refusals.isEmpty()) {
                others.add(refused(refusals));
            }
            size(request, users);
        } else {
            List<Violation> refusals = ReadableParts.refusals(settings.guardrails(), document, violations, role());
            if (!refusals.isEmpty()) {
                others.add(refused(refusals));
            }
        }
        if (!violations.isEmpty()) {
            others.add(0, new InvalidRequestException(violations).getMessage());
        }
        if (!others.isEmpty()) {
            throw new AbortException(String.join("\n", others));
        }
        return new EncryptedOrder(StoredRequest.of(request), users, null, usersSource);
    }

    /**
     * What a deployment was given before and is to be given again; the guardrails of today count.
     *
     * @throws AbortException if there is no such thing, or it is not allowed any more, or breaks a rule of today
     */
    EncryptedOrder earlier(DeploymentStore store) throws IOException {
        home.requirePermission(order.purpose());
        EarlierRequest earlier;
        try {
            earlier = EarlierRequest.find(store, Objects.requireNonNull(order.deployment(), "deployment"), order.backTo());
        } catch (IllegalArgumentException e) {
            throw new AbortException(e.getMessage());
        } catch (IOException e) {
            throw new AbortException(ErrorMessage.sentence(e));
        }
        List<Violation> refusals =
                settings.guardrails().check(earlier.request(), role());
        if (!refusals.isEmpty()) {
            throw new AbortException(refused(refusals));
        }
        return new EncryptedOrder(StoredRequest.of(earlier.request()), earlier.usersCsv(), earlier.runId(),
                "that of run " + earlier.runId());
    }

    /** The role that is stored with the credentials, or null. */
    @CheckForNull
    private String role() {
        return JenkinsCredentials.role(credentialsId, home.context(), home.build()).orElse(null);
    }

    /** One line each, below a heading. */
    public static String refused(List<Violation> refusals) {
        return refusals.stream().map(refusal -> "\n  " + refusal)
                .collect(Collectors.joining("", "Request is refused by the guardrails:", ""));
    }

    private void size(ProvisionRequest request, @CheckForNull byte[] users) throws IOException {
        try {
            RenderedWorkspace.ofNew(request, users, request.name(), "check");
        } catch (BootstrapTooLargeException e) {
            violations.add(e.violation());
        }
    }

    @CheckForNull
    private byte[] users(Map<String, Object> document) throws IOException, InterruptedException {
        Object named = document.get("users");
        String path =
                Objects.requireNonNullElseGet(order.usersCsvPath(), () -> named instanceof CharSequence ? named.toString().strip() : "");
        String text = order.usersText();
        if (text != null) {
            if (!path.isEmpty()) {
                violations.add(new Violation("users", path, "is given as a file and as text at once; give one of users and usersText."));
                return null;
            }
            usersSource = "given as text";
            return checked(text.getBytes(StandardCharsets.UTF_8));
        }
        return path.isEmpty() ? null : checked(file(path));
    }

    @CheckForNull
    private byte[] checked(@CheckForNull byte[] csv) throws IOException {
        if (csv == null) {
            return null;
        }
        try {
            UsersFile.check(new ByteArrayInputStream(csv));
        } catch (InvalidUsersFileException e) {
            violations.addAll(e.violations());
        }
        return csv;
    }

    @CheckForNull
    private byte[] file(String path) throws IOException, InterruptedException {
        Path relative;
        try {
            relative = Path.of(path).normalize();
        } catch (InvalidPathException e) {
            violations.add(new Violation("users", path, "is no path on this controller (" + e.getReason() + "); give another one."));
            return null;
        }
        if (relative.isAbsolute() || relative.startsWith("..") || workspace == null) {
            violations.add(new Violation("users", path, "is not a path within the build's workspace; give a path relative to it."));
            return null;
        }
        FilePath file = workspace.child(relative.toString());
        boolean chosen = isChosen(relative.toString());
        String unchosen = "is a file parameter of this job, and no file was chosen for this build";
        String again = ". Choose the file and build again.";
        try {
            UsersFileContent found = file.actAsync(new ReadUsersFile()).get(AgentDirectory.SECONDS, TimeUnit.SECONDS);
            String changed = ", last changed " + Instant.ofEpochMilli(found.changed()).truncatedTo(ChronoUnit.SECONDS);
            if (!chosen) {
                violations
                        .add(new Violation("users", path, unchosen + "; the one in the workspace is an earlier build's" + changed + again));
                return null;
            }
            usersSource = path + changed;
            byte[] content = found.content();
            if (content.length <= MOST_USERS_BYTES) {
                return content;
            }
            violations.add(
                    new Violation("users", path, "has more than 4 MiB; EC2 user data takes 16 KiB, packed. Give fewer users or columns."));
        } catch (TimeoutException e) {
            violations.add(new Violation("users", path, "cannot be read: the agent gave no answer within " + AgentDirectory.SECONDS
                    + " s. Build again when it answers."));
        } catch (ExecutionException e) {
            violations.add(e.getCause() instanceof NoSuchFileException || e.getCause() instanceof FileNotFoundException
                    ? new Violation("users", path,
                            chosen ? "does not exist in the build's workspace; give a path relative to it." : unchosen + again)
                    : new Violation("users", path, "cannot be read: " + ErrorMessage.sentence(e.getCause())));
        } catch (IOException e) {
            violations.add(new Violation("users", path, "cannot be read: " + ErrorMessage.sentence(e)));
        }
        return null;
    }

    /** False for a file parameter that was left empty. Jenkins leaves an earlier build's file in the workspace then. */
    private boolean isChosen(String path) {
        hudson.model.Run<?, ?> build = home.build();
        ParametersDefinitionProperty parameters =
                build == null ? null : build.getParent().getProperty(ParametersDefinitionProperty.class);
        if (parameters == null || !(parameters.getParameterDefinition(path) instanceof FileParameterDefinition)) {
            return true;
        }
        ParametersAction given = build.getAction(ParametersAction.class);
        return given != null && given.getParameter(path) instanceof FileParameterValue value
                && !Util.fixNull(value.getOriginalFileName()).isEmpty();
    }

    /** @param changed when, in milliseconds since 1970 */
    private record UsersFileContent(byte[] content, long changed) implements Serializable {}

    /** One byte more than there may be tells that there are too many. */
    private static final class ReadUsersFile extends MasterToSlaveFileCallable<UsersFileContent> {
        private static final long serialVersionUID = 1L;

        @Override
        public UsersFileContent invoke(File file, VirtualChannel channel) throws IOException {
            try (InputStream in = Files.newInputStream(file.toPath())) {
                return new UsersFileContent(in.readNBytes(MOST_USERS_BYTES + 1), file.lastModified());
            }
        }
    }
}
