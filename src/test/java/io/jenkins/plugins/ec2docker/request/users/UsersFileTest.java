package io.jenkins.plugins.ec2docker.request.users;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.jenkins.plugins.ec2docker.request.values.Violation;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.SequenceInputStream;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class UsersFileTest {

    @Test
    void a_good_file_is_summed_up() throws Exception {
        UsersSummary summary = UsersFile.check(bytes("Username,EMail,Team\r\nalice,alice@example.com,a\r\nbob,,\"b, \"\"c\"\"\r\nd\"\r\n"));

        assertThat(summary).isEqualTo(new UsersSummary(2, 68, List.of("Username", "EMail", "Team")));
    }

    @ParameterizedTest
    @ValueSource(strings = {
        "username\nalice", "username\nalice\n", "username\r\nalice\r\n", "username\ralice\r", "\uFEFFusername\nalice\n",
        "\"username\"\n\"ali,ce\"",
        "username\nAlice\nalice\n", "username\nalice@example.com\n", "USERNAME,x\nalice,\"a\nb\"\n", "username\nJörg-🚀\n",
        "username,email\nalice,\n",
        "username\nal\"ice\n", "username,x\nalice,\"\"\"\"\n", "username,x\nalice,\"a \"\" b\"\n",
        "username,x\n\" alice\",\"\"\" a\"\n", "username,x\nalice,\"\"\"\"\" \"\n"
    })
    void is_taken(String text) throws Exception {
        assertThat(UsersFile.check(bytes(text)).bytes()).isEqualTo(text.getBytes(UTF_8).length);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '^', value = {
        "^^|The file is empty; it needs a header with the column username, and a row for each user.",
        "username|The file has a header, but no users; add a row for each, or leave the users file out.",
        "name,email~a,a@b.cd|Line 1 is the header, and has no column username; name the column that holds the users so.",
        "username;email~a;b|Line 1 is the header, and has no column username; separate the columns by commas.",
        "username,x,Username~a,b,c|Line 1, column 3 (Username) repeats column 1; rename or remove one.",
        "username,,x~a,b,c|Line 1, column 2 () has no name; name each column in the header.",
        "username,email~a|Line 2 has 1 column where the header has 2; add what is missing, or quote the field that has a comma in it.",
        "username~a,b,c|Line 2 has 3 columns where the header has 1; add what is missing, or quote the field that has a comma in it.",
        "username,x~a,b~~c,d|Line 3 is empty; remove it.",
        "username,x~,b|Line 2, column 1 (username) is empty; each user needs a name.",
        "username~a~b~a|Line 4, column 1 (username) is the username of line 2 again; each may stand once.",
        "x,username~\"1~2,a|Line 2, column 1 (x) begins with a quote that is never closed; close it, or double it if it is meant as a character.",
        "username,x~a,b~c,\"d~e,f~|Line 3, column 2 (x) begins with a quote that is never closed; close it, or double it if it is meant as a character.",
        "username,x~a,\"b\"c~|Line 2, column 2 (x) has text after its closing quote; quote the whole field, and double the quotes in it.",
        "username,x~a,\"b\"\"\" ~|Line 2, column 2 (x) has text after its closing quote; quote the whole field, and double the quotes in it.",
        "username,x~a,\"\" ~|Line 2, column 2 (x) has text after its closing quote; quote the whole field, and double the quotes in it.",
        "\"username\" ,x~a,b~|Line 1, column 1 has text after its closing quote; quote the whole field, and double the quotes in it.",
        "username,x~\"a\" ,b~|Line 2, column 1 (username) has text after its closing quote; quote the whole field, and double the quotes in it.",
        "username,email~a,bob@|Line 2, column 2 (email) is not a mail address that can be used; write one such as jane.doe@example.com (ASCII, with a full domain).",
        "username,x~a,b§c|Line 2, column 2 (x) has a NUL character; remove it.",
        "username,x~a,b%c|Line 2, column 2 (x) has the control character U+001B; remove it.",
        "username,x~a,b&c|Line 2, column 2 (x) has the control character U+0085; remove it.",
        "username,x~alice,1~ alice ,2|Line 3, column 1 (username) is the username of line 2 again but for blanks or characters that cannot be seen; write each name once, and without them.",
        "username,x~\"alice\u200b\",1~alice,2|Line 3, column 1 (username) is the username of line 2 again but for blanks or characters that cannot be seen; write each name once, and without them.",
        "username,x~ali\u00adce,1~alice\u00a0,2|Line 3, column 1 (username) is the username of line 2 again but for blanks or characters that cannot be seen; write each name once, and without them.",
        "username,x~\u200b,1~b,2|Line 2, column 1 (username) is empty; each user needs a name.",
        "\ufeff\ufeffusername,x~a,b|Line 1, column 1 has a byte order mark, which may only begin the file; remove it.",
        "username,x~a,b\ufeff|Line 2, column 2 (x) has a byte order mark, which may only begin the file; remove it.",
        "username~a~<<<<<<< HEAD~b~=======~c~>>>>>>> main|Line 3, column 1 (username) is the mark of a merge conflict; resolve the conflict and remove its marks.",
        "username,x~a,1~=======~b,2|Line 3, column 1 (username) is the mark of a merge conflict; resolve the conflict and remove its marks.",
        "<<<<<<< HEAD~username~a|Line 1, column 1 is the mark of a merge conflict; resolve the conflict and remove its marks.",
        "sep=,~username,x~a,b|Line 1, column 1 is for a spreadsheet program alone; remove the line, so that the file begins with the header.",
        "SEP=;~username;x~a;b|Line 1, column 1 is for a spreadsheet program alone; remove the line, so that the file begins with the header.",
        "username#x~a#b|Line 1, column 1 has a tab, which RFC 4180 does not allow; separate columns by commas, and write spaces within one."
    })
    void is_refused_with_its_place(String text, String message) {
        // Marks for what the table cannot hold: ~ line break, § NUL, % escape, & next line, # tab.
        String file = text.replace('~', '\n').replace('§', '\0').replace('%', '\u001b').replace('&', '\u0085').replace('#', '\t');

        assertThat(violations(bytes(file)).get(0)).satisfies(first -> {
            assertThat(first.field()).isEqualTo("users");
            assertThat(first.message()).isEqualTo(message);
        });
    }

    @Test
    void lines_are_counted_through_line_breaks_in_fields() {
        List<Violation> violations = violations(bytes("x,username,email\r\n\"1\r\n2\n3\",a,bad\r\nb,a\u0007,bad\r\n\"\n\",,\r\n"));

        assertThat(violations).extracting(Violation::message).satisfiesExactly(
                first -> assertThat(first).startsWith("Line 4, column 3 (email)"),
                second -> assertThat(second).startsWith("Line 5, column 2 (username) has the control character U+0007"),
                third -> assertThat(third).startsWith("Line 5, column 3 (email)"),
                fourth -> assertThat(fourth).startsWith("Line 7, column 2 (username) is empty"));
    }

    @Test
    void what_is_not_utf8_is_told_by_byte_offset() {
        ByteArrayOutputStream file = new ByteArrayOutputStream();
        file.writeBytes("\uFEFFusername,x\nJörg,a\nJ".getBytes(UTF_8));
        file.write(0xF6);
        file.writeBytes("rg,b\n".getBytes(UTF_8));
        file.writeBytes(new byte[] {'\n', 'c', ',', (byte) 0xED, (byte) 0xA0, (byte) 0x80});

        assertThat(violations(new ByteArrayInputStream(file.toByteArray()))).extracting(Violation::message).containsExactly(
                "Line 3, column 1 (username) is not valid UTF-8 at byte offset 23 (from 0) of the file; save the file as UTF-8.",
                "Line 4 is empty; remove it.",
                "Line 5, column 2 (x) is not valid UTF-8 at byte offset 32 (from 0) of the file; save the file as UTF-8.");
    }

    @ParameterizedTest
    @ValueSource(strings = {"UTF-16", "UTF-16LE", "UTF-16BE", "UTF-32", "UTF-32LE", "UTF-32BE", "X-UTF-16LE-BOM", "X-UTF-32BE-BOM"})
    void a_file_in_another_unicode_encoding_is_told_so_in_one_line_with_or_without_a_mark(String charset) throws Exception {
        for (String text : List.of("username\nalice\n", "\"Jörg\",username\n1,a\n", "名前,username\n1,a\n")) {
            assertThat(violations(new ByteArrayInputStream(text.getBytes(charset)))).extracting(Violation::message)
                    .containsExactly("The file is " + charset.replaceAll("X-|[LB]E.*", "") + "; save it as UTF-8.");
        }
    }

    @Test
    void all_marks_of_a_merge_conflict_are_told() {
        assertThat(violations(bytes("username,x\n<<<<<<< HEAD\na,1\n||||||| base\na,0\n=======\na,2\n>>>>>>> main\n")))
                .extracting(Violation::message).filteredOn(message -> message.contains("merge conflict")).hasSize(4);
    }

    @Test
    void a_file_that_is_no_text_ends_soon() {
        byte[] noise = new byte[10_000_000];
        new Random(1).nextBytes(noise);

        assertThat(violations(new ByteArrayInputStream(noise)).size()).isBetween(1, 21);
    }

    @Test
    void many_problems_are_told_by_the_first_twenty_and_a_count() {
        List<Violation> violations = violations(bytes("username\n" + "a\n".repeat(1001)));

        assertThat(violations).hasSize(21);
        assertThat(violations.get(20).message()).isEqualTo("There are 980 more problems; mend these first.");
    }

    @Test
    void an_open_quote_does_not_swallow_the_memory() {
        InputStream endless = new SequenceInputStream(bytes("username\na\n\"b\n"), new InputStream() {
            @Override
            public int read() {
                return 'x';
            }
        });

        assertThat(violations(endless)).extracting(Violation::message).containsExactly(
                "The file has a row of more than 1048576 characters; most likely a quote is not closed; reading stopped after line 2.");
    }

    @Test
    void a_broken_disk_is_not_a_broken_file() {
        InputStream broken = new InputStream() {
            @Override
            public int read() throws IOException {
                throw new IOException("disk");
            }
        };

        assertThatThrownBy(() -> UsersFile.check(broken)).isInstanceOf(IOException.class).hasMessage("disk");
    }

    /** Readers hand on 8,192 characters at a time: whatever is wrong must be seen wherever they part. */
    @ParameterizedTest
    @ValueSource(strings = {"\"b\" ", "\"b\"\"\" ", "b\u0007", "b\uFFFF", "\"b"})
    void what_is_wrong_is_seen_across_the_edges_of_buffers(String wrong) {
        for (int padding = 8_150; padding < 8_200; padding++) {
            String text = "username,x\na," + "p".repeat(padding) + "\nb," + wrong + "\n";

            assertThat(violations(bytes(text))).as("%s after %s", wrong, padding).singleElement().extracting(Violation::message).asString()
                    .startsWith("Line 3, column 2 (x) ");
        }
    }

    /** Compares with the JDK's decoder, over reads of every size. */
    @Test
    void decodes_as_the_jdk_does() throws Exception {
        Random random = new Random(42);
        for (int round = 0; round < 200; round++) {
            StringBuilder text = new StringBuilder();
            random.ints(random.nextInt(100_000), 0x20, 0x20000).filter(c -> c < 0xD800 || c > 0xDFFF).filter(c -> c != 0xFFFF).limit(40_000)
                    .forEach(text::appendCodePoint);
            byte[] utf8 = text.toString().getBytes(UTF_8);
            Utf8Reader reader = new Utf8Reader(new ByteArrayInputStream(utf8));
            StringBuilder read = new StringBuilder();
            char[] buffer = new char[1 + random.nextInt(9000)];
            for (int n = reader.read(buffer, 0, buffer.length); n >= 0; n = reader.read(buffer, 0, buffer.length)) {
                read.append(buffer, 0, n);
                reader.release(read.length());
            }
            assertThat(read.toString().equals(text.toString())).isTrue();
            assertThat(reader.byteCount()).isEqualTo(utf8.length);
        }
    }

    private static InputStream bytes(String text) {
        return new ByteArrayInputStream(text.getBytes(UTF_8));
    }

    private static List<Violation> violations(InputStream file) {
        try {
            throw new AssertionError("taken: " + UsersFile.check(file));
        } catch (InvalidUsersFileException e) {
            return e.violations();
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }
}
