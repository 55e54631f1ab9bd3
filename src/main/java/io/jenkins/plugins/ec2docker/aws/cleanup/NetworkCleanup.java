package io.jenkins.plugins.ec2docker.aws.cleanup;

import io.jenkins.plugins.ec2docker.aws.access.AwsClientFactory;
import io.jenkins.plugins.ec2docker.aws.access.AwsSettings;
import io.jenkins.plugins.ec2docker.aws.access.SessionCredentials;
import io.jenkins.plugins.ec2docker.aws.errors.AwsCall;
import io.jenkins.plugins.ec2docker.aws.errors.AwsException;
import io.jenkins.plugins.ec2docker.aws.errors.AwsException.Reason;
import java.util.List;
import java.util.Locale;
import java.util.function.Supplier;
import software.amazon.awssdk.services.ec2.Ec2Client;
import software.amazon.awssdk.services.ec2.model.Filter;
import software.amazon.awssdk.services.ec2.model.InternetGatewayAttachment;
import software.amazon.awssdk.services.ec2.model.UnsuccessfulItem;

/** Removes networks and launch templates, one thing at a time: what others still use, EC2 does not let go. */
final class NetworkCleanup {
    private final AwsSettings settings;

    NetworkCleanup(AwsSettings settings) {
        this.settings = settings;
    }

    /** @return false if it was gone already, as far as AWS tells */
    boolean remove(SessionCredentials credentials, ResourceKind kind, String id) throws AwsException {
        try (Ec2Client ec2 = new AwsClientFactory(settings).ec2(credentials)) {
            switch (kind) {
                case LAUNCH_TEMPLATE -> ask(credentials, "DeleteLaunchTemplate",
                        () -> ec2.deleteLaunchTemplate(r -> r.launchTemplateId(id)));
                case FLOW_LOG -> throwFor(id, ask(credentials, "DeleteFlowLogs",
                        () -> ec2.deleteFlowLogs(r -> r.flowLogIds(id)).unsuccessful()));
                case SUBNET -> ask(credentials, "DeleteSubnet", () -> ec2.deleteSubnet(r -> r.subnetId(id)));
                case ROUTE_TABLE -> ask(credentials, "DeleteRouteTable", () -> ec2.deleteRouteTable(r -> r.routeTableId(id)));
                case NETWORK_ACL -> ask(credentials, "DeleteNetworkAcl", () -> ec2.deleteNetworkAcl(r -> r.networkAclId(id)));
                case VPC -> ask(credentials, "DeleteVpc", () -> ec2.deleteVpc(r -> r.vpcId(id)));
                case INTERNET_GATEWAY -> internetGateway(ec2, credentials, id);
                case NAT_GATEWAY -> {
                    return natGateway(ec2, credentials, id);
                }
                case ENDPOINT -> {
                    return endpoint(ec2, credentials, id);
                }
                default -> throw new IllegalArgumentException(kind + " is no part of a network");
            }
            return true;
        }
    }

    private void internetGateway(Ec2Client ec2, SessionCredentials credentials, String id) throws AwsException {
        List<InternetGatewayAttachment> attachments = ask(credentials, "DescribeInternetGateways",
                () -> ec2.describeInternetGateways(r -> r.internetGatewayIds(id)).internetGateways().get(0).attachments());
        for (InternetGatewayAttachment attachment : attachments) {
            ask(credentials, "DetachInternetGateway",
                    () -> ec2.detachInternetGateway(r -> r.internetGatewayId(id).vpcId(attachment.vpcId())));
        }
        ask(credentials, "DeleteInternetGateway", () -> ec2.deleteInternetGateway(r -> r.internetGatewayId(id)));
    }

    /** Its address and its subnet are free only when it is gone, about a minute later. */
    private boolean natGateway(Ec2Client ec2, SessionCredentials credentials, String id) throws AwsException {
        String state = natState(ec2, credentials, id);
        if (state.equals("deleted")) {
            return false;
        }
        if (!state.equals("deleting")) {
            ask(credentials, "DeleteNatGateway", () -> ec2.deleteNatGateway(r -> r.natGatewayId(id)));
            state = natState(ec2, credentials, id);
        }
        if (!state.equals("deleted")) {
            throw going("NAT gateway " + id);
        }
        return true;
    }

    private String natState(Ec2Client ec2, SessionCredentials credentials, String id) throws AwsException {
        Filter itself = Filter.builder().name("nat-gateway-id").values(id).build();
        return ask(credentials, "DescribeNatGateways", () -> ec2.describeNatGateways(r -> r.filter(itself)).natGateways()).stream()
                .map(gateway -> gateway.stateAsString())
                .findFirst()
                .orElse("deleted");
    }

    private boolean endpoint(Ec2Client ec2, SessionCredentials credentials, String id) throws AwsException {
        String state = endpointState(ec2, credentials, id);
        if (state.equals("deleted")) {
            return false;
        }
        if (!state.equals("deleting")) {
            throwFor(id, ask(credentials, "DeleteVpcEndpoints", () -> ec2.deleteVpcEndpoints(r -> r.vpcEndpointIds(id)).unsuccessful()));
            state = endpointState(ec2, credentials, id);
        }
        if (!state.equals("deleted")) {
            throw going("VPC endpoint " + id);
        }
        return true;
    }

    private String endpointState(Ec2Client ec2, SessionCredentials credentials, String id) throws AwsException {
        try {
            return ask(credentials, "DescribeVpcEndpoints", () -> ec2.describeVpcEndpoints(r -> r.vpcEndpointIds(id)).vpcEndpoints())
                    .stream()
                    .map(endpoint -> endpoint.stateAsString().toLowerCase(Locale.ROOT))
                    .findFirst()
                    .orElse("deleted");
        } catch (AwsException refusal) {
            if (refusal.reason() == Reason.NOT_FOUND) {
                return "deleted";
            }
            throw refusal;
        }
    }

    private static AwsException going(String what) {
        return new AwsException(Reason.IN_USE, what + " is still being deleted; sweep again later.", null);
    }

    /** Calls that take several ids answer that all went well, and say in their answer what did not. */
    private static void throwFor(String id, List<UnsuccessfulItem> unsuccessful) throws AwsException {
        for (UnsuccessfulItem item : unsuccessful) {
            Reason reason = item.error().code().endsWith("NotFound") ? Reason.NOT_FOUND : Reason.OTHER;
            throw new AwsException(
                    reason, "AWS EC2 did not delete " + id + " (" + item.error().code() + "): " + item.error().message(), null);
        }
    }

    private <T> T ask(SessionCredentials credentials, String action, Supplier<T> call) throws AwsException {
        return new AwsCall(settings, credentials, "ec2:" + action).ask(call);
    }
}
