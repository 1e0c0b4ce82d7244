package dev.berth.gateway;

import java.io.IOException;
import org.junit.jupiter.api.extension.AfterAllCallback;
import org.junit.jupiter.api.extension.BeforeEachCallback;
import org.junit.jupiter.api.extension.ExtensionContext;

/** The service {@code demo} behind the gateway: every byte that reaches it is evidence. Comes after the gateway in order. */
final class Witness implements BeforeEachCallback, AfterAllCallback {
    private static final IdentityInvariants ALICE = IdentityInvariants.ofAlice();

    private final GatewayFixture gateway;
    private final RecordingService service;

    Witness(GatewayFixture gateway) {
        this.gateway = gateway;
        try {
            this.service = new RecordingService();
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }

    @Override
    public void beforeEach(ExtensionContext context) {
        gateway.activator.serve(service.port());
        service.take();
    }

    @Override
    public void afterAll(ExtensionContext context) throws Exception {
        service.close();
    }

    /** How many complete requests the service saw; each of them keeps what holds for Alice's. Waits for calls in progress. */
    int requests(String session) {
        gateway.activator.awaitAllEndedOnce();
        int requests = 0;
        for (String bytes : service.take()) {
            requests += ALICE.checkConnection(bytes, session);
        }
        return requests;
    }
}
