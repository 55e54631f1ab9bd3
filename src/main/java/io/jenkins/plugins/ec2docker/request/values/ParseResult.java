package io.jenkins.plugins.ec2docker.request.values;

import java.util.List;
import java.util.Objects;

/**
 * What reading came to: either the value, or everything that is wrong with it.
 *
 * @param <T> what was to be read
 */
public sealed interface ParseResult<T> {

    /** Whether there is a value. */
    default boolean isValid() {
        return this instanceof Valid;
    }

    /** All that is wrong; empty for a valid value. */
    List<Violation> violations();

    /**
     * The value.
     *
     * @throws InvalidRequestException with all violations, where there is none
     */
    T orElseThrow() throws InvalidRequestException;

    /** A value that keeps every rule. */
    record Valid<T>(T value) implements ParseResult<T> {
        public Valid {
            Objects.requireNonNull(value, "value");
        }

        @Override
        public List<Violation> violations() {
            return List.of();
        }

        @Override
        public T orElseThrow() {
            return value;
        }
    }

    /** At least one broken rule, in the order of the document. */
    record Invalid<T>(List<Violation> violations) implements ParseResult<T> {
        public Invalid {
            violations = List.copyOf(violations);
            if (violations.isEmpty()) {
                throw new IllegalArgumentException("invalid without a violation");
            }
        }

        @Override
        public T orElseThrow() throws InvalidRequestException {
            throw new InvalidRequestException(violations);
        }
    }
}
