package io.jenkins.plugins.ec2docker.aws;

/**
 * Who AWS takes the caller for.
 *
 * @param account twelve digits
 * @param arn     for a role session {@code arn:aws:sts::ACCOUNT:assumed-role/ROLE/SESSION}, for a user its own
 * @param userId  AWS's unique id, for a role session {@code ROLE-ID:SESSION}
 */
public record Identity(String account, String arn, String userId) {}
