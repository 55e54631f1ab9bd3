package io.jenkins.plugins.ec2docker.request.document;

/** What becomes of a value that breaks a rule while a document is read. The rule is noted in both modes. */
public enum ReadMode {
    /** The value is rejected: nothing comes of the document. For what is to be provisioned. */
    STRICT,
    /**
     * The value stays. What cannot be taken for a value of its field, such as a list for a number, counts as absent. For what was accepted
     * once and stored: rules may have become stricter since.
     */
    STORED
}
