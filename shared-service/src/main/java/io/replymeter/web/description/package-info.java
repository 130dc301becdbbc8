/** What the API's description says of every operation alike. */
@NullMarked
package io.replymeter.web.description;

import org.jspecify.annotations.NullMarked;
