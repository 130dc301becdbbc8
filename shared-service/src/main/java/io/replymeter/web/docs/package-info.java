/** The page that describes a service's API to those who call it. */
@NullMarked
package io.replymeter.web.docs;

import org.jspecify.annotations.NullMarked;
