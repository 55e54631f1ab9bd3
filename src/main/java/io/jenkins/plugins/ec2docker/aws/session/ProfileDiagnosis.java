package io.jenkins.plugins.ec2docker.aws.session;

import io.jenkins.plugins.ec2docker.request.values.ClosestName;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import software.amazon.awssdk.auth.credentials.ProfileCredentialsProvider;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.profiles.Profile;
import software.amazon.awssdk.profiles.ProfileFile;
import software.amazon.awssdk.profiles.ProfileFileSystemSetting;
import software.amazon.awssdk.profiles.ProfileProperty;

/** Why a profile of the AWS configuration files gives no credentials. Asked only where none were found. */
final class ProfileDiagnosis {
    private static final Set<String> SSO = Set.of("sso_session", "sso_start_url");
    private static final String ID = ProfileProperty.AWS_ACCESS_KEY_ID;
    private static final String SECRET = ProfileProperty.AWS_SECRET_ACCESS_KEY;

    private final String name;
    private final ProfileFile file;
    private final boolean named;

    private ProfileDiagnosis(String name, ProfileFile file, boolean named) {
        this.name = name;
        this.file = file;
        this.named = named;
    }

    /**
     * A sentence with the way out; empty where no profile was named and there is no default one.
     *
     * @param asked what {@code AWS_PROFILE} says, or empty
     */
    static Optional<String> of(String asked) {
        String name = asked.isEmpty() ? ProfileFileSystemSetting.AWS_PROFILE.getStringValueOrThrow() : asked;
        try {
            return new ProfileDiagnosis(name, ProfileFile.defaultProfileFile(), !asked.isEmpty()).sentence();
        } catch (IllegalArgumentException damaged) {
            return Optional.of("The configuration files of AWS cannot be read: " + damaged.getMessage()
                    + ". Correct the file (~/.aws/config or ~/.aws/credentials, or what AWS_CONFIG_FILE and AWS_SHARED_CREDENTIALS_FILE name).");
        }
    }

    private Optional<String> sentence() {
        Profile profile = file.profile(name).orElse(null);
        if (profile == null) {
            return named ? Optional.of(missing()) : Optional.empty();
        }
        Set<String> properties = profile.properties().keySet();
        if (properties.stream().anyMatch(SSO::contains)) {
            return Optional.of(subject() + " logs in by IAM Identity Center (SSO), which is not built in here, or its login is over. Run"
                    + " `aws sso login` and then `eval \"$(aws configure export-credentials --format env)\"`.");
        }
        if (properties.contains(ID) != properties.contains(SECRET)) {
            return Optional.of(subject() + " has " + (properties.contains(ID) ? ID : SECRET) + " but no "
                    + (properties.contains(ID) ? SECRET : ID) + "; add it.");
        }
        if (properties.contains(ProfileProperty.CREDENTIAL_PROCESS)) {
            return Optional.of(subject() + " asks a program (credential_process) for credentials, which gives none: " + failure()
                    + ". Run the program by hand to see why.");
        }
        if (properties.contains(ProfileProperty.ROLE_ARN)) {
            return Optional.of(subject() + " assumes a role, and that fails: " + failure() + ". `aws sts get-caller-identity` shows more.");
        }
        return Optional.of(subject() + " has no credentials; add " + ID + " and " + SECRET + ", or credential_process.");
    }

    private String missing() {
        Set<String> known = new TreeSet<>(file.profiles().keySet());
        String others = known.isEmpty() ? "there are no profiles at all"
                : ClosestName.to(name, known).map(nearest -> "did you mean \"" + nearest + "\"?")
                        .orElse("there are: " + String.join(", ", known));
        return "Profile \"" + name + "\", which AWS_PROFILE names, does not exist; " + others + (others.endsWith("?") ? "" : ".");
    }

    private String subject() {
        return named ? "Profile \"" + name + "\"" : "The default profile";
    }

    /** Asked once more, and this time by itself: a chain of providers tells of each only that it failed. */
    private String failure() {
        try (ProfileCredentialsProvider provider = ProfileCredentialsProvider.builder().profileName(name).profileFile(file).build()) {
            provider.resolveCredentials();
            return "it worked the second time";
        } catch (SdkException | IllegalStateException e) {
            Throwable last = e;
            while (last.getCause() != null) {
                last = last.getCause();
            }
            return String.valueOf(last.getMessage()).strip().replaceAll("\\s+", " ").replaceFirst("\\.$", "");
        }
    }
}
