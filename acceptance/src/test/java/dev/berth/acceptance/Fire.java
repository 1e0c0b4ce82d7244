package dev.berth.acceptance;

import com.fasterxml.jackson.databind.JsonNode;
import dev.berth.acceptance.Ledger.Deploying;
import dev.berth.acceptance.Ledger.Granting;
import dev.berth.acceptance.Ledger.Removing.State;
import dev.berth.acceptance.Ledger.SignedIn;
import java.io.IOException;
import java.util.List;
import java.util.Queue;
import java.util.Random;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;

/** Everything at once against one life of a server, until it is killed. Whatever fails before that is a failure. */
final class Fire implements AutoCloseable {
    private static final AtomicInteger NUMBER = new AtomicInteger();

    private final KillableServer server;
    private final Management management;
    private final Ledger ledger;
    private final ExecutorService workers = Executors.newVirtualThreadPerTaskExecutor();
    private final Queue<Throwable> failures = new ConcurrentLinkedQueue<>();
    private final AtomicInteger answered;

    private interface Work {
        void once() throws InterruptedException;
    }

    private Fire(KillableServer server, Ledger ledger, AtomicInteger answered) {
        this.server = server;
        this.management = server.management();
        this.ledger = ledger;
        this.answered = answered;
    }

    static void deployFirst(KillableServer server, Ledger ledger) {
        Fire none = new Fire(server, ledger, new AtomicInteger());
        ledger.deploying.forEach(none::deploy);
    }

    static Fire on(KillableServer server, Ledger ledger, AtomicInteger answered) {
        Fire fire = new Fire(server, ledger, answered);
        ledger.deploying.forEach(service -> fire.begin(() -> fire.deploy(service)));
        ledger.granting.forEach(app -> fire.begin(() -> fire.grantOrWithdraw(app)));
        fire.begin(fire::deployAndRemove);
        fire.begin(fire::addUser);
        fire.begin(fire::signIn);
        fire.begin(() -> fire.call(new Random()));
        fire.begin(() -> fire.call(new Random()));
        return fire;
    }

    private void begin(Work work) {
        workers.execute(() -> {
            try {
                while (!server.killed()) {
                    work.once();
                    answered.incrementAndGet();
                }
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            } catch (RuntimeException | AssertionError e) {
                boolean cut = e.getCause() instanceof IOException && server.killed();
                if (!cut) {
                    failures.add(e);
                }
            }
        });
    }

    private void deploy(Deploying service) {
        int attempt = service.attempt();
        byte[] tar = TinyService.tar(String.valueOf(attempt));
        String version =
                management.deploy(service.service, tar, TinyService.COMMAND, "env=PASSWORD=" + KillTest.PASSWORD);
        service.acknowledge(version, attempt);
    }

    private void deployAndRemove() {
        var removing = ledger.removing;
        if (removing.state == State.GONE) {
            removing.next();
        }
        if (removing.state == State.DEPLOYING) {
            management.deploy(removing.service(), TinyService.tar(removing.service()), TinyService.COMMAND);
            removing.state = State.THERE;
        }
        require200(management.get("/status"));
        removing.state = State.REMOVING;
        require200(management.delete(Management.SERVICES + "/" + removing.service()));
        removing.state = State.GONE;
    }

    private void addUser() throws InterruptedException {
        String name = "user" + NUMBER.incrementAndGet();
        JsonNode user = require200(management.post("/users", "{\"name\":\"%s\"}".formatted(name)))
                .json();
        ledger.openidsByUser.put(name, user.path("openids").path(Ledger.APP).asText());
        Thread.sleep(5);
    }

    private void signIn() {
        List<String> users = List.copyOf(ledger.openidsByUser.keySet());
        String user = users.isEmpty() ? "alice" : users.get(NUMBER.get() % users.size());
        Caller caller = server.signIn(Ledger.APP, user);
        ledger.sessions.add(new SignedIn(caller.session(), Ledger.APP, user));
    }

    private void grantOrWithdraw(Granting app) {
        String secret = "secret" + NUMBER.incrementAndGet();
        require200(management.put("/apps/" + app.app, "{\"secret\":\"%s\"}".formatted(secret)));
        app.known = true;
        server.signIn(app.app, "alice");
        String grant = "/environments/" + Caller.ENVIRONMENT + "/grants/" + app.app;
        app.open = true;
        require200(app.granted ? management.delete(grant) : management.put(grant, ""));
        app.granted = !app.granted;
        app.open = false;
    }

    private void call(Random random) throws InterruptedException {
        Deploying service = ledger.deploying.get(random.nextInt(ledger.deploying.size()));
        int least = service.acknowledged;
        List<SignedIn> sessions = ledger.sessions;
        if (least == 0 || sessions.isEmpty()) {
            Thread.sleep(1); // nobody has signed in yet
            return;
        }
        String session = sessions.get(random.nextInt(sessions.size())).session();
        Answer answer = new Caller(server.door("gateway"), session).get(service.service, "/content");
        require200(answer);
        if (Integer.parseInt(answer.body().strip()) < least) {
            throw new AssertionError("%s answers %s (expected: >= %d, which was released)"
                    .formatted(service.service, answer.body(), least));
        }
    }

    private static Answer require200(Answer answer) {
        if (answer.status() != 200 || !answer.systemError().isEmpty()) {
            throw new AssertionError("%d %s".formatted(answer.status(), answer.body()));
        }
        return answer;
    }

    /** Ends when the server is dead. */
    @Override
    public void close() {
        workers.close();
        failures.stream().findFirst().ifPresent(first -> {
            throw new AssertionError("under fire, before the kill", first);
        });
    }
}
