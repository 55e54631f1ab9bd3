package io.jenkins.plugins.ec2docker.aws.pricing;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.jenkins.plugins.ec2docker.aws.access.AwsSettings;
import io.jenkins.plugins.ec2docker.aws.access.SessionCredentials;
import io.jenkins.plugins.ec2docker.aws.errors.AwsException;
import io.jenkins.plugins.ec2docker.aws.protocol.QueryProtocol;
import io.jenkins.plugins.ec2docker.aws.protocol.SignedRequests;
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
    private final Map<Product, Optional<BigDecimal>> known = new HashMap<>();

    /** @param environment names another endpoint than AWS's own ({@code AWS_ENDPOINT_URL_PRICING}, {@code AWS_ENDPOINT_URL}), and the proxy */
    public PriceList(String region, Map<String, String> environment) {
        this.region = region;
        this.settings = AwsSettings.of(HOME, environment);
        this.endpoint = QueryProtocol.endpoint(HOME, environment, "api.pricing", "PRICING");
    }

    @Override
    public Optional<BigDecimal> hourly(SessionCredentials credentials, Product product) throws AwsException {
        // Other partitions have price lists of their own, in other currencies or in none that is public.
        if (!PartitionMetadata.of(Region.of(region)).id().equals("aws")) {
            return Optional.empty();
        }
        if (product.equals(Product.ADDRESS)) {
            return Optional.of(ADDRESS);
        }
        Optional<BigDecimal> price = known.get(product);
        if (price == null) {
            price = ask(credentials, product);
            known.put(product, price);
        }
        return price;
    }

    private Optional<BigDecimal> ask(SessionCredentials credentials, Product product) throws AwsException {
        ObjectNode question =
                MAPPER.createObjectNode().put("ServiceCode", product.service()).put("FormatVersion", "aws_v1").put("MaxResults", 100);
        ArrayNode list = question.putArray("Filters");
        filter(list, "regionCode", region);
        product.attributes().forEach((field, value) -> filter(list, field, value));
        SignedRequests calls = new SignedRequests(settings, credentials, "pricing");
        try {
            SignedRequests.Answer answer = calls.call(
                    "GetProducts",
                    SdkHttpMethod.POST,
                    endpoint,
                    Map.of("Content-Type", "application/x-amz-json-1.1", "X-Amz-Target", "AWSPriceListService.GetProducts"),
                    MAPPER.writeValueAsBytes(question));
            if (!answer.ok()) {
                throw calls.refusal("GetProducts", answer, MAPPER.readTree(answer.body()).path("__type").asText().replaceFirst(".*#", ""));
            }
            return lowest(MAPPER.readTree(answer.body()), product);
        } catch (IOException e) {
            throw new AwsException(AwsException.Reason.OTHER, "The AWS price list gave no answer of AWS to GetProducts.", e);
        }
    }

    private static void filter(ArrayNode list, String field, String value) {
        list.addObject().put("Type", "TERM_MATCH").put("Field", field).put("Value", value);
    }

    /** Of the products that fit, such as one with another kind of billing; what costs nothing is none that one gets without a contract. */
    private static Optional<BigDecimal> lowest(JsonNode answer, Product wanted) throws IOException {
        BigDecimal lowest = null;
        for (JsonNode text : answer.path("PriceList")) {
            // The API gives each product as a text that is JSON.
            JsonNode product = MAPPER.readTree(text.asText());
            if (!isUsage(wanted, product.path("product").path("attributes").path("usagetype").asText())) {
                continue;
            }
            for (JsonNode term : product.path("terms").path("OnDemand")) {
                for (JsonNode dimension : term.path("priceDimensions")) {
                    String usd = dimension.path("pricePerUnit").path("USD").asText("0");
                    BigDecimal price = usd.matches("[0-9.]+") ? new BigDecimal(usd) : BigDecimal.ZERO;
                    if (isUnit(wanted, dimension.path("unit").asText()) && price.signum() > 0
                            && (lowest == null || price.compareTo(lowest) < 0)) {
                        lowest = price;
                    }
                }
            }
        }
        return Optional.ofNullable(lowest)
                .map(price -> wanted.unit().equals(Product.GIB_MONTH) ? price.divide(HOURS_A_MONTH, MathContext.DECIMAL64) : price);
    }

    /** A Region's prefix may stand before it, such as {@code EUC1-}; others mean something else, such as {@code TS-}. */
    private static boolean isUsage(Product wanted, String usageType) {
        return wanted.usage() == null || usageType.replaceFirst("^(?:[A-Z]{3}\\d-|EU-)", "").equals(wanted.usage());
    }

    /** Services spell an hour in their own ways; where the usage type tells what is meant, it is an hour of that. */
    private static boolean isUnit(Product wanted, String unit) {
        return unit.equals(wanted.unit()) || wanted.usage() != null && wanted.unit().equals(Product.HOUR);
    }
}
