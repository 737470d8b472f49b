package dev.crmsync.cli;

import dev.crmsync.check.structure.RouteFile;
import dev.crmsync.check.structure.RouteRoles;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import org.apache.camel.CamelContext;
import org.apache.camel.RoutesBuilder;
import org.apache.camel.main.DefaultRoutesCollector;
import org.apache.camel.spi.Resource;

/** Reads the files of routes before Camel loads them. */
final class CheckedRoutes extends DefaultRoutesCollector {

    @Override
    public Collection<RoutesBuilder> collectRoutesFromDirectory(CamelContext context, String exclude, String include) {
        List<RouteFile> files = new ArrayList<>();
        for (Resource resource : findRouteResourcesFromDirectory(context, exclude, include)) {
            files.add(read(resource));
        }
        context.getRegistry().bind("default-error-handling", new DefaultErrorHandling(new RouteRoles(files)));
        return super.collectRoutesFromDirectory(context, exclude, include);
    }

    private static RouteFile read(Resource resource) {
        try (InputStream content = resource.getInputStream()) {
            return RouteFile.read(resource.getLocation().replaceFirst("^file:", ""), content);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
