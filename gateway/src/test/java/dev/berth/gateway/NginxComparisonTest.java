package dev.berth.gateway;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.berth.gateway.RequestTable.Row;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * The rows of {@code requests.table} through nginx, in front of the same service. What nginx refuses and Berth passes on
 * must be explained in the table; where Berth refuses more, or nginx lets a forged header through, is reported in
 * {@code target/identity-vs-nginx.txt}.
 */
class NginxComparisonTest {
    private static final Path REPORT = Path.of("target", "identity-vs-nginx.txt");
    private static final String IDENTITY =
            "X-WX-ENV: %s\r\nX-WX-SERVICE: demo\r\nX-Berth-Session: none\r\n".formatted(TestDirectory.ENV);

    @TempDir
    @SuppressWarnings("NullAway.Init")
    Path folder;

    private record Seen(Row row, List<String> outcomes, int served, Optional<String> forged) {
        /** Requests of the row itself; the probe behind it is honest. */
        boolean refusesMore() {
            return served < row.served();
        }

        String line() {
            return "%-60s Berth: %-12s nginx: %s%s%n"
                    .formatted(
                            row,
                            String.join(" ", row.outcomes()),
                            String.join(" ", outcomes),
                            forged.map(why -> "; passes on " + why).orElse(""));
        }
    }

    @Test
    @Tag("CH-79")
    void whatNginxRefusesIsRefusedOrExplained() throws Exception {
        Optional<Path> program = NginxFront.program();
        if (program.isEmpty()) {
            System.out.println("LEFT OUT: identity compared with nginx (no nginx; Debian package nginx-light)");
        }
        assumeTrue(program.isPresent(), "no nginx");
        List<Seen> all = new ArrayList<>();
        Map<String, String> headers = new TreeMap<>(IdentityInvariants.ofAlice().truth());
        headers.put("X-WX-CALL-ID", "1");
        try (RecordingService service = new RecordingService();
                NginxFront nginx = NginxFront.start(program.orElseThrow(), folder, service.port(), headers)) {
            for (Row row : RequestTable.rows()) {
                all.add(see(row, nginx.port(), service));
            }
        }
        write(all);
        assertThat(all)
                .filteredOn(
                        seen -> seen.refusesMore() && seen.row().nginxRefuses().isEmpty())
                .as("what nginx refuses and Berth passes on needs a reason in requests.table")
                .isEmpty();
    }

    private static Seen see(Row row, int port, RecordingService service) throws IOException {
        service.take();
        String probe = RequestTable.PROBE.formatted("Host: gateway.test\r\n" + IDENTITY);
        List<String> outcomes = Conversation.hold(port, row.bytes(IDENTITY) + probe, 1_000);
        int served = 0;
        Optional<String> forged = Optional.empty();
        for (String bytes : service.take()) {
            try {
                for (WireReader.Found found : WireReader.STRICT.read(bytes)) {
                    served += found.request().target().equals("/probe") ? 0 : 1;
                    forged = forged.or(() -> forgery(found.request()));
                }
            } catch (WireReader.Malformed e) {
                forged = Optional.of(
                        "what is no request: " + String.valueOf(e.getMessage()).replaceAll("[^\\x20-\\x7e]", "?"));
            }
        }
        return new Seen(row, outcomes, served, forged);
    }

    private static Optional<String> forgery(SeenRequest request) {
        return request.fields().stream()
                .filter(field -> !field.name().equals("X-Berth-Session"))
                .filter(field -> IdentityInvariants.couldBeTakenForReserved(field.name()))
                .filter(field ->
                        field.value().contains("mallory") || field.value().contains("6.6.6.6"))
                .map(SeenRequest.Field::toString)
                .findFirst();
    }

    private static void write(List<Seen> all) throws IOException {
        StringBuilder report = new StringBuilder();
        report.append(
                "Rows of requests.table that Berth and nginx treat differently.\n\nnginx refuses, Berth passes on:\n");
        all.stream()
                .filter(Seen::refusesMore)
                .forEach(seen -> report.append(seen.line())
                        .append("    because: ")
                        .append(seen.row().nginxRefuses().orElse("NOT EXPLAINED"))
                        .append('\n'));
        report.append("\nBerth refuses, nginx passes on:\n");
        all.stream().filter(seen -> seen.served() > seen.row().served()).forEach(seen -> report.append(seen.line()));
        report.append("\nnginx passes on a header that only the platform may write:\n");
        all.stream().filter(seen -> seen.forged().isPresent()).forEach(seen -> report.append(seen.line()));
        Files.createDirectories(REPORT.getParent());
        Files.writeString(REPORT, report);
        System.out.println(report);
    }
}
