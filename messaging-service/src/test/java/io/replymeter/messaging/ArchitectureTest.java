package io.replymeter.messaging;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;

/** Each package uses only those below it. A rule that matches no class fails. */
@AnalyzeClasses(packages = "io.replymeter.messaging", importOptions = ImportOption.DoNotIncludeTests.class)
class ArchitectureTest {

    private static final String MESSAGING = "io.replymeter.messaging.";

    @ArchTest
    static final ArchRule theBoundaryUsesOnlyWords = floor("web", "words");

    @ArchTest
    static final ArchRule wordsUseNothing = floor("words");

    @ArchTest
    static final ArchRule usersUseOnlyTheBoundary = floor("user", "web");

    @ArchTest
    static final ArchRule theOutboxUsesOnlyTheEvents = floor("outbox");

    @ArchTest
    static final ArchRule availabilityUsesUsers = floor("availability", "user", "web", "words");

    @ArchTest
    static final ArchRule teamsUseUsers = floor("team", "user", "web");

    @ArchTest
    static final ArchRule quickAnswersUseNothing = floor("automatic");

    @ArchTest
    static final ArchRule conversationsUseWhatIsBelowThem =
            floor("conversation", "automatic", "availability", "outbox", "team", "user", "web");

    @ArchTest
    static final ArchRule excusesUseConversations = floor("excuse", "conversation", "outbox", "team", "user", "web");

    @ArchTest
    static final ArchRule erasureUsesWhatItRemoves =
            floor("erasure", "availability", "conversation", "team", "user", "web");

    @ArchTest
    static final ArchRule importsUseConversationsAndUsers = floor("imports", "conversation", "user", "web");

    @ArchTest
    static final ArchRule profilesUseAvailabilityAndUsers = floor("profile", "availability", "user", "web", "words");

    @ArchTest
    static final ArchRule pagesUseNoFeature = floor("pages", "web", "words");

    @ArchTest
    static final ArchRule theWarmUpUsesUsers = floor("warmup", "user");

    @ArchTest
    static final ArchRule nobodyButTheOutboxSpeaksToKafka = noClasses()
            .that()
            .resideOutsideOfPackage(MESSAGING + "outbox")
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage("org.apache.kafka..", "org.springframework.kafka..");

    @ArchTest
    static final ArchRule controllersAreTheirPackagesOwn =
            classes().that().haveSimpleNameEndingWith("Controller").should().bePackagePrivate();

    private static ArchRule floor(String name, String... below) {
        DescribedPredicate<JavaClass> allowed = JavaClass.Predicates.resideInAPackage(MESSAGING + name);
        for (String one : below) {
            allowed = allowed.or(JavaClass.Predicates.resideInAPackage(MESSAGING + one));
        }
        return noClasses()
                .that()
                .resideInAPackage(MESSAGING + name)
                .should()
                .dependOnClassesThat(JavaClass.Predicates.resideInAPackage("io.replymeter.messaging..")
                        .and(DescribedPredicate.not(allowed)));
    }
}
