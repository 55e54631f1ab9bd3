package io.jenkins.plugins.ec2docker.jenkins.form;

import hudson.ExtensionPoint;
import hudson.model.Describable;
import java.io.Serializable;
import java.util.Map;

/**
 * A part of a request that has fields of its own, as Jenkins binds and shows it. Holds what was asked for as it was written; whether that
 * is
 * right is for the engine's parser to say.
 */
public abstract class RequestBean<T extends RequestBean<T>> implements Describable<T>, ExtensionPoint, Serializable {
    private static final long serialVersionUID = 1L;

    /** The section in the request's own field names, without what was not given. */
    public abstract Map<String, Object> document();
}
