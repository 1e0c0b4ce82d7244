package dev.berth.openapi;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import dev.berth.core.App;
import dev.berth.core.AppKind;
import dev.berth.core.CloudCall;
import dev.berth.core.Directory;
import dev.berth.core.Environment;
import dev.berth.core.FunctionId;
import dev.berth.core.FunctionVersionId;
import dev.berth.core.InstanceRuntime;
import dev.berth.core.InwardDoor;
import dev.berth.core.OpenApiRecord;
import dev.berth.core.VersionId;
import io.vertx.core.Vertx;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;

/** The whole room with a scripted WeChat behind it. Ports of the name are free ones, so that no privilege is needed. */
final class RelayFixture implements AutoCloseable {
    static final String OWNER = "wx1111111111111111";
    static final String GRANTED = "wx2222222222222222";
    static final String ENV = "prod-01";
    static final VersionId VERSION = new VersionId(ENV, "demo", 1);
    static final FunctionVersionId FUNCTION = new FunctionVersionId(new FunctionId(ENV, "sum"), 1);
    static final InstanceRuntime.PrivateFiles POSSIBLE = new InstanceRuntime.PrivateFiles(true, "for this test");
    static final InstanceRuntime.PrivateFiles IMPOSSIBLE = new InstanceRuntime.PrivateFiles(false, "not in this test");

    final Vertx vertx = Vertx.vertx();
    final ScriptedWeChat weChat = new ScriptedWeChat(vertx);
    final List<OpenApiRecord> records = new CopyOnWriteArrayList<>();
    final AtomicLong secondsAhead = new AtomicLong();
    final OwnDoors.Ports namePorts;
    final OpenApi openApi;
    volatile CloudCall cloudCall = CloudCall.DEFAULT.withPaths(Set.of("/*"));

    RelayFixture(Path folder) {
        this(folder, POSSIBLE, false, RelayLimits.DEFAULT);
    }

    RelayFixture(Path folder, InstanceRuntime.PrivateFiles privateFiles, boolean trustCa, RelayLimits limits) {
        namePorts = new OwnDoors.Ports(freePort(), freePort());
        openApi = await(OpenApi.start(
                vertx,
                new OpenApiOptions(
                        PipelineOptions.of(weChat.baseUrl()),
                        new RelayOptions("127.0.0.1", 0, true, privateFiles, trustCa, limits, folder)),
                new Collaborators(
                        this::directory,
                        app -> Optional.of("s3cret"),
                        new MemoryTokens(),
                        records::add,
                        InstanceLog.NONE,
                        new byte[32],
                        this::now),
                namePorts));
    }

    private static int freePort() {
        try (ServerSocket free = new ServerSocket(0)) {
            return free.getLocalPort();
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
    }

    Instant now() {
        return Instant.now().plusSeconds(secondsAhead.get());
    }

    Directory directory() {
        return new Directory(
                Map.of(OWNER, new App(OWNER, AppKind.MINI_PROGRAM)),
                Map.of(
                        ENV,
                        new Directory.EnvironmentEntry(
                                new Environment(ENV, OWNER), Set.of(GRANTED), cloudCall, Map.of())));
    }

    Inside admit(String instanceId) {
        return new Inside(openApi.inwardDoor().admit(VERSION, instanceId, OptionalInt.empty()));
    }

    Inside admitHost(String hostId) {
        return new Inside(openApi.inwardDoor().admit(FUNCTION, hostId));
    }

    /** What an instance has, or a host of a function. */
    final class Inside {
        final InwardDoor.Admission admission;

        Inside(InwardDoor.Admission admission) {
            this.admission = admission;
        }

        String address() {
            return String.valueOf(admission.surroundings().hosts().get("api.weixin.qq.com"));
        }

        URI proxy() {
            return URI.create(String.valueOf(admission.variables().get("http_proxy")));
        }

        String proxyAuthorization() {
            return "Basic "
                    + java.util.Base64.getEncoder()
                            .encodeToString(proxy().getUserInfo().getBytes(ISO_8859_1));
        }

        Wire byName() throws IOException {
            return new Wire(address(), namePorts.http());
        }
    }

    Wire byProxy() throws IOException {
        return new Wire("127.0.0.1", openApi.port());
    }

    /** A connection on which a test says what it wants, and reads what comes. */
    static final class Wire implements AutoCloseable {
        private final Socket socket;

        Wire(String host, int port) throws IOException {
            socket = new Socket(InetAddress.getByName(host), port);
            socket.setSoTimeout(15_000);
        }

        Wire send(String... lines) throws IOException {
            return sendRaw(String.join("\r\n", lines) + "\r\n\r\n");
        }

        Wire sendRaw(String bytes) throws IOException {
            socket.getOutputStream().write(bytes.getBytes(ISO_8859_1));
            socket.getOutputStream().flush();
            return this;
        }

        /** One byte, or -1 at the end. */
        int read() throws IOException {
            return socket.getInputStream().read();
        }

        /** Up to and with the empty line. */
        String head() throws IOException {
            StringBuilder head = new StringBuilder();
            while (head.indexOf("\r\n\r\n") < 0) {
                int next = read();
                if (next < 0) {
                    throw new IOException("ended within the head: " + head);
                }
                head.append((char) next);
            }
            return head.toString();
        }

        String read(int bytes) throws IOException {
            return new String(socket.getInputStream().readNBytes(bytes), ISO_8859_1);
        }

        /** A head and a body with a length. */
        Response response() throws IOException {
            String head = head();
            String length = Response.header(head, "content-length");
            return new Response(head, read(length.isEmpty() ? 0 : Integer.parseInt(length)));
        }

        String rest() throws IOException {
            return new String(socket.getInputStream().readAllBytes(), ISO_8859_1);
        }

        Socket socket() {
            return socket;
        }

        @Override
        public void close() throws IOException {
            socket.close();
        }
    }

    record Response(String head, String body) {
        int status() {
            return Integer.parseInt(head.split(" ", 3)[1]);
        }

        String header(String name) {
            return header(head, name);
        }

        /** Or empty. */
        static String header(String head, String name) {
            return Arrays.stream(head.split("\r\n"))
                    .filter(line -> line.regionMatches(true, 0, name + ":", 0, name.length() + 1))
                    .map(line -> line.substring(name.length() + 1).strip())
                    .findFirst()
                    .orElse("");
        }
    }

    static <T> T await(io.vertx.core.Future<T> future) {
        return future.toCompletionStage()
                .toCompletableFuture()
                .orTimeout(20, TimeUnit.SECONDS)
                .join();
    }

    @Override
    public void close() {
        openApi.close();
        weChat.close();
        await(vertx.close());
    }
}
