package dev.berth.functions;

import dev.berth.core.FunctionVersionId;
import dev.berth.core.InstanceRuntime.Surroundings;
import dev.berth.core.InwardDoor;
import dev.berth.core.VersionId;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;

/** Remembers who was admitted, and who still is. */
final class FakeFunctionDoor implements InwardDoor {
    final List<String> admitted = new CopyOnWriteArrayList<>();
    final Set<String> open = ConcurrentHashMap.newKeySet();

    @Override
    public Admission admit(VersionId version, String instanceId, OptionalInt port) {
        throw new AssertionError("a service");
    }

    @Override
    public Admission admit(FunctionVersionId version, String hostId) {
        admitted.add(hostId);
        open.add(hostId);
        return new Admission() {
            @Override
            public Map<String, String> variables() {
                return Map.of(
                        "TCB_CONTEXT_CNFG",
                        "{\"URL\":\"http://127.0.0.1:9/admin\"}",
                        "http_proxy",
                        "http://127.0.0.1:9");
            }

            @Override
            public Surroundings surroundings() {
                return Surroundings.NONE;
            }

            @Override
            public void close() {
                open.remove(hostId);
            }
        };
    }
}
