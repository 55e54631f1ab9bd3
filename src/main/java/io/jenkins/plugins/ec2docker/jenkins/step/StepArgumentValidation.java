package io.jenkins.plugins.ec2docker.jenkins.step;

import edu.umd.cs.findbugs.annotations.CheckForNull;
import hudson.AbortException;
import io.jenkins.plugins.ec2docker.jenkins.controller.SystemSettings;
import io.jenkins.plugins.ec2docker.jenkins.form.AppContainer;
import io.jenkins.plugins.ec2docker.jenkins.form.AppNetwork;
import io.jenkins.plugins.ec2docker.jenkins.form.SectionsParameter;
import io.jenkins.plugins.ec2docker.jenkins.runs.RunOrderValidation;
import io.jenkins.plugins.ec2docker.policy.ReadableParts;
import io.jenkins.plugins.ec2docker.request.parse.RequestParser;
import io.jenkins.plugins.ec2docker.request.values.ClosestName;
import io.jenkins.plugins.ec2docker.request.values.InvalidRequestException;
import io.jenkins.plugins.ec2docker.request.values.Violation;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.jenkinsci.plugins.structs.describable.DescribableModel;
import org.jenkinsci.plugins.structs.describable.DescribableParameter;

/**
 * What is wrong with the arguments of {@code provisionEc2Docker}, all of it at once and before anything else happens: the request by the
 * engine's parser, and the few parameters that are the step's own. Guardrails and files are looked at when the run starts.
 */
final class StepArgumentValidation {
    private static final List<String> OWN = List.of("images", "usersText", "credentialsId", "planOnly");

    private final Map<String, Object> arguments;
    private final List<Violation> violations = new ArrayList<>();
    /** The request as far as the arguments give one. */
    private Map<String, Object> document = Map.of();
    private boolean shortForm;

    private StepArgumentValidation(Map<String, Object> arguments) {
        this.arguments = new LinkedHashMap<>(arguments);
        this.arguments.values().removeIf(value -> value == null);
    }

    static void check(Map<String, Object> arguments) throws AbortException {
        StepArgumentValidation validation = new StepArgumentValidation(arguments);
        List<Violation> violations = validation.find();
        if (!violations.isEmpty()) {
            List<Violation> refusals = validation.refusals();
            throw new AbortException(new InvalidRequestException(violations).getMessage()
                    + (refusals.isEmpty() ? "" : "\n" + RunOrderValidation.refused(refusals)));
        }
    }

    /** What administrators do not allow beside that. Whether a role is there shows when the credentials are looked at. */
    private List<Violation> refusals() {
        SystemSettings settings = SystemSettings.get();
        return ReadableParts.refusals(settings.guardrails(), settings.completed(document), violations, null).stream()
                .filter(refusal -> !refusal.field().equals("role.arn") || !refusal.value().isEmpty())
                .map(refusal -> shortForm ? ofImages(refusal) : refusal).toList();
    }

    private List<Violation> find() {
        document = new LinkedHashMap<>(arguments);
        document.keySet().removeAll(OWN);
        refuseUnknown();
        document = withSections();
        shortForm = arguments.containsKey("images") && images();
        Map<String, Object> whole = new LinkedHashMap<>(document);
        // The step and the administrators give these where the request does not.
        whole.putIfAbsent("name", "default");
        whole.putIfAbsent("region", "us-east-1");
        for (Violation violation : RequestParser.parse(whole).violations()) {
            violations.add(shortForm ? ofImages(violation) : violation);
        }
        requireParameters("network", arguments.get("network"), AppNetwork.class);
        if (arguments.get("containers") instanceof Collection<?> containers) {
            int i = 0;
            for (Object container : containers) {
                requireParameters("containers[" + i++ + "]", container, AppContainer.class);
            }
        }
        requireText("usersText");
        requireText("credentialsId");
        if (arguments.containsKey("users") && arguments.containsKey("usersText")) {
            refuse("usersText", "cannot stand beside users; give the file's path or its content.");
        }
        if (arguments.containsKey("planOnly") && !String.valueOf(arguments.get("planOnly")).matches("true|false")) {
            violations.add(new Violation("planOnly", String.valueOf(arguments.get("planOnly")), "must be true or false."));
        }
        return violations;
    }

    private Map<String, Object> withSections() {
        try {
            return SectionsParameter.merged(document);
        } catch (InvalidRequestException e) {
            violations.addAll(e.violations());
            Map<String, Object> without = new LinkedHashMap<>(document);
            without.remove(SectionsParameter.PARAMETER);
            return without;
        }
    }

    /** Told here and not by the parser, which does not know the step's own parameters to suggest. */
    private void refuseUnknown() {
        Set<String> known = DescribableModel.of(ProvisionStep.class).getParameters().stream()
                .map(DescribableParameter::getName)
                .collect(Collectors.toCollection(TreeSet::new));
        for (String name : new TreeSet<>(document.keySet())) {
            if (!known.contains(name)) {
                document.remove(name);
                refuse(name, ClosestName.to(name, known)
                        .map(nearest -> "is not a known parameter; did you mean \"" + nearest + "\"?")
                        .orElse("is not a known parameter; known here: " + String.join(", ", known) + "."));
            }
        }
    }

    /** Whether the images stand for the containers now. */
    private boolean images() {
        if (arguments.containsKey("containers")) {
            refuse("images", "cannot stand beside containers, of which it is the short form; move the images there.");
            return false;
        }
        List<Object> containers = new ArrayList<>();
        Object images = arguments.get("images");
        for (Object image : images instanceof Collection<?> list ? list : List.of(images)) {
            Map<String, Object> container = new LinkedHashMap<>();
            container.put("image", image);
            containers.add(container);
        }
        document.put("containers", containers);
        return true;
    }

    private static Violation ofImages(Violation violation) {
        String field = violation.field().replaceFirst("^containers(\\[\\d+])?(\\.image)?", "images$1");
        return new Violation(field, violation.value(), violation.message());
    }

    /** Jenkins lets a field pass that a request knows and the describable does not, and forgets it. */
    private void requireParameters(String path, @CheckForNull Object section, Class<?> type) {
        if (section instanceof Map<?, ?> map) {
            for (Object name : map.keySet()) {
                String field = path + "." + name;
                boolean told = violations.stream().anyMatch(violation -> violation.field().startsWith(field));
                if (!told && DescribableModel.of(type).getParameter(String.valueOf(name)) == null) {
                    refuse(field, "has no parameter of its own here; write it in sections"
                            + (path.equals("network") ? "." : ", with all of containers."));
                }
            }
        }
    }

    private void requireText(String parameter) {
        if (arguments.containsKey(parameter) && !(arguments.get(parameter) instanceof String)) {
            refuse(parameter, "must be text.");
        }
    }

    private void refuse(String parameter, String message) {
        violations.add(new Violation(parameter, "", message));
    }
}
