package io.jenkins.plugins.ec2docker.platform;

import java.io.IOException;

/**
 * How a store protects what may hold secrets (state, requests, users files) at rest.
 *
 * <p>The command line relies on file permissions alone, as Terraform itself does; Jenkins seals with its own keys.
 */
public interface Encryption {

    /** Leaves the content as it is. */
    Encryption NONE = new Encryption() {
        @Override
        public byte[] seal(byte[] open) {
            return open;
        }

        @Override
        public byte[] open(byte[] sealed) {
            return sealed;
        }
    };

    byte[] seal(byte[] open) throws IOException;

    /** @throws IOException if this was not sealed with the same keys */
    byte[] open(byte[] sealed) throws IOException;
}
