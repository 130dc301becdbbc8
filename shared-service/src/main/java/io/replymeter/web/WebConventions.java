package io.replymeter.web;

import io.replymeter.web.input.StrictInput;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Import;

/**
 * What a service imports to answer every error as the others do. Its security filter chain uses {@link
 * RefusedRequests},.
 */
@Configuration(proxyBeanMethods = false)
@Import({ProblemHandler.class, RefusedRequests.class, StrictInput.class})
public class WebConventions {}
