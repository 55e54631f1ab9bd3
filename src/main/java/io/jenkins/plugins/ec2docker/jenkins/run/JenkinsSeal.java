package io.jenkins.plugins.ec2docker.jenkins.run;

import io.jenkins.plugins.ec2docker.provisioning.Seal;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import jenkins.security.CryptoConfidentialKey;
import jenkins.security.HMACConfidentialKey;

/**
 * Seals with keys of this controller, which are kept under {@code secrets/} like those of the credentials store: encrypted (AES), then
 * authenticated (HMAC-SHA-256), so that a file that was changed or comes from another controller is refused rather than misread.
 */
final class JenkinsSeal implements Seal {

    private static final CryptoConfidentialKey KEY = new CryptoConfidentialKey(JenkinsSeal.class, "key");
    private static final HMACConfidentialKey MAC = new HMACConfidentialKey(JenkinsSeal.class, "mac");
    private static final byte FORMAT = 1;
    private static final int IV = 16;
    private static final int TAG = 32;

    @Override
    public byte[] seal(byte[] open) throws IOException {
        try {
            byte[] iv = KEY.newIv(IV);
            byte[] hidden = KEY.encrypt(iv).doFinal(open);
            byte[] body = ByteBuffer.allocate(1 + IV + hidden.length).put(FORMAT).put(iv).put(hidden).array();
            return ByteBuffer.allocate(body.length + TAG).put(body).put(MAC.mac(body)).array();
        } catch (GeneralSecurityException e) {
            throw new IOException("The content could not be encrypted.", e);
        }
    }

    @Override
    public byte[] open(byte[] sealed) throws IOException {
        if (sealed.length < 1 + IV + TAG || sealed[0] != FORMAT) {
            throw new IOException("This was not sealed by Jenkins, or is cut short.");
        }
        ByteBuffer parts = ByteBuffer.wrap(sealed);
        byte[] body = new byte[sealed.length - TAG];
        byte[] tag = new byte[TAG];
        parts.get(body).get(tag);
        if (!MessageDigest.isEqual(tag, MAC.mac(body))) {
            throw new IOException("This was sealed with other keys than those of this controller, or has been changed since.");
        }
        byte[] iv = new byte[IV];
        ByteBuffer inner = ByteBuffer.wrap(body, 1, body.length - 1);
        inner.get(iv);
        byte[] hidden = new byte[inner.remaining()];
        inner.get(hidden);
        try {
            return KEY.decrypt(iv).doFinal(hidden);
        } catch (GeneralSecurityException e) {
            throw new IOException("The content could not be decrypted.", e);
        }
    }
}
