package io.jenkins.plugins.ec2docker.bootstrap;

import static org.assertj.core.api.Assertions.assertThat;

import io.jenkins.plugins.ec2docker.bootstrap.Box.Boot;
import io.jenkins.plugins.ec2docker.request.model.ProvisionRequest;
import java.io.IOException;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;

/** Every test of the boot script's behaviour: one box, with a metadata service of its own. */
abstract class InABox {
    @TempDir
    private Path directory;

    protected MetadataService imds;
    protected Box box;

    @BeforeEach
    final void start() throws IOException {
        imds = new MetadataService();
        box = new Box(directory, imds);
    }

    @AfterEach
    final void stop() {
        imds.close();
    }

    /** Boots with what the request renders to, and returns the closing line without its frame. */
    protected final String boot(ProvisionRequest request) throws Exception {
        return closing(box.boot(Bootstrap.render(new BootstrapInput(request, null, "r-1")).bootScript()));
    }

    /**
     * The closing line of run r-1 without its frame; there is one, on the console and in the output, and the exit status agrees with it.
     */
    protected static String closing(Boot boot) {
        assertThat(boot.closingLines("r-1")).as(boot.output()).hasSize(1);
        String line = boot.closingLines("r-1").get(0);
        assertThat(boot.output()).contains(line + "\n");
        assertThat(boot.exit()).isEqualTo(line.startsWith("ec2-docker: ready") ? 0 : 1);
        return line.substring("ec2-docker: ".length(), line.length() - " (run r-1)".length());
    }
}
