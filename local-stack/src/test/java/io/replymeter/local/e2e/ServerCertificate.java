package io.replymeter.local.e2e;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.util.Base64;

/** A certificate for {@code localhost}, signed by itself, as files that Kafka and PostgreSQL read. */
record ServerCertificate(Path keyStore, Path certificate, Path key) {

    static final String PASSWORD = "changeit";

    private static final String ALIAS = "localhost";

    static ServerCertificate in(Path folder) throws IOException, InterruptedException, GeneralSecurityException {
        ServerCertificate files = new ServerCertificate(
                folder.resolve("server.p12"), folder.resolve("server.crt"), folder.resolve("server.key"));
        files.generate();
        KeyStore store = KeyStore.getInstance(files.keyStore.toFile(), PASSWORD.toCharArray());
        write(files.certificate, "CERTIFICATE", store.getCertificate(ALIAS).getEncoded());
        write(
                files.key,
                "PRIVATE KEY",
                store.getKey(ALIAS, PASSWORD.toCharArray()).getEncoded());
        return files;
    }

    private void generate() throws IOException, InterruptedException {
        String keytool =
                Path.of(System.getProperty("java.home"), "bin", "keytool").toString();
        String arguments =
                "-genkeypair -keyalg EC -groupname secp256r1 -validity 2 -dname CN=localhost -ext san=dns:localhost"
                        + " -storetype PKCS12 -alias " + ALIAS + " -storepass " + PASSWORD + " -keystore";
        ProcessBuilder command = new ProcessBuilder((keytool + " " + arguments).split(" "));
        command.command().add(keyStore.toString());
        assertThat(command.inheritIO().start().waitFor()).isZero();
    }

    /** PostgreSQL wants a key that nobody else can read. */
    private static void write(Path file, String what, byte[] content) throws IOException {
        Files.createFile(file, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
        String text = Base64.getMimeEncoder(64, new byte[] {'\n'}).encodeToString(content);
        Files.writeString(file, "-----BEGIN " + what + "-----\n" + text + "\n-----END " + what + "-----\n", US_ASCII);
    }
}
