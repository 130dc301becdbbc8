package io.replymeter.local;

import io.replymeter.local.demo.Demo;
import io.replymeter.local.stack.DataFolder;
import io.replymeter.local.stack.StackPorts;
import java.io.PrintStream;
import java.util.List;
import java.util.Locale;

/** Prints the pages and addresses of a running stack, and commands that work as printed. */
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

    /**
     * Links that sign in. On a terminal only their addresses are seen.
     *
     * @param sights of the sample marketplace; empty without it
     * @param picker whether one may become anybody of the sample marketplace
     */
    void printPages(Links links, List<Demo.Sight> sights, boolean picker) {
        out.println();
        if (!sights.isEmpty()) {
            page("client", links.user(sights.get(0).client()));
            page("provider", links.user(sights.get(0).provider()));
        }
        if (picker) {
            page("anybody", links.demo());
        }
        page("operator", links.operator());
        line("API", ports.messagingUrl() + "/docs/ and " + ports.metricsUrl() + "/docs/");
    }

    private void page(String who, String link) {
        boolean isTerminal = Boolean.getBoolean("replymeter.terminal") && System.console() != null;
        line(who, isTerminal ? hyperlink(link, link.substring(0, link.indexOf('#'))) : link);
    }

    /** As terminals understand it (OSC 8). Those that do not show the text. */
    private static String hyperlink(String link, String text) {
        return "\033]8;;" + link + "\033\\" + text + "\033]8;;\033\\";
    }

    void printAddresses(DataFolder folder) {
        line("messaging", ports.messagingUrl());
        line("metrics", ports.metricsUrl());
        line("Kafka", "localhost:" + ports.kafka());
        line(
                "PostgreSQL",
                "jdbc:postgresql://localhost:" + ports.postgresql() + "/messaging and /metrics, user postgres");
        line("its password", folder.path().resolve("postgresql.password").toString());
        line("logs", folder.path().resolve("logs").toString());
    }

    /** The commands for two users, a question, an answer and the profile. */
    void printFirstSteps() {
        out.println("\nTry in another terminal: create a provider and a client, ask, answer, and read the profile");
        post("admin", "/api/v1/users", "{\"id\":\"" + PROVIDER + "\",\"role\":\"PROVIDER\",\"displayName\":\"Bo\"}");
        post("admin", "/api/v1/users", "{\"id\":\"" + CLIENT + "\",\"role\":\"CLIENT\",\"displayName\":\"Cleo\"}");
        post(CLIENT, "/api/v1/messages", "{\"recipientId\":\"" + PROVIDER + "\",\"body\":\"Are you free on Monday?\"}");
        post(PROVIDER, "/api/v1/messages", "{\"recipientId\":\"" + CLIENT + "\",\"body\":\"Yes, at nine.\"}");
        out.println("    " + profile(CLIENT, PROVIDER));
        out.println("Or bring data: `up --demo` fills in a sample marketplace, `" + data.command("import")
                + " FILE.csv --shift-to-now` imports your own log.");
    }

    /** How to sign in and to get a token, and what a client sees of the first provider. */
    void printSights(List<Demo.Sight> sights, boolean picker) {
        Demo.Sight first = sights.get(0);
        out.println();
        line("sign in", data.command("open") + " client|provider|ops" + (picker ? "|demo" : ""));
        line("a token", data.command("token") + " ops, service, admin or the id of a user");
        line("a profile", profile(first.client(), first.provider()));
    }

    private String profile(Object client, Object provider) {
        return "curl -sw '\\n' " + authorization(client) + " " + ports.messagingUrl() + "/api/v1/providers/" + provider
                + "/profile";
    }

    private void post(String who, String path, String json) {
        out.println("    curl -sw '\\n' " + authorization(who) + " -H 'Content-Type: application/json' -d '" + json
                + "' " + ports.messagingUrl() + path);
    }

    private String authorization(Object who) {
        return "-H \"Authorization: Bearer $(" + data.command("token") + " " + who + ")\"";
    }

    private void line(String what, String where) {
        out.println(String.format(Locale.ROOT, "  %-12s %s", what, where));
    }
}
