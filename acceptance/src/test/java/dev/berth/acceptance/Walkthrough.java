package dev.berth.acceptance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * Somebody who does what a page says, from top to bottom, in a fresh {@link Clone}: types the blocks of shell, saves the files that
 * are to be saved, and compares what is shown with what happens. The doors have free ports; the page names the usual ones.
 */
final class Walkthrough implements AutoCloseable {
    private static final long BLOCK_SECONDS = 140;
    private static final String ALL = "…";
    private static final String UP = "…\nCtrl-C stops everything that runs here.\n";
    private static final Map<String, String> USUAL_PORTS =
            Map.of("gateway", ":7080", "management", ":7081", "inward", ":7082", "simulator", ":7083");

    private final Clone clone = new Clone();
    private final Path where;
    private final List<Running> foreground = new ArrayList<>();

    /** @param where commands are typed, relative to the clone */
    Walkthrough(Path where) {
        this.where = clone.path().resolve(where);
    }

    void follow(Markdown page) throws IOException {
        for (int i = 0; i < page.fences().size(); i++) {
            Fence fence = page.fences().get(i);
            Fence next = i + 1 < page.fences().size() ? page.fences().get(i + 1) : new Fence(0, "", "", "");
            if (fence.is("sh")) {
                type(page, fence, next.is("text") ? next.text() : fence.isMarked("foreground") ? UP : ALL);
            } else if (fence.isMarked("save")) {
                save(where.resolve(fence.markedValue()), fence.text());
            } else if (fence.isMarked("excerpt")) {
                save(
                        clone.path().resolve(fence.markedValue()),
                        Files.readString(Folder.ROOT.resolve(fence.markedValue())));
            }
        }
    }

    private void save(Path file, String text) throws IOException {
        Files.createDirectories(file.resolveSibling(""));
        Files.writeString(file, withRealPorts(text));
    }

    private void type(Markdown page, Fence block, String shown) {
        ShownOutput expected = new ShownOutput(shown);
        String description = "%s, line %d, is to print:%n%s%nand".formatted(page.file(), block.line(), shown);
        Running running = clone.folder().type(where, withRealPorts(block.text()));
        if (block.isMarked("foreground")) {
            foreground.add(running);
            await().atMost(Duration.ofSeconds(BLOCK_SECONDS))
                    .pollInterval(Duration.ofMillis(100))
                    .untilAsserted(() ->
                            assertThat(asShown(running.out())).as(description).matches(expected.pattern()));
            return;
        }
        Ran ran = running.await(BLOCK_SECONDS);
        int exitCode = block.isMarked("exit") ? Integer.parseInt(block.markedValue()) : 0;
        assertThat(ran.exitCode()).as(description + " " + ran.out()).isEqualTo(exitCode);
        assertThat(asShown(ran.out())).as(description).matches(expected.pattern());
    }

    private String withRealPorts(String text) {
        String real = text;
        for (Map.Entry<String, String> door : USUAL_PORTS.entrySet()) {
            real = real.replace("127.0.0.1" + door.getValue(), portOf(door.getKey(), "127.0.0.1" + door.getValue()));
        }
        return real;
    }

    private String asShown(String real) {
        String shown = real.replace(clone.path().toString(), "/home/you/berth");
        for (Map.Entry<String, String> door : USUAL_PORTS.entrySet()) {
            String usual = "127.0.0.1" + door.getValue();
            shown = shown.replace(portOf(door.getKey(), usual), usual);
        }
        return ShownOutput.normalised(shown);
    }

    /** Where a door of the running platform is; the usual place while none runs. */
    private String portOf(String door, String usual) {
        try {
            JsonNode server = Json.parse(Files.readString(clone.path().resolve(".berth/server.json")));
            return server.path("doors").path(door).asText(usual).replaceFirst("^http://", "");
        } catch (IOException notRunning) {
            return usual;
        }
    }

    /** Ctrl-C in every terminal; nothing may be left running. */
    @Override
    public void close() {
        for (Running running : foreground) {
            if (running.process().isAlive()) {
                Processes.signal("INT", -running.pid());
                running.await(30);
            }
        }
        clone.folder().berth("down").ok();
        await().atMost(Duration.ofSeconds(20))
                .untilAsserted(() -> assertThat(Processes.naming(clone.path())).isEmpty());
        clone.folder().delete();
    }
}
