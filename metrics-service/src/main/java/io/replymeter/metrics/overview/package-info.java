/** What an operator looks at first: how far the topic is read, and whose numbers may be incomplete. */
@NullMarked
package io.replymeter.metrics.overview;

import org.jspecify.annotations.NullMarked;
