package io.jenkins.plugins.ec2docker.architecture;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Predicate;
import java.util.stream.Stream;
import javax.xml.parsers.DocumentBuilderFactory;
import javax.xml.xpath.XPathConstants;
import javax.xml.xpath.XPathFactory;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.w3c.dom.Element;
import org.w3c.dom.NodeList;

/**
 * Both builds use the same libraries. {@code pom-engine.xml} has the list of versions; {@code pom.xml} repeats what Jenkins does not bring. Each
 * build checks its own class path, so that a new BOM of Jenkins with another version of the AWS SDK fails here and not in production.
 */
class BuildVersionsTest {

    private static final String ENGINE = "pom-engine.xml";
    private static final String PLUGIN = "pom.xml";

    @Test
    void a_version_that_both_builds_name_is_the_same() throws Exception {
        Map<String, String> plugin = properties(PLUGIN);
        Map<String, String> engine = properties(ENGINE);
        plugin.keySet().retainAll(engine.keySet());
        engine.keySet().retainAll(plugin.keySet());

        assertThat(plugin).isNotEmpty().isEqualTo(engine);
    }

    @Test
    void each_library_has_its_version_from_the_list() throws Exception {
        Predicate<String> listed = properties(ENGINE).keySet().stream().map("${%s}"::formatted).toList()::contains;

        assertThat(versions(ENGINE)).isNotEmpty().allMatch(listed);
        assertThat(versions(PLUGIN)).isNotEmpty().allMatch(listed);
    }

    /** The directory of a jar in a Maven repository is its version. */
    @ParameterizedTest
    @CsvSource({
        "jackson.version, com.fasterxml.jackson.databind.ObjectMapper",
        "snakeyaml.version, org.yaml.snakeyaml.Yaml",
        "awssdk.version, software.amazon.awssdk.core.SdkClient",
        "awssdk.version, software.amazon.awssdk.services.ec2.Ec2Client",
        "awssdk.version, software.amazon.awssdk.services.iam.IamClient",
        "awssdk.version, software.amazon.awssdk.services.sts.StsClient",
        "awssdk.version, software.amazon.awssdk.http.urlconnection.UrlConnectionHttpClient",
        "commons-csv.version, org.apache.commons.csv.CSVFormat",
        "slf4j.version, org.slf4j.Logger",
        "spotbugs-annotations.version, edu.umd.cs.findbugs.annotations.CheckForNull",
        "junit.version, org.junit.jupiter.api.Test",
        "assertj.version, org.assertj.core.api.Assertions",
        "archunit.version, com.tngtech.archunit.core.domain.JavaClass"
    })
    void a_library_on_the_class_path_is_of_the_version_in_the_list(String property, String type) throws Exception {
        Path jar = Path.of(Class.forName(type).getProtectionDomain().getCodeSource().getLocation().toURI());

        assertThat(jar.getParent().getFileName()).as("%s, by %s of %s", jar, property, ENGINE)
                .hasToString(properties(ENGINE).get(property));
    }

    private static Map<String, String> properties(String pom) throws Exception {
        Map<String, String> properties = new TreeMap<>();
        elements(pom, "/project/properties/*").filter(each -> each.getTagName().endsWith(".version"))
                .forEach(each -> properties.put(each.getTagName(), each.getTextContent()));
        return properties;
    }

    /** What stands as a version of a library; not that of Jenkins' BOM, which only the plugin has. */
    private static List<String> versions(String pom) throws Exception {
        return elements(pom, "//dependency[not(groupId='io.jenkins.tools.bom')]/version").map(Element::getTextContent).toList();
    }

    private static Stream<Element> elements(String pom, String path) throws Exception {
        NodeList nodes = (NodeList) XPathFactory.newInstance().newXPath()
                .evaluate(path, DocumentBuilderFactory.newInstance().newDocumentBuilder().parse(Path.of(pom).toFile()),
                        XPathConstants.NODESET);
        List<Element> elements = new ArrayList<>();
        for (int i = 0; i < nodes.getLength(); i++) {
            elements.add((Element) nodes.item(i));
        }
        return elements.stream();
    }
}
