package io.jenkins.plugins.ec2docker.jenkins.mail;

import jakarta.mail.MessagingException;
import jakarta.mail.Session;
import jakarta.mail.internet.MimeMessage;
import jakarta.mail.internet.MimeMultipart;
import java.io.BufferedReader;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Properties;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;

/** A mail server on a free port of this machine that takes mails as they come over the wire, or misbehaves as a test wishes. */
public final class SmtpSink implements AutoCloseable {

    /** What it does to its clients. */
    public enum Manner {
        TAKES,
        /** Accepts connections and never says a word. */
        SILENT,
        /** Greets, then lets go. */
        HANGS_UP,
        /** Never takes the address nobody@example.com. */
        REFUSES_NOBODY,
        /** Takes no mail at all. */
        REFUSES_MAIL,
        /** Says a word every now and then, for ever, so that no single silence is long. */
        DRIPS
    }

    /** A mail as it was delivered. */
    public record Delivery(List<String> recipients, String data) {

        MimeMessage message() throws MessagingException {
            return new MimeMessage(
                    Session.getInstance(new Properties()), new ByteArrayInputStream(data.getBytes(StandardCharsets.ISO_8859_1)));
        }

        /** The mail as it came over the wire, its subject and each of its parts as they are read. */
        public String everything() throws MessagingException, IOException {
            MimeMessage message = message();
            StringBuilder all = new StringBuilder(data).append('\n').append(message.getSubject());
            MimeMultipart parts = (MimeMultipart) message.getContent();
            for (int i = 0; i < parts.getCount(); i++) {
                all.append('\n').append(parts.getBodyPart(i).getContent());
            }
            return all.toString();
        }
    }

    private final ServerSocket server = new ServerSocket(0, 50, InetAddress.getByName("127.0.0.1"));
    private final List<Socket> clients = new CopyOnWriteArrayList<>();
    private final BlockingQueue<Delivery> deliveries = new LinkedBlockingQueue<>();
    private final Manner manner;

    public SmtpSink(Manner manner) throws IOException {
        this.manner = manner;
        daemon(this::accept);
    }

    public String port() {
        return String.valueOf(server.getLocalPort());
    }

    /** The next mail; null if none comes. */
    public Delivery next(int seconds) throws InterruptedException {
        return deliveries.poll(seconds, TimeUnit.SECONDS);
    }

    private void accept() {
        while (!server.isClosed()) {
            try {
                Socket client = server.accept();
                clients.add(client);
                daemon(() -> serve(client));
            } catch (IOException e) {
                return;
            }
        }
    }

    private void serve(Socket client) {
        try (client) {
            BufferedReader in = new BufferedReader(new InputStreamReader(client.getInputStream(), StandardCharsets.ISO_8859_1));
            OutputStream out = client.getOutputStream();
            if (manner == Manner.SILENT) {
                in.read();
                return;
            }
            while (manner == Manner.DRIPS) {
                say(out, "220-patience");
                TimeUnit.MILLISECONDS.sleep(50);
            }
            say(out, "220 sink");
            if (manner == Manner.HANGS_UP) {
                return;
            }
            converse(in, out);
        } catch (IOException | InterruptedException e) {
            // The client or the test is gone.
        }
    }

    private void converse(BufferedReader in, OutputStream out) throws IOException {
        List<String> recipients = new ArrayList<>();
        for (String line = in.readLine(); line != null; line = in.readLine()) {
            String verb = line.toUpperCase(Locale.ROOT);
            if (verb.startsWith("RCPT") && manner == Manner.REFUSES_NOBODY && line.contains("nobody@example.com")) {
                say(out, "550 no such user");
            } else if (verb.startsWith("MAIL") && manner == Manner.REFUSES_MAIL) {
                say(out, "451 not\ttoday");
            } else if (verb.startsWith("RCPT")) {
                recipients.add(line.substring(line.indexOf('<') + 1, line.indexOf('>')));
                say(out, "250 ok");
            } else if (verb.equals("DATA")) {
                say(out, "354 go on");
                StringBuilder data = new StringBuilder();
                for (String text = in.readLine(); !".".equals(text); text = in.readLine()) {
                    data.append(text).append("\r\n");
                }
                deliveries.add(new Delivery(List.copyOf(recipients), data.toString()));
                say(out, "250 taken");
            } else {
                say(out, "250 ok");
            }
        }
    }

    private static void say(OutputStream out, String line) throws IOException {
        out.write((line + "\r\n").getBytes(StandardCharsets.US_ASCII));
        out.flush();
    }

    private static void daemon(Runnable work) {
        Thread thread = new Thread(work, "SMTP sink");
        thread.setDaemon(true);
        thread.start();
    }

    @Override
    public void close() throws IOException {
        server.close();
        for (Socket client : clients) {
            client.close();
        }
    }
}
