package io.jenkins.plugins.ec2docker.jenkins.pages.run;

import io.jenkins.plugins.ec2docker.jenkins.store.RedactedRequest;
import java.util.Map;
import org.yaml.snakeyaml.DumperOptions;
import org.yaml.snakeyaml.Yaml;

/** A request as people may read it on a page: in the request's own field names, with all that may be secret as {@code ****}. */
final class RequestYaml {

    private RequestYaml() {}

    /** @param document a request in its own field names, such as {@code RequestWriter.of(request)} gives it */
    static String of(Map<String, ?> document) {
        DumperOptions options = new DumperOptions();
        options.setDefaultFlowStyle(DumperOptions.FlowStyle.BLOCK);
        options.setAllowUnicode(true);
        options.setSplitLines(false);
        return new Yaml(options).dump(RedactedRequest.masked(document));
    }
}
