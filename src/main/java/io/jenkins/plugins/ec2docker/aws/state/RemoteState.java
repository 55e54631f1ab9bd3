package io.jenkins.plugins.ec2docker.aws.state;

import edu.umd.cs.findbugs.annotations.CheckForNull;
import io.jenkins.plugins.ec2docker.aws.access.AwsSettings;
import io.jenkins.plugins.ec2docker.aws.access.SessionCredentials;
import io.jenkins.plugins.ec2docker.aws.errors.AwsException;
import java.io.IOException;
import java.time.Instant;
import java.util.Arrays;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;

/** A deployment's state in S3, for reading and for the rare writing that is not Terraform's own: under the lock that Terraform honours. */
public final class RemoteState {

    private final S3StateAddress address;
    private final S3StateObject s3;

    /** @param environment names another endpoint than AWS's own, and the proxy, as for Terraform */
    public RemoteState(S3StateAddress address, Map<String, String> environment) {
        this.address = address;
        this.s3 = new S3StateObject(address, environment);
    }

    /** Whether S3 is not where AWS has it, but a stand-in that knows buckets by paths. */
    public static boolean isElsewhere(Map<String, String> environment) {
        return AwsSettings.of("us-east-1", environment).endpoints().s3() != null;
    }

    /** Empty if there is none. */
    public Optional<byte[]> read(SessionCredentials keys) throws AwsException {
        return s3.read(keys);
    }

    /** Who has the lock; empty if nobody. */
    public Optional<TerraformLockInfo> holder(SessionCredentials keys) throws AwsException {
        return s3.holder(keys);
    }

    /**
     * Makes sure that nobody has the lock. One that is left over from {@link #write} is given free: whoever has the deployment's own lock knows
     * that nobody is at it any more.
     *
     * @throws IOException somebody has it; a sentence that says who
     */
    public void requireFree(SessionCredentials keys) throws AwsException, IOException {
        Optional<TerraformLockInfo> holder = holder(keys);
        if (holder.isPresent() && !holder.get().isOurs()) {
            throw held(holder.get());
        }
        if (holder.isPresent()) {
            s3.free(keys);
        }
    }

    /**
     * Writes a state over what is there.
     *
     * @param expected what is there now; null if nothing is
     * @throws IOException somebody has the lock or has changed the state, and nothing was written; or it cannot be read back
     */
    public void write(SessionCredentials keys, String who, @CheckForNull byte[] expected, byte[] state) throws AwsException, IOException {
        TerraformLockInfo ours = TerraformLockInfo.ours(UUID.randomUUID().toString(), who, Instant.now());
        if (!s3.take(keys, ours)) {
            throw held(holder(keys).orElse(new TerraformLockInfo("", "", "", "")));
        }
        try {
            if (!Arrays.equals(expected, s3.read(keys).orElse(null))) {
                throw new IOException(
                        "The state in " + address + " has just been changed by somebody else. Nothing was written over it; try again.");
            }
            s3.write(keys, state);
            if (!Arrays.equals(state, s3.read(keys).orElse(null))) {
                throw new IOException(
                        "The state that was written to " + address + " is not what can be read there. Look at the bucket, then try again.");
            }
        } finally {
            s3.free(keys);
        }
    }

    /**
     * Gives the lock free whose holder is dead.
     *
     * @param id of the lock that is meant, so that none is given free that was taken meanwhile
     * @throws IOException there is no such lock; a sentence
     */
    public void unlock(SessionCredentials keys, String id) throws AwsException, IOException {
        TerraformLockInfo holder = holder(keys).orElseThrow(() -> new IOException("The state " + address + " is not locked."));
        if (!holder.id().equals(id)) {
            throw new IOException("The state " + address + " is not locked by " + id + ", but by " + holder + ".");
        }
        s3.free(keys);
    }

    private IOException held(TerraformLockInfo holder) {
        return new IOException(
                "The state " + address + " is locked by " + holder + ". Wait for that to end. If it is dead already, give the lock free:"
                        + " on the deployment's page in Jenkins, by \"ec2-docker state unlock\", or by deleting " + address + ".tflock.");
    }
}
