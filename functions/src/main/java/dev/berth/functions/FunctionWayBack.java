package dev.berth.functions;

import dev.berth.core.FunctionVersion;
import dev.berth.core.FunctionVersionId;
import java.util.List;
import java.util.Optional;

/** Which version a rollback goes to. */
final class FunctionWayBack {
    private FunctionWayBack() {}

    /** @param history see {@link dev.berth.core.FunctionRegistry#releases} */
    static FunctionVersion find(FunctionVersion live, List<FunctionVersionId> history, List<FunctionVersion> there) {
        Optional<FunctionVersionId> back =
                history.stream().filter(id -> id.number() < live.id().number()).findFirst();
        return there.stream()
                .filter(version -> back.equals(Optional.of(version.id())))
                .findFirst()
                .orElseThrow(() -> Refused.because(
                        "ROLLBACK_IMPOSSIBLE",
                        "There is no version before %s that was live"
                                .formatted(live.id().name()),
                        "Name one that is there, or deploy an older state of the code."));
    }

    static FunctionVersion named(FunctionVersion live, String name, List<FunctionVersion> there) {
        FunctionVersion version = there.stream()
                .filter(one -> one.id().name().equals(name))
                .findFirst()
                .orElseThrow(() -> Refused.because(
                        "VERSION_UNKNOWN",
                        "version: %s (expected: one of %s)"
                                .formatted(
                                        name,
                                        there.stream()
                                                .map(one -> one.id().name())
                                                .toList()),
                        "Name one that is there."));
        if (version.id().equals(live.id())) {
            throw Refused.because(
                    "ROLLBACK_IMPOSSIBLE",
                    "version: %s is live already (expected: another one)".formatted(name),
                    "Name another one, or none for the one before.");
        }
        return version;
    }
}
