package io.replymeter.metrics;

import static com.tngtech.archunit.library.Architectures.layeredArchitecture;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;

@AnalyzeClasses(packages = "io.replymeter.metrics", importOptions = ImportOption.DoNotIncludeTests.class)
class ArchitectureTest {

    @ArchTest
    static final ArchRule eachPackageUsesOnlyThoseBelowIt = layeredArchitecture()
            .consideringOnlyDependenciesInLayers()
            .layer("application")
            .definedBy("io.replymeter.metrics")
            .layer("rebuild")
            .definedBy("..metrics.rebuild")
            .layer("upkeep")
            .definedBy("..metrics.upkeep")
            .layer("ingest")
            .definedBy("..metrics.ingest")
            .layer("provider")
            .definedBy("..metrics.provider")
            .layer("log")
            .definedBy("..metrics.log")
            .layer("generation")
            .definedBy("..metrics.generation")
            .layer("problem")
            .definedBy("..metrics.problem")
            .whereLayer("application")
            .mayNotBeAccessedByAnyLayer()
            .whereLayer("rebuild")
            .mayNotBeAccessedByAnyLayer()
            .whereLayer("upkeep")
            .mayOnlyBeAccessedByLayers("rebuild")
            .whereLayer("provider")
            .mayOnlyBeAccessedByLayers("rebuild")
            .whereLayer("ingest")
            .mayOnlyBeAccessedByLayers("upkeep", "rebuild")
            .whereLayer("log")
            .mayOnlyBeAccessedByLayers("ingest", "provider", "upkeep", "rebuild")
            .whereLayer("generation")
            .mayOnlyBeAccessedByLayers("log", "ingest", "provider", "upkeep", "rebuild");

    @ArchTest
    static final ArchRule packagesDoNotDependOnEachOtherInCircles =
            slices().matching("io.replymeter.metrics.(*)..").should().beFreeOfCycles();
}
