package io.jenkins.plugins.ec2docker.cli;

import io.jenkins.plugins.ec2docker.provisioning.S3Backend;
import io.jenkins.plugins.ec2docker.provisioning.StateSetting;
import picocli.CommandLine.Option;

/** The option that names where the state of a new deployment will be. */
final class StateBackendOption {

    static final String DIRECTORY = "directory";

    @Option(
            names = "--state-backend",
            paramLabel = "WHERE",
            defaultValue = DIRECTORY,
            description = "Where a new deployment's state will be: \"directory\" (the default: in --state-dir alone), or"
                    + " s3://BUCKET/PREFIX?region=REGION, with &kms-key=KEY and &lock-table=TABLE if need be. One that exists stays"
                    + " where it is until \"state migrate\" moves it.")
    private String where;

    StateSetting read() throws CommandFailure {
        return new StateSetting(parse(where), false);
    }

    /** @return null for the directory */
    static S3Backend parse(String where) throws CommandFailure {
        try {
            return where.strip().equals(DIRECTORY) ? null : S3Backend.parse(where);
        } catch (IllegalArgumentException e) {
            throw CommandFailure.invalid(e.getMessage());
        }
    }
}
