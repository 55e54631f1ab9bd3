package io.jenkins.plugins.ec2docker.bench;

import io.jenkins.plugins.ec2docker.request.users.UsersFile;
import java.io.BufferedWriter;
import java.io.InputStream;
import java.io.Reader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Random;
import org.apache.commons.csv.CSVFormat;
import org.apache.commons.csv.CSVRecord;

/**
 * Checks a users file, or merely reads it with Commons CSV, so that the two can be timed side by side as whole processes with
 * {@code -Xmx128m}. Arguments: {@code generate FILE ROWS}, {@code ours FILE} or {@code bare FILE}; each prints the number of rows.
 */
public final class UsersFileBench {
    private UsersFileBench() {}

    public static void main(String[] args) throws Exception {
        Path file = Path.of(args[1]);
        long rows = switch (args[0]) {
            case "generate" -> generate(file, Integer.parseInt(args[2]));
            case "ours" -> ours(file);
            case "bare" -> bare(file);
            default -> throw new IllegalArgumentException("generate, ours or bare, not " + args[0]);
        };
        System.out.println(rows);
    }

    private static long ours(Path file) throws Exception {
        try (InputStream in = Files.newInputStream(file)) {
            return UsersFile.check(in).rows();
        }
    }

    private static long bare(Path file) throws Exception {
        long rows = -1;
        try (Reader in = Files.newBufferedReader(file, StandardCharsets.UTF_8)) {
            for (CSVRecord row : CSVFormat.RFC4180.parse(in)) {
                rows += row.size() == 4 ? 1 : 0;
            }
        }
        return rows;
    }

    /** Rows as exports have them: some names beyond ASCII, some fields quoted, some with quotes and line breaks in them. */
    private static long generate(Path file, int rows) throws Exception {
        Random random = new Random(4711);
        try (BufferedWriter out = Files.newBufferedWriter(file, StandardCharsets.UTF_8)) {
            out.write("username,email,display name,team\r\n");
            for (int i = 0; i < rows; i++) {
                String name = "user" + Integer.toString(random.nextInt(1 << 20), 36) + i;
                String display = switch (i % 10) {
                    case 0 -> "\"Doe, Jane\"";
                    case 1 -> "Jörg Müller";
                    case 2 -> "\"Jane \"\"JD\"\" Doe\"";
                    default -> "Jane Doe " + i;
                };
                out.write(name + "," + name + "@example.com," + display + ",team-" + i % 100 + "\r\n");
            }
        }
        return rows;
    }
}
