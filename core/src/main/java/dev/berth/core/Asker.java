package dev.berth.core;

import static java.util.Objects.requireNonNull;

/** Who asks WeChat for something, as Berth knows it and never as a request claims it (OA-9). */
public sealed interface Asker {
    /** An instance of a service, for the app that owns its environment or one that was granted it (OA-13). */
    record InstanceAsker(VersionId version, String instanceId) implements Asker {
        public InstanceAsker {
            requireNonNull(version, "version is null");
            requireNonNull(instanceId, "instanceId is null");
        }

        @Override
        public String toString() {
            return instanceId + " in " + version.environmentId();
        }
    }

    /** An invocation of a function (AD-36), for the app that owns its environment or one that was granted it. */
    record FunctionAsker(FunctionId function, String requestId) implements Asker {
        public FunctionAsker {
            requireNonNull(function, "function is null");
            requireNonNull(requestId, "requestId is null");
        }

        @Override
        public String toString() {
            return "function " + function;
        }
    }

    /** Who holds the management token. */
    record OperatorAsker(String actor) implements Asker {
        public OperatorAsker {
            requireNonNull(actor, "actor is null");
        }

        @Override
        public String toString() {
            return actor;
        }
    }

    /** Berth itself, for what it does by itself: sign-in, tokens. */
    record PlatformAsker() implements Asker {
        @Override
        public String toString() {
            return Event.PLATFORM;
        }
    }
}
