package dev.berth.server;

import dev.berth.core.Launch;
import dev.berth.core.Release;
import dev.berth.core.Settings;
import dev.berth.core.Version;
import dev.berth.hosting.Deployed;
import dev.berth.hosting.InstanceStatus;
import dev.berth.hosting.ServiceStatus;
import dev.berth.hosting.VersionStatus;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.time.Duration;
import java.util.Locale;

/** Services, their versions and their instances as the management API answers them. */
final class ServiceJson {
    private ServiceJson() {}

    static JsonObject of(ServiceStatus status, Release release) {
        JsonArray access = new JsonArray();
        status.service().access().stream().sorted().forEach(kind -> access.add(kind.name()));
        JsonObject json = new JsonObject()
                .put("name", status.service().name())
                .put(
                        "version",
                        status.version().map(version -> version.id().name()).orElse(""))
                .put("state", lowerCase(status.state()))
                .put("shares", shares(release))
                .put("instances", status.instances())
                .put("inFlight", status.inFlight())
                .put(
                        "launch",
                        status.version().map(version -> version.launch().line()).orElse(""))
                .put("access", access);
        status.version()
                .ifPresent(version -> json.put("min", version.settings().scale().min())
                        .put("max", version.settings().scale().max()));
        status.lastFailure().ifPresent(failure -> json.put("lastFailure", failure));
        return json;
    }

    static JsonArray shares(Release release) {
        JsonArray shares = new JsonArray();
        release.shares()
                .forEach(share -> shares.add(new JsonObject()
                        .put("version", share.version().id().name())
                        .put("weight", share.weight())));
        return shares;
    }

    static JsonObject of(VersionStatus status) {
        Version version = status.version();
        Launch launch = version.launch();
        JsonObject json = new JsonObject()
                .put("name", version.id().name())
                .put("weight", status.weight())
                .put("createdAt", version.createdAt().toString())
                .put("launch", launch.line())
                .put("origin", launch.origin())
                .put("settings", of(version.settings()))
                .put("instances", status.instances());
        launch.port().ifPresent(port -> json.put("port", port));
        return json;
    }

    /** Values of variables may be secrets, so only their names are told. */
    private static JsonObject of(Settings settings) {
        JsonArray variables = new JsonArray();
        settings.variables().keySet().stream().sorted().forEach(variables::add);
        return new JsonObject()
                .put("variables", variables)
                .put("idle", text(settings.idle()))
                .put("min", settings.scale().min())
                .put("max", settings.scale().max());
    }

    /** In the largest unit that gives a whole number, as a deployment takes it. */
    private static String text(Duration time) {
        long millis = time.toMillis();
        if (millis % 1_000 != 0) {
            return millis + "ms";
        }
        long seconds = millis / 1_000;
        if (seconds % 60 != 0) {
            return seconds + "s";
        }
        return seconds % 3_600 == 0 ? seconds / 3_600 + "h" : seconds / 60 + "m";
    }

    static JsonObject of(InstanceStatus instance) {
        return new JsonObject()
                .put("id", instance.id())
                .put("version", instance.version().name())
                .put("state", lowerCase(instance.state()))
                .put("pid", instance.pid())
                .put(
                        "endpoint",
                        instance.endpoint().host() + ":" + instance.endpoint().port())
                .put("startedAt", instance.startedAt().toString())
                .put("inFlight", instance.inFlight());
    }

    static JsonObject of(Deployed deployed) {
        Version version = deployed.version();
        return new JsonObject()
                .put("service", version.id().service())
                .put("version", version.id().name())
                .put("changed", deployed.changed())
                .put("launch", version.launch().line())
                .put("origin", version.launch().origin());
    }

    private static String lowerCase(Enum<?> constant) {
        return constant.name().toLowerCase(Locale.ROOT);
    }
}
