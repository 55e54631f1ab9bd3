package io.jenkins.plugins.ec2docker.jenkins.pages.deployment;

import java.io.IOException;
import org.kohsuke.stapler.HttpResponse;
import org.kohsuke.stapler.StaplerRequest2;
import org.kohsuke.stapler.StaplerResponse2;

/** A state as a file to keep, by nobody on the way. */
final class StateDownload implements HttpResponse {

    private final byte[] state;
    private final String name;

    /** @param name of the file without its ending: letters, digits and dashes */
    StateDownload(byte[] state, String name) {
        this.state = state.clone();
        this.name = name;
    }

    @Override
    public void generateResponse(StaplerRequest2 request, StaplerResponse2 response, Object node) throws IOException {
        response.setContentType("application/json;charset=UTF-8");
        response.setHeader("Content-Disposition", "attachment; filename=\"" + name + ".tfstate.json\"");
        response.setHeader("Cache-Control", "no-store");
        response.setHeader("X-Content-Type-Options", "nosniff");
        response.setContentLength(state.length);
        response.getOutputStream().write(state);
    }
}
