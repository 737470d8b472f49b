package dev.crmsync.cli;

import dev.crmsync.check.Finding;
import dev.crmsync.check.structure.RouteFile;
import dev.crmsync.check.structure.RouteRoles;
import dev.crmsync.check.structure.StructureCheck;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import org.apache.camel.CamelContext;
import org.apache.camel.RoutesBuilder;
import org.apache.camel.main.DefaultRoutesCollector;
import org.apache.camel.spi.Resource;
import org.apache.camel.support.PluginHelper;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Checks the files of routes before Camel loads them. In {@code prod} one that cannot run stops the start, with everything
 * that has to be corrected; in {@code dev} it is left out, and what needs it, and the others run.
 */
final class CheckedRoutes extends DefaultRoutesCollector {

    private static final Logger LOG = LoggerFactory.getLogger(CheckedRoutes.class);

    private final Supplier<Profile> profile;
    private volatile List<Finding> leftOut = List.of();

    CheckedRoutes(Supplier<Profile> profile) {
        this.profile = profile;
    }

    /** Why files were left out; empty when all routes are there. */
    List<Finding> leftOut() {
        return leftOut;
    }

    @Override
    public Collection<RoutesBuilder> collectRoutesFromDirectory(CamelContext context, String exclude, String include) {
        Map<String, Resource> resources = new LinkedHashMap<>();
        for (Resource resource : findRouteResourcesFromDirectory(context, exclude, include)) {
            resources.put(name(resource), resource);
        }
        List<RouteFile> files = runnable(
                new StructureCheck(context, RouteSurroundings.create()),
                resources.entrySet().stream()
                        .map(each -> read(each.getKey(), each.getValue()))
                        .toList());
        context.getRegistry().bind("default-error-handling", new DefaultErrorHandling(new RouteRoles(files)));
        return load(
                context, files.stream().map(file -> resources.get(file.name())).toList());
    }

    /** Those of the files that can run. */
    private List<RouteFile> runnable(StructureCheck check, List<RouteFile> all) {
        List<RouteFile> files = all;
        List<Finding> broken = new ArrayList<>();
        StructureCheck.Result result = check.check(files);
        while (!result.broken().isEmpty()) {
            if (profile.get() == Profile.PROD) {
                throw new RoutesException(result.broken());
            }
            broken.addAll(result.broken());
            result.broken().forEach(finding -> LOG.error("{}: {}", finding.place(), finding.message()));
            Set<String> out = result.broken().stream().map(Finding::file).collect(Collectors.toSet());
            LOG.error("Left out until that is corrected: {}", String.join(", ", out));
            files = files.stream().filter(file -> !out.contains(file.name())).toList();
            result = check.check(files);
        }
        result.undelivered().forEach(finding -> LOG.error("{}: {}", finding.place(), finding.message()));
        leftOut = List.copyOf(broken);
        return files;
    }

    private static Collection<RoutesBuilder> load(CamelContext context, List<Resource> resources) {
        try {
            return PluginHelper.getRoutesLoader(context).findRoutesBuilders(resources);
        } catch (RuntimeException e) {
            throw e;
        } catch (Exception e) {
            throw new IllegalStateException(e.getMessage(), e);
        }
    }

    private static String name(Resource resource) {
        return resource.getLocation().replaceFirst("^file:", "");
    }

    private static RouteFile read(String name, Resource resource) {
        try (InputStream content = resource.getInputStream()) {
            return RouteFile.read(name, content);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
