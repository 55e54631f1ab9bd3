package io.jenkins.plugins.ec2docker.cli;

import io.jenkins.plugins.ec2docker.provisioning.RunListener;
import java.io.PrintWriter;
import picocli.CommandLine;

/** Shows, on standard error, the sentences of what is no run. */
final class SentenceConsole implements RunListener {

    private final PrintWriter err;

    SentenceConsole(CommandLine command) {
        this.err = command.getErr();
    }

    @Override
    public void note(String sentence) {
        err.println("ec2-docker: " + sentence);
        err.flush();
    }
}
