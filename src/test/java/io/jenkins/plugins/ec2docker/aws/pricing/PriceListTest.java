package io.jenkins.plugins.ec2docker.aws.pricing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.jenkins.plugins.ec2docker.aws.access.SessionCredentials;
import io.jenkins.plugins.ec2docker.aws.errors.AwsException;
import io.jenkins.plugins.ec2docker.testing.Moto;
import io.jenkins.plugins.ec2docker.testing.MotoExtension;
import io.jenkins.plugins.ec2docker.testing.RecordedCalls;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Prices, by the fixture {@code src/test/moto/prices.py}: moto has none. */
@ExtendWith(MotoExtension.class)
class PriceListTest {
    private static final SessionCredentials KEYS = SessionCredentials.ofUser("AKIATESTTESTTEST4711", "secret");

    @Test
    void an_instance_costs_what_is_listed_for_its_type_without_the_offers_that_need_a_contract(Moto moto) throws Exception {
        assertThat(new PriceList("eu-central-1", moto.environment()).hourly(KEYS, Charge.one(Product.instance("t3.small"))))
                .hasValueSatisfying(price -> assertThat(price).isEqualByComparingTo("0.024"));
    }

    @Test
    void a_disk_costs_by_its_size_and_the_hours_of_a_month(Moto moto) throws Exception {
        BigDecimal price =
                new PriceList("eu-central-1", moto.environment()).hourly(KEYS, new Charge(Product.volume("gp3"), 100)).orElseThrow();

        assertThat(price.doubleValue() * 730).isBetween(9.519, 9.521);
    }

    @Test
    void what_is_not_on_the_list_has_no_price(Moto moto) throws Exception {
        assertThat(new PriceList("eu-central-1", moto.environment()).hourly(KEYS, Charge.one(Product.instance("z9.huge")))).isEmpty();
        assertThat(new PriceList("cn-north-1", moto.environment()).hourly(KEYS, Charge.one(Product.instance("t3.small")))).isEmpty();
    }

    @ParameterizedTest
    @MethodSource
    void products_are_told_apart_from_what_is_listed_beside_them(Product product, String monthly, Moto moto) throws Exception {
        assertThat(new PriceList("eu-central-1", moto.environment()).hourly(KEYS, product))
                .hasValueSatisfying(price -> assertThat(price.multiply(BigDecimal.valueOf(730)).setScale(3, RoundingMode.HALF_UP))
                        .isEqualByComparingTo(monthly));
    }

    static Stream<Arguments> products_are_told_apart_from_what_is_listed_beside_them() {
        return Stream.of(
                Arguments.of(Product.NAT_GATEWAY, "37.960"),
                Arguments.of(Product.LOAD_BALANCER, "19.710"),
                Arguments.of(Product.INTERFACE_ENDPOINT, "8.760"),
                Arguments.of(Product.FARGATE_CPU, "33.989"),
                Arguments.of(Product.FARGATE_MEMORY, "3.730"),
                Arguments.of(Product.ADDRESS, "3.650"),
                Arguments.of(Product.database("db.t3.small", true), "61.320"),
                Arguments.of(Product.databaseStorage(false), "0.137"));
    }

    @Test
    void each_type_is_asked_for_once(Moto moto) throws Exception {
        try (RecordedCalls recorder = new RecordedCalls(moto)) {
            PriceList prices = new PriceList("eu-central-1", recorder.environment());

            prices.hourly(KEYS, new Charge(Product.volume("gp3"), 8));
            prices.hourly(KEYS, new Charge(Product.volume("gp3"), 20));
            prices.hourly(KEYS, Charge.one(Product.ADDRESS));
            prices.hourly(KEYS, (Charge) null);

            assertThat(recorder.calls()).hasSize(1);
        }
    }

    @Test
    void an_endpoint_that_does_not_answer_is_a_refusal_in_one_sentence() {
        PriceList prices = new PriceList("eu-central-1", Map.of("AWS_ENDPOINT_URL_PRICING", "http://127.0.0.1:9"));

        assertThatThrownBy(() -> prices.hourly(KEYS, Charge.one(Product.instance("t3.small"))))
                .isInstanceOf(AwsException.class)
                .hasMessageStartingWith("AWS Price List in us-east-1 cannot be reached: the connection was refused.")
                .hasMessageNotContaining("\n");
    }
}
