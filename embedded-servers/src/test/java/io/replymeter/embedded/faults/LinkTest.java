package io.replymeter.embedded.faults;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.SocketTimeoutException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(120)
class LinkTest {

    private static final int A_MOMENT_MILLIS = 300;

    private ServerSocket server;
    private Link link;
    private Socket client;
    private Socket served;

    @BeforeEach
    void connect() throws IOException {
        server = new ServerSocket(0, 0, InetAddress.getLoopbackAddress());
        link = Link.to(server.getLocalPort());
        client = new Socket(InetAddress.getLoopbackAddress(), link.port());
        served = server.accept();
        client.getOutputStream().write(1);
        assertThat(served.getInputStream().read()).isEqualTo(1);
        served.getOutputStream().write(2);
        assertThat(client.getInputStream().read()).isEqualTo(2);
    }

    @AfterEach
    void close() throws IOException {
        client.close();
        served.close();
        link.close();
        server.close();
    }

    @Test
    void whatASilentLinkHeldArrivesWhenItIsOpened() throws IOException {
        link.fallSilent();
        client.getOutputStream().write(3);
        assertNothingComes(served);

        link.open();

        served.setSoTimeout(0);
        assertThat(served.getInputStream().read()).isEqualTo(3);
    }

    @Test
    void aSilentLinkTellsNobodyThatAConnectionHasEnded() throws IOException {
        link.fallSilent();
        client.close();
        assertNothingComes(served);

        link.cut();

        served.setSoTimeout(0);
        assertThat(served.getInputStream().read()).isEqualTo(-1);
    }

    @Test
    void requestsPassWhileAnswersAreHeld() throws IOException {
        link.holdAnswers();
        client.getOutputStream().write(3);
        assertThat(served.getInputStream().read()).isEqualTo(3);
        served.getOutputStream().write(4);

        assertNothingComes(client);
    }

    @Test
    void aConnectionThatWasForgottenStaysSilentAndOthersDoNot() throws IOException {
        link.forgetConnections();
        client.getOutputStream().write(3);
        assertNothingComes(served);

        try (Socket another = new Socket(InetAddress.getLoopbackAddress(), link.port());
                Socket servedNow = server.accept()) {
            another.getOutputStream().write(4);
            assertThat(servedNow.getInputStream().read()).isEqualTo(4);
        }
    }

    @Test
    void aRefusingLinkEndsOldAndNewConnections() throws IOException {
        link.refuse();

        assertThat(served.getInputStream().read()).isEqualTo(-1);
        try (Socket another = new Socket(InetAddress.getLoopbackAddress(), link.port())) {
            assertThat(another.getInputStream().read()).isEqualTo(-1);
        }
    }

    private static void assertNothingComes(Socket socket) throws IOException {
        socket.setSoTimeout(A_MOMENT_MILLIS);
        assertThatThrownBy(() -> socket.getInputStream().read()).isInstanceOf(SocketTimeoutException.class);
    }
}
