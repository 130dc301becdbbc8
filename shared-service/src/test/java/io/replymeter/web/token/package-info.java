@NullMarked
package io.replymeter.web.token;

import org.jspecify.annotations.NullMarked;
