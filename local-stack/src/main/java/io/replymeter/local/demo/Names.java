package io.replymeter.local.demo;

import java.util.List;

/** Names for the sample marketplace; any likeness is chance. */
final class Names {

    private static final List<String> FIRST = List.of(
            "Amara", "Björn", "Chidi", "Dilnoza", "Elif", "Farid", "Grace", "Hana", "Imani", "Jonas", "Keiko", "Liam",
            "Mateo", "Nadia", "Oona", "Priya", "Quentin", "Rosa", "Sven", "Tariq");

    private static final List<String> LAST = List.of(
            "Abara",
            "Bergström",
            "Castillo",
            "Demir",
            "Eriksen",
            "Fontaine",
            "Grünwald",
            "Hashimoto",
            "Ivanova",
            "Jensen",
            "Kowalska",
            "Lindqvist",
            "Moreau",
            "Nakamura",
            "Okafor",
            "Petrova",
            "Quispe",
            "Rossi",
            "Santos",
            "Tamm");

    private static final List<String> TRADES = List.of(
            "Plumbing", "Gardens", "Piano Lessons", "Carpentry", "Dog Walking", "Tax Advice", "Photography", "Tiling");

    private Names() {}

    /** 400 different ones. */
    static String client(int number) {
        return FIRST.get(number % FIRST.size()) + " " + LAST.get(number / FIRST.size() % LAST.size());
    }

    /** 160 different ones. */
    static String provider(int number) {
        int trade = number + number / TRADES.size();
        return LAST.get(number % LAST.size()) + " " + TRADES.get(trade % TRADES.size());
    }
}
