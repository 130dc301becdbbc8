package io.replymeter.local;

import io.replymeter.local.demo.Demo;
import io.replymeter.local.stack.DataFolder;
import io.replymeter.local.stack.StackPorts;
import java.io.PrintStream;
import java.util.List;

/** Prints the addresses of a running stack, and commands that work as printed. */
final class Welcome {

    private static final String CLIENT = "c1c1c1c1-0000-4000-8000-000000000001";
    private static final String PROVIDER = "b0b0b0b0-0000-4000-8000-000000000002";

    private final StackPorts ports;
    private final DataOption data;
    private final PrintStream out;

    Welcome(StackPorts ports, DataOption data, PrintStream out) {
        this.ports = ports;
        this.data = data;
        this.out = out;
    }

    void printAddresses(DataFolder folder) {
        out.println();
        out.println("  messaging    " + ports.messagingUrl() + "   (OpenAPI: /v3/api-docs)");
        out.println("  metrics      " + ports.metricsUrl() + "   (OpenAPI: /v3/api-docs)");
        out.println("  Kafka        localhost:" + ports.kafka());
        out.println("  PostgreSQL   jdbc:postgresql://localhost:" + ports.postgresql()
                + "/messaging and /metrics, user postgres, no password");
        out.println("  logs         " + folder.path().resolve("logs"));
    }

    /** The commands for two users, a question, an answer and the profile. */
    void printFirstSteps() {
        out.println("\nTry in another terminal: create a provider and a client, ask, answer, and read the profile");
        post("admin", "/api/v1/users", "{\"id\":\"" + PROVIDER + "\",\"role\":\"PROVIDER\",\"displayName\":\"Bo\"}");
        post("admin", "/api/v1/users", "{\"id\":\"" + CLIENT + "\",\"role\":\"CLIENT\",\"displayName\":\"Cleo\"}");
        post(CLIENT, "/api/v1/messages", "{\"recipientId\":\"" + PROVIDER + "\",\"body\":\"Are you free on Monday?\"}");
        post(PROVIDER, "/api/v1/messages", "{\"recipientId\":\"" + CLIENT + "\",\"body\":\"Yes, at nine.\"}");
        get(CLIENT, ports.messagingUrl() + "/api/v1/providers/" + PROVIDER + "/profile");
        out.println("Or bring data: `up --demo` fills in a sample marketplace, `" + data.command("import")
                + " FILE.csv --shift-to-now` imports your own log.");
    }

    /**
     * Links that sign in, then how to call the APIs.
     *
     * @param picker whether one may become anybody of the sample marketplace
     */
    void printSights(List<Demo.Sight> sights, Links links, boolean picker) {
        Demo.Sight first = sights.get(0);
        out.println("\nLook at it in a browser. Each link signs in and works for 30 days:");
        printLink("as a client", links.user(first.client()));
        printLink("as a provider, " + first.name() + ", who " + first.habit(), links.user(first.provider()));
        printLink("as an operator", links.operator());
        if (picker) {
            printLink("as anybody of the sample marketplace", links.demo());
        }
        out.println("\nLater: " + data.command("open") + " client|provider|ops" + (picker ? "|demo" : ""));
        out.println("\nOr call the APIs from another terminal: " + data.command("token") + " service|ops|admin|<userId>"
                + " prints a token. A profile, and the numbers behind it:");
        get(first.client(), ports.messagingUrl() + "/api/v1/providers/" + first.provider() + "/profile");
        get("service", ports.metricsUrl() + "/api/v1/providers/" + first.provider() + "/response-metrics");
    }

    private void printLink(String who, String link) {
        out.println("\n  " + who + "\n    " + link);
    }

    private void get(Object who, String url) {
        out.println("    curl -sw '\\n' " + authorization(who) + " " + url);
    }

    private void post(String who, String path, String json) {
        out.println("    curl -sw '\\n' " + authorization(who) + " -H 'Content-Type: application/json' -d '" + json
                + "' " + ports.messagingUrl() + path);
    }

    private String authorization(Object who) {
        return "-H \"Authorization: Bearer $(" + data.command("token") + " " + who + ")\"";
    }
}
