/**
 * The rules of measurement once more, as a peer would write them: a log without repeats in which each conversation's
 * events arrive in order, and one client and one provider a conversation. The product assumes none of that.
 */
@NullMarked
package io.replymeter.benchmarks.pairing;

import org.jspecify.annotations.NullMarked;
