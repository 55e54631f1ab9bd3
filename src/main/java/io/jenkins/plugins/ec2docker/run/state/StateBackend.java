package io.jenkins.plugins.ec2docker.run.state;

import com.fasterxml.jackson.databind.ObjectMapper;
import edu.umd.cs.findbugs.annotations.CheckForNull;
import io.jenkins.plugins.ec2docker.aws.errors.AwsException;
import io.jenkins.plugins.ec2docker.aws.session.SessionKeys;
import io.jenkins.plugins.ec2docker.aws.state.RemoteState;
import io.jenkins.plugins.ec2docker.aws.state.S3StateAddress;
import io.jenkins.plugins.ec2docker.aws.state.TerraformLockInfo;
import io.jenkins.plugins.ec2docker.run.config.RunSettings;
import io.jenkins.plugins.ec2docker.run.config.S3BackendSetting;
import io.jenkins.plugins.ec2docker.run.config.StateBackendSetting;
import io.jenkins.plugins.ec2docker.run.model.Deployment;
import io.jenkins.plugins.ec2docker.run.model.Purpose;
import io.jenkins.plugins.ec2docker.run.store.DeploymentStore;
import io.jenkins.plugins.ec2docker.run.store.StateVersions;
import io.jenkins.plugins.ec2docker.terraform.command.WorkspaceFiles;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * Where the state of deployments is while Terraform works: beside its configuration, from where the store takes it, or in S3 by Terraform's own
 * backend. Of a state in S3 the store has a copy as well, version by version.
 *
 * <p>Which of the two it is, the store remembers for each deployment, so that no other setting makes Terraform begin with nothing. Before
 * Terraform works, store and S3 are brought to the newer of their two copies; needs the deployment's lock.
 */
public final class StateBackend {

    /** Terraform takes it by itself, as it does every file of that ending. */
    static final String FILE = "backend.tf.json";

    private static final ObjectMapper MAPPER = new ObjectMapper();

    private final DeploymentStore store;
    private final RunSettings settings;
    private final SessionKeys keys;
    private final Consumer<String> notes;

    public StateBackend(DeploymentStore store, RunSettings settings, SessionKeys keys, Consumer<String> notes) {
        this.store = store;
        this.settings = settings;
        this.keys = keys;
        this.notes = notes;
    }

    /** Whether Terraform needs keys to reach the state. */
    public boolean isInS3(Deployment deployment) throws IOException {
        return store.s3(deployment).isPresent();
    }

    /**
     * Decides where a new deployment's state will be, moves that of an older one where the setting wants that, and brings both copies to the
     * newer one.
     *
     * @return what is to be laid beside the configuration: null where Terraform gets the state from S3, or begins with none
     */
    @CheckForNull
    public synchronized byte[] open(Deployment deployment, Purpose purpose) throws IOException, AwsException {
        StateBackendSetting wanted = settings.state();
        S3BackendSetting bucket = wanted.s3();
        if (deployment.isGone() && purpose != Purpose.PLAN && bucket != null && !isInS3(deployment)) {
            store.saveS3(deployment, bucket.address(deployment.id()));
        }
        if (wanted.moves() && purpose.provisions() && !deployment.isGone()) {
            new StateMigration(store, settings, keys, notes).to(deployment, bucket);
        }
        Optional<S3StateAddress> s3 = store.s3(deployment);
        if (bucket != null && !Optional.of(bucket.address(deployment.id())).equals(s3) && purpose.provisions()) {
            notes.accept("The state of deployment \"" + deployment.name() + "\" stays "
                    + s3.map(there -> "in " + there).orElse("in the state directory")
                    + ", where it is; \"ec2-docker state migrate\" moves it.");
        }
        if (s3.isEmpty()) {
            return store.latestState(deployment);
        }
        requireFree(deployment, s3.get());
        agree(deployment, s3.get());
        return null;
    }

    /**
     * Makes the store's copy the newest, so that nothing knows what it does not know.
     *
     * @throws IOException if that cannot be said, for S3 does not answer or somebody is at work there; a sentence
     */
    public synchronized void refresh(Deployment deployment) throws IOException {
        Optional<S3StateAddress> s3 = store.s3(deployment);
        try {
            if (s3.isPresent()) {
                requireFree(deployment, s3.get());
                agree(deployment, s3.get());
            }
        } catch (IOException | AwsException e) {
            throw new IOException("What Terraform created but could not save is not looked for: " + e.getMessage(), e);
        }
    }

    /** The workspace with what tells Terraform where the state is. Holds no secret: keys reach Terraform by its environment. */
    public WorkspaceFiles with(Deployment deployment, WorkspaceFiles files) throws IOException {
        Optional<S3StateAddress> s3 = store.s3(deployment);
        if (s3.isEmpty()) {
            return files;
        }
        Map<String, byte[]> contents = new LinkedHashMap<>(files.contents());
        contents.put(FILE, configuration(s3.get()).getBytes(StandardCharsets.UTF_8));
        return new WorkspaceFiles(contents);
    }

