/** Tests of the whole service, on real servers. */
@NullMarked
package io.replymeter.messaging;

import org.jspecify.annotations.NullMarked;
