package io.replymeter.local.browser;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import org.junit.jupiter.api.extension.ExtendWith;

/**
 * The tests of this class take a {@link Browser} as a parameter: a new tab in which nothing is stored. A test fails if a
 * page logs an error or asks another origin for something. Where Chromium is not installed the tests are skipped, or fail
 * if the environment variable {@code REPLYMETER_BROWSER} is {@code required}.
 */
@Target(ElementType.TYPE)
@Retention(RetentionPolicy.RUNTIME)
@ExtendWith(Chromium.class)
public @interface BrowserTest {}
