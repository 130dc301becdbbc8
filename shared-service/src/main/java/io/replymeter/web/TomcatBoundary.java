package io.replymeter.web;

import org.apache.catalina.core.StandardHost;
import org.springframework.boot.tomcat.ConfigurableTomcatWebServerFactory;
import org.springframework.boot.web.server.WebServerFactoryCustomizer;

/** Tomcat answers with problem documents, and reads no body by itself. */
final class TomcatBoundary implements WebServerFactoryCustomizer<ConfigurableTomcatWebServerFactory> {

    @Override
    public void customize(ConfigurableTomcatWebServerFactory tomcat) {
        tomcat.addContextCustomizers(context ->
                ((StandardHost) context.getParent()).setErrorReportValveClass(ProblemReport.class.getName()));
        // A form would be read where a parameter is first asked for, before any token was looked at.
        tomcat.addConnectorCustomizers(connector -> connector.setParseBodyMethods(""));
    }
}
