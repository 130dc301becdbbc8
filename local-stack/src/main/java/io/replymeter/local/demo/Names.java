package io.replymeter.local.demo;

import java.util.List;

/** Invented names for the sample marketplace. */
final class Names {

    private static final List<String> FIRST = words("""
            Amara Björn Chidi Dilnoza Elif Farid Grace Hana Imani Jonas
            Keiko Liam Mateo Nadia Oona Priya Quentin Rosa Sven Tariq""");

    private static final List<String> LAST = words("""
            Abara Bergström Castillo Demir Eriksen Fontaine Grünwald Hashimoto Ivanova Jensen
            Kowalska Lindqvist Moreau Nakamura Okafor Petrova Quispe Rossi Santos Tamm""");

    private static final List<String> TRADES = List.of(
            "Plumbing", "Gardens", "Piano Lessons", "Carpentry", "Dog Walking", "Tax Advice", "Photography", "Tiling");

    private Names() {}

    private static List<String> words(String text) {
        return List.of(text.split("\\s"));
    }

    /** The name of a client: 400 different ones. */
    static String client(int number) {
        return FIRST.get(number % FIRST.size()) + " " + LAST.get(number / FIRST.size() % LAST.size());
    }

    /** The name of a team's member. */
    static String member(int number, String team) {
        return FIRST.get(number) + " of " + team;
    }

    /** The name of a provider: 160 different ones. */
    static String provider(int number) {
        int trade = number + number / TRADES.size();
        return LAST.get(number % LAST.size()) + " " + TRADES.get(trade % TRADES.size());
    }
}
