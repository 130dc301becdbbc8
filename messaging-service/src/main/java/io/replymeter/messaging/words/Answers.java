package io.replymeter.messaging.words;

import io.replymeter.web.EntityTags;
import org.springframework.http.HttpHeaders;
import org.springframework.http.ResponseEntity;
import org.springframework.stereotype.Component;

/** Answers in the reader's language, which need not be read again while they say the same. Thread-safe. */
@Component
public class Answers {

    private final EntityTags tags;

    Answers(EntityTags tags) {
        this.tags = tags;
    }

    /** {@code body}, whose texts are of {@code words}. */
    public <T> ResponseEntity<T> in(Words words, T body) {
        HttpHeaders headers = new HttpHeaders();
        headers.set(HttpHeaders.CONTENT_LANGUAGE, words.language());
        headers.set(HttpHeaders.VARY, HttpHeaders.ACCEPT_LANGUAGE);
        return tags.tagged(body, headers);
    }
}
