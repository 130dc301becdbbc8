/** What tokens have to say. */
@NullMarked
package io.replymeter.web.token;

import org.jspecify.annotations.NullMarked;
