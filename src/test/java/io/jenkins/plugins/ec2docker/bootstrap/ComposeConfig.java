package io.jenkins.plugins.ec2docker.bootstrap;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;

/** What a Compose file means, by Debian's {@code docker-compose}: an implementation that shares no code with this project. */
final class ComposeConfig {
    private ComposeConfig() {}

    /**
     * The services after interpolation, of the Compose file and the {@code .env} in this directory. Skips the test where the program is
     * absent.
     */
    static Map<String, Map<String, Object>> services(Path project) throws Exception {
        assumeTrue(Files.isExecutable(Path.of("/usr/bin/docker-compose")),
                "SKIPPED, NOT PASSED: docker-compose is not installed, so no independent program has read the Compose file (apt-get "
                        + "install docker-compose)");
        run(new ProcessBuilder("/usr/bin/docker-compose", "--project-directory", project.toString(), "config", "--quiet"), project);
        Path script = Path.of(ComposeConfig.class.getResource("compose-config.py").toURI());
        byte[] json = run(new ProcessBuilder("/usr/bin/python3", script.toString(), project.toString()), project);
        return new ObjectMapper().readValue(json, new TypeReference<>() {});
    }

    private static byte[] run(ProcessBuilder command, Path directory) throws IOException, InterruptedException {
        Path errors = Files.createTempFile("docker-compose", ".err");
        // No variable of the test's own surroundings may take the place of one in .env.
        command.environment().clear();
        Process process = command.directory(directory.toFile()).redirectError(errors.toFile()).start();
        byte[] out = process.getInputStream().readAllBytes();
        if (process.waitFor() != 0) {
            throw new AssertionError("docker-compose refused the file: " + Files.readString(errors));
        }
        Files.delete(errors);
        return out;
    }
}
