package io.jenkins.plugins.ec2docker.run.config;

import edu.umd.cs.findbugs.annotations.CheckForNull;
import io.jenkins.plugins.ec2docker.aws.access.AwsSettings;
import io.jenkins.plugins.ec2docker.aws.access.SessionCredentials;
import io.jenkins.plugins.ec2docker.aws.errors.AwsException;
import io.jenkins.plugins.ec2docker.aws.session.AssumedRole;
import io.jenkins.plugins.ec2docker.aws.session.CallerIdentity;
import io.jenkins.plugins.ec2docker.aws.session.CallerIdentityLookup;
import io.jenkins.plugins.ec2docker.aws.session.RoleSessionRequest;
import io.jenkins.plugins.ec2docker.aws.session.RoleSessions;
import io.jenkins.plugins.ec2docker.aws.session.StsCallerIdentityLookup;
import io.jenkins.plugins.ec2docker.aws.session.StsRoleSessions;
import io.jenkins.plugins.ec2docker.request.model.ProvisionRequest;
import io.jenkins.plugins.ec2docker.request.model.Role;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.function.Consumer;

/**
 * The keys that a run works with in AWS. They live in memory alone, and are renewed before a Terraform command starts that could outlive
 * them: keys that expire in the middle of an apply cost the state's last writes.
 */
public final class AwsRunSession {

    /** A command is only started with keys that last at least this long; an apply of one instance takes a minute or two. */
    private static final Duration LEAST_LEFT = Duration.ofMinutes(10);

    private final CredentialsSource source;
    private final RoleSessions roles;
    private final CallerIdentityLookup callers;
    @CheckForNull
    private final Role role;
    private final String name;
    private final Map<String, String> tags;
    private final Clock clock;
    private final Consumer<String> notes;

    @CheckForNull
    private Opened opened;

    private record Opened(SessionCredentials keys, CallerIdentity identity) {}

    /**
     * @param role the role to assume, or null to work as whoever the source gives
     * @param name how CloudTrail shall name the session
     * @param tags session tags, for CloudTrail and policies
     * @param notes is told where the session differs from what was asked
     */
    AwsRunSession(
            CredentialsSource source,
            RoleSessions roles,
            CallerIdentityLookup callers,
            @CheckForNull Role role,
            String name,
            Map<String, String> tags,
            Clock clock,
            Consumer<String> notes) {
        this.source = source;
        this.roles = roles;
        this.callers = callers;
        this.role = role;
        this.name = name;
        this.tags = tags;
        this.clock = clock;
        this.notes = notes;
    }

    /**
     * With AWS as the settings' environment names it.
     *
     * @param name how CloudTrail shall name the session, in any text
     */
    public static AwsRunSession of(
            ProvisionRequest request,
            CredentialsSource source,
            RunSettings settings,
            String name,
            String runId,
            Clock clock,
            Consumer<String> notes) {
        AwsSettings aws = AwsSettings.of(request.region(), settings.environment());
        Map<String, String> tags = Map.of("ec2-docker:name", request.name(), "ec2-docker:run", runId);
        return new AwsRunSession(
                source, new StsRoleSessions(aws), new StsCallerIdentityLookup(aws), request.role(), name, tags, clock, notes);
    }

    /** Opens the session, or renews one that ends soon, and says who it is. */
    public synchronized CallerIdentity identity() throws AwsException {
        return opened().identity();
    }

    /** Keys that last long enough for a command that starts now. */
    public synchronized SessionCredentials keys() throws AwsException {
        return opened().keys();
    }

    private Opened opened() throws AwsException {
        Opened known = opened;
        if (known == null || endsSoon(known.keys().expires())) {
            known = open();
            opened = known;
        }
        return known;
    }

    private boolean endsSoon(@CheckForNull Instant expires) {
        return expires != null && expires.isBefore(clock.instant().plus(LEAST_LEFT));
    }

    private Opened open() throws AwsException {
        SessionCredentials base = source.find();
        if (role == null) {
            return new Opened(base, callers.check(base));
        }
        AssumedRole assumed = roles.assume(
                base, new RoleSessionRequest(role.arn(), role.externalId(), name, tags, role.durationSeconds()));
        assumed.notes().forEach(notes);
        return new Opened(assumed.credentials(), assumed.identity());
    }
}
