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
            .layer("web")
            .definedBy("..metrics.web")
            .layer("overview")
            .definedBy("..metrics.overview")
            .layer("rebuild")
            .definedBy("..metrics.rebuild")
            .layer("comparison")
            .definedBy("..metrics.comparison")
            .layer("retention")
            .definedBy("..metrics.retention")
            .layer("consume")
            .definedBy("..metrics.consume")
            .layer("pace")
            .definedBy("..metrics.pace")
            .layer("provider")
            .definedBy("..metrics.provider")
            .layer("ingest")
            .definedBy("..metrics.ingest")
            .layer("log")
            .definedBy("..metrics.log")
            .layer("tables")
            .definedBy("..metrics.tables")
            .layer("generation")
            .definedBy("..metrics.generation")
            .whereLayer("application")
            .mayNotBeAccessedByAnyLayer()
            .whereLayer("web")
            .mayNotBeAccessedByAnyLayer()
            .whereLayer("overview")
            .mayNotBeAccessedByAnyLayer()
            .whereLayer("rebuild")
            .mayNotBeAccessedByAnyLayer()
            .whereLayer("comparison")
            .mayOnlyBeAccessedByLayers("rebuild")
            .whereLayer("consume")
            .mayOnlyBeAccessedByLayers("overview", "rebuild")
            .whereLayer("retention")
            .mayOnlyBeAccessedByLayers("comparison", "rebuild")
            .whereLayer("pace")
            .mayOnlyBeAccessedByLayers("consume", "rebuild")
            .whereLayer("provider")
            .mayNotBeAccessedByAnyLayer()
            .whereLayer("ingest")
            .mayOnlyBeAccessedByLayers("overview", "consume", "retention", "rebuild")
            .whereLayer("log")
            .mayOnlyBeAccessedByLayers(
                    "overview", "ingest", "pace", "consume", "provider", "retention", "comparison", "rebuild")
            .whereLayer("tables")
            .mayOnlyBeAccessedByLayers("overview", "log", "ingest", "provider", "retention", "comparison", "rebuild");

    @ArchTest
    static final ArchRule packagesDoNotDependOnEachOtherInCircles =
            slices().matching("io.replymeter.metrics.(*)..").should().beFreeOfCycles();
}
