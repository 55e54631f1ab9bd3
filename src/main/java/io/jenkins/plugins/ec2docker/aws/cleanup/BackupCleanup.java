package io.jenkins.plugins.ec2docker.aws.cleanup;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.jenkins.plugins.ec2docker.aws.access.AwsSettings;
import io.jenkins.plugins.ec2docker.aws.access.SessionCredentials;
import io.jenkins.plugins.ec2docker.aws.errors.AwsException;
import io.jenkins.plugins.ec2docker.aws.protocol.QueryProtocol;
import io.jenkins.plugins.ec2docker.aws.protocol.SignedRequests;
import io.jenkins.plugins.ec2docker.aws.protocol.SignedRequests.Answer;
import java.io.IOException;
import java.net.URI;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import software.amazon.awssdk.http.SdkHttpMethod;

/** Removes plans and empty vaults of AWS Backup, by its plain HTTP interface (AWS Backup API reference). */
final class BackupCleanup {
    private static final ObjectMapper MAPPER = new ObjectMapper();

    private final AwsSettings settings;
    private final URI endpoint;

    BackupCleanup(String region, Map<String, String> environment) {
        settings = AwsSettings.of(region, environment);
        endpoint = QueryProtocol.endpoint(region, environment, "backup", "BACKUP");
    }

    /** What cannot be asked counts as full. */
    boolean isEmpty(SessionCredentials credentials, String vault) {
        try {
            JsonNode described = call(credentials, "DescribeBackupVault", SdkHttpMethod.GET, "backup-vaults/" + encoded(vault));
            return described.path("NumberOfRecoveryPoints").asLong(1) == 0;
        } catch (AwsException e) {
            return false;
        }
    }

    /** Looked at once more: a backup may have been made meanwhile. AWS would refuse as well. */
    boolean removeVault(SessionCredentials credentials, String vault) throws AwsException {
        if (!isEmpty(credentials, vault)) {
            throw new AwsException(AwsException.Reason.OTHER,
                    "Vault " + vault + " has backups in it; delete them in AWS Backup once nobody needs them, and sweep again.", null);
        }
        call(credentials, "DeleteBackupVault", SdkHttpMethod.DELETE, "backup-vaults/" + encoded(vault));
        return true;
    }

    /** A plan goes only without its selections. */
    boolean removePlan(SessionCredentials credentials, String plan) throws AwsException {
        String path = "backup/plans/" + encoded(plan);
        JsonNode selections =
                call(credentials, "ListBackupSelections", SdkHttpMethod.GET, path + "/selections").path("BackupSelectionsList");
        for (JsonNode selection : selections) {
            String id = encoded(selection.path("SelectionId").asText());
            call(credentials, "DeleteBackupSelection", SdkHttpMethod.DELETE, path + "/selections/" + id);
        }
        call(credentials, "DeleteBackupPlan", SdkHttpMethod.DELETE, path);
        return true;
    }

    private JsonNode call(SessionCredentials credentials, String action, SdkHttpMethod method, String path) throws AwsException {
        SignedRequests calls = new SignedRequests(settings, credentials, "backup");
        Answer answer = calls.call(action, method, endpoint.resolve(path), Map.of(), new byte[0]);
        try {
            JsonNode body = answer.body().length == 0 ? MAPPER.createObjectNode() : MAPPER.readTree(answer.body());
            if (answer.ok()) {
                return body;
            }
            String code = body.path("__type").asText(body.path("Code").asText()).replaceFirst(".*#", "");
            throw calls.refusal(action, answer, code.isEmpty() ? null : code);
        } catch (IOException e) {
            throw new AwsException(
                    AwsException.Reason.OTHER, "AWS Backup in " + settings.region() + " gave no answer of AWS to " + action + ".", e);
        }
    }

    private static String encoded(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8).replace("+", "%20");
    }
}
