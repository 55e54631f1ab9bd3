package io.jenkins.plugins.ec2docker.jenkins.pages.run;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.kohsuke.stapler.HttpResponse;
import org.kohsuke.stapler.StaplerRequest2;
import org.kohsuke.stapler.StaplerResponse2;

/** A log as a text file to keep: never shown as a page, whatever stands in it. */
public final class LogDownload implements HttpResponse {

    private final Path file;
    private final String name;

    /** @param name of the file without its ending; what is not a letter, digit, dot or dash is replaced */
    public LogDownload(Path file, String name) {
        this.file = file;
        this.name = name.replaceAll("[^A-Za-z0-9._-]+", "-");
    }

    @Override
    public void generateResponse(StaplerRequest2 request, StaplerResponse2 response, Object node) throws IOException {
        response.setContentType("text/plain;charset=UTF-8");
        response.setHeader("Content-Disposition", "attachment; filename=\"" + name + ".log.txt\"");
        response.setHeader("X-Content-Type-Options", "nosniff");
        Files.copy(file, response.getOutputStream());
    }
}
