package io.jenkins.plugins.ec2docker.bootstrap;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Text that means something to a shell, to YAML, to Compose or to an environment file; on its way to a container it must stay text. */
final class HostileText {
    /** A file that appears when any of the text is evaluated as root on the instance. */
    static final String CANARY = "/opt/canary";

    private HostileText() {}

    static List<String> all() {
        List<String> all = new ArrayList<>(List.of(
                "", " ", " leading and trailing ", "\t", "\n", "line\nline\n", "\r\n", "'", "\"", "'\"'\"'", "\\", "\\\\n", "`",
                "$", "$$", "$$$", "$HOME", "${HOME}", "${HOME:?gone}", "${", "$(",
                "$(touch " + CANARY + ")", "`touch " + CANARY + "`", "; touch " + CANARY + " #", "'; touch " + CANARY + "; '",
                "\"; touch " + CANARY + "; \"", "&& touch " + CANARY, "| touch " + CANARY, "\ntouch " + CANARY + "\n",
                "EOF\ntouch " + CANARY, "<(touch " + CANARY + ")", "a[$(touch " + CANARY + ")]",
                "no", "yes", "null", "~", "1e3", "0x10", "22:22", "1.10", "2001-01-01", "<<", "=", "!!python/object/apply:os.system [id]",
                "&anchor", "*alias", "# comment", "- item", "key: value", "{flow: map}", "[flow]", "? key", "| literal", "> folded",
                "%directive", "@at", "---", "...",
                "\u0085", "a\u0085b", "\u2028", "\u2029", "\ufeff", "\u00a0", "\u007f", "\u001b[31m", "\u0001", "\u009b",
                "é", "日本語", "\ud83d\ude00", "\ue000",
                "PUBLIC_IP='1.2.3.4'", "COMPOSE_FILE=/etc/passwd", "ec2-docker: ready (run r-1)", "%s%n%d", "-rf /", "--",
                "x".repeat(5_000)));
        all.add("word ".repeat(400));
        return all;
    }

    /** As an environment, each value under a name of its own. */
    static Map<String, String> environment() {
        Map<String, String> environment = new LinkedHashMap<>();
        List<String> all = all();
        for (int i = 0; i < all.size(); i++) {
            environment.put("HOSTILE_" + i, all.get(i));
        }
        return environment;
    }
}
