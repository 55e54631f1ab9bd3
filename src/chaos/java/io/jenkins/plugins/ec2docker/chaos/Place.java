package io.jenkins.plugins.ec2docker.chaos;

import io.jenkins.plugins.ec2docker.testing.WorkingProcess;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** Where an engine keeps its state: a directory, or one on a disk that can be filled ({@link SmallDisk}). */
interface Place extends AutoCloseable {

    /** The directory as the engine sees it. */
    Path directory();

    /** The same as this JVM sees it. */
    Path here();

    /** What starts an engine there: a command that becomes the one it is given. */
    List<String> entrance();

    List<WorkingProcess> processes() throws IOException;

    /** Takes all the room that is left. */
    void fill() throws IOException;

    /** Gives it back. */
    void empty() throws IOException;

    @Override
    void close() throws IOException;

    static Place ordinary(Path directory) throws IOException {
        Files.createDirectories(directory);
        return new Place() {
            @Override
            public Path directory() {
                return directory;
            }

            @Override
            public Path here() {
                return directory;
            }

            @Override
            public List<String> entrance() {
                return List.of();
            }

            @Override
            public List<WorkingProcess> processes() {
                return WorkingProcess.in(directory);
            }

            @Override
            public void fill() {
                throw new IllegalStateException("this disk is everybody's");
            }

            @Override
            public void empty() {}

            @Override
            public void close() {}
        };
    }
}
