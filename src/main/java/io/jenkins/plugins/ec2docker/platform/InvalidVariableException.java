package io.jenkins.plugins.ec2docker.platform;

/** A variable of the environment does not hold what it is for; the message is a sentence with the variable, the rule and the way out. */
public final class InvalidVariableException extends IllegalArgumentException {
    private static final long serialVersionUID = 1L;

    public InvalidVariableException(String message) {
        super(message);
    }
}
