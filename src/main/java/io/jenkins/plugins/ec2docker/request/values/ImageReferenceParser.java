package io.jenkins.plugins.ec2docker.request.values;

import edu.umd.cs.findbugs.annotations.CheckForNull;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The grammar of image references, exactly as Docker reads them: github.com/distribution/reference (regexp.go, and normalize.go for where
 * the registry ends), and github.com/opencontainers/go-digest for digests.
 */
final class ImageReferenceParser {
    /** Of the repository's path in its registry; RepositoryNameTotalLengthMax. */
    private static final int LONGEST_PATH = 255;
    /** The algorithms that go-digest knows, with the length of their hexadecimal text. */
    private static final Map<String, Integer> DIGESTS = Map.of("sha256", 64, "sha384", 96, "sha512", 128);

    private static final String LABEL = "[a-zA-Z0-9](?:[a-zA-Z0-9-]*+(?<!-))?";
    private static final String HOST = "(?:" + LABEL + "(?:\\." + LABEL + ")*+|\\[[a-fA-F0-9:]+\\])";
    private static final Pattern DOMAIN = Pattern.compile(HOST + "(?::[0-9]+)?");
    private static final Pattern COMPONENT = Pattern.compile("[a-z0-9]++(?:(?:[._]|__|-++)[a-z0-9]++)*+");
    private static final Pattern TAG = Pattern.compile("[A-Za-z0-9_][A-Za-z0-9_.-]{0,127}");
    private static final Pattern DIGEST = Pattern.compile("([A-Za-z][A-Za-z0-9]*(?:[-_+.][A-Za-z][A-Za-z0-9]*)*):([0-9a-fA-F]{32,})");
    private static final Pattern IDENTIFIER = Pattern.compile("[a-f0-9]{64}");
    /** As {@code docker images --no-trunc} and {@code docker inspect} show it, perhaps shortened. */
    private static final Pattern LOCAL_ID = Pattern.compile("sha256:[a-f0-9]{12,64}");
    private static final Pattern REST = Pattern.compile("([^:@]*)(?::([^@]*))?(?:@(.*))?", Pattern.DOTALL);

    private final String field;
    private final String text;

    private ImageReferenceParser(String field, String text) {
        this.field = field;
        this.text = text;
    }

    static ParseResult<ImageReference> parse(String field, String text) {
        return new ImageReferenceParser(field, text).parse();
    }

    private ParseResult<ImageReference> parse() {
        if (IDENTIFIER.matcher(text).matches()) {
            return refuse("is a bare image id of 64 hexadecimal digits; write a name, as registry/repository@sha256:….");
        }
        if (LOCAL_ID.matcher(text).matches()) {
            return refuse("is a bare image id, by which nothing can be pulled; write a name, as registry/repository@sha256:….");
        }
        int slash = text.indexOf('/');
        String first = slash < 0 ? "" : text.substring(0, slash);
        String domain = isDomain(first) ? first : null;
        if (domain != null && !DOMAIN.matcher(domain).matches()) {
            return refuse("has a registry \"" + DisplayText.shorten(domain) + "\" that is no host name with an optional port.");
        }
        Matcher rest = REST.matcher(domain == null ? text : text.substring(slash + 1));
        if (!rest.matches()) {
            return refuse("is not an image reference; write it as [registry/]repository[:tag][@digest].");
        }
        String problem = pathProblem(rest.group(1), domain == null && slash < 0 ? "library/".length() : 0);
        problem = problem == null && rest.group(2) != null ? tagProblem(rest.group(2)) : problem;
        problem = problem == null && rest.group(3) != null ? digestProblem(rest.group(3)) : problem;
        if (problem != null) {
            return refuse(problem);
        }
        ImageReference image = new ImageReference(text, domain, rest.group(1), rest.group(2), rest.group(3));
        // docs.docker.com/build/building/base-images, "Create a minimal base image using scratch".
        return image.canonicalName().equals("docker.io/library/scratch")
                ? refuse("is the empty base of Docker's builds, which cannot be pulled or run; name the image that was built on it.")
                : new ParseResult.Valid<>(image);
    }

    /** splitDockerDomain: what stands before the first slash is a registry only where it cannot be part of a repository's path. */
    private static boolean isDomain(String first) {
        return first.contains(".") || first.contains(":") || first.equals("localhost") || !first.toLowerCase(Locale.ROOT).equals(first);
    }

    /** @param prefix length of what Docker puts before the path before it measures */
    @CheckForNull
    private static String pathProblem(String path, int prefix) {
        String lower = path.toLowerCase(Locale.ROOT);
        if (!lower.equals(path)) {
            return "has upper-case letters in the repository's name, which must be lower case; write \"" + DisplayText.shorten(lower)
                    + "\".";
        }
        for (String component : path.split("/", -1)) {
            if (!COMPONENT.matcher(component).matches()) {
                return component.isEmpty()
                        ? "has no repository name, or an empty part in it; write it as [registry/]repository[:tag][@digest]."
                        : "has a part \"" + DisplayText.shorten(component)
                                + "\" that breaks the rule: lower-case letters and digits, with a"
                                + " single \".\" or \"_\", a \"__\" or hyphens between them.";
            }
        }
        boolean fits = path.length() + prefix <= LONGEST_PATH;
        return fits ? null : "has a repository name of more than " + LONGEST_PATH + " characters; shorten it.";
    }

    @CheckForNull
    private static String tagProblem(String tag) {
        return TAG.matcher(tag).matches()
                ? null
                : "has a tag that breaks the rule: 1 to 128 letters, digits, \"_\", \".\" and \"-\", not beginning with \".\" or \"-\".";
    }

    @CheckForNull
    private static String digestProblem(String digest) {
        Matcher matcher = DIGEST.matcher(digest);
        if (!matcher.matches()) {
            return "has a digest that breaks the rule: an algorithm, a colon and hexadecimal digits, as sha256:… with 64 of them.";
        }
        Integer length = DIGESTS.get(matcher.group(1));
        if (length == null) {
            return "has a digest of an algorithm that Docker does not know; use sha256, sha384 or sha512.";
        }
        boolean exact = matcher.group(2).length() == length && matcher.group(2).matches("[0-9a-f]+");
        return exact
                ? null
                : "has a digest of the wrong length or in upper case; " + matcher.group(1) + " has " + length
                        + " lower-case hexadecimal digits.";
    }

    private ParseResult<ImageReference> refuse(String message) {
        return new ParseResult.Invalid<>(List.of(new Violation(field, text, message)));
    }
}
