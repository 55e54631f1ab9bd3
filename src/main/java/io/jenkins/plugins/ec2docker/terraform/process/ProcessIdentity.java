package io.jenkins.plugins.ec2docker.terraform.process;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.TimeUnit;

/**
 * The two processes of one launch, told apart from later ones that got the same pid: by the start time that the kernel keeps for each process
 * and by the id of the machine's boot.
 *
 * @param pid of the command
 * @param start of the command, opaque: clock ticks since boot on Linux, a date elsewhere
 * @param guardPid of the script that waits for it
 * @param guardStart of that script
 * @param boot id of the boot during which they ran; "none" where the system has no such id
 */
record ProcessIdentity(long pid, String start, long guardPid, String guardStart, String boot) {
    private static final Set<String> FIELDS = Set.of("pid", "start", "guard", "guard_start", "boot");
    private static final Path BOOT_ID = Path.of("/proc/sys/kernel/random/boot_id");

    /** Empty when the file is not there, or is not one that the launching script wrote to its end. */
    static Optional<ProcessIdentity> read(Path file) throws IOException {
        String text;
        try {
            text = Files.readString(file);
        } catch (NoSuchFileException e) {
            return Optional.empty();
        }
        if (!text.endsWith("end\n")) {
            return Optional.empty();
        }
        Map<String, String> values = new HashMap<>();
        text.lines().filter(line -> line.contains("=")).forEach(line -> {
            int equals = line.indexOf('=');
            values.put(line.substring(0, equals), line.substring(equals + 1));
        });
        if (!values.keySet().containsAll(FIELDS)) {
            return Optional.empty();
        }
        try {
            return Optional.of(new ProcessIdentity(
                    Long.parseLong(values.get("pid")), values.get("start"),
                    Long.parseLong(values.get("guard")), values.get("guard_start"), values.get("boot")));
        } catch (NumberFormatException e) {
            return Optional.empty();
        }
    }

    boolean commandAlive() throws IOException {
        return sameBoot() && alive(pid, start);
    }

    boolean guardAlive() throws IOException {
        return sameBoot() && alive(guardPid, guardStart);
    }

    boolean sameBoot() throws IOException {
        return boot.equals(Files.isReadable(BOOT_ID) ? Files.readString(BOOT_ID).strip() : "none");
    }

    private static boolean alive(long pid, String start) throws IOException {
        if (!Files.isReadable(BOOT_ID)) {
            return start.equals(startBySystem(pid));
        }
        String stat;
        try {
            stat = Files.readString(Path.of("/proc", Long.toString(pid), "stat"), StandardCharsets.ISO_8859_1);
        } catch (IOException e) {
            return false; // no such process; it may also end between open and read
        }
        // The second field is the program's name in parentheses and may itself hold spaces and parentheses: proc(5).
        String[] fields = stat.substring(stat.lastIndexOf(')') + 2).split(" ");
        // A zombie is over: where nothing reaps (a container without an init) it would look alive for ever.
        boolean over = fields[0].equals("Z") || fields[0].equals("X");
        return !over && fields[19].equals(start);
    }

    private static String startBySystem(long pid) throws IOException {
        ProcessBuilder ps = new ProcessBuilder("ps", "-o", "lstart=", "-p", Long.toString(pid));
        ps.environment().put("LC_ALL", "C");
        Process process = ps.redirectErrorStream(true).start();
        try {
            if (!process.waitFor(5, TimeUnit.SECONDS)) {
                process.destroyForcibly();
                throw new IOException("ps did not answer within 5 seconds");
            }
        } catch (InterruptedException e) {
            process.destroyForcibly();
            Thread.currentThread().interrupt();
            throw new IOException("interrupted while asking ps for process " + pid, e);
        }
        return new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8).stripTrailing().replaceAll(" +", "_");
    }
}
