package io.jenkins.plugins.ec2docker.run.site;

import static org.assertj.core.api.Assertions.assertThat;

import io.jenkins.plugins.ec2docker.blueprint.instance.InstanceRequestFields;
import io.jenkins.plugins.ec2docker.terraform.events.Event;
import io.jenkins.plugins.ec2docker.terraform.process.ProcessStatus;
import org.junit.jupiter.api.Test;

class TerraformErrorsTest {

    @Test
    void an_error_about_what_was_looked_up_names_the_field_of_the_request() {
        assertThat(told("data.aws_subnet.this[\"20261126-075012-c2804bed\"]", "no matching EC2 Subnet found"))
                .isEqualTo("terraform plan failed. Error: data.aws_subnet.this[\"20261126-075012-c2804bed\"]: no matching EC2 Subnet found."
                        + " It comes from network.subnetId in the request.");
    }

    @Test
    void every_other_error_stands_as_it_is() {
        assertThat(told("aws_instance.this[\"x\"]", "creating EC2 Instance: no capacity"))
                .isEqualTo("terraform plan failed. Error: aws_instance.this[\"x\"]: creating EC2 Instance: no capacity.");
        assertThat(told(null, "no reason")).isEqualTo("terraform plan failed. Error: no reason.");
    }

    private static String told(String address, String summary) {
        TerraformErrors errors = new TerraformErrors(InstanceRequestFields::field);
        errors.accept(new Event.Diagnostic(Event.Severity.ERROR, summary, "", address, null, 0));
        errors.accept(new Event.Diagnostic(Event.Severity.ERROR, "a later one", "", null, null, 0));
        return errors.outcome("plan", new ProcessStatus.Finished(1), false, "").message();
    }
}
