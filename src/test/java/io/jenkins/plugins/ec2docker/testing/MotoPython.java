package io.jenkins.plugins.ec2docker.testing;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/**
 * The Python interpreter that has moto: of the virtual environment that {@code bin/setup.sh} makes where there is none, or on the PATH.
 */
final class MotoPython {

    private static final Path OWN = Path.of(".venv", "bin", "python").toAbsolutePath();

    private MotoPython() {}

    /** @throws IOException when no interpreter has moto; its message says what to do */
    static Path find(Map<String, String> environment) throws IOException {
        Stream<Path> onPath = Stream.of(environment.getOrDefault("PATH", "").split(File.pathSeparator))
                .flatMap(directory -> Stream.of(Path.of(directory, "python3"), Path.of(directory, "python")));
        return Stream.concat(Stream.of(OWN), onPath)
                .filter(Files::isExecutable)
                .filter(MotoPython::hasMoto)
                .findFirst()
                .orElseThrow(() -> new IOException("no Python with moto's server was found on the PATH or in " + OWN
                        + "; bin/test installs it (pip install 'moto[server]')"));
    }

    private static boolean hasMoto(Path python) {
        try {
            // find_spec alone: importing moto would take a second, and the server imports it again.
            Process process = new ProcessBuilder(
                    python.toString(), "-c", "import importlib.util as u, sys; sys.exit(not all(map(u.find_spec, ['moto', 'flask'])))")
                    .redirectErrorStream(true)
                    .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                    .start();
            return process.waitFor(20, TimeUnit.SECONDS) && process.exitValue() == 0;
        } catch (IOException e) {
            return false;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        }
    }
}
