package io.jenkins.plugins.ec2docker.cli.output;

import io.jenkins.plugins.ec2docker.run.RunObserver;
import java.io.PrintWriter;
import picocli.CommandLine;

/** Shows, on standard error, the sentences of what is no run. */
public final class SentenceConsole implements RunObserver {

    private final PrintWriter err;

    public SentenceConsole(CommandLine command) {
        this.err = command.getErr();
    }

    @Override
    public void note(String sentence) {
        err.println("ec2-docker: " + sentence);
        err.flush();
    }
}
