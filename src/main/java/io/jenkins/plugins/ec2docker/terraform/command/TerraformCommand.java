package io.jenkins.plugins.ec2docker.terraform.command;

import java.util.ArrayList;
import java.util.List;

/**
 * One call of Terraform as it is typed: pure, so that a test can read it. Arguments are ours alone: what a user gave reaches Terraform through
 * {@code terraform.tfvars.json} and the environment, because arguments can be read by every user of the machine.
 *
 * @param name of the step, the subcommand's own
 * @param arguments after the program
 */
public record TerraformCommand(String name, List<String> arguments) {
    /** File of the saved plan, in the directory Terraform runs in. */
    public static final String PLAN_FILE = "terraform.tfplan";
    /** How long a command waits for the state's lock: our own lock per deployment comes first, so anyone else's is soon gone or never. */
    private static final String LOCK_TIMEOUT = "-lock-timeout=30s";

    public TerraformCommand {
        arguments = List.copyOf(arguments);
    }

    public static TerraformCommand version() {
        return new TerraformCommand("version", List.of("version", "-json"));
    }

    /** Installs exactly the providers of the blueprint's lock file, or fails. Prints events. */
    public static TerraformCommand init() {
        return new TerraformCommand("init", List.of("init", "-json", "-input=false", "-lockfile=readonly"));
    }

    /** Only downloads the providers. Prints events. */
    public static TerraformCommand initProviders() {
        return new TerraformCommand("init", List.of("init", "-json", "-input=false", "-backend=false", "-lockfile=readonly"));
    }

    /** Prints one document, see {@code ValidateResult}. */
    public static TerraformCommand validate() {
        return new TerraformCommand("validate", List.of("validate", "-json"));
    }

    /** Prints events; saves the plan as {@link #PLAN_FILE}. */
    public static TerraformCommand plan() {
        return plan("plan", List.of());
    }

    /** A plan to destroy everything; applied like any other. */
    public static TerraformCommand planDestroy() {
        return plan("plan", List.of("-destroy"));
    }

    /** A plan that only looks what changed outside of Terraform. */
    public static TerraformCommand planRefreshOnly() {
        return plan("plan", List.of("-refresh-only"));
    }

    private static TerraformCommand plan(String name, List<String> mode) {
        List<String> arguments = new ArrayList<>(List.of("plan", "-json", "-input=false", LOCK_TIMEOUT));
        arguments.addAll(mode);
        arguments.add("-out=" + PLAN_FILE);
        return new TerraformCommand(name, arguments);
    }

    /** Prints the saved plan as one document, see {@code PlanReader}. Holds secrets in clear. */
    public static TerraformCommand showPlan() {
        return new TerraformCommand("show", List.of("show", "-json", PLAN_FILE));
    }

    /** Does what the saved plan says, no more; prints events. */
    public static TerraformCommand apply() {
        return new TerraformCommand("apply", List.of("apply", "-json", "-input=false", LOCK_TIMEOUT, PLAN_FILE));
    }

    /**
     * Plans and applies in one process, by other variables than the saved plan's; prints events.
     *
     * @param variables file of them, which stands above {@code terraform.tfvars.json}
     */
    public static TerraformCommand applyWith(String variables) {
        return new TerraformCommand(
                "apply", List.of("apply", "-auto-approve", "-json", "-input=false", LOCK_TIMEOUT, "-var-file=" + variables));
    }

    /** Destroys all that the state knows, planning and applying in one process; prints events. */
    public static TerraformCommand destroy() {
        return new TerraformCommand("destroy", List.of("apply", "-destroy", "-auto-approve", "-json", "-input=false", LOCK_TIMEOUT));
    }

    /** Prints one document, see {@code TerraformOutputs#read}. Holds sensitive outputs in clear. */
    public static TerraformCommand output() {
        return new TerraformCommand("output", List.of("output", "-json"));
    }

    /** Prints the state, wherever it is kept, see {@code StateReader}. Holds secrets in clear. */
    public static TerraformCommand statePull() {
        return new TerraformCommand("state", List.of("state", "pull"));
    }

    /** The whole command line. */
    public List<String> with(TerraformBinary binary) {
        List<String> line = new ArrayList<>();
        line.add(binary.path().toString());
        line.addAll(arguments);
        return List.copyOf(line);
    }
}
