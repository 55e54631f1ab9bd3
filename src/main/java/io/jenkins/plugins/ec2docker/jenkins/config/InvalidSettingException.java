package io.jenkins.plugins.ec2docker.jenkins.config;

import hudson.model.Descriptor.FormException;

/** A setting breaks a rule. The message is for the administrator: it names the field, the value, the rule and the way out. */
public final class InvalidSettingException extends IllegalArgumentException {
    private static final long serialVersionUID = 1L;

    private final String field;
    private final String sentences;

    /** @param sentences what is wrong, with the labels of the form */
    InvalidSettingException(String field, String message, String sentences) {
        super(message);
        this.field = field;
        this.sentences = sentences;
    }

    /** What a form is told of a setting that broke a rule; anything else is thrown on. */
    static FormException refused(RuntimeException e) {
        for (Throwable cause = e; cause != null; cause = cause.getCause()) {
            if (cause instanceof InvalidSettingException invalid) {
                return new FormException(
                        Messages.Rules_NotSaved(SettingRules.label(invalid.field), invalid.sentences), invalid, invalid.field);
            }
        }
        throw e;
    }

    /** Name of the field, as in the form and in JCasC. */
    public String field() {
        return field;
    }
}
