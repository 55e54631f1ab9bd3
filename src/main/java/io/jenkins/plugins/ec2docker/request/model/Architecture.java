package io.jenkins.plugins.ec2docker.request.model;

import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** CPU architecture of an instance, which its machine image and its containers' images must share. */
public enum Architecture {
    X86_64("x86_64"),
    ARM64("arm64");

    /**
     * Family, generation and options of an instance type. "g" among the options (the letters after the generation) stands for AWS Graviton;
     * docs.aws.amazon.com/ec2/latest/instancetypes/instance-type-names.html.
     */
    private static final Pattern TYPE = Pattern.compile("([a-z]+)-?(\\d*)([a-z]*)([a-z0-9-]*)\\.[a-z0-9-]+");

    private final String text;

    Architecture(String text) {
        this.text = text;
    }

    /** As EC2 writes it. */
    public String text() {
        return text;
    }

    /**
     * The architecture of an instance type. Follows from the name alone, so that new types need no new release; types with 32-bit support
     * count as x86_64.
     */
    public static Architecture of(String instanceType) {
        return find(instanceType).orElseThrow(() -> new IllegalArgumentException("not an instance type: " + instanceType));
    }

    /** The same; empty for what is no instance type. */
    static Optional<Architecture> find(String instanceType) {
        Matcher type = TYPE.matcher(instanceType);
        if (!type.matches()) {
            return Optional.empty();
        }
        boolean arm = switch (type.group(1)) {
            // The first Graviton family came before the letter.
            case "a" -> type.group(2).equals("1");
            // Only the first generation of Mac instances has Intel processors.
            case "mac" -> !type.group(2).equals("1");
            default -> type.group(3).contains("g")
                    // NVIDIA Grace (p6e-gb200): the host processor is ARM, which the family letters do not tell.
                    || type.group(4).startsWith("-gb");
        };
        return Optional.of(arm ? ARM64 : X86_64);
    }
}
