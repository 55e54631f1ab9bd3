package io.jenkins.plugins.ec2docker.jenkins.pages.run;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.util.List;
import org.kohsuke.stapler.HttpResponse;
import org.kohsuke.stapler.StaplerRequest2;
import org.kohsuke.stapler.StaplerResponse2;

/** Lines of a log as the page's script takes them, as JSON, such as {@code {"lines":[{"time":"…","level":"info","text":"…"}],"start":0,"next":123,"size":456}}. */
record LogResponse(List<LogLine> lines, long start, long next, long size) implements HttpResponse {

    private static final ObjectMapper MAPPER = new ObjectMapper();

    static LogResponse of(LogSlice slice) {
        return new LogResponse(slice.lines().stream().map(LogLine::of).toList(), slice.start(), slice.next(), slice.size());
    }

    @Override
    public void generateResponse(StaplerRequest2 request, StaplerResponse2 response, Object node) throws IOException {
        response.setContentType("application/json;charset=UTF-8");
        response.setHeader("Cache-Control", "private, no-cache");
        response.setHeader("X-Content-Type-Options", "nosniff");
        response.getOutputStream().write(MAPPER.writeValueAsBytes(this));
    }
}
