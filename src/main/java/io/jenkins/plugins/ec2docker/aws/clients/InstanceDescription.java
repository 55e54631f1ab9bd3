package io.jenkins.plugins.ec2docker.aws.clients;

import edu.umd.cs.findbugs.annotations.CheckForNull;

/**
 * What AWS says of an instance at one moment. Texts are AWS's own; null where AWS says nothing, such as the public address of
 * an instance that has none.
 *
 * @param state         {@code pending}, {@code running}, {@code shutting-down}, {@code terminated}, {@code stopping} or {@code stopped}; a
 *                      terminated one is shown for about an hour longer
 * @param stateReason   why it is in a state that nobody asked for, in AWS's words
 */
public record InstanceDescription(String id, String state, @CheckForNull String stateReason, @CheckForNull String publicIp,
        @CheckForNull String publicDns) {}
