package io.jenkins.plugins.ec2docker.provisioning;

/**
 * A name in programs of Pipelines that were stored while they waited in a step of this plugin, before its classes had their packages of today. A
 * program is read only where every class exists that it names. Nothing uses the value.
 */
public enum Purpose {
    PROVISION, ROLLBACK, PLAN, DESTROY
}
