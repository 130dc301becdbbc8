package io.replymeter.messaging.pages;

import io.replymeter.messaging.words.Answers;
import io.replymeter.messaging.words.Languages;
import io.replymeter.messaging.words.Words;
import io.swagger.v3.oas.annotations.Hidden;
import java.util.List;
import java.util.Map;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBooleanProperty;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RestController;

/** The words of the web application's pages, in the reader's language. */
@Hidden
@RestController
@ConditionalOnBooleanProperty("replymeter.web.enabled")
class WordsController {

    static final String PATH = "/words";

    private final Languages languages;
    private final Answers answers;

    WordsController(Languages languages, Answers answers) {
        this.languages = languages;
        this.answers = answers;
    }

    /** @param name the language's own name for itself */
    record Language(String tag, String name) {}

    /** @param direction ltr or rtl */
    record PageWords(String language, String direction, List<Language> languages, Map<String, String> texts) {}

    @GetMapping(PATH)
    ResponseEntity<PageWords> words(Words words) {
        return answers.in(
                words,
                new PageWords(
                        words.language(),
                        words.isRightToLeft() ? "rtl" : "ltr",
                        languages.all().stream()
                                .map(one -> new Language(one.language(), one.name()))
                                .toList(),
                        words.startingWith("page.")));
    }
}
