package io.replymeter.local.e2e;

/** What requests are made of that nobody should send. */
final class WildValues {

    /** Part of every wild text: where an answer holds it, the answer quotes the input. */
    static final String MARK = "zq9x";

    static final String[] TEXTS = {
        MARK,
        MARK + "\u0000",
        MARK + "\u200b\ud83d\ude00",
        "<script>" + MARK + "</script>",
        "' OR 1=1 -- " + MARK,
        "${jndi:ldap://" + MARK + "}",
        "../../" + MARK,
        MARK.repeat(5_000),
        "%" + MARK,
        MARK + "\r\nX-Forged: 1",
        "",
        " ",
        "null",
        "1-1-1-1-1",
        "00000000-0000-0000-0000-000000000000",
        "-1",
        "0",
        "9223372036854775807",
        "99999999999999999999",
        "1e300",
        "NaN",
        "0x1F",
        "PT1H",
        "-PT1H",
        "PT9223372036854775807S",
        "9999-12-31",
        "+999999999-12-31",
        "AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA",
        "ANSWERED",
        "CLIENT",
        "PROVIDER"
    };
    static final String[] JSON_VALUES = {
        "null",
        "true",
        "0",
        "-1",
        "30.9",
        "1e300",
        "99999999999999999999",
        "[]",
        "{}",
        "[null]",
        "[[[[]]]]",
        "{\"zq9x!\": 1}",
        "\"\\ud800zq9x\"",
        "\"\\u0000zq9x\"",
        "\"PT1H\"",
        "\"HUMAN\"",
        "\"2026-12-01\"",
        "\"09:00\"",
        "[{\"from\": \"zq9x\", \"to\": null, \"day\": 1}]",
        "\"Europe/Paris\""
    };
    static final String[] BODIES = {
        "{",
        "null",
        "[]",
        "\"zq9x\"",
        "{\"zq9x!\": 1} {}",
        "[".repeat(3_000),
        "zq9x: 1",
        "\ufeff{}",
        "{\"a\": \"" + MARK
    };
    static final String[] TYPES = {
        "application/json", "application/json", "application/json", "application/json", "application/json;charset=zq9x",
        "application/yaml", "text/csv", "text/plain", "application/x-www-form-urlencoded", "multipart/form-data",
        "multipart/form-data; boundary=zq9x", "zq9x", "zq9x/;", "application/*"
    };
    static final String[] HEADERS = {
        "",
        "",
        "",
        "X-Forwarded-Prefix: DELETE\r\n",
        "X-Forwarded-Host: zq9x:zq9x\r\n",
        "Accept: text/html\r\n",
        "Accept: zq9x\r\n",
        "Accept-Language: zq9x-\r\n",
        "Idempotency-Key: zq9x\u00e9\r\n",
        "Cookie: zq9x=\"\r\n",
        "Range: bytes=zq9x\r\n",
        "Content-Encoding: gzip\r\n",
        "Expect: zq9x\r\n",
        "If-None-Match: zq9x\r\n",
        "X-HTTP-Method-Override: DELETE\r\n",
        "Forwarded: for=zq9x\r\n",
        "Origin: http://zq9x\r\n",
        "Host: zq9x\r\n"
    };
    static final String[] METHODS = {"GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS", "TRACE", "ZQ9X"};
    static final String[] OTHER_PATHS = {
        "/",
        "/error",
        "/actuator",
        "/actuator/health/zq9x",
        "/actuator/env",
        "/v3/api-docs/zq9x",
        "/favicon.ico",
        "/zq9x",
        "/api/v1/zq9x",
        "/api//v1/users",
        "/api/v1/..;/zq9x",
        "/%2e%2e/zq9x",
        "/api/v1/%zz",
        "/api/v1/%00zq9x",
        "/zq9x?%zz"
    };

    private WildValues() {}
}
