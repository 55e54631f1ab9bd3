package io.jenkins.plugins.ec2docker.jenkins.pages.run;

import edu.umd.cs.findbugs.annotations.CheckForNull;
import hudson.model.Failure;
import jakarta.servlet.RequestDispatcher;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import org.kohsuke.stapler.StaplerRequest2;
import org.kohsuke.stapler.StaplerResponse2;

/**
 * What a page was asked to do cannot be done now. The answer is that page again, with the sentence at its top, and status 400, by which scripts
 * know.
 */
public final class RefusedAction extends Failure {

    private static final long serialVersionUID = 1L;

    /** What {@code lib/refused.jelly} shows. */
    private static final String ATTRIBUTE = "ec2DockerRefused";

    public RefusedAction(String sentence) {
        super(sentence);
    }

    @Override
    public void generateResponse(StaplerRequest2 request, StaplerResponse2 response, Object node) throws IOException, ServletException {
        generateResponse(request, response, node, null);
    }

    @Override
    public void generateResponse(StaplerRequest2 request, StaplerResponse2 response, Object node, @CheckForNull Throwable why)
            throws IOException, ServletException {
        RequestDispatcher page = request.getView(node, "index");
        if (page == null) {
            super.generateResponse(request, response, node, why);
            return;
        }
        request.setAttribute(ATTRIBUTE, getMessage());
        response.setStatus(HttpServletResponse.SC_BAD_REQUEST);
        page.forward(request, response);
    }
}
