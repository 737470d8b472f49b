package dev.crmsync.cli;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.crmsync.check.MappingTrial;
import dev.crmsync.event.DeliveryFailure;
import dev.crmsync.salesforce.MappingFunctions;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.apache.camel.CamelContext;
import org.apache.camel.Exchange;
import org.apache.camel.Expression;
import org.apache.camel.impl.DefaultCamelContext;
import org.apache.camel.support.DefaultExchange;

/** Tries mappings with the samples of the source whose name is in the route's id or file. */
final class SampleTrial implements MappingTrial {

    private static final ObjectMapper JSON = new ObjectMapper();

    /** Never started, so there is nothing to stop. */
    private final CamelContext context = new DefaultCamelContext();

    SampleTrial() {
        RouteFunctions.bind(context.getRegistry());
    }

    @Override
    public Optional<Result> run(String file, String route, String jq) {
        List<String> samples = Samples.names().stream()
                .filter(sample -> isFrom(sample.substring(0, sample.indexOf('/')), file, route))
                .toList();
        if (samples.isEmpty()) {
            return Optional.empty();
        }
        Expression mapping = context.resolveLanguage("jq").createExpression(jq);
        Set<String> filled = new HashSet<>();
        Set<String> refusals = new HashSet<>();
        boolean isReached = false;
        for (String sample : samples) {
            try {
                JsonNode record = mapping.evaluate(event(sample), JsonNode.class);
                filled.addAll(MappingFunctions.fieldsOf(record));
                isReached = true;
            } catch (RuntimeException e) {
                // other failures are those of samples that are no input of this mapping
                DeliveryFailure.in(e).map(DeliveryFailure::errorText).ifPresent(refusals::add);
            }
        }
        // the longest path leads furthest into a sample, so its event is likely the one that was meant
        Optional<String> refusal = refusals.stream().max(Comparator.comparingInt(String::length));
        return Optional.of(new Result(isReached ? Optional.empty() : refusal, filled));
    }

    private static boolean isFrom(String source, String file, String route) {
        return route.startsWith(source + "-")
                || Path.of(file).getFileName().toString().contains("-" + source + ".");
    }

    private Exchange event(String sample) {
        String source = sample.substring(0, sample.indexOf('/'));
        String type = sample.substring(source.length() + 1);
        Exchange exchange = new DefaultExchange(context);
        try {
            exchange.getMessage()
                    .setBody(JSON.readTree(Samples.find(source, type).orElseThrow()), JsonNode.class);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        exchange.getMessage().setHeader("source", source);
        exchange.getMessage().setHeader("type", type);
        exchange.getMessage().setHeader("tenant", "sample");
        exchange.getMessage().setHeader("subject", "customer:sample");
        exchange.getMessage().setHeader("occurredAt", "2026-01-01T00:00:00Z");
        exchange.getMessage().setHeader("live", true);
        exchange.getMessage().setHeader("known", false);
        return exchange;
    }
}
