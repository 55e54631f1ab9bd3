package io.jenkins.plugins.ec2docker.aws;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.math.BigDecimal;
import java.math.MathContext;
import java.net.URI;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import software.amazon.awssdk.http.SdkHttpMethod;
import software.amazon.awssdk.regions.PartitionMetadata;
import software.amazon.awssdk.regions.Region;

/** Prices as the AWS Price List API has them today (action GetProducts), for which no API plugin brings a client. Each is asked for once. */
public final class PriceList implements Prices {
    /** The API is in a few regions only, and tells of all (AWS Billing guide, "Price List Query API endpoints"). */
    private static final String HOME = "us-east-1";

    /** AWS counts a month as so many hours. */
    private static final BigDecimal HOURS_A_MONTH = BigDecimal.valueOf(730);

    /** Every public IPv4 address, in each region, since February 2024 (Amazon VPC pricing). */
    private static final BigDecimal ADDRESS = new BigDecimal("0.005");

    private static final ObjectMapper MAPPER = new ObjectMapper();

    private final String region;
    private final AwsSettings settings;
    private final URI endpoint;
    private final Map<Charge, Optional<BigDecimal>> known = new HashMap<>();

    /** @param environment names another endpoint than AWS's own ({@code AWS_ENDPOINT_URL_PRICING}, {@code AWS_ENDPOINT_URL}), and the proxy */
    public PriceList(String region, Map<String, String> environment) {
        this.region = region;
        this.settings = AwsSettings.of(HOME, environment);
        URI custom = AwsSettings.endpoint(environment, "PRICING");
        this.endpoint = custom != null ? custom.resolve("/") : URI.create("https://api.pricing." + HOME + ".amazonaws.com/");
    }

    @Override
    public Optional<BigDecimal> hourly(SessionCredentials credentials, OwnedResource resource) throws AwsRefusal {
        Charge charge = resource.charge();
        // Other partitions have price lists of their own, in other currencies or in none that is public.
        if (!PartitionMetadata.of(Region.of(region)).id().equals("aws")) {
            return Optional.empty();
        }
        if (resource.kind().isByArn()) {
            return Optional.empty();
        }
        if (charge == null) {
            return Optional.of(BigDecimal.ZERO);
        }
        if (resource.kind() == OwnedKind.ADDRESS) {
            return Optional.of(ADDRESS);
        }
        Charge unit = charge.unit();
        Optional<BigDecimal> price = known.get(unit);
        if (price == null) {
            price = resource.kind() == OwnedKind.INSTANCE ? ofInstance(credentials, unit.type()) : ofVolume(credentials, unit.type());
            known.put(unit, price);
        }
        return price.map(each -> each.multiply(BigDecimal.valueOf(charge.quantity())));
    }

    private Optional<BigDecimal> ofInstance(SessionCredentials credentials, String type) throws AwsRefusal {
        return ask(credentials, "Hrs", Map.of(
                "regionCode", region,
                "instanceType", type,
                "operatingSystem", "Linux",
                "tenancy", "Shared",
                "preInstalledSw", "NA",
                "capacitystatus", "Used"));
    }

    private Optional<BigDecimal> ofVolume(SessionCredentials credentials, String type) throws AwsRefusal {
        return ask(credentials, "GB-Mo", Map.of("regionCode", region, "productFamily", "Storage", "volumeApiName", type))
                .map(price -> price.divide(HOURS_A_MONTH, MathContext.DECIMAL64));
    }

    private Optional<BigDecimal> ask(SessionCredentials credentials, String unit, Map<String, String> filters) throws AwsRefusal {
        ObjectNode question = MAPPER.createObjectNode().put("ServiceCode", "AmazonEC2").put("FormatVersion", "aws_v1").put("MaxResults", 100);
        ArrayNode list = question.putArray("Filters");
        filters.forEach((field, value) -> list.addObject().put("Type", "TERM_MATCH").put("Field", field).put("Value", value));
        SignedCalls calls = new SignedCalls(settings, credentials, "pricing");
        try {
            SignedCalls.Answer answer = calls.call(
                    "GetProducts",
                    SdkHttpMethod.POST,
                    endpoint,
                    Map.of("Content-Type", "application/x-amz-json-1.1", "X-Amz-Target", "AWSPriceListService.GetProducts"),
                    MAPPER.writeValueAsBytes(question));
            if (!answer.ok()) {
                throw calls.refusal("GetProducts", answer, MAPPER.readTree(answer.body()).path("__type").asText().replaceFirst(".*#", ""));
            }
            return lowest(MAPPER.readTree(answer.body()), unit);
        } catch (IOException e) {
            throw new AwsRefusal(AwsRefusal.Reason.OTHER, "The AWS price list gave no answer of AWS to GetProducts.", e);
        }
    }

    /** Of the products that fit, such as one with another kind of billing; what costs nothing is none that one gets without a contract. */
    private static Optional<BigDecimal> lowest(JsonNode answer, String unit) throws IOException {
        BigDecimal lowest = null;
        for (JsonNode product : answer.path("PriceList")) {
            // The API gives each product as a text that is JSON.
            for (JsonNode term : MAPPER.readTree(product.asText()).path("terms").path("OnDemand")) {
                for (JsonNode dimension : term.path("priceDimensions")) {
                    String usd = dimension.path("pricePerUnit").path("USD").asText("0");
                    BigDecimal price = usd.matches("[0-9.]+") ? new BigDecimal(usd) : BigDecimal.ZERO;
                    if (dimension.path("unit").asText().equals(unit) && price.signum() > 0 && (lowest == null || price.compareTo(lowest) < 0)) {
                        lowest = price;
                    }
                }
            }
        }
        return Optional.ofNullable(lowest);
    }
}
