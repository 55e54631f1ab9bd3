package io.jenkins.plugins.ec2docker.jenkins.form;

import edu.umd.cs.findbugs.annotations.CheckForNull;
import hudson.Extension;
import hudson.Util;
import hudson.model.Item;
import hudson.util.ComboBoxModel;
import hudson.util.FormValidation;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jenkinsci.Symbol;
import org.kohsuke.stapler.AncestorInPath;
import org.kohsuke.stapler.DataBoundConstructor;
import org.kohsuke.stapler.DataBoundSetter;
import org.kohsuke.stapler.QueryParameter;
import org.kohsuke.stapler.verb.POST;

/** Where the instance of a request stands and who reaches it. */
public final class AppNetwork extends RequestBean<AppNetwork> {
    private static final long serialVersionUID = 1L;

    @CheckForNull
    private String vpcId;
    @CheckForNull
    private String subnetId;
    @CheckForNull
    private List<String> ingressCidrs;
    @CheckForNull
    private List<String> sshCidrs;
    @CheckForNull
    private String publicIp;
    @CheckForNull
    private String elasticIp;

    @DataBoundConstructor
    public AppNetwork() {}

    @CheckForNull
    public String getVpcId() {
        return vpcId;
    }

    @DataBoundSetter
    public void setVpcId(@CheckForNull String vpcId) {
        this.vpcId = Util.fixEmpty(vpcId);
    }

    @CheckForNull
    public String getSubnetId() {
        return subnetId;
    }

    @DataBoundSetter
    public void setSubnetId(@CheckForNull String subnetId) {
        this.subnetId = Util.fixEmpty(subnetId);
    }

    /** Null for the default, which is everybody; empty for nobody. */
    @CheckForNull
    public List<String> getIngressCidrs() {
        return ingressCidrs;
    }

    @DataBoundSetter
    public void setIngressCidrs(@CheckForNull List<String> ingressCidrs) {
        this.ingressCidrs = ingressCidrs == null ? null : new ArrayList<>(ingressCidrs);
    }

    @CheckForNull
    public List<String> getSshCidrs() {
        return sshCidrs;
    }

    @DataBoundSetter
    public void setSshCidrs(@CheckForNull List<String> sshCidrs) {
        this.sshCidrs = OptionalLists.orNull(sshCidrs);
    }

    /** {@code true}, {@code false}, or null where the subnet decides. */
    @CheckForNull
    public String getPublicIp() {
        return publicIp;
    }

    @DataBoundSetter
    public void setPublicIp(@CheckForNull String publicIp) {
        this.publicIp = Util.fixEmpty(publicIp);
    }

    /** {@code true}, {@code false} or null, which is the same. */
    @CheckForNull
    public String getElasticIp() {
        return elasticIp;
    }

    @DataBoundSetter
    public void setElasticIp(@CheckForNull String elasticIp) {
        this.elasticIp = Util.fixEmpty(elasticIp);
    }

    @Override
    public Map<String, Object> document() {
        return new DocumentBuilder()
                .text("vpcId", vpcId)
                .text("subnetId", subnetId)
                // Empty means nobody, which is not the default.
                .put("ingressCidrs", ingressCidrs)
                .list("sshCidrs", sshCidrs)
                .text("publicIp", publicIp)
                .text("elasticIp", elasticIp)
                .map();
    }

    @Extension
    @Symbol("appNetwork")
    public static final class DescriptorImpl extends RequestBeanDescriptor<AppNetwork> {
        @Override
        public String getDisplayName() {
            return Messages.AppNetwork_DisplayName();
        }

        @POST
        public ComboBoxModel doFillPublicIpItems(@CheckForNull @AncestorInPath Item item) {
            FieldValidation.in(item);
            return new ComboBoxModel("true", "false");
        }

        @POST
        public ComboBoxModel doFillElasticIpItems(@CheckForNull @AncestorInPath Item item) {
            FieldValidation.in(item);
            return new ComboBoxModel("true", "false");
        }

        @POST
        public FormValidation doCheckVpcId(@CheckForNull @AncestorInPath Item item, @CheckForNull @QueryParameter String value) {
            return FieldValidation.in(item).text("network.vpcId", value);
        }

        @POST
        public FormValidation doCheckSubnetId(@CheckForNull @AncestorInPath Item item, @CheckForNull @QueryParameter String value) {
            return FieldValidation.in(item).text("network.subnetId", value);
        }

        @POST
        public FormValidation doCheckIngressCidrs(@CheckForNull @AncestorInPath Item item, @CheckForNull @QueryParameter String value) {
            return FieldValidation.in(item).lines("network.ingressCidrs", value);
        }

        @POST
        public FormValidation doCheckSshCidrs(@CheckForNull @AncestorInPath Item item, @CheckForNull @QueryParameter String value) {
            return FieldValidation.in(item).lines("network.sshCidrs", value);
        }

        @POST
        public FormValidation doCheckPublicIp(@CheckForNull @AncestorInPath Item item, @CheckForNull @QueryParameter String value) {
            return FieldValidation.in(item).text("network.publicIp", value);
        }

        @POST
        public FormValidation doCheckElasticIp(@CheckForNull @AncestorInPath Item item, @CheckForNull @QueryParameter String value) {
            return FieldValidation.in(item).text("network.elasticIp", value);
        }
    }
}
