package io.replymeter.metrics.oracle.checks;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;

import com.tngtech.archunit.core.importer.ClassFileImporter;
import io.replymeter.metrics.oracle.Oracle;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

/** The oracle keeps every rule, and shares no code with the product. */
class OracleTest {

    @Nested
    class Messages extends MessageRules {
        Messages() {
            super(Oracle::new);
        }
    }

    @Nested
    class Order extends OrderRules {
        Order() {
            super(Oracle::new);
        }
    }

    @Nested
    class Inquiries extends InquiryRules {
        Inquiries() {
            super(Oracle::new);
        }
    }

    @Nested
    class Metrics extends MetricsRules {
        Metrics() {
            super(Oracle::new);
        }
    }

    @Nested
    class Clock extends ClockRules {
        Clock() {
            super(Oracle::new);
        }
    }

    @Nested
    class Excuses extends ExcuseRules {
        Excuses() {
            super(Oracle::new);
        }
    }

    @Nested
    class Deletion extends DeletionRules {
        Deletion() {
            super(Oracle::new);
        }
    }

    @Test
    void theOracleSharesOnlyTheEventsWithTheProduct() {
        String oracle = Oracle.class.getPackageName();

        classes()
                .that()
                .resideInAPackage(oracle)
                .should()
                .onlyDependOnClassesThat()
                .resideInAnyPackage(oracle, "java..", "org.jspecify.annotations", "io.replymeter.events")
                .check(new ClassFileImporter().importPackages(oracle));
    }
}
