package io.jenkins.plugins.ec2docker.bootstrap;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Locale;
import java.util.Map;
import java.util.Random;
import java.util.function.ToIntFunction;
import org.junit.jupiter.api.Test;

/**
 * How many users fit, beside one container: the figures of {@code docs/bootstrap.md}, for our way of packing and for those it was chosen
 * over. The files are made up but of the usual kind: names from lists of 36 first and 36 last names, or numbered users with a random token.
 */
class UserDataCapacityTest {
    private static final String[] FIRST = ("james mary robert patricia john jennifer michael linda david elizabeth william barbara "
            + "richard susan joseph jessica thomas sarah charles karen anna peter olga ivan wei li ahmed fatima juan maria lucas emma "
            + "noah sofia yuki amara").split(" ");
    private static final String[] LAST = ("smith johnson williams brown jones garcia miller davis rodriguez martinez hernandez lopez "
            + "gonzalez wilson anderson thomas taylor moore jackson martin lee perez thompson white harris sanchez clark ramirez lewis "
            + "robinson mueller schmidt novak kowalski sato okafor").split(" ");
    private static final String[] ROLES = {"admin", "developer", "viewer", "operator"};

    @Test
    void at_least_1270_users_with_name_address_and_role_fit() {
        assertThat(most(rows -> bootstrap(named(rows)))).isGreaterThanOrEqualTo(1_270);
    }

    @Test
    void at_least_740_users_with_name_address_and_a_random_token_fit() {
        assertThat(most(rows -> bootstrap(tokens(rows)))).isGreaterThanOrEqualTo(740);
    }

    @Test
    void base64_of_gzip_in_a_block_of_its_own_carries_the_most() {
        int chosen = most(rows -> bootstrap(named(rows)));
        int sameBlock = most(rows -> Gzip.of(bytes(script(payload(Gzip.of(named(rows)))))).length);
        int rawInside = most(rows -> Gzip.of(bytes(script(payload(named(rows))))).length);
        int outsideOnly = most(rows -> bytes(script(payload(Gzip.of(named(rows))))).length);

        assertThat(chosen).isGreaterThan(sameBlock);
        assertThat(sameBlock).isGreaterThan(rawInside);
        assertThat(rawInside).isGreaterThan(outsideOnly);
    }

    /** The size of the real user data with this users file. */
    private static int bootstrap(byte[] users) {
        try {
            return Bootstrap.render(new BootstrapInput(Requests.of(Requests.container("web")), users, "8f14e45f")).userData().length;
        } catch (BootstrapTooLargeException e) {
            return Integer.MAX_VALUE;
        }
    }

    private static String script(String users) {
        String compose = ComposeFile.of(Requests.of(Requests.container("web")).containers(), true);
        return BootScript.with(Map.of("RUN_ID", "8f14e45f", "COMPOSE", BootScript.payload(bytes(compose)), "USERS", users));
    }

    private static String payload(byte[] packed) {
        return Base64.getEncoder().encodeToString(packed);
    }

    /** The most rows whose user data is not larger than EC2 takes. */
    private static int most(ToIntFunction<Integer> userData) {
        int fits = 0;
        int tooMany = 5_000;
        while (tooMany - fits > 1) {
            int rows = (fits + tooMany) / 2;
            if (userData.applyAsInt(rows) <= UserData.LIMIT) {
                fits = rows;
            } else {
                tooMany = rows;
            }
        }
        return fits;
    }

    private static byte[] named(int rows) {
        Random random = new Random(1);
        StringBuilder csv = new StringBuilder("username,email,role\r\n");
        for (int i = 0; i < rows; i++) {
            String user = pick(FIRST, random) + "." + pick(LAST, random) + i;
            csv.append(user).append(',').append(user).append("@example.com,").append(pick(ROLES, random)).append("\r\n");
        }
        return bytes(csv.toString());
    }

    private static byte[] tokens(int rows) {
        Random random = new Random(1);
        StringBuilder csv = new StringBuilder("username,email,token\r\n");
        for (int i = 0; i < rows; i++) {
            csv.append("user").append(i).append(",user").append(i).append("@example.com,")
                    .append(String.format(Locale.ROOT, "%016x", random.nextLong())).append("\r\n");
        }
        return bytes(csv.toString());
    }

    private static String pick(String[] words, Random random) {
        return words[random.nextInt(words.length)];
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}
