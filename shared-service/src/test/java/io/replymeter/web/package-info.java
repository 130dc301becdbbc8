@NullMarked
package io.replymeter.web;

import org.jspecify.annotations.NullMarked;
