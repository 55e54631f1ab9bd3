package io.jenkins.plugins.ec2docker.testing;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.List;
import java.util.Optional;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;

/** A bucket of moto's, seen past all clients: moto looks at no signature. In another region than the instances of the tests. */
public final class StateBucket {

    public static final String REGION = "us-east-1";

    private final Moto aws;
    private final String name;
    private final HttpClient http = HttpClient.newHttpClient();

    private StateBucket(Moto aws, String name) {
        this.aws = aws;
        this.name = name;
    }

    public static StateBucket make(Moto aws, String name) {
        StateBucket bucket = new StateBucket(aws, name);
        bucket.create();
        return bucket;
    }

    public void create() {
        send("PUT", "", new byte[0]);
    }

    /** With all that is in it. */
    public void remove() {
        keys().forEach(this::delete);
        send("DELETE", "", new byte[0]);
    }

    public List<String> keys() {
        String list = new String(send("GET", "?list-type=2", new byte[0]).body());
        return Pattern.compile("<Key>([^<]*)</Key>").matcher(list).results().map((MatchResult key) -> key.group(1)).toList();
    }

    public Optional<byte[]> read(String key) {
        HttpResponse<byte[]> answer = send("GET", "/" + key, new byte[0]);
        return answer.statusCode() == 200 ? Optional.of(answer.body()) : Optional.empty();
    }

    public void write(String key, byte[] content) {
        send("PUT", "/" + key, content);
    }

    public void delete(String key) {
        send("DELETE", "/" + key, new byte[0]);
    }

    /** A table as the documentation of Terraform's backend wants it. */
    public void makeLockTable(String table) {
        send(request("dynamodb", "/")
                .header("X-Amz-Target", "DynamoDB_20120810.CreateTable")
                .header("Content-Type", "application/x-amz-json-1.0")
                .method("POST", HttpRequest.BodyPublishers.ofString("""
                        {"TableName": "%s", "BillingMode": "PAY_PER_REQUEST",
                         "AttributeDefinitions": [{"AttributeName": "LockID", "AttributeType": "S"}],
                         "KeySchema": [{"AttributeName": "LockID", "KeyType": "HASH"}]}""".formatted(table)))
                .build());
    }

    private HttpResponse<byte[]> send(String method, String path, byte[] body) {
        return send(request("s3", "/" + name + path)
                .header("Content-Type", "application/json")
                .method(method, body.length == 0 ? HttpRequest.BodyPublishers.noBody() : HttpRequest.BodyPublishers.ofByteArray(body))
                .build());
    }

    private HttpRequest.Builder request(String service, String path) {
        return HttpRequest.newBuilder(aws.endpoint().resolve(path)).header("Authorization",
                "AWS4-HMAC-SHA256 Credential=test/20260101/" + REGION + "/" + service
                        + "/aws4_request, SignedHeaders=host, Signature=none");
    }

    private HttpResponse<byte[]> send(HttpRequest request) {
        try {
            return http.send(request, HttpResponse.BodyHandlers.ofByteArray());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }
}
