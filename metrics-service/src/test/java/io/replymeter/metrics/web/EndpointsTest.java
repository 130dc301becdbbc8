package io.replymeter.metrics.web;

import static org.springframework.security.test.web.servlet.request.SecurityMockMvcRequestPostProcessors.jwt;

import io.replymeter.metrics.IntegrationTest;
import io.replymeter.web.EndpointsContract;
import java.util.Map;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.http.HttpMethod;
import org.springframework.http.MediaType;
import org.springframework.security.core.authority.AuthorityUtils;
import org.springframework.test.web.servlet.assertj.MockMvcTester;
import org.springframework.test.web.servlet.assertj.MockMvcTester.MockMvcRequestBuilder;
import org.springframework.test.web.servlet.assertj.MvcTestResult;

@IntegrationTest
class EndpointsTest extends EndpointsContract {

    private static final Map<Who, String> SCOPES =
            Map.of(Who.METRICS, "SCOPE_metrics:read", Who.OPERATOR, "SCOPE_metrics:ops", Who.ADMIN, "SCOPE_admin");

    @Autowired
    MockMvcTester http;

    @Override
    protected String heading() {
        return "Who may call metrics-service";
    }

    /** With a body that nothing takes, so that nothing is done. */
    @Override
    protected MvcTestResult call(HttpMethod method, String path, Who caller) {
        String uri = path.replace("/**", "/liveness").replaceAll("\\{[^/]*}", "3f0c1d6e-8f53-4c39-9a3f-0b7f6f9b2a11");
        MockMvcRequestBuilder request = http.method(method).uri(uri);
        if (method != HttpMethod.GET) {
            request.contentType(MediaType.APPLICATION_JSON).content("{\"unknown\":1}");
        }
        if (caller == Who.NOBODY) {
            return request.exchange();
        }
        String scope = SCOPES.get(caller);
        return request.with(jwt().authorities(
                                scope == null
                                        ? AuthorityUtils.NO_AUTHORITIES
                                        : AuthorityUtils.createAuthorityList(scope)))
                .exchange();
    }
}