    /**
     * The newest state after Terraform has worked, once it is in the store.
     *
     * @param runId under which the store keeps it
     * @param beside what Terraform has left beside its configuration: with S3, only what it could not write there
     */
    public synchronized Optional<byte[]> keep(Deployment deployment, String runId, Optional<byte[]> beside)
            throws IOException, AwsException {
        Optional<S3StateAddress> s3 = store.s3(deployment);
        Optional<byte[]> there;
        try {
            there = s3.isEmpty() ? Optional.empty() : copy(s3.get()).read(keys.get());
        } catch (AwsException e) {
            add(deployment, runId, beside);
            throw e;
        }
        StateComparison order = s3.isEmpty() ? StateComparison.STORE_IS_NEWER : StateComparison.of(beside.orElse(null), there.orElse(null));
        if (order != StateComparison.STORE_IS_NEWER) {
            return add(deployment, runId, there);
        }
        add(deployment, runId, beside);
        if (s3.isEmpty()) {
            return beside;
        }
        notes.accept("Terraform could not write its last state to " + s3.get() + ". It is kept here, and brought there now.");
        copy(s3.get()).write(keys.get(), settings.who(), there.orElse(null), beside.get());
        return beside;
    }

    private Optional<byte[]> add(Deployment deployment, String runId, Optional<byte[]> state) throws IOException {
        if (state.isPresent()) {
            store.states(deployment.name()).add(runId, state.get());
        }
        return state;
    }

    /** Takes a lock away that was left by a Terraform of ours that is dead for certain; of every other one it is said who has it. */
    void requireFree(Deployment deployment, S3StateAddress s3) throws IOException, AwsException {
        RemoteState copy = copy(s3);
        Optional<TerraformLockInfo> holder = copy.holder(keys.get());
        Optional<String> dead = holder.isPresent() ? StaleLock.of(store, deployment, holder.get()) : Optional.empty();
        if (dead.isPresent()) {
            copy.unlock(keys.get(), holder.get().id());
            notes.accept("Terraform of run " + dead.get() + " was killed and left its lock on " + s3 + ", which has been given free.");
        } else {
            copy.requireFree(keys.get());
        }
    }

    /** Brings both copies to the newer one. */
    void agree(Deployment deployment, S3StateAddress s3) throws IOException, AwsException {
        RemoteState copy = copy(s3);
        byte[] there = copy.read(keys.get()).orElse(null);
        byte[] known = known(deployment, there);
        switch (StateComparison.of(known, there)) {
            case S3_IS_NEWER -> store.states(deployment.name()).add("from-s3", there);
            case STORE_IS_NEWER -> {
                copy.write(keys.get(), settings.who(), there, known);
                notes.accept("The state in " + s3 + (there == null ? " was missing" : " was an older one")
                        + "; the latest has been brought there.");
            }
            case APART ->
                    throw new IOException("The state in " + s3 + " is of other resources than that of deployment \"" + deployment.name()
                            + "\": none is written over the other. Move the one in S3 away, then run again.");
            case SAME -> {}
        }
    }

    /** One that was brought back is meant to be the newest, whatever its serial was. */
    @CheckForNull
    private byte[] known(Deployment deployment, @CheckForNull byte[] there) throws IOException {
        byte[] latest = store.latestState(deployment);
        StateVersions versions = store.states(deployment.name());
        StateVersions.Version broughtBack = versions.latest().filter(version -> version.restored() != null).orElse(null);
        if (latest == null || broughtBack == null || StateComparison.of(latest, there) == StateComparison.APART) {
            return latest;
        }
        byte[] raised = StateComparison.raisedAbove(latest, there);
        versions.add(broughtBack.runId(), raised);
        return raised;
    }

    RemoteState copy(S3StateAddress address) {
        return new RemoteState(address, settings.environment());
    }

    private String configuration(S3StateAddress address) throws IOException {
        Map<String, Object> s3 = new LinkedHashMap<>();
        s3.put("bucket", address.bucket());
        s3.put("key", address.key());
        s3.put("region", address.region());
        s3.put("encrypt", true);
        s3.put("use_lockfile", true);
        if (address.kmsKey() != null) {
            s3.put("kms_key_id", address.kmsKey());
        }
        if (address.lockTable() != null) {
            s3.put("dynamodb_table", address.lockTable());
        }
        // The keys have been checked, and each command would ask STS again.
        s3.put("skip_credentials_validation", true);
        s3.put("skip_requesting_account_id", true);
        if (RemoteState.isElsewhere(settings.environment())) {
            s3.put("use_path_style", true);
        }
        return MAPPER.writerWithDefaultPrettyPrinter().writeValueAsString(Map.of("terraform", Map.of("backend", Map.of("s3", s3))));
    }
}
