package io.jenkins.plugins.ec2docker.run.site;

import static org.assertj.core.api.Assertions.assertThat;

import io.jenkins.plugins.ec2docker.blueprint.instance.InstanceRequestFields;
import io.jenkins.plugins.ec2docker.request.model.ProvisionRequest;
import io.jenkins.plugins.ec2docker.request.parse.RequestParser;
import io.jenkins.plugins.ec2docker.request.values.ParseResult;
import io.jenkins.plugins.ec2docker.terraform.events.Event;
import io.jenkins.plugins.ec2docker.terraform.process.ProcessStatus;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import org.junit.jupiter.api.Test;

class TerraformErrorsTest {

    private static final String SUBNET = "data.aws_subnet.this[\"20261126-075012-c2804bed\"]";

    @Test
    void an_error_about_what_was_looked_up_names_the_field_of_the_request_instead() {
        assertThat(told(InstanceRequestFields::field, SUBNET, "no matching EC2 Subnet found"))
                .isEqualTo("terraform plan failed. Error: network.subnetId: no matching EC2 Subnet found.");
    }

    @Test
    void the_value_that_was_typed_is_quoted_where_the_request_is_known() {
        ProvisionRequest request = ((ParseResult.Valid<ProvisionRequest>) RequestParser.parse(Map.of(
                "name", "web", "region", "eu-central-1", "instanceType", "t3.small", "containers", List.of(Map.of("image", "nginx")),
                "keyName", "ops", "network", Map.of("subnetId", "subnet-0123456789abcdef0")))).value();

        assertThat(told(InstanceRequestFields.of(request), SUBNET, "no matching EC2 Subnet found"))
                .isEqualTo("terraform plan failed. Error: network.subnetId \"subnet-0123456789abcdef0\": no matching EC2 Subnet found.");
        assertThat(told(InstanceRequestFields.of(request), "aws_instance.this[\"x\"]",
                "creating EC2 Instance: operation error EC2: RunInstances, https response error StatusCode: 400, RequestID: 1,"
                        + " api error InvalidKeyPair.NotFound: The key pair 'ops' does not exist"))
                .isEqualTo("terraform plan failed. Error: keyName \"ops\": creating EC2 Instance failed: The key pair 'ops' does not exist"
                        + " (EC2 RunInstances: InvalidKeyPair.NotFound).");
    }

    @Test
    void every_other_error_stands_as_it_is() {
        assertThat(told(InstanceRequestFields::field, "aws_instance.this[\"x\"]", "creating EC2 Instance: no capacity"))
                .isEqualTo("terraform plan failed. Error: aws_instance.this[\"x\"]: creating EC2 Instance: no capacity.");
        assertThat(told(InstanceRequestFields::field, null, "no reason")).isEqualTo("terraform plan failed. Error: no reason.");
    }

    private static String told(Function<Event.Diagnostic, Optional<String>> fields, String address, String summary) {
        TerraformErrors errors = new TerraformErrors(fields);
        errors.accept(new Event.Diagnostic(Event.Severity.ERROR, "execution halted", "", null, null, 0));
        errors.accept(new Event.Diagnostic(Event.Severity.ERROR, summary, "", address, null, 0));
        errors.accept(new Event.Diagnostic(Event.Severity.ERROR, "a later one", "", null, null, 0));
        return errors.outcome("plan", new ProcessStatus.Finished(1), false, "").message();
    }
}
