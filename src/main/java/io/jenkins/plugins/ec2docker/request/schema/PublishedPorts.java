package io.jenkins.plugins.ec2docker.request.schema;

import io.jenkins.plugins.ec2docker.request.document.DocumentNode;
import io.jenkins.plugins.ec2docker.request.model.MachineImage;
import io.jenkins.plugins.ec2docker.request.model.Network;
import io.jenkins.plugins.ec2docker.request.model.PortMapping;
import io.jenkins.plugins.ec2docker.request.model.Protocol;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** Reads the containers' ports and sees to it that each port of the instance is taken once only. */
public final class PublishedPorts {
    private static final Pattern MAPPING = Pattern.compile("([0-9]{1,6}):([0-9]{1,6})(?:/(.*))?");
    private static final int SSH = 22;

    /** Which container's field took which port of the instance, by protocol. */
    private final Map<Protocol, Map<Integer, String>> taken = Map.of(Protocol.TCP, new TreeMap<>(), Protocol.UDP, new TreeMap<>());

    private final boolean sshServer;
    private final String blueprint;
    private boolean complete = true;

    /** The supported distributions run an SSH server, whoever may reach it; another image surely does only where SSH is asked for. */
    public PublishedPorts(MachineImage machineImage, Network network, String blueprint) {
        this.blueprint = blueprint;
        sshServer = !blueprint.equals(BlueprintFields.FARGATE)
                && (machineImage.kind() != MachineImage.Kind.AMI || !network.sshCidrs().isEmpty());
    }

    /** One item of {@code ports}; null where it is wrong. */
    PortMapping read(DocumentNode node) {
        PortMapping mapping = node.isAbsent() ? node.refuse("is empty; write host:container, or remove the line.") : mapping(node);
        complete = complete && mapping != null;
        return mapping;
    }

    private PortMapping mapping(DocumentNode node) {
        String text = node.text();
        if (text == null) {
            return null;
        }
        Matcher matcher = MAPPING.matcher(text);
        if (!matcher.matches()) {
            return node.refuse("must be written as host:container, with /tcp or /udp behind it if need be; for example \"8080:80\".");
        }
        int host = Integer.parseInt(matcher.group(1));
        int container = Integer.parseInt(matcher.group(2));
        boolean inRange = host >= 1 && host <= PortMapping.HIGHEST && container >= 1 && container <= PortMapping.HIGHEST;
        if (!inRange && node.rejects("has a port outside 1 to " + PortMapping.HIGHEST + ".")) {
            return null;
        }
        String protocolText = matcher.group(3) == null ? "tcp" : matcher.group(3);
        if (!protocolText.equals("tcp") && !protocolText.equals("udp")) {
            return node.refuse("has a protocol other than tcp and udp (in lower case); use one of these.");
        }
        return publish(node, new PortMapping(host, container, Protocol.valueOf(protocolText.toUpperCase(Locale.ROOT))));
    }

    private PortMapping publish(DocumentNode node, PortMapping mapping) {
        if (!blueprint.equals(BlueprintFields.INSTANCE) && mapping.protocol() == Protocol.UDP) {
            return node.refuse(mapping,
                    "is of UDP, which a load balancer for HTTP does not carry; publish TCP alone with blueprint " + blueprint + ".");
        }
        if (blueprint.equals(BlueprintFields.FARGATE) && mapping.host() != mapping.container()) {
            return node.refuse(mapping,
                    "names two ports, but a task has the containers' own; write " + mapping.container() + ":" + mapping.container()
                            + ", and loadBalancer.httpPort for the port that clients use.");
        }
        if (sshServer && mapping.host() == SSH && mapping.protocol() == Protocol.TCP) {
            return node.refuse(mapping, "takes port 22, where the instance's own SSH server listens; publish another one, for example 2222:"
                    + mapping.container() + ".");
        }
        String other = taken.get(mapping.protocol()).putIfAbsent(mapping.host(), node.path());
        return other == null
                ? mapping
                : node.refuse(mapping, "takes port " + mapping.host() + "/" + mapping.protocol().text() + " of the instance, which " + other
                        + " has already; publish another one.");
    }

    /** Whether the port is published, or may be by an entry that could not be read: no follow-up problem then. */
    boolean mayHave(int port, Protocol protocol) {
        return !complete || taken.get(protocol).containsKey(port);
    }

    /** Whether there is none over TCP, and all entries could be read. */
    public boolean isEmpty() {
        return complete && taken.get(Protocol.TCP).isEmpty();
    }

    /** The ports published, for a message. */
    String describe(Protocol protocol) {
        Map<Integer, String> ports = taken.get(protocol);
        return ports.isEmpty() ? "none is" : ports.keySet().stream().limit(10).map(String::valueOf).collect(Collectors.joining(", "));
    }
}
