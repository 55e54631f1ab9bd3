package io.jenkins.plugins.ec2docker.aws.state;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.jenkins.plugins.ec2docker.aws.access.AwsSettings;
import io.jenkins.plugins.ec2docker.aws.access.SessionCredentials;
import io.jenkins.plugins.ec2docker.aws.errors.AwsException;
import io.jenkins.plugins.ec2docker.testing.Moto;
import io.jenkins.plugins.ec2docker.testing.MotoExtension;
import io.jenkins.plugins.ec2docker.testing.StateBucket;
import java.time.Instant;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The protocol of Terraform's backend, without Terraform: what is read, written and locked in S3 and in a lock table. */
@ExtendWith(MotoExtension.class)
class RemoteStateTest {

    private static final String KEY = "team/web-1/terraform.tfstate";
    private static final SessionCredentials KEYS = SessionCredentials.ofUser("test", "test");
    private static final byte[] BOB =
            "{\"ID\":\"1234\",\"Operation\":\"OperationTypeApply\",\"Who\":\"bob@desk\",\"Created\":\"2026-11-25T21:00:00.5Z\"}"
                    .getBytes(UTF_8);

    private Map<String, String> environment;
    private StateBucket bucket;

    @BeforeEach
    void make(Moto aws) {
        aws.reset();
        environment = aws.environment();
        bucket = StateBucket.make(aws, "states");
        bucket.makeLockTable("locks");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "locks"})
    void what_is_written_can_be_read_and_nothing_stays_locked(String table) throws Exception {
        RemoteState copy = copy(table);
        assertThat(copy.read(KEYS)).isEmpty();

        copy.write(KEYS, "alice", null, "one".getBytes(UTF_8));
        copy.write(KEYS, "alice", "one".getBytes(UTF_8), "two".getBytes(UTF_8));

        assertThat(copy.read(KEYS)).contains("two".getBytes(UTF_8));
        assertThat(copy.holder(KEYS)).isEmpty();
        assertThat(bucket.keys()).containsExactly(KEY);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "locks"})
    void a_lock_of_somebody_else_keeps_everybody_out_and_says_whose_it_is(String table) throws Exception {
        RemoteState copy = copy(table);
        bucket.write(KEY + ".tflock", BOB);
        String whose = "The state s3://states/" + KEY
                + " is locked by bob@desk since 2026-11-25T21:00:00Z (apply), lock 1234. Wait for that to end.";

        assertThatThrownBy(() -> copy.requireFree(KEYS)).hasMessageStartingWith(whose);
        assertThatThrownBy(() -> copy.write(KEYS, "alice", null, "one".getBytes(UTF_8))).hasMessageStartingWith(whose);
        assertThat(copy.read(KEYS)).isEmpty();

        assertThatThrownBy(() -> copy.unlock(KEYS, "4711")).hasMessageContaining("is not locked by 4711, but by bob@desk");
        copy.unlock(KEYS, "1234");
        copy.requireFree(KEYS);
        copy.write(KEYS, "alice", null, "one".getBytes(UTF_8));
    }

    @Test
    void a_lock_in_the_table_alone_counts_as_well() throws Exception {
        DynamoDbStateLock table = new DynamoDbStateLock(AwsSettings.of(StateBucket.REGION, environment), KEYS, address("locks"));
        assertThat(table.take(BOB)).isTrue();
        assertThat(table.take(BOB)).isFalse();

        assertThatThrownBy(() -> copy("locks").write(KEYS, "alice", null, "one".getBytes(UTF_8)))
                .hasMessageContaining("is locked by bob@desk");
        assertThat(bucket.keys()).as("no lock of its own is left beside").isEmpty();
    }

    @Test
    void a_lock_that_a_killed_copy_left_is_no_obstacle() throws Exception {
        TerraformLockInfo left = TerraformLockInfo.ours("1", "alice", Instant.EPOCH);
        assertThat(new S3StateObject(address(""), environment).take(KEYS, left)).isTrue();

        copy("").requireFree(KEYS);

        assertThat(copy("").holder(KEYS)).isEmpty();
    }

    @Test
    void what_somebody_changed_meanwhile_is_not_written_over() throws Exception {
        bucket.write(KEY, "theirs".getBytes(UTF_8));

        assertThatThrownBy(() -> copy("").write(KEYS, "alice", null, "ours".getBytes(UTF_8)))
                .hasMessage("The state in s3://states/" + KEY
                        + " has just been changed by somebody else. Nothing was written over it; try again.");
        assertThat(bucket.read(KEY)).contains("theirs".getBytes(UTF_8));
        assertThat(bucket.keys()).containsExactly(KEY);
    }

    @Test
    void a_bucket_that_is_not_there_is_named() {
        RemoteState copy = new RemoteState(new S3StateAddress("nowhere", KEY, StateBucket.REGION, null, null), environment);

        assertThatThrownBy(() -> copy.read(KEYS)).isInstanceOf(AwsException.class).hasMessageContaining("NoSuchBucket")
                .hasMessageContaining("s3:GetObject");
    }

    private RemoteState copy(String table) {
        return new RemoteState(address(table), environment);
    }

    private static S3StateAddress address(String table) {
        return new S3StateAddress("states", KEY, StateBucket.REGION, null, table.isEmpty() ? null : table);
    }
}
