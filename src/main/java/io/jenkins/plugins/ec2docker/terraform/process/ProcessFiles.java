package io.jenkins.plugins.ec2docker.terraform.process;

import java.nio.file.Path;

/**
 * The names of the files by which one detached process and its readers talk; {@code launch.sh} writes most of them and documents each.
 *
 * @param directory of exactly one process, private to its owner (0700)
 */
public record ProcessFiles(Path directory) {
    /** Whose pid, written whole before the command begins. */
    public Path pid() {
        return directory.resolve("pid");
    }

    /** Exit code, written whole after the end. */
    public Path exit() {
        return directory.resolve("exit");
    }

    /** Present once somebody has seen that the process is over, by whatever death. */
    public Path over() {
        return directory.resolve("over");
    }

    /** Terraform's JSON: events, or one document. */
    public Path stdout() {
        return directory.resolve("stdout");
    }

    /** What Terraform says outside of its JSON: crashes, complaints about its command line. */
    public Path stderr() {
        return directory.resolve("stderr");
    }

    /** Present from the moment an interrupt was sent; holds when. */
    public Path interrupted() {
        return directory.resolve("interrupted");
    }

    /** What the launching script itself had to say; empty when all is well. */
    public Path launcherLog() {
        return directory.resolve("launcher.log");
    }

    /** The launching script. */
    public Path script() {
        return directory.resolve("launch.sh");
    }
}
