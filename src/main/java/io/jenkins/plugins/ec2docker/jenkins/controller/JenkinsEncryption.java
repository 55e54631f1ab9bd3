package io.jenkins.plugins.ec2docker.jenkins.controller;

import io.jenkins.plugins.ec2docker.platform.Encryption;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.SecureRandom;
import javax.crypto.AEADBadTagException;
import javax.crypto.Cipher;
import javax.crypto.spec.GCMParameterSpec;
import javax.crypto.spec.SecretKeySpec;
import jenkins.security.HMACConfidentialKey;

/**
 * Seals with AES-GCM under a key of this controller, which is kept under {@code secrets/} like those of the credentials store. A file that
 * was changed or comes from another controller is refused rather than misread.
 *
 * <p>Jenkins finds the key by a name. It is that of the class that encrypted the first files, and stays: under another name Jenkins makes another
 * key, which opens none of them.
 *
 * <p>The key is derived from a {@code HMACConfidentialKey}, because {@code CryptoConfidentialKey} lets plugins use no initialisation vector.
 */
public final class JenkinsEncryption implements Encryption {

    private static final HMACConfidentialKey KEY = new HMACConfidentialKey("io.jenkins.plugins.ec2docker.jenkins.run.JenkinsSeal.key");
    private static final SecureRandom RANDOM = new SecureRandom();
    private static final byte FORMAT = 1;
    private static final int IV = 12;
    private static final int TAG_BITS = 128;

    @Override
    public byte[] seal(byte[] open) throws IOException {
        byte[] iv = new byte[IV];
        RANDOM.nextBytes(iv);
        try {
            byte[] hidden = cipher(Cipher.ENCRYPT_MODE, iv).doFinal(open);
            return ByteBuffer.allocate(1 + IV + hidden.length).put(FORMAT).put(iv).put(hidden).array();
        } catch (GeneralSecurityException e) {
            throw new IOException("The content could not be encrypted.", e);
        }
    }

    @Override
    public byte[] open(byte[] sealed) throws IOException {
        if (sealed.length < 1 + IV + TAG_BITS / 8 || sealed[0] != FORMAT) {
            throw new IOException("This was not sealed by Jenkins, or is cut short.");
        }
        byte[] iv = new byte[IV];
        ByteBuffer.wrap(sealed, 1, IV).get(iv);
        try {
            return cipher(Cipher.DECRYPT_MODE, iv).doFinal(sealed, 1 + IV, sealed.length - 1 - IV);
        } catch (AEADBadTagException e) {
            throw new IOException("This was sealed with other keys than those of this controller, or has been changed since.", e);
        } catch (GeneralSecurityException e) {
            throw new IOException("The content could not be decrypted.", e);
        }
    }

    private static Cipher cipher(int mode, byte[] iv) throws GeneralSecurityException {
        Cipher cipher = Cipher.getInstance("AES/GCM/NoPadding");
        byte[] key = KEY.mac("seal".getBytes(StandardCharsets.US_ASCII));
        cipher.init(mode, new SecretKeySpec(key, "AES"), new GCMParameterSpec(TAG_BITS, iv));
        return cipher;
    }
}
