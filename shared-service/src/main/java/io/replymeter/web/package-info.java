/** The HTTP conventions of both services: errors as problem documents, refusals without a token, pages. */
@NullMarked
package io.replymeter.web;

import org.jspecify.annotations.NullMarked;
