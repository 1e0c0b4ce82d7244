package dev.berth.server;

import dev.berth.core.DirectorySource;
import io.vertx.core.json.JsonObject;
import java.time.Clock;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;

/** Everything that the management API can do with the {@link Rooms}. */
final class ManagementRoutes {
    private ManagementRoutes() {}

    /** @param description of the running server; asked by requests only */
    static List<ManagementDoor.Routes> over(
            Rooms rooms,
            Configuration configuration,
            Clock clock,
            Supplier<JsonObject> description,
            Runnable shutdown) {
        DirectorySource directory = rooms.store().directory();
        OperatorEvents operator = new OperatorEvents(rooms.events(), clock);
        Optional<SimulatedWeChat> weChat = rooms.simulator().map(room -> new SimulatedWeChat(room.baseUrl()));
        SimulatedUsers users = new SimulatedUsers(weChat, rooms.signIn());
        FunctionPath functionPath = new FunctionPath(directory);
        return List.of(
                new StatusRoutes(
                        description,
                        directory,
                        rooms.hosting(),
                        rooms.logs().calls(),
                        rooms.openApi().way(),
                        operator,
                        shutdown),
                new AppRoutes(directory, rooms.store().registry(), weChat, operator),
                new CloudCallRoutes(directory, rooms.store().registry(), operator),
                new OpenApiCallRoutes(rooms.openApiCalls()),
                new ServiceRoutes(directory, rooms.hosting(), operator),
                new VersionRoutes(directory, rooms.hosting(), operator),
                new ReleaseRoutes(directory, rooms.hosting(), operator),
                new FunctionRoutes(functionPath, rooms.functions(), operator),
                new InvocationRoutes(functionPath, rooms.functions(), users),
                new TriggerRoutes(directory, rooms.functions().triggers(), operator),
                new LogRoutes(directory, rooms.hosting(), rooms.functions()),
                new EventRoutes(rooms.eventLog()),
                new ConfigRoutes(configuration),
                new MetricsRoute(
                        configuration.values().management().metrics(),
                        rooms.metrics(),
                        directory,
                        rooms.hosting(),
                        rooms.functions()),
                new SimulatorRoutes(weChat, operator),
                new UserRoutes(users, rooms.gateway().sessions(), operator));
    }
}
