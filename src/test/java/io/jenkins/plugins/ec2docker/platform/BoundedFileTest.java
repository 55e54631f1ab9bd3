package io.jenkins.plugins.ec2docker.platform;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class BoundedFileTest {
    private static final int MIB = 1 << 20;

    @TempDir
    Path directory;

    @Test
    void as_much_as_is_allowed_is_read_and_not_a_byte_more() throws Exception {
        Path file = Files.write(directory.resolve("file"), new byte[MIB]);

        assertThat(BoundedFile.read(file, MIB)).hasSize(MIB);
        Files.write(file, new byte[MIB + 1]);
        refused(() -> BoundedFile.read(file, MIB), "it has more than 1 MiB, the most that is read");
        refused(() -> BoundedFile.read(Path.of("/dev/zero"), MIB), "it has more than 1 MiB, the most that is read");
        refused(() -> BoundedFile.read(directory, MIB), "it is a directory");
    }

    @Test
    void a_pipe_to_which_nobody_writes_is_given_up() throws Exception {
        Path pipe = directory.resolve("pipe");
        assertThat(new ProcessBuilder("mkfifo", pipe.toString()).start().waitFor()).isZero();

        refused(() -> BoundedFile.read(pipe, MIB, Duration.ofMillis(50)), "nothing, or not all of it, came within 0 s");
    }

    private static void refused(org.assertj.core.api.ThrowableAssert.ThrowingCallable read, String reason) {
        assertThatThrownBy(read).isInstanceOf(FileSystemException.class)
                .satisfies(e -> assertThat(ErrorMessage.reason((IOException) e)).isEqualTo(reason));
    }
}
