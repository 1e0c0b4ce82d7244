package dev.berth.core;

import java.util.Map;
import java.util.OptionalInt;

/** Port: the way of instances to what only they may use: WeChat's open APIs without a token (OA-1). Methods block. */
@FunctionalInterface
public interface InwardDoor {
    /** For rooms on their own: instances get nothing. */
    InwardDoor NONE = (version, instanceId, port) -> Admission.NOTHING;

    /**
     * Opens the way for an instance that is about to start. From what this gives it the door knows who asks (OA-9).
     *
     * @param instanceId unique among all instances
     * @param port that the instance itself is going to listen on, if that is fixed; the door keeps off it
     * @throws BerthException {@code PORT_TAKEN} if the door needs that port for other instances
     */
    Admission admit(VersionId version, String instanceId, OptionalInt port);

    /**
     * Opens the way to {@link AdminActions} for a host of a function that is about to start. What the admission gives holds
     * nobody's identity: who asks is told by the credentials of the invocation (AD-18).
     *
     * @param hostId unique among all instances and hosts
     */
    default Admission admit(FunctionVersionId version, String hostId) {
        return Admission.NOTHING;
    }

    /** What one instance gets. To be closed when the instance has ended or could not be started. */
    interface Admission extends AutoCloseable {
        Admission NOTHING = new Admission() {
            @Override
            public Map<String, String> variables() {
                return Map.of();
            }

            @Override
            public InstanceRuntime.Surroundings surroundings() {
                return InstanceRuntime.Surroundings.NONE;
            }

            @Override
            public void close() {}
        };

        /** Of the environment; those of the version win. Some hold the instance's credential: not to be shown. */
        Map<String, String> variables();

        /** What the instance sees otherwise than the machine does. */
        InstanceRuntime.Surroundings surroundings();

        /** Whatever the instance asks from now on is refused. Repeatable. */
        @Override
        void close();
    }
}
