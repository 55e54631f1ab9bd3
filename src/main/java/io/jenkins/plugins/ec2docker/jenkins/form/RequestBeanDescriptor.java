package io.jenkins.plugins.ec2docker.jenkins.form;

import edu.umd.cs.findbugs.annotations.CheckForNull;
import hudson.model.Descriptor;
import java.util.List;
import java.util.Map;
import net.sf.json.JSONObject;
import org.jenkinsci.plugins.structs.describable.CustomDescribableModel;
import org.jenkinsci.plugins.structs.describable.DescribableModel;
import org.jenkinsci.plugins.structs.describable.UninstantiatedDescribable;
import org.kohsuke.stapler.StaplerRequest2;

/** What the descriptors of all sections have in common: the same ways in from a Jenkinsfile and from a form. */
public abstract class RequestBeanDescriptor<T extends RequestBean<T>> extends Descriptor<T> implements CustomDescribableModel {

    @Override
    public Map<String, Object> customInstantiate(Map<String, Object> arguments) {
        return GroovyArguments.fit(clazz, arguments);
    }

    @Override
    public UninstantiatedDescribable customUninstantiate(UninstantiatedDescribable described) {
        return GroovyArguments.asWritten(described);
    }

    @Override
    public T newInstance(@CheckForNull StaplerRequest2 request, JSONObject form) {
        return DescribableModel.of(clazz).instantiate(FormSubmission.read(clazz, form), null);
    }

    /** For the form: a list as the text of its field. */
    public String text(String field, List<String> values) {
        return FormSubmission.text(field, values);
    }
}
