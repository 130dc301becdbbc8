/** How both services read what JDBC has no type of its own for. */
@NullMarked
package io.replymeter.jdbc;

import org.jspecify.annotations.NullMarked;
