package io.jenkins.plugins.ec2docker.request.schema;

import edu.umd.cs.findbugs.annotations.CheckForNull;
import io.jenkins.plugins.ec2docker.request.document.DocumentNode;
import io.jenkins.plugins.ec2docker.request.values.Cidr;
import io.jenkins.plugins.ec2docker.request.values.IpAddress;
import java.util.ArrayList;
import java.util.List;

/** Reads a list of networks. EC2 clears the host bits of a CIDR without a word; here they are a problem, as a sign of another intent. */
public final class CidrListField {
    private CidrListField() {}

    /** The networks in canonical text, each once; empty where the list is absent. */
    public static List<String> read(DocumentNode node) {
        List<String> cidrs = new ArrayList<>();
        for (DocumentNode item : node.items()) {
            String cidr = item.isAbsent() ? item.refuse("is empty; give a network such as 10.0.0.0/8 or remove the line.") : cidr(item);
            if (cidr != null && !cidrs.contains(cidr)) {
                cidrs.add(cidr);
            }
        }
        return cidrs;
    }

    @CheckForNull
    private static String cidr(DocumentNode item) {
        String text = item.text();
        if (text == null) {
            return null;
        }
        Cidr.Lenient block = Cidr.parseLenient(text).orElse(null);
        if (block == null) {
            return item.refuse(text, IpAddress.parse(text)
                    .map(address -> "is an address without a length; write " + alone(address) + " for this one alone.")
                    .orElse("must be a network in CIDR notation; for example 10.0.0.0/8 or 2001:db8::/32."));
        }
        String canonical = block.cidr().toString();
        return block.address().equals(block.cidr().network())
                ? canonical
                : item.refuse(text, "has host bits set; write " + canonical + " for the network, or " + alone(block.address())
                        + " for the one address.");
    }

    private static String alone(IpAddress address) {
        return address + "/" + address.bits();
    }
}
