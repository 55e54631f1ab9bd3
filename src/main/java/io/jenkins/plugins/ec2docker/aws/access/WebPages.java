package io.jenkins.plugins.ec2docker.aws.access;

import java.io.IOException;
import java.io.InputStream;
import java.io.PushbackInputStream;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.Optional;
import software.amazon.awssdk.core.exception.SdkClientException;
import software.amazon.awssdk.core.interceptor.Context;
import software.amazon.awssdk.core.interceptor.ExecutionAttributes;
import software.amazon.awssdk.core.interceptor.ExecutionInterceptor;

/**
 * Keeps the web page of a proxy or a portal from being read as an answer of AWS: to a parser of XML it is an answer in which nothing stands,
 * as if there were no resources.
 */
public final class WebPages implements ExecutionInterceptor {
    private static final String SENTENCE = "a web page came back and no answer of AWS; a proxy or a login page may stand between";
    /** What may stand before {@code <html>} that is of interest. */
    private static final int START = 64;

    @Override
    public Optional<InputStream> modifyHttpResponseContent(Context.ModifyHttpResponse context, ExecutionAttributes attributes) {
        if (context.responseBody().isEmpty() || !context.httpResponse().isSuccessful()) {
            return context.responseBody();
        }
        try {
            PushbackInputStream body = new PushbackInputStream(context.responseBody().get(), START);
            byte[] start = body.readNBytes(START);
            requireNone(start);
            body.unread(start);
            return Optional.of(body);
        } catch (IOException e) {
            throw SdkClientException.create(e.getMessage(), e);
        }
    }

    /** @throws SdkClientException where an answer that begins so is a page */
    public static void requireNone(byte[] answer) {
        String start = new String(answer, 0, Math.min(START, answer.length), StandardCharsets.ISO_8859_1).strip().toLowerCase(Locale.ROOT);
        if (start.startsWith("<!doctype html") || start.startsWith("<html")) {
            throw SdkClientException.create(SENTENCE);
        }
    }
}
