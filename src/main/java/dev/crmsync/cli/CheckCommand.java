package dev.crmsync.cli;

import dev.crmsync.check.Finding;
import dev.crmsync.check.Finding.Severity;
import dev.crmsync.check.OrgSchema;
import dev.crmsync.check.Report;
import dev.crmsync.check.RouteCheck;
import dev.crmsync.check.structure.RouteFile;
import dev.crmsync.check.structure.StructureCheck;
import dev.crmsync.salesforce.SalesforceSettings;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import org.apache.camel.CamelContext;
import org.apache.camel.impl.DefaultCamelContext;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Holds the routes against each other and the Salesforce schema, before anything is sent. */
@Command(
        name = "check",
        description = "Hold the routes against each other and the Salesforce schema:"
                + " steps, beans, parameters and functions that are not there, calls that lead nowhere;"
                + " unknown or read-only fields, missing keys, texts too long, wrong types."
                + " Exit code 1 when a route cannot run, or the org would refuse records.",
        mixinStandardHelpOptions = true)
final class CheckCommand implements Callable<Integer> {

    @Option(names = "--routes", description = "Folder of the routes; default ${DEFAULT-VALUE}.")
    private Path routes = Path.of("routes");

    @Option(
            names = "--org",
            description = "Ask the org of the settings (crm.salesforce.*) instead of the metadata package.")
    private boolean org;

    @Option(
            names = "--package",
            paramLabel = "<folder>",
            description = "Another metadata package that will be deployed: the folder that holds manifest/package.xml.")
    private List<Path> packages = List.of();

    @Spec
    private CommandSpec spec;

    @Override
    public Integer call() throws IOException {
        if (!org) {
            return check(new PackagedSchema(packages), "the metadata package");
        }
        SalesforceSettings settings = orgSettings();
        try (DescribedSchema schema = new DescribedSchema(settings)) {
            return check(schema, settings.loginUrl());
        }
    }

    private int check(OrgSchema schema, String source) throws IOException {
        List<RouteFile> files = new ArrayList<>();
        for (Path file : RouteCheck.files(routes)) {
            files.add(RouteFile.read(file));
        }
        List<Finding> findings = new ArrayList<>(structure(files));
        Report held = new RouteCheck(schema, new SampleTrial())
                .check(files.stream()
                        .filter(file -> file.unreadable().isEmpty())
                        .map(file -> Path.of(file.name()))
                        .toList());
        held.findings().stream()
                .filter(finding -> findings.stream().noneMatch(known -> says(known, finding)))
                .forEach(findings::add);
        Report report = new Report(findings, files.size(), held.upserts());
        new CheckText(spec.commandLine().getOut(), spec.commandLine().getColorScheme()).print(report, source);
        return report.count(Severity.ERROR) == 0 ? 0 : 1;
    }

    /** What would keep the routes from running, as a start finds it. */
    private static List<Finding> structure(List<RouteFile> files) {
        // it is never started, so there is nothing to stop
        CamelContext context = new DefaultCamelContext(false);
        RouteFunctions.bind(context.getRegistry());
        context.build();
        return new StructureCheck(context, RouteSurroundings.create())
                .check(files)
                .all();
    }

    /** Whether both say the same of one route. */
    private static boolean says(Finding known, Finding finding) {
        return known.file().equals(finding.file())
                && known.route().equals(finding.route())
                && known.message().equals(finding.message());
    }

    /** The settings as the application would see them. */
    private static SalesforceSettings orgSettings() throws IOException {
        try (DefaultCamelContext context = new DefaultCamelContext()) {
            context.getPropertiesComponent().setLocation(Application.SETTINGS_FILES);
            context.build();
            SettingsReader reader = new SettingsReader(context.getPropertiesComponent()::resolveProperty);
            SalesforceSettings settings = SalesforceSettingsReader.read(reader, Profile.read(reader) == Profile.DEV);
            reader.throwIfAny();
            return settings;
        }
    }
}
