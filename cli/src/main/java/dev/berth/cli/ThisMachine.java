package dev.berth.cli;

import java.io.File;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileStore;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.CodeSource;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.concurrent.TimeUnit;

/** The machine that this command runs on. */
final class ThisMachine implements Machine {
    private static final Duration PATIENCE = Duration.ofSeconds(5);

    @Override
    public String property(String name) {
        return System.getProperty(name, "");
    }

    @Override
    public Optional<String> read(String file) {
        try {
            return Optional.of(Files.readString(Path.of(file)).strip());
        } catch (IOException absent) {
            return Optional.empty();
        }
    }

    @Override
    public Optional<String> run(String... command) {
        try {
            Process process = new ProcessBuilder(command)
                    .redirectInput(new File("/dev/null"))
                    .redirectError(ProcessBuilder.Redirect.DISCARD)
                    .start();
            if (!process.waitFor(PATIENCE.toSeconds(), TimeUnit.SECONDS)) {
                process.destroyForcibly();
                return Optional.empty();
            }
            String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8).strip();
            return process.exitValue() == 0 ? Optional.of(output) : Optional.empty();
        } catch (IOException absent) {
            return Optional.empty();
        } catch (InterruptedException stop) {
            Thread.currentThread().interrupt();
            return Optional.empty();
        }
    }

    @Override
    public Instant now() {
        return Instant.now();
    }

    @Override
    public Optional<Instant> builtAt() {
        CodeSource source = ThisMachine.class.getProtectionDomain().getCodeSource();
        try {
            Path jar = Path.of(source.getLocation().toURI());
            return Files.isRegularFile(jar)
                    ? Optional.of(Files.getLastModifiedTime(jar).toInstant())
                    : Optional.empty();
        } catch (Exception unknown) {
            return Optional.empty();
        }
    }

    @Override
    public Disk disk(Path folder) {
        for (Path there = folder.toAbsolutePath(); there != null; there = there.getParent()) {
            if (Files.exists(there)) {
                try {
                    FileStore store = Files.getFileStore(there);
                    return new Disk(store.type(), store.getUsableSpace());
                } catch (IOException unknown) {
                    break;
                }
            }
        }
        return new Disk("unknown", Long.MAX_VALUE);
    }

    @Override
    public Optional<String> faultOfListening(String address, int port) {
        try (ServerSocket socket = new ServerSocket()) {
            socket.setReuseAddress(true); // as a server does: an old connection that still ends is no obstacle
            socket.bind(new InetSocketAddress(InetAddress.ofLiteral(address), port));
            return Optional.empty();
        } catch (IOException taken) {
            return Optional.of(String.valueOf(taken.getMessage()));
        }
    }

    @Override
    public Optional<String> holderOf(int port) {
        return PortHolder.of(port);
    }

    @Override
    public Optional<String> faultOfLoopback(String address) {
        try (ServerSocket door = new ServerSocket(0, 1, InetAddress.ofLiteral(address));
                Socket caller = new Socket()) {
            caller.connect(door.getLocalSocketAddress(), (int) PATIENCE.toMillis());
            door.setSoTimeout((int) PATIENCE.toMillis());
            try (Socket accepted = door.accept()) {
                caller.setSoTimeout((int) PATIENCE.toMillis());
                accepted.getOutputStream().write(42);
                return caller.getInputStream().read() == 42 ? Optional.empty() : Optional.of("what is sent is lost");
            }
        } catch (IOException broken) {
            return Optional.of(String.valueOf(broken.getMessage()));
        }
    }

    @Override
    public Optional<String> faultOfReaching(URI address) {
        try (HttpClient client = HttpClient.newBuilder()
                .proxy(HttpClient.Builder.NO_PROXY)
                .connectTimeout(PATIENCE)
                .build()) {
            client.send(HttpRequest.newBuilder(address).timeout(PATIENCE).build(), BodyHandlers.discarding());
            return Optional.empty();
        } catch (IOException broken) {
            return Optional.of(broken.toString());
        } catch (InterruptedException stop) {
            Thread.currentThread().interrupt();
            return Optional.of("interrupted");
        }
    }
}
