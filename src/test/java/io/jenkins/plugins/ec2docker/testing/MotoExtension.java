package io.jenkins.plugins.ec2docker.testing;

import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.extension.BeforeAllCallback;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.ParameterContext;
import org.junit.jupiter.api.extension.ParameterResolver;

/**
 * Gives a test class an empty AWS: {@code @ExtendWith(MotoExtension.class)}, and a parameter of type {@link Moto} wherever it is needed.
 *
 * <p>AWS is emptied before the class, not before each test, so that several tests may look at one apply; a class that wants it emptier
 * calls {@link Moto#reset()} itself.
 */
public final class MotoExtension implements BeforeAllCallback, ParameterResolver {

    @Override
    public void beforeAll(ExtensionContext context) {
        if (!context.getRequiredTestClass().isAnnotationPresent(Nested.class)) {
            Moto.shared().reset();
        }
    }

    @Override
    public boolean supportsParameter(ParameterContext parameter, ExtensionContext context) {
        return parameter.getParameter().getType() == Moto.class;
    }

    @Override
    public Object resolveParameter(ParameterContext parameter, ExtensionContext context) {
        return Moto.shared();
    }
}
