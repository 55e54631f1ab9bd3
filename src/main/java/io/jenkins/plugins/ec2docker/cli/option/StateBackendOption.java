package io.jenkins.plugins.ec2docker.cli.option;

import edu.umd.cs.findbugs.annotations.CheckForNull;
import io.jenkins.plugins.ec2docker.cli.output.CommandFailure;
import io.jenkins.plugins.ec2docker.run.config.S3BackendSetting;
import io.jenkins.plugins.ec2docker.run.config.StateBackendSetting;
import picocli.CommandLine.Option;

/** The option that names where the state of a new deployment will be. */
public final class StateBackendOption {

    static final String DIRECTORY = "directory";

    @Option(
            names = "--state-backend",
            paramLabel = "WHERE",
            defaultValue = DIRECTORY,
            description = "Where a new deployment's state will be: \"directory\" (the default: in --state-dir alone), or"
                    + " s3://BUCKET/PREFIX?region=REGION, with &kms-key=KEY and &lock-table=TABLE if need be. One that exists stays"
                    + " where it is until \"state migrate\" moves it.")
    private String where;

    public StateBackendSetting read() throws CommandFailure {
        return new StateBackendSetting(parse(where), false);
    }

    /** @return null for the directory */
    @CheckForNull
    public static S3BackendSetting parse(String where) throws CommandFailure {
        try {
            return where.strip().equals(DIRECTORY) ? null : S3BackendSetting.parse(where);
        } catch (IllegalArgumentException e) {
            throw CommandFailure.invalid(e.getMessage());
        }
    }
}
