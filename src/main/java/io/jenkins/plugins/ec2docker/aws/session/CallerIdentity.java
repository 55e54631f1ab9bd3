package io.jenkins.plugins.ec2docker.aws.session;

/**
 * Who AWS takes the caller for.
 *
 * @param account twelve digits
 * @param arn     for a role session {@code arn:aws:sts::ACCOUNT:assumed-role/ROLE/SESSION}, for a user its own
 * @param userId  AWS's unique id, for a role session {@code ROLE-ID:SESSION}
 */
public record CallerIdentity(String account, String arn, String userId) {}
