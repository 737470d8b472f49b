package dev.crmsync.architecture;

import static com.tngtech.archunit.lang.conditions.ArchPredicates.are;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.fields;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaField;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;
import com.tngtech.archunit.library.Architectures;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.ZonedDateTime;
import java.util.Collection;
import java.util.Date;
import java.util.Map;
import java.util.Set;

/** The rules that keep the parts apart. */
@AnalyzeClasses(packages = "dev.crmsync", importOptions = ImportOption.DoNotIncludeTests.class)
class ArchitectureTest {

    @ArchTest
    static final ArchRule whoMayKnowWhom = Architectures.layeredArchitecture()
            .consideringOnlyDependenciesInLayers()
            .withOptionalLayers(true)
            .layer("event")
            .definedBy("dev.crmsync.event..")
            .layer("worker")
            .definedBy("dev.crmsync.worker..")
            .layer("http")
            .definedBy("dev.crmsync.http..")
            .layer("file")
            .definedBy("dev.crmsync.file..")
            .layer("webhook")
            .definedBy("dev.crmsync.webhook..")
            .layer("record")
            .definedBy("dev.crmsync.record..")
            .layer("inbox")
            .definedBy("dev.crmsync.inbox..")
            .layer("salesforce")
            .definedBy("dev.crmsync.salesforce..")
            .layer("deadletter")
            .definedBy("dev.crmsync.deadletter..")
            .layer("console")
            .definedBy("dev.crmsync.console..")
            .layer("sandbox")
            .definedBy("dev.crmsync.sandbox..")
            .layer("observe")
            .definedBy("dev.crmsync.observe..")
            .layer("check")
            .definedBy("dev.crmsync.check..")
            .layer("cli")
            .definedBy("dev.crmsync.cli..")
            .whereLayer("event")
            .mayNotAccessAnyLayer()
            .whereLayer("worker")
            .mayNotAccessAnyLayer()
            .whereLayer("record")
            .mayOnlyAccessLayers("event")
            .whereLayer("http")
            .mayNotAccessAnyLayer()
            .whereLayer("file")
            .mayNotAccessAnyLayer()
            .whereLayer("sandbox")
            .mayOnlyAccessLayers("file")
            .whereLayer("check")
            .mayNotAccessAnyLayer()
            .whereLayer("webhook")
            .mayOnlyAccessLayers("event", "http")
            .whereLayer("observe")
            .mayOnlyAccessLayers("event")
            .whereLayer("inbox")
            .mayOnlyAccessLayers("event", "file", "record", "worker")
            .whereLayer("salesforce")
            .mayOnlyAccessLayers("event", "record", "worker")
            .whereLayer("deadletter")
            .mayOnlyAccessLayers("event", "inbox", "record", "worker")
            .whereLayer("console")
            .mayOnlyAccessLayers("event", "http", "inbox", "record", "salesforce", "deadletter")
            .whereLayer("cli")
            .mayNotBeAccessedByAnyLayer();

    @ArchTest
    static final ArchRule everyPackageHasItsPlace = classes()
            .should()
            .resideInAnyPackage(
                    "dev.crmsync.event..",
                    "dev.crmsync.record..",
                    "dev.crmsync.worker..",
                    "dev.crmsync.http..",
                    "dev.crmsync.file..",
                    "dev.crmsync.webhook..",
                    "dev.crmsync.inbox..",
                    "dev.crmsync.salesforce..",
                    "dev.crmsync.deadletter..",
                    "dev.crmsync.console..",
                    "dev.crmsync.sandbox..",
                    "dev.crmsync.check..",
                    "dev.crmsync.observe..",
                    "dev.crmsync.cli..");

    @ArchTest
    static final ArchRule noCyclesBetweenParts =
            slices().matching("dev.crmsync.(*)..").should().beFreeOfCycles();

    @ArchTest
    static final ArchRule noCyclesInsideTheSandbox =
            slices().matching("dev.crmsync.sandbox.(*)..").should().beFreeOfCycles();

    @ArchTest
    static final ArchRule valuesKnowNoFramework = noClasses()
            .that()
            .resideInAPackage("dev.crmsync.event..")
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage("org.apache.camel..", "io.vertx..", "java.sql..");

    @ArchTest
    static final ArchRule noStaticStateThatChanges = fields().that()
            .areStatic()
            .and(are(notGenerated()))
            .should()
            .beFinal()
            .andShould()
            .notHaveRawType(changeableHolder());

    @ArchTest
    static final ArchRule namesSayWhatThingsAre = noClasses()
            .should()
            .haveSimpleNameEndingWith("Manager")
            .orShould()
            .haveSimpleNameEndingWith("Helper")
            .orShould()
            .haveSimpleNameEndingWith("Util")
            .orShould()
            .haveSimpleNameEndingWith("Utils")
            .orShould()
            .haveSimpleNameEndingWith("Impl");

    @ArchTest
    static final ArchRule timeComesFromTheClock = noClasses()
            .should()
            .callMethod(Instant.class, "now")
            .orShould()
            .callMethod(LocalDate.class, "now")
            .orShould()
            .callMethod(LocalDateTime.class, "now")
            .orShould()
            .callMethod(ZonedDateTime.class, "now")
            .orShould()
            .callMethod(System.class, "currentTimeMillis")
            .orShould()
            .callConstructor(Date.class);

    @ArchTest
    static final ArchRule onlyCommandsPrint = noClasses()
            .that()
            .resideOutsideOfPackage("dev.crmsync.cli..")
            .should()
            .accessField(System.class, "out")
            .orShould()
            .accessField(System.class, "err");

    /** Switches over enums have the compiler make such fields. */
    private static DescribedPredicate<JavaField> notGenerated() {
        return DescribedPredicate.describe(
                "not generated by the compiler",
                field -> !field.getName().startsWith("$") && !field.getName().contains("$SwitchMap$"));
    }

    private static DescribedPredicate<JavaClass> changeableHolder() {
        return DescribedPredicate.describe(
                "made to change",
                type -> type.getPackageName().equals("java.util.concurrent.atomic")
                        || type.getPackageName().equals("java.util.concurrent")
                        || type.isAssignableTo(ThreadLocal.class)
                        || type.isAssignableTo(Collection.class) && !isReadOnlyByDeclaration(type)
                        || type.isAssignableTo(StringBuilder.class));
    }

    private static boolean isReadOnlyByDeclaration(JavaClass type) {
        return type.isEquivalentTo(java.util.List.class)
                || type.isEquivalentTo(Set.class)
                || type.isEquivalentTo(Collection.class)
                || type.isEquivalentTo(Map.class);
    }
}
