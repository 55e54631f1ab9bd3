package io.jenkins.plugins.ec2docker.terraform.provider;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The providers that a blueprint's {@code .terraform.lock.hcl} names, and where each stands in a directory of providers.
 *
 * @param providers in the file's order
 */
public record ProviderLockFile(List<Provider> providers) {
    /** Its name in a configuration's directory; Terraform's own. */
    public static final String FILE = ".terraform.lock.hcl";
    private static final Pattern HASHES = Pattern.compile("\\s+hashes\\s*= \\[[^\\]]*\\]");
    private static final Pattern PROVIDER = Pattern.compile("provider \"([^\"]+)\" \\{\\s+version\\s+= \"([^\"]+)\"");

    public ProviderLockFile {
        providers = List.copyOf(providers);
    }

    /** @param address as in {@code registry.terraform.io/hashicorp/aws} */
    public record Provider(String address, String version) {
        /** Within a directory of unpacked providers: Terraform's "unpacked layout". */
        Path unpacked() {
            return Path.of(address, version, platform());
        }

        /** Within a directory of packed ones: Terraform's "packed layout". */
        Path packed() {
            String type = address.substring(address.lastIndexOf('/') + 1);
            return Path.of(address, "terraform-provider-" + type + "_" + version + "_" + platform() + ".zip");
        }
    }

    /** @param directory of the blueprint */
    public static ProviderLockFile of(Path directory) throws IOException {
        return parse(Files.readString(directory.resolve(FILE)));
    }

    static ProviderLockFile parse(String text) {
        List<Provider> providers = new ArrayList<>();
        Matcher matcher = PROVIDER.matcher(text);
        while (matcher.find()) {
            providers.add(new Provider(matcher.group(1), matcher.group(2)));
        }
        return new ProviderLockFile(providers);
    }

    /**
     * A lock file's text with versions alone. For a workspace whose {@code init} has held the providers against the hashes: with them
     * there, Terraform reads all 675 MB of the AWS provider again for each command that follows within seconds.
     */
    public static String withoutHashes(String text) {
        return HASHES.matcher(text).replaceAll("");
    }

    List<String> addresses() {
        return providers.stream().map(Provider::address).toList();
    }

    /** Whether a directory has each of them, for this platform, unpacked or packed. */
    boolean areIn(Path directory) {
        return !providers.isEmpty() && providers.stream().allMatch(provider -> Files.isDirectory(directory.resolve(provider.unpacked()))
                || Files.isRegularFile(directory.resolve(provider.packed())));
    }

    /** As Terraform names it, such as {@code linux_amd64}. */
    static String platform() {
        String system = System.getProperty("os.name").toLowerCase(Locale.ROOT);
        String machine = System.getProperty("os.arch");
        return (system.startsWith("mac") ? "darwin" : system) + "_" + switch (machine) {
            case "x86_64" -> "amd64";
            case "aarch64" -> "arm64";
            default -> machine;
        };
    }
}
