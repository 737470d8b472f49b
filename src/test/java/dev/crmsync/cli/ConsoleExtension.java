package dev.crmsync.cli;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.nio.file.Path;
import java.util.Optional;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.ParameterContext;
import org.junit.jupiter.api.extension.ParameterResolver;

/** Gives tests the one console under test, which all of them share, or skips them where there is no browser. */
final class ConsoleExtension implements ParameterResolver {

    @Override
    public boolean supportsParameter(ParameterContext parameter, ExtensionContext test) {
        return parameter.getParameter().getType() == ConsoleUnderTest.class;
    }

    @Override
    public Object resolveParameter(ParameterContext parameter, ExtensionContext test) {
        Optional<Path> chromium = Browsers.chromium();
        assumeTrue(chromium.isPresent(), "No Chromium: install it, or name it in CRM_CHROMIUM, to test the console");
        return test.getRoot()
                .getStore(ExtensionContext.Namespace.create(ConsoleExtension.class))
                .getOrComputeIfAbsent(
                        ConsoleUnderTest.class, any -> ConsoleUnderTest.start(chromium.get()), ConsoleUnderTest.class);
    }
}
