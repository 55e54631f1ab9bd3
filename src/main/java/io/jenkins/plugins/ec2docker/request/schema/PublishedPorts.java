package io.jenkins.plugins.ec2docker.request.schema;

import edu.umd.cs.findbugs.annotations.CheckForNull;
import io.jenkins.plugins.ec2docker.request.document.DocumentNode;
import io.jenkins.plugins.ec2docker.request.document.DocumentSection;
import io.jenkins.plugins.ec2docker.request.model.MachineImage;
import io.jenkins.plugins.ec2docker.request.model.Network;
import io.jenkins.plugins.ec2docker.request.model.PortMapping;
import io.jenkins.plugins.ec2docker.request.model.Protocol;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** Reads the containers' ports and sees to it that each port of the instance is taken once only. */
public final class PublishedPorts {
    /** docs.docker.com/reference/compose-file/services, "ports", short syntax: both ports, or ranges of them. */
    private static final Pattern MAPPING =
            Pattern.compile("([0-9]{1,6})(?:-([0-9]{1,6}))?:([0-9]{1,6})(?:-([0-9]{1,6}))?(?:/(.*))?");
    private static final Pattern WITH_ADDRESS = Pattern.compile("(\\[[^\\]]*\\]|[0-9.]*\\.[0-9.]*):(.*)");
    private static final Pattern ANY_ADDRESS = Pattern.compile("0\\.0\\.0\\.0|\\[::\\]|::");
    private static final String NO_ADDRESS =
            "names an address of the instance, but ports are published for whoever network.ingressCidrs lets in; ";
    /** docs.aws.amazon.com/vpc/latest/userguide/amazon-vpc-limits.html, "Inbound or outbound rules per security group". */
    private static final int MOST_OF_A_RANGE = 60;
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

    /** One item of {@code ports}, which is several where it is a range; empty where it is wrong. */
    List<PortMapping> read(DocumentNode node) {
        List<PortMapping> mappings = node.isAbsent() ? node.refuse("is empty; write host:container, or remove the line.")
                : node.isMap() ? longForm(node)
                        : shortForm(node);
        complete = complete && mappings != null;
        return mappings == null ? List.of() : mappings;
    }

    @CheckForNull
    private List<PortMapping> shortForm(DocumentNode node) {
        String text = node.text();
        if (text == null) {
            return null;
        }
        Matcher address = WITH_ADDRESS.matcher(text);
        if (address.matches()) {
            text = address.group(2);
            if (!ANY_ADDRESS.matcher(address.group(1)).matches()) {
                return node.refuse(NO_ADDRESS + "write " + text + ", or nothing where only other containers are to reach the port.");
            }
        }
        Matcher matcher = MAPPING.matcher(text);
        if (!matcher.matches()) {
            return node.refuse("must be written as host:container, with /tcp or /udp behind it if need be; for example \"8080:80\".");
        }
        int host = Integer.parseInt(matcher.group(1));
        int lastHost = matcher.group(2) == null ? host : Integer.parseInt(matcher.group(2));
        int container = Integer.parseInt(matcher.group(3));
        int lastContainer = matcher.group(4) == null ? container : Integer.parseInt(matcher.group(4));
        boolean inRange = host >= 1 && lastHost <= PortMapping.HIGHEST && container >= 1 && lastContainer <= PortMapping.HIGHEST;
        if (!inRange && node.rejects("has a port outside 1 to " + PortMapping.HIGHEST + ".")) {
            return null;
        }
        String protocolText = matcher.group(5) == null ? "tcp" : matcher.group(5);
        if (!protocolText.equals("tcp") && !protocolText.equals("udp")) {
            return node.refuse("has a protocol other than tcp and udp (in lower case); use one of these.");
        }
        return range(node, host, lastHost, container, lastContainer, Protocol.valueOf(protocolText.toUpperCase(Locale.ROOT)));
    }

    @CheckForNull
    private List<PortMapping> range(DocumentNode node, int host, int lastHost, int container, int lastContainer, Protocol protocol) {
        if (lastHost < host || lastContainer < container) {
            return node.refuse("has a range that ends before it begins; write the lower port first.");
        }
        if (lastHost - host != lastContainer - container) {
            return node.refuse("has ranges of different lengths; write as many ports on both sides, for example 8000-8002:80-82.");
        }
        int count = lastHost - host + 1;
        if (count > MOST_OF_A_RANGE) {
            return node.refuse("has a range of " + count + " ports; at most " + MOST_OF_A_RANGE
                    + " are published, as many as a security group has rules for.");
        }
        List<PortMapping> mappings = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            PortMapping mapping = publish(node, new PortMapping(host + i, container + i, protocol));
            if (mapping == null) {
                return null;
            }
            mappings.add(mapping);
        }
        return mappings;
    }

    /** The same, "long syntax". On one machine both modes of Compose are one. */
    @CheckForNull
    private List<PortMapping> longForm(DocumentNode node) {
        DocumentSection fields = node.fields("target", "published", "protocol", "mode", "host_ip");
        if (fields == null) {
            return null;
        }
        Integer container = fields.required("target", "80").integer(1, PortMapping.HIGHEST, "");
        Integer host = fields.required("published", "8080").integer(1, PortMapping.HIGHEST, "");
        String protocol = (String) FieldSchema.choice("tcp", "udp").read(fields.get("protocol"));
        boolean modeIsKnown = fields.get("mode").isAbsent() || FieldSchema.choice("ingress", "host").read(fields.get("mode")) != null;
        String address = fields.get("host_ip").text();
        boolean everywhere = address == null || ANY_ADDRESS.matcher(address).matches();
        if (!everywhere) {
            fields.get("host_ip").refuse(NO_ADDRESS + "leave it out, or the whole port where only other containers are to reach it.");
        }
        if (container == null || host == null || !modeIsKnown || !everywhere) {
            return null;
        }
        PortMapping mapping = publish(node, new PortMapping(host, container, "udp".equals(protocol) ? Protocol.UDP : Protocol.TCP));
        return mapping == null ? null : List.of(mapping);
    }

    @CheckForNull
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
