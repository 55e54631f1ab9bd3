package io.jenkins.plugins.ec2docker.testing;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;
import java.util.stream.Stream;

/** A process of this machine that works for an engine, told by what the kernel says of it. */
public record WorkingProcess(long pid, Role role, String commandLine) {

    public enum Role {
        ENGINE,
        TERRAFORM,
        PROVIDER,
        /** A script that waits for Terraform to note its end, or is about to become it. */
        GUARD
    }

    /** Those that work in, or on, a directory. */
    public static List<WorkingProcess> in(Path directory) {
        return where(
                proc -> commandLine(proc).contains(directory.toString()) || links(proc.resolve("cwd")).startsWith(directory.toString()));
    }

    /** Those that see the same files as another process; without that one. */
    public static List<WorkingProcess> sharingFilesWith(long pid) {
        try {
            String namespace = links(Path.of("/proc", String.valueOf(pid), "ns", "mnt"));
            return where(proc -> !proc.endsWith(String.valueOf(pid)) && links(proc.resolve("ns/mnt")).equals(namespace));
        } catch (IOException e) {
            return List.of();
        }
    }

    private interface Look {
        boolean at(Path proc) throws IOException;
    }

    private static List<WorkingProcess> where(Look look) {
        List<WorkingProcess> found = new ArrayList<>();
        try (Stream<ProcessHandle> processes = ProcessHandle.allProcesses()) {
            for (ProcessHandle each : processes.toList()) {
                Path proc = Path.of("/proc", String.valueOf(each.pid()));
                try {
                    if (look.at(proc)) {
                        String line = commandLine(proc);
                        found.add(new WorkingProcess(each.pid(), role(line), line));
                    }
                } catch (IOException e) {
                    // It ended meanwhile.
                }
            }
        }
        return found;
    }

    /** By the program, which is the first word; a script's name is the second. */
    private static Role role(String commandLine) {
        Predicate<String> program = name -> commandLine.split(" ")[0].contains(name);
        if (program.test("terraform-provider-")) {
            return Role.PROVIDER;
        }
        return program.test("terraform") ? Role.TERRAFORM : program.test("java") ? Role.ENGINE : Role.GUARD;
    }

    private static String commandLine(Path proc) throws IOException {
        return Files.readString(proc.resolve("cmdline")).replace('\0', ' ');
    }

    private static String links(Path link) throws IOException {
        return Files.readSymbolicLink(link).toString();
    }
}
