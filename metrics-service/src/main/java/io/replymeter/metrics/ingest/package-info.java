/** From records to tables: a batch of the topic becomes facts, inquiries, daily metrics and offsets, all or nothing. */
@NullMarked
package io.replymeter.metrics.ingest;

import org.jspecify.annotations.NullMarked;
