package io.replymeter.messaging.profile;

import com.fasterxml.jackson.annotation.JsonUnwrapped;
import io.replymeter.messaging.words.Words;
import io.replymeter.metrics.client.InquiryPage;
import io.replymeter.metrics.client.InquiryPage.Inquiry;
import io.swagger.v3.oas.annotations.media.Schema;
import java.math.BigDecimal;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** A page of a provider's inquiries in the window, newest first, with the clients' names and why each counts as it does. */
record OwnInquiries(
        List<OwnInquiry> inquiries,

        @Schema(description = "The cursor of the next page; null on the last one.") @Nullable String nextCursor) {

    static OwnInquiries of(InquiryPage page, Map<UUID, String> names, Words words) {
        return new OwnInquiries(
                page.inquiries().stream()
                        .map(inquiry -> OwnInquiry.of(inquiry, names, words))
                        .toList(),
                page.nextCursor());
    }

    record OwnInquiry(
            @JsonUnwrapped Inquiry inquiry,

            @Schema(description = "The client's name; null if nobody has it any more.") @Nullable String clientName,

            @Schema(example = "Answered in time. Response time: 35 minutes.", description = "Why it counts as it does.")
            String explanation) {

        private static OwnInquiry of(Inquiry inquiry, Map<UUID, String> names, Words words) {
            return new OwnInquiry(
                    inquiry,
                    names.get(inquiry.clientId()),
                    words.say("inquiry." + inquiry.outcome(), arguments(inquiry, words)));
        }

        private static Map<String, String> arguments(Inquiry inquiry, Words words) {
            BigDecimal seconds = inquiry.responseTimeSeconds();
            return Map.of(
                    "time", seconds == null ? "" : words.duration(Duration.ofSeconds(seconds.longValue())),
                    "by", String.valueOf(inquiry.excusedBy()),
                    "reason", String.valueOf(inquiry.excuseReason()));
        }
    }
}
