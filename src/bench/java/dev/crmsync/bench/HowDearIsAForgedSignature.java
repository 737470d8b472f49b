package dev.crmsync.bench;

import com.fasterxml.jackson.core.io.NumberOutput;
import dev.crmsync.webhook.HmacVerifier;
import java.lang.management.ManagementFactory;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Properties;
import java.util.function.IntFunction;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.apache.camel.CamelContext;
import org.apache.camel.Exchange;
import org.apache.camel.impl.DefaultCamelContext;
import org.apache.camel.support.DefaultExchange;

/**
 * CPU time and memory to refuse an unsigned body of 1 MiB, made of what is hard to bring into canonical form:
 * where raw bytes are signed, and where the canonical form may be. A body in which 50,000 values, the most that are read,
 * take less than 1 MiB costs more for each MiB, but not more in all. One secret; each further one adds a hash of each.
 */
public final class HowDearIsAForgedSignature {

    private static final int MIB = 1 << 20;
    private static final int ROUNDS = Bench.option("rounds", 200);
    private static final String SIGNATURE = "0".repeat(64);

    private HowDearIsAForgedSignature() {}

    public static void main(String[] arguments) throws Exception {
        Map<String, byte[]> bodies = new LinkedHashMap<>();
        bodies.put("[],[],… (refused)", array(349_000, i -> "[]"));
        bodies.put("50,000 texts", array(49_000, i -> "\"" + "t".repeat(18) + "\""));
        bodies.put("one text", array(1, i -> "\"" + "t".repeat(MIB) + "\""));
        bodies.put("one text, not ASCII", array(1, i -> "\"" + "é".repeat(MIB / 2) + "\""));
        bodies.put("escapes", array(1, i -> "\"" + "\\u0001".repeat(MIB / 6) + "\""));
        bodies.put("numbers of 17 digits (refused)", array(49_000, i -> NumberOutput.toString((i + 1) / 7e9, true)));
        bodies.put("1,990 numbers of 17 digits, then texts", array(39_800, i -> i < 1_990
                ? NumberOutput.toString((i + 1) / 7e9, true) : "\"" + "t".repeat(20) + "\""));
        bodies.put("numbers that grow", array(49_000, i -> "1" + i % 10 + "e20,\"" + "t".repeat(10) + "\""));
        bodies.put("150,000 members of one object (refused)", object(150_000, i -> "\"" + i + "\":1"));
        bodies.put("objects of 1,000 members, last first", array(48, i -> objectText(1_000, m -> name(9_999 - m) + ":1")));
        bodies.put("objects of 1,000 members, shuffled", array(48, i -> objectText(1_000, m -> "\"" + (1_000 + m * 7_919 % 1_000) + "\":1")));
        bodies.put("objects of 2 members", array(16_000, i -> "{\"b\":1,\"a\":1}"));
        bodies.put("1,000 names of 1,000 characters", object(1_000, i -> "\"" + "n".repeat(990) + (9_999 - i) + "\":1"));
        bodies.put("objects 100 levels deep", array(240, i -> "{\"b\":".repeat(98) + "[]" + ",\"a\":1}".repeat(98)));
        bodies.put("arrays 100 levels deep", array(240, i -> "[".repeat(98) + "]".repeat(98)));
        CamelContext context = new DefaultCamelContext();
        Properties settings = new Properties();
        settings.setProperty("secrets", "secret");
        context.getPropertiesComponent().setOverrideProperties(settings);
        HmacVerifier raw = verifier(context, false);
        HmacVerifier canonical = verifier(context, true);
        bodies.values().forEach(body -> refuse(context, canonical, body)); // compiled for all of them
        Table table = new Table("How dear is a forged signature? Milliseconds of CPU, and MiB allocated, for each MiB",
                "1 MiB of", "raw, ms", "canonical, ms", "canonical, MiB", "one body, ms");
        bodies.forEach((what, body) -> {
            double[] form = refuse(context, canonical, body);
            table.row(what, refuse(context, raw, body)[0], form[0], form[1], form[0] * body.length / MIB);
        });
        context.stop();
    }

    /** @return milliseconds of this thread, and MiB that it allocated, both for each MiB of the body */
    private static double[] refuse(CamelContext context, HmacVerifier verifier, byte[] body) {
        com.sun.management.ThreadMXBean thread = (com.sun.management.ThreadMXBean) ManagementFactory.getThreadMXBean();
        for (int i = 0; i < ROUNDS; i++) {
            refuseOnce(context, verifier, body);
        }
        long cpu = thread.getCurrentThreadCpuTime();
        long allocated = thread.getCurrentThreadAllocatedBytes();
        for (int i = 0; i < ROUNDS; i++) {
            refuseOnce(context, verifier, body);
        }
        double mebibytes = (double) ROUNDS * body.length / MIB;
        return new double[] {
            (thread.getCurrentThreadCpuTime() - cpu) / 1e6 / mebibytes,
            (double) (thread.getCurrentThreadAllocatedBytes() - allocated) / MIB / mebibytes
        };
    }

    private static void refuseOnce(CamelContext context, HmacVerifier verifier, byte[] body) {
        Exchange exchange = new DefaultExchange(context);
        exchange.getMessage().setHeader("signature", SIGNATURE);
        exchange.getMessage().setBody(body);
        try {
            verifier.process(exchange);
        } catch (Exception refused) {
            return;
        }
        throw new IllegalStateException("Accepted what nobody signed");
    }

    private static HmacVerifier verifier(CamelContext context, boolean canonical) {
        HmacVerifier verifier = new HmacVerifier();
        verifier.setCamelContext(context);
        verifier.setSource("bench");
        verifier.setSecrets("secrets");
        verifier.setHeader("signature");
        if (canonical) {
            verifier.setCanonical("sorted-json");
        }
        verifier.init();
        return verifier;
    }

    private static String name(int number) {
        return "\"" + "a-common-prefix-" + number + "\"";
    }

    private static byte[] array(int count, IntFunction<String> value) {
        return bytes(IntStream.range(0, count).mapToObj(value).collect(Collectors.joining(",", "[", "]")));
    }

    private static byte[] object(int count, IntFunction<String> member) {
        return bytes(objectText(count, member));
    }

    private static String objectText(int count, IntFunction<String> member) {
        return IntStream.range(0, count).mapToObj(member).collect(Collectors.joining(",", "{", "}"));
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}
