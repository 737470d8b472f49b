package dev.crmsync.check.structure;

import dev.crmsync.check.Finding;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import org.apache.camel.CamelContext;

/** Looks whether files of routes can run: together, in that context, with what the application brings along. */
public final class StructureCheck {

    private final CamelContext context;
    private final Surroundings surroundings;
    private final Setters setters;

    /** @param context need not be started, and is left as it is */
    public StructureCheck(CamelContext context, Surroundings surroundings) {
        this.context = context;
        this.surroundings = surroundings;
        this.setters = new Setters(context);
    }

    /**
     * What came out.
     *
     * @param broken what keeps a route from running at all, by file and line
     * @param undelivered what runs, but accepts what nobody delivers
     */
    public record Result(List<Finding> broken, List<Finding> undelivered) {

        /** All, by file and line. */
        public List<Finding> all() {
            List<Finding> all = new ArrayList<>(broken);
            all.addAll(undelivered);
            all.sort(BY_PLACE);
            return all;
        }
    }

    private static final Comparator<Finding> BY_PLACE =
            Comparator.comparing(Finding::file).thenComparing(Finding::line);

    public Result check(List<RouteFile> files) {
        List<Finding> broken = new ArrayList<>();
        CamelSyntax syntax = new CamelSyntax(context);
        for (RouteFile file : files) {
            file.unreadable().ifPresent(broken::add);
            syntax.check(file, broken::add);
            file.items().forEach(item -> new Shapes(file.name(), broken::add).check(item));
        }
        Declarations declared = Declarations.in(files);
        new Duplicates(broken::add).check(declared);
        new Targets(context, surroundings, setters, broken::add).check(declared);
        new Beans(context, surroundings, setters, broken::add).check(declared);
        new Languages(context, broken::add).check(declared);
        List<Finding> undelivered = new ArrayList<>();
        new Undelivered(surroundings, undelivered::add).check(declared);
        return new Result(broken.stream().distinct().sorted(BY_PLACE).toList(), undelivered);
    }
}
