package io.jenkins.plugins.ec2docker.request.users;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;

class DuplicateUsernamesTest {

    @Test
    void finds_what_a_map_finds() {
        Random random = new Random(7);
        DuplicateUsernames usernames = new DuplicateUsernames();
        Map<String, Integer> firsts = new HashMap<>();
        List<DuplicateUsernames.Duplicate> expected = new ArrayList<>();
        for (int line = 2; line < 200_000; line++) {
            String name = Integer.toString(random.nextInt(1_000_000), 36) + (line % 3 == 0 ? "ü" : line % 7 == 0 ? "🚀" : "");
            assertThat(usernames.add(name, line)).isTrue();
            Integer first = firsts.putIfAbsent(name, line);
            if (first != null) {
                expected.add(new DuplicateUsernames.Duplicate(name, line, first));
            }
        }

        assertThat(expected).hasSizeGreaterThan(1_000);
        assertThat(usernames.duplicates().stream().map(d -> d.line() + " " + d.firstLine()).toList())
                .isEqualTo(expected.stream().map(d -> d.line() + " " + d.firstLine()).toList());
    }

    @Test
    void names_are_given_back_as_they_were() {
        DuplicateUsernames usernames = new DuplicateUsernames();
        usernames.add("alice", 2);
        usernames.add("Alice", 3);
        usernames.add("Jörg", 4);
        usernames.add("Jörg", 9);

        assertThat(usernames.duplicates()).containsExactly(new DuplicateUsernames.Duplicate("Jörg", 9, 4));
    }

    @Test
    void long_names_over_many_blocks_are_compared_whole() {
        DuplicateUsernames usernames = new DuplicateUsernames();
        String stem = "x".repeat(900_000);
        for (int line = 2; line < 20; line++) {
            assertThat(usernames.add(stem + line % 15, line)).isTrue();
        }

        assertThat(usernames.duplicates()).extracting(DuplicateUsernames.Duplicate::line).containsExactly(17, 18, 19);
    }

    @Test
    void says_when_there_is_no_more_room() {
        DuplicateUsernames usernames = new DuplicateUsernames();
        String name = "x".repeat(1_000_000);
        int count = 0;
        while (usernames.add(name, ++count)) {
            assertThat(count).isLessThan(100);
        }

        assertThat(count).isGreaterThan(11);
    }
}
