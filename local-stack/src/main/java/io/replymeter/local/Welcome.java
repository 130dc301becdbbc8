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

    /** The commands to read the profile of one provider of each habit, and the numbers of the first one. */
    void printSights(List<Demo.Sight> sights) {
        out.println("\nIn another terminal, look at the profile of");
        for (Demo.Sight sight : sights) {
            out.println("  " + sight.name() + ", who " + sight.habit() + ":");
            get(sight.client(), ports.messagingUrl() + "/api/v1/providers/" + sight.provider() + "/profile");
        }
        String provider =
                ports.metricsUrl() + "/api/v1/providers/" + sights.get(0).provider();
        out.println("and at the numbers behind the first one, as a service reads them:");
        get("service", provider + "/response-metrics");
        get("service", provider + "/response-metrics/daily");
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
