package io.jenkins.plugins.ec2docker.aws.access;

import edu.umd.cs.findbugs.annotations.CheckForNull;
import java.net.URI;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.AwsCredentials;
import software.amazon.awssdk.auth.credentials.AwsSessionCredentials;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.awscore.client.builder.AwsClientBuilder;
import software.amazon.awssdk.awscore.client.builder.AwsSyncClientBuilder;
import software.amazon.awssdk.awscore.defaultsmode.DefaultsMode;
import software.amazon.awssdk.awscore.retry.AwsRetryStrategy;
import software.amazon.awssdk.core.client.config.ClientOverrideConfiguration;
import software.amazon.awssdk.http.urlconnection.UrlConnectionHttpClient;
import software.amazon.awssdk.profiles.ProfileFile;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.ec2.Ec2Client;
import software.amazon.awssdk.services.iam.IamClient;
import software.amazon.awssdk.services.sts.StsClient;

/**
 * Makes the SDK's clients, each for one use and closed by its user. Everything that the SDK would otherwise look for is said:
 * HTTP client, region, credentials, defaults mode, retries and an empty profile file.
 */
public final class AwsClientFactory {
    private final AwsSettings settings;

    public AwsClientFactory(AwsSettings settings) {
        this.settings = settings;
    }

    public StsClient sts(SessionCredentials credentials) {
        return configured(StsClient.builder(), settings.endpoints().sts(), credentials).build();
    }

    public Ec2Client ec2(SessionCredentials credentials) {
        return configured(Ec2Client.builder(), settings.endpoints().ec2(), credentials).build();
    }

    /** IAM is one for all regions of a partition; which that is, the SDK knows by the region. */
    public IamClient iam(SessionCredentials credentials) {
        return configured(IamClient.builder(), settings.endpoints().iam(), credentials).build();
    }

    private <B extends AwsClientBuilder<B, C> & AwsSyncClientBuilder<B, C>, C> B configured(
            B builder, @CheckForNull URI endpoint, SessionCredentials credentials) {
        if (endpoint != null) {
            builder.endpointOverride(endpoint);
        } else {
            builder.fipsEnabled(settings.variants().fips()).dualstackEnabled(settings.variants().dualStack());
        }
        return builder.httpClient(UrlConnectionHttpClient.create(new ProxiedConnections(settings)))
                .region(Region.of(settings.region()))
                .credentialsProvider(StaticCredentialsProvider.create(keys(credentials)))
                .defaultsMode(DefaultsMode.STANDARD)
                .overrideConfiguration(patience());
    }

    private ClientOverrideConfiguration patience() {
        return ClientOverrideConfiguration.builder()
                .addExecutionInterceptor(new WebPages())
                .apiCallTimeout(settings.patience().callTimeout())
                .retryStrategy(AwsRetryStrategy.standardRetryStrategy().toBuilder()
                        .maxAttempts(settings.patience().attempts())
                        .build())
                .defaultProfileFile(ProfileFile.aggregator().build())
                .build();
    }

    public static AwsCredentials keys(SessionCredentials credentials) {
        String secret = credentials.secretAccessKey().reveal();
        Secret token = credentials.sessionToken();
        return token != null
                ? AwsSessionCredentials.create(credentials.accessKeyId(), secret, token.reveal())
                : AwsBasicCredentials.create(credentials.accessKeyId(), secret);
    }
}
