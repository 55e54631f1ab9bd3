package io.jenkins.plugins.ec2docker.request.users;

import java.util.List;

/**
 * What a valid users file holds.
 *
 * @param rows users, without the header
 * @param bytes size of the file as it is
 * @param columns names as in the header
 */
public record UsersSummary(long rows, long bytes, List<String> columns) {
    public UsersSummary {
        columns = List.copyOf(columns);
    }
}
