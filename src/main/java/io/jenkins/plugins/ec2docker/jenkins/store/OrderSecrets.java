package io.jenkins.plugins.ec2docker.jenkins.store;

import io.jenkins.plugins.ec2docker.request.model.Container;
import io.jenkins.plugins.ec2docker.request.model.ProvisionRequest;
import io.jenkins.plugins.ec2docker.request.model.Role;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Base64;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * What of a run's order must not be shown by what AWS, Terraform or a container that failed to start say: values of containers' environments,
 * the role's external id, and what the users file has in it. Yes and no, ports and the like, and what the request says elsewhere in the open
 * tell nobody anything, and would make a log unreadable.
 */
public final class OrderSecrets {

    private static final int SHORTEST = 4;

    private OrderSecrets() {}

    public static Set<String> of(EncryptedOrder order) {
        ProvisionRequest request = order.request();
        Set<String> secrets = new LinkedHashSet<>();
        request.containers().stream().map(Container::environment).flatMap(environment -> environment.values().stream())
                // A log shows a text of several lines line by line.
                .flatMap(value -> Stream.concat(Stream.of(value), value.lines()))
                .forEach(secrets::add);
        Role role = request.role();
        if (role != null) {
            secrets.add(role.externalId());
        }
        byte[] users = order.usersCsv();
        if (users != null) {
            secrets.add(Base64.getEncoder().encodeToString(users));
            new String(users, StandardCharsets.UTF_8).lines().skip(1)
                    .flatMap(row -> Arrays.stream(row.split("[,\"]")))
                    .forEach(secrets::add);
        }
        Set<String> open = new HashSet<>(Arrays.asList(
                request.name(), request.region(), request.blueprint(), request.instanceType(), "true", "false", "null", "none"));
        return secrets.stream()
                .filter(Objects::nonNull)
                .map(String::strip)
                .filter(text -> text.length() >= SHORTEST && !text.matches("[0-9]{1,5}") && !open.contains(text))
                .collect(Collectors.toCollection(LinkedHashSet::new));
    }
}
