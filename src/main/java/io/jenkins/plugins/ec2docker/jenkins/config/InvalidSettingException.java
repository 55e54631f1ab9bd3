package io.jenkins.plugins.ec2docker.jenkins.config;

/** A setting breaks a rule. The message is for the administrator: it names the field, the value, the rule and the way out. */
public final class InvalidSettingException extends IllegalArgumentException {
    private static final long serialVersionUID = 1L;

    private final String field;

    InvalidSettingException(String field, String message) {
        super(message);
        this.field = field;
    }

    /** Name of the field, as in the form and in JCasC. */
    public String field() {
        return field;
    }
}
