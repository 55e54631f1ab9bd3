package io.jenkins.plugins.ec2docker.run.model;

/** One thing that a run asks its shell to do. Several may be under way at once; {@link ProvisioningRun} says which may start when. */
public enum Action {
    /** Render the bootstrap and lay out the workspace, with the deployment's latest state in it. */
    PREPARE(Stage.PREPARE, false),
    /** Obtain the session that Terraform will use, and learn whose account it is. */
    ASSUME_ROLE(Stage.PREPARE, false),
    INIT(Stage.INIT, true),
    VALIDATE(Stage.VALIDATE, true),
    PLAN(Stage.PLAN, true),
    /** Read the plan back with {@code terraform show} and hold it against the guardrails. */
    REVIEW(Stage.REVIEW, true),
    /** Carry out the reviewed plan, and keep the state however that ends. */
    APPLY(Stage.APPLY, true),
    /** Give the containers of the instance that serves their new images. */
    REDEPLOY(Stage.REDEPLOY, false),
    /** Ask AWS, and the service itself, whether what was applied is there. */
    VERIFY(Stage.VERIFY, false),
    /** Remove from AWS what an apply created there that did not succeed, and that its Terraform could not save. */
    RECLAIM(Stage.RECLAIM, false),
    /** Let the verified instance take over from the one that served so far, which goes. */
    CUTOVER(Stage.CUTOVER, true),
    /** Remove the instance that was to take over; the one that serves stays as it is. */
    RETREAT(Stage.RETREAT, true),
    /** Give the containers of the instance that serves the images back that they had before. */
    RESTORE(Stage.RESTORE, false),
    /** Remove everything in the state, and keep the state however that ends. */
    DESTROY(Stage.DESTROY, true);

    private final Stage stage;
    private final boolean terraform;

    Action(Stage stage, boolean terraform) {
        this.stage = stage;
        this.terraform = terraform;
    }

    public Stage stage() {
        return stage;
    }

    /** Whether this runs a Terraform process, which an interrupt must reach and which must then be waited for. */
    public boolean runsTerraform() {
        return terraform;
    }

    /** Whether this can create, change or remove something in AWS that a state knows. */
    public boolean changesAws() {
        return this == APPLY || this == CUTOVER || this == RETREAT || this == DESTROY;
    }
}
