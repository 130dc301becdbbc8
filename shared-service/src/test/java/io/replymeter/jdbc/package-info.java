@NullMarked
package io.replymeter.jdbc;

import org.jspecify.annotations.NullMarked;
