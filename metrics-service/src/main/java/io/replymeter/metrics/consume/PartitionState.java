package io.replymeter.metrics.consume;

/** Where an assigned partition stands: it is either read or stopped, never both. */
sealed interface PartitionState {

    /** The topic it was read from: not the present one if that was recreated. */
    String topicId();

    /** @param nextOffset what was read from the database at assignment, or written to it last */
    record Reading(String topicId, long nextOffset) implements PartitionState {}

    /** @param reason why it cannot be read on, until somebody decides */
    record Stopped(String topicId, String reason) implements PartitionState {}
}
