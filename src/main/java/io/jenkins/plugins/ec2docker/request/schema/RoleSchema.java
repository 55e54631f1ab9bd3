package io.jenkins.plugins.ec2docker.request.schema;

import edu.umd.cs.findbugs.annotations.CheckForNull;
import io.jenkins.plugins.ec2docker.request.document.DocumentNode;
import io.jenkins.plugins.ec2docker.request.document.DocumentSection;
import io.jenkins.plugins.ec2docker.request.model.Role;
import io.jenkins.plugins.ec2docker.request.values.AwsNamePatterns;

/** Reads {@code role}. */
public final class RoleSchema {
    /** docs.aws.amazon.com/STS/latest/APIReference/API_AssumeRole.html, "DurationSeconds". */
    private static final int SHORTEST_SESSION = 900;

    private static final int LONGEST_SESSION = 43_200;

    private RoleSchema() {}

    /** Null where there is none or it is wrong. */
    @CheckForNull
    public static Role read(DocumentNode node) {
        DocumentSection fields = node.fields("arn", "externalId", "durationSeconds");
        if (fields == null) {
            return null;
        }
        String arn = fields.required("arn", "arn:aws:iam::123456789012:role/deployer").text(AwsNamePatterns.ROLE_ARN,
                "must be the ARN of an IAM role; for example arn:aws:iam::123456789012:role/deployer.");
        String externalId = fields.get("externalId").text(AwsNamePatterns.EXTERNAL_ID,
                "must be 2 to 1224 letters, digits and characters of _ + = , . @ : / -, as the role's trust policy has it.");
        Integer seconds = fields.get("durationSeconds").integer(SHORTEST_SESSION, LONGEST_SESSION, " seconds");
        return arn == null ? null : new Role(arn, externalId, seconds);
    }
}
