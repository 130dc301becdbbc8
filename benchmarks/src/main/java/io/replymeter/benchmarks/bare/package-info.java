/** What a post costs in any Spring Boot service. */
@NullMarked
package io.replymeter.benchmarks.bare;

import org.jspecify.annotations.NullMarked;
