package dev.berth.server;

import dev.berth.core.App;
import dev.berth.core.AppKind;
import dev.berth.core.Environment;
import dev.berth.core.Registry;
import dev.berth.store.Store;
import java.security.SecureRandom;
import java.util.Base64;

/** What a server with the simulator has before anybody has given it anything: an app, an environment, and users to be. */
final class FirstStart {
    private static final int SECRET_BYTES = 16;

    private FirstStart() {}

    /** Does nothing where an app is known already. */
    static void prepare(Store store, SimulatorRoom simulator) {
        if (store.directory().current().apps().isEmpty()) {
            simulator.addUsers(); // before the app, which tells that this is done
            seed(store.registry());
        }
    }

    private static void seed(Registry registry) {
        byte[] secret = new byte[SECRET_BYTES];
        new SecureRandom().nextBytes(secret);
        registry.putApp(
                new App(Defaults.APP, AppKind.MINI_PROGRAM),
                Base64.getUrlEncoder().withoutPadding().encodeToString(secret));
        registry.putEnvironment(new Environment(Defaults.ENVIRONMENT, Defaults.APP));
    }
}
