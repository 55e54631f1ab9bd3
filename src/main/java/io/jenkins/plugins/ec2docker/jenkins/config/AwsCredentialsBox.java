package io.jenkins.plugins.ec2docker.jenkins.config;

import com.cloudbees.jenkins.plugins.awscredentials.AmazonWebServicesCredentials;
import com.cloudbees.plugins.credentials.CredentialsProvider;
import com.cloudbees.plugins.credentials.common.StandardListBoxModel;
import edu.umd.cs.findbugs.annotations.CheckForNull;
import hudson.Util;
import hudson.model.Item;
import hudson.model.Queue;
import hudson.model.queue.Tasks;
import hudson.security.ACL;
import hudson.util.ListBoxModel;
import jenkins.model.Jenkins;

/** The AWS credentials that a job may use, for a drop-down; who may not see them gets nothing but what is chosen already. */
public final class AwsCredentialsBox {
    private AwsCredentialsBox() {}

    /**
     * @param item the job, or null for the global store
     * @param chosen stays in the list whatever it is
     */
    public static ListBoxModel of(@CheckForNull Item item, @CheckForNull String chosen) {
        StandardListBoxModel box = new StandardListBoxModel();
        boolean mayLook = item == null
                ? Jenkins.get().hasPermission(Jenkins.ADMINISTER)
                : item.hasPermission(Item.EXTENDED_READ) || item.hasPermission(CredentialsProvider.USE_ITEM);
        if (!mayLook) {
            return box.includeCurrentValue(Util.fixNull(chosen));
        }
        return box.includeEmptyValue()
                .includeAs(item instanceof Queue.Task task ? Tasks.getAuthenticationOf2(task) : ACL.SYSTEM2, item,
                        AmazonWebServicesCredentials.class)
                .includeCurrentValue(Util.fixNull(chosen));
    }
}
