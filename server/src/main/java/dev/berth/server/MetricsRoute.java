package dev.berth.server;

import dev.berth.core.DirectorySource;
import dev.berth.core.FunctionId;
import dev.berth.functions.Functions;
import dev.berth.functions.HostCount;
import dev.berth.hosting.Hosting;
import dev.berth.hosting.InstanceStatus;
import dev.berth.hosting.ServiceStatus;
import io.vertx.core.Handler;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import java.util.EnumMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/** {@code GET /metrics} of the management door: what was counted, and how services stand now. */
final class MetricsRoute implements ManagementDoor.Routes {
    private final long began = System.nanoTime();
    private final MetricsAccess access;
    private final Metrics metrics;
    private final DirectorySource directory;
    private final Hosting hosting;
    private final Functions functions;

    private static final class Page {
        static final MetricsPage ONE = new MetricsPage();
    }

    MetricsRoute(
            MetricsAccess access, Metrics metrics, DirectorySource directory, Hosting hosting, Functions functions) {
        this.access = access;
        this.metrics = metrics;
        this.directory = directory;
        this.hosting = hosting;
        this.functions = functions;
    }

    @Override
    public void addTo(Router router, Blocking blocking) {}

    @Override
    public void addOutside(Router root, Blocking blocking, Handler<RoutingContext> token) {
        switch (access) {
            case TOKEN -> root.get("/metrics").handler(token).handler(blocking.route(this::answer));
            case OPEN -> root.get("/metrics").handler(blocking.route(this::answer));
            case OFF -> {}
        }
    }

    private void answer(RoutingContext context) {
        String accept =
                Optional.ofNullable(context.request().getHeader("accept")).orElse("");
        MetricsPage.Text text = Page.ONE.write(samples().snapshots(), accept);
        context.response().putHeader("content-type", text.contentType()).end(text.body());
    }

    private Samples samples() {
        Samples samples = new Samples();
        samples.add(Family.BUILD, 1, Version.NAME, System.getProperty("java.version", ""));
        samples.add(Family.UPTIME, (System.nanoTime() - began) / 1e9);
        metrics.addTo(samples);
        directory.current().environments().values().forEach(entry -> {
            addServices(samples, entry.environment().id());
            samples.add(
                    Family.FUNCTIONS,
                    entry.functions().size(),
                    entry.environment().id());
            entry.functions().values().forEach(function -> addHosts(samples, function.id()));
        });
        samples.add(Family.LOG_LOST, (double) ServerLog.lost());
        return samples;
    }

    private void addServices(Samples samples, String environment) {
        Map<ServiceStatus.State, Integer> states = new EnumMap<>(ServiceStatus.State.class);
        for (ServiceStatus status : hosting.status(environment)) {
            states.merge(status.state(), 1, Integer::sum);
            if (status.instances() > 0) {
                addInstances(samples, environment, status);
            }
        }
        for (ServiceStatus.State state : ServiceStatus.State.values()) {
            samples.add(Family.SERVICES, states.getOrDefault(state, 0), environment, name(state));
        }
    }

    private void addHosts(Samples samples, FunctionId function) {
        HostCount count = functions.hosts(function);
        if (count.isZero()) {
            return;
        }
        String environment = function.environmentId();
        samples.add(Family.HOSTS, count.starting(), environment, function.name(), "starting");
        samples.add(Family.HOSTS, count.idle(), environment, function.name(), "warm");
        samples.add(Family.HOSTS, count.busy(), environment, function.name(), "busy");
        samples.add(Family.HOST_MEMORY, (double) count.memory(), environment, function.name());
    }

    private void addInstances(Samples samples, String environment, ServiceStatus status) {
        String service = status.service().name();
        Map<InstanceStatus.State, Integer> states = new EnumMap<>(InstanceStatus.State.class);
        hosting.instances(environment, service).forEach(instance -> states.merge(instance.state(), 1, Integer::sum));
        for (InstanceStatus.State state : InstanceStatus.State.values()) {
            samples.add(Family.INSTANCES, states.getOrDefault(state, 0), environment, service, name(state));
        }
        samples.add(Family.IN_FLIGHT, status.inFlight(), environment, service);
        samples.add(
                Family.SERVICE_LOG_LOST,
                (double) hosting.log(environment, service).lost(),
                environment,
                service);
    }

    private static String name(Enum<?> state) {
        return state.name().toLowerCase(Locale.ROOT);
    }
}
