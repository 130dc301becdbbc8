package io.replymeter.web;

import jakarta.servlet.ServletException;
import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.Map;
import org.apache.catalina.connector.Request;
import org.apache.catalina.connector.Response;
import org.apache.catalina.valves.ErrorReportValve;
import org.apache.coyote.ActionCode;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatusCode;
import org.springframework.http.MediaType;
import org.springframework.http.ProblemDetail;
import tools.jackson.databind.json.JsonMapper;

/**
 * What Tomcat itself answers, and every filter that only sends a status: problem documents too. And no answered request
 * keeps a thread by a body that nobody reads. Tomcat makes its own instance.
 */
public final class ProblemReport extends ErrorReportValve {

    private static final JsonMapper JSON = JsonMapper.shared();
    private static final int FIRST_ERROR = 400;

    @Override
    public void invoke(Request request, Response response) throws IOException, ServletException {
        super.invoke(request, response);
        if (response.getStatus() >= FIRST_ERROR && response.getContentWritten() == 0 && !response.isCommitted()) {
            write(response);
        }
        stopReading(request, response);
    }

    @Override
    protected void report(Request request, Response response, @Nullable Throwable error) {
        if (response.getStatus() < FIRST_ERROR || response.getContentWritten() > 0 || !response.setErrorReported()) {
            return;
        }
        try {
            write(response);
        } catch (IOException e) {
            // The caller has gone.
        }
    }

    private static void write(Response response) throws IOException {
        ProblemDetail problem = Refusals.of(HttpStatusCode.valueOf(response.getStatus()));
        Map<String, Object> document = new LinkedHashMap<>();
        document.put("type", String.valueOf(problem.getType()));
        document.put("title", String.valueOf(problem.getTitle()));
        document.put("status", problem.getStatus());
        document.put("detail", String.valueOf(problem.getDetail()));
        byte[] bytes = JSON.writeValueAsBytes(document);
        response.setContentType(MediaType.APPLICATION_PROBLEM_JSON_VALUE);
        response.setContentLength(bytes.length);
        response.getOutputStream().write(bytes);
    }

    /**
     * Tomcat would wait for the rest of the body, to use the connection again. It is ended instead. The whole answer has to be
     * on its way by then: Tomcat would make a 500 of a good one, and leave out the last chunk of a refusal.
     */
    private static void stopReading(Request request, Response response) throws IOException {
        if (request.isFinished()) {
            return;
        }
        if (!response.isCommitted()) {
            response.setHeader("Connection", "close");
        }
        response.finishResponse();
        request.getCoyoteRequest().action(ActionCode.DISABLE_SWALLOW_INPUT, null);
    }
}
