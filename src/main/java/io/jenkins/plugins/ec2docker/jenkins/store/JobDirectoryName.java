package io.jenkins.plugins.ec2docker.jenkins.store;

import hudson.Util;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Locale;

/** A directory name for a job's full name: different for different jobs also where the file system ignores case. */
final class JobDirectoryName {

    /** File systems take 255 bytes; the rest is room for what is put beside a directory while it is moved. */
    private static final int LONGEST = 200;
    private static final int DIGEST = 32;

    private JobDirectoryName() {}

    /** {@code team/web} becomes {@code team%2fweb}: lower case letters, digits and {@code -_.} stay, other bytes are escaped. */
    static String of(String jobFullName) {
        StringBuilder key = new StringBuilder();
        for (byte b : jobFullName.getBytes(StandardCharsets.UTF_8)) {
            char c = (char) (b & 0xff);
            boolean plain = c >= 'a' && c <= 'z' || c >= '0' && c <= '9' || c == '-' || c == '_' || c == '.' && key.length() > 0;
            key.append(plain ? String.valueOf(c) : String.format(Locale.ROOT, "%%%02x", (int) c));
        }
        return key.length() <= LONGEST
                ? key.toString()
                : key.substring(0, LONGEST - DIGEST - 1) + "+" + Util.getDigestOf(jobFullName).substring(0, DIGEST);
    }

    /** One more, where another job's deployments have that name. */
    static String another(String key, int number) {
        return key + "+" + number;
    }

    /** Whether {@link #nameOf} gives the job's full name. */
    static boolean isWhole(String key) {
        return key.indexOf('+') < 0;
    }

    /** The full name that a directory was made for; of one too long to be kept whole, its beginning and three dots. */
    static String nameOf(String key) {
        String escaped = isWhole(key) ? key : key.substring(0, key.indexOf('+')).replaceFirst("%.?$", "");
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        for (int i = 0; i < escaped.length(); i++) {
            boolean escape = escaped.charAt(i) == '%' && escaped.length() >= i + 3;
            bytes.write(escape ? Integer.parseInt(escaped.substring(i + 1, i + 3), 16) : escaped.charAt(i));
            i += escape ? 2 : 0;
        }
        // The last character may have been cut in two.
        return isWhole(key) ? bytes.toString(StandardCharsets.UTF_8)
                : bytes.toString(StandardCharsets.UTF_8).replaceFirst("\uFFFD$", "") + "...";
    }
}
