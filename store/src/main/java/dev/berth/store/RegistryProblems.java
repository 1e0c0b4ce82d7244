package dev.berth.store;

import dev.berth.core.BerthException;
import dev.berth.core.FunctionId;
import dev.berth.core.FunctionVersionId;
import dev.berth.core.Problem;
import dev.berth.core.VersionId;

/** Why the registry refuses a change. */
final class RegistryProblems {
    private RegistryProblems() {}

    static BerthException appUnknown(String appId) {
        return refused(
                "APP_UNKNOWN", "app: %s is not known here".formatted(appId), "Add the app with its secret first.");
    }

    static BerthException environmentUnknown(String environmentId) {
        return refused(
                "ENV_UNKNOWN",
                "environment: %s is not known here".formatted(environmentId),
                "Create the environment first, or correct its id.");
    }

    static BerthException environmentTaken(String environmentId, String owner) {
        return refused(
                "ENV_TAKEN",
                "environment: %s belongs to app %s".formatted(environmentId, owner),
                "Choose another environment id, or let the owner share it: berth grant.");
    }

    static BerthException serviceUnknown(String environmentId, String service) {
        return refused(
                "SERVICE_UNKNOWN",
                "service: there is no %s in environment %s".formatted(service, environmentId),
                "See the services there with: berth services");
    }

    /** @param id of a service's or a function's version */
    static BerthException versionExists(Object id) {
        return refused(
                "VERSION_EXISTS",
                "version: %s exists already, and a version never changes".formatted(id),
                "Reserve a new number.");
    }

    /** @param id of a service's or a function's version */
    static BerthException versionNotReserved(Object id, int last) {
        return refused(
                "VERSION_NOT_RESERVED",
                "version: %s was never reserved (expected: number <= %d)".formatted(id, last),
                "Reserve the number first.");
    }

    static BerthException versionUnknown(VersionId id) {
        return versionUnknown(id.name(), id.environmentId(), id.service());
    }

    static BerthException versionUnknown(FunctionVersionId id) {
        return versionUnknown(
                id.name(), id.function().environmentId(), id.function().name());
    }

    private static BerthException versionUnknown(String version, String environmentId, String name) {
        return refused(
                "VERSION_UNKNOWN",
                "version: there is no %s in environment %s".formatted(version, environmentId),
                "See the versions there with: berth versions %s".formatted(name));
    }

    static BerthException versionInUse(VersionId id) {
        return refused(
                "VERSION_IN_USE",
                "version: %s has traffic (expected: one without)".formatted(id.name()),
                "Give its traffic to another one first: berth release %s VERSION".formatted(id.service()));
    }

    static BerthException functionUnknown(FunctionId function) {
        return refused(
                "FUNCTION_UNKNOWN",
                "function: there is no %s in environment %s".formatted(function.name(), function.environmentId()),
                "See the functions there with: berth functions");
    }

    static BerthException functionVersionLive(FunctionVersionId id) {
        return refused(
                "VERSION_IN_USE",
                "version: %s is the live one (expected: another)".formatted(id.name()),
                "Make another one live first: berth rollback %s VERSION"
                        .formatted(id.function().name()));
    }

    private static BerthException refused(String code, String message, String hint) {
        return new BerthException(new Problem(code, "store", message, hint));
    }
}
