package io.jenkins.plugins.ec2docker.jenkins.pages.run;

import edu.umd.cs.findbugs.annotations.CheckForNull;
import java.net.URI;
import java.net.URISyntaxException;
import java.util.Locale;

/** Decides which values may become links: what a run reports comes from outside, and {@code javascript:} is an address too. */
final class SafeLink {

    private SafeLink() {}

    /** @return the value itself if it is an absolute http or https address with a host, else null */
    @CheckForNull
    static String of(@CheckForNull String value) {
        if (value == null) {
            return null;
        }
        try {
            URI address = new URI(value);
            String scheme = address.getScheme() == null ? "" : address.getScheme().toLowerCase(Locale.ROOT);
            return (scheme.equals("http") || scheme.equals("https")) && address.getHost() != null ? value : null;
        } catch (URISyntaxException e) {
            return null;
        }
    }
}
