package io.jenkins.plugins.ec2docker.cli.option;

import edu.umd.cs.findbugs.annotations.CheckForNull;
import io.jenkins.plugins.ec2docker.blueprint.RenderedWorkspace;
import io.jenkins.plugins.ec2docker.bootstrap.BootstrapTooLargeException;
import io.jenkins.plugins.ec2docker.cli.output.CommandFailure;
import io.jenkins.plugins.ec2docker.platform.BoundedFile;
import io.jenkins.plugins.ec2docker.platform.ErrorMessage;
import io.jenkins.plugins.ec2docker.policy.Guardrails;
import io.jenkins.plugins.ec2docker.policy.ReadableParts;
import io.jenkins.plugins.ec2docker.request.document.DocumentNode;
import io.jenkins.plugins.ec2docker.request.document.DocumentReader;
import io.jenkins.plugins.ec2docker.request.model.ProvisionRequest;
import io.jenkins.plugins.ec2docker.request.parse.RequestParser;
import io.jenkins.plugins.ec2docker.request.users.InvalidUsersFileException;
import io.jenkins.plugins.ec2docker.request.users.UsersFile;
import io.jenkins.plugins.ec2docker.request.values.InvalidRequestException;
import io.jenkins.plugins.ec2docker.request.values.ParseResult;
import io.jenkins.plugins.ec2docker.request.values.Violation;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/** The arguments that name a request and the guardrails it is held against; reads and checks all of it. */
public final class RequestSource {

    /** Far above what a request or the user data of an instance takes, so that a wrong file does not fill the memory. */
    private static final int MOST_BYTES = 4 << 20;

    @Parameters(paramLabel = "REQUEST", description = "Request as YAML, or as JSON where the name ends in .json.")
    private Path file;

    @Mixin
    private GuardrailsOption allowed;

    /**
     * A request that may be carried out.
     *
     * @param usersCsv the users file as it is, or null where the request names none
     */
    public record Checked(ProvisionRequest request, @CheckForNull byte[] usersCsv, Guardrails guardrails) {}

    /** @throws CommandFailure naming everything that is wrong with the request, its users file or the guardrails */
    public Checked read() throws CommandFailure {
        Guardrails guardrails = allowed.read();
        try {
            Map<String, Object> document = document(file);
            ParseResult<ProvisionRequest> parsed = RequestParser.parse(document);
            List<Violation> problems = new ArrayList<>(parsed.violations());
            byte[] users = users(document.get("users"), problems);
            if (!problems.isEmpty()) {
                throw CommandFailure.invalid(problems, ReadableParts.refusals(guardrails, document, problems, null));
            }
            ProvisionRequest request = guardrails.withDefaults(parsed.orElseThrow());
            List<Violation> refusals = guardrails.check(request);
            if (!refusals.isEmpty()) {
                throw CommandFailure.refused(refusals);
            }
            RenderedWorkspace.ofNew(request, users, request.name(), "check");
            return new Checked(request, users, guardrails);
        } catch (BootstrapTooLargeException e) {
            throw CommandFailure.invalid(List.of(e.violation()));
        } catch (IOException e) {
            throw CommandFailure.failed("The request cannot be rendered: " + ErrorMessage.reason(e) + ".");
        } catch (InvalidRequestException e) {
            throw CommandFailure.invalid(e.violations());
        }
    }

    static Map<String, Object> document(Path file) throws CommandFailure, InvalidRequestException {
        String name = file.toString().toLowerCase(Locale.ROOT);
        DocumentReader.Format format = name.endsWith(".json") ? DocumentReader.Format.JSON : DocumentReader.Format.YAML;
        try {
            ByteBuffer content = ByteBuffer.wrap(BoundedFile.read(file, MOST_BYTES));
            return DocumentReader.read(StandardCharsets.UTF_8.newDecoder().decode(content).toString(), format);
        } catch (CharacterCodingException e) {
            throw CommandFailure.invalid("The file " + file + " is not UTF-8 text; save it as UTF-8.");
        } catch (IOException e) {
            throw CommandFailure.invalid("The file " + file + " cannot be read: " + ErrorMessage.reason(e) + ".");
        }
    }

    /** The users file lies where the request says, seen from the request's own directory. Null where there is none or it is wrong. */
    @CheckForNull
    private byte[] users(@CheckForNull Object named, List<Violation> problems) {
        if (named == null || !DocumentNode.isText(named) || problems.stream().anyMatch(problem -> problem.field().equals("users"))) {
            return null;
        }
        try {
            byte[] users = BoundedFile.read(file.toAbsolutePath().resolveSibling(named.toString()), MOST_BYTES);
            UsersFile.check(new ByteArrayInputStream(users));
            return users;
        } catch (InvalidPathException e) {
            problems.add(new Violation("users", named.toString(), "is no path here (" + e.getReason() + "); give another one."));
        } catch (InvalidUsersFileException e) {
            problems.addAll(e.violations());
        } catch (IOException e) {
            problems.add(new Violation("users", named.toString(),
                    "The file cannot be read (" + ErrorMessage.reason(e) + "); give a path relative to the request's file."));
        }
        return null;
    }
}
