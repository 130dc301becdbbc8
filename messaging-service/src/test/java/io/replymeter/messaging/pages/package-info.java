@NullMarked
package io.replymeter.messaging.pages;

import org.jspecify.annotations.NullMarked;
