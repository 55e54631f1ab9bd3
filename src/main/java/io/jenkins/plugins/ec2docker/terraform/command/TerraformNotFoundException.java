package io.jenkins.plugins.ec2docker.terraform.command;

/** There is no Terraform here that can be used; the message is a sentence for whoever set the machine up. */
public class TerraformNotFoundException extends Exception {
    public TerraformNotFoundException(String message) {
        super(message);
    }
}
