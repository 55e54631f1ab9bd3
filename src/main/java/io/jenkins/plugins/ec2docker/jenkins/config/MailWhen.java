package io.jenkins.plugins.ec2docker.jenkins.config;

/** Which ends of runs are told by mail. */
public enum MailWhen {
    ALWAYS,
    FAILURE,
    NEVER;

    /** As a person reads it in the form. */
    public String text() {
        return switch (this) {
            case ALWAYS -> Messages.MailWhen_Always();
            case FAILURE -> Messages.MailWhen_Failure();
            case NEVER -> Messages.MailWhen_Never();
        };
    }
}
