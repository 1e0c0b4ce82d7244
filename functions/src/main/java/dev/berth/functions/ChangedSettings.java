package dev.berth.functions;

import dev.berth.core.FunctionSettings;
import dev.berth.core.Trigger;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * How the settings of a deployment differ from those of the version that it replaces. Each deployment states them all anew,
 * so what an earlier one was given as an option ends with the next; whoever deploys is to see it.
 */
record ChangedSettings(FunctionSettings before, FunctionSettings now) {
    /**
     * @param request that the settings come from
     * @return one short sentence for each; of variables the names alone
     */
    List<String> lines(FunctionDeployment request) {
        return Stream.of(
                        value("handler", FunctionSettings::handler, false),
                        value(
                                "timeout",
                                settings -> Texts.number(settings.timeLimit()) + " s",
                                request.timeLimit().isPresent()),
                        value(
                                "memory",
                                settings -> settings.memory() + " MB",
                                request.memory().isPresent()),
                        value("invocationsPerHost", FunctionSettings::invocationsPerHost, false),
                        entries("variables", before.variables(), now.variables()),
                        entries("permissions", byName(before.permissions()), byName(now.permissions())),
                        entries("triggers", triggers(before), triggers(now)))
                .flatMap(Function.identity())
                .toList();
    }

    /** @param asked whether it was given as an option */
    private Stream<String> value(String name, Function<FunctionSettings, Object> value, boolean asked) {
        Object old = value.apply(before);
        Object next = value.apply(now);
        String origin = asked ? "" : " (from config.json, or the default)";
        return old.equals(next) ? Stream.empty() : Stream.of("%s %s → %s%s".formatted(name, old, next, origin));
    }

    private static Stream<String> entries(String name, Map<String, String> old, Map<String, String> next) {
        List<String> changes = new ArrayList<>();
        keys(old, key -> !next.containsKey(key)).forEach(key -> changes.add("-" + key));
        keys(next, key -> !old.containsKey(key)).forEach(key -> changes.add("+" + key));
        String changed = keys(next, key -> old.containsKey(key) && !Objects.equals(old.get(key), next.get(key)))
                .collect(Collectors.joining(", "));
        if (!changed.isEmpty()) {
            changes.add("changed: " + changed);
        }
        return changes.isEmpty() ? Stream.empty() : Stream.of(name + ": " + String.join(", ", changes));
    }

    private static Stream<String> keys(Map<String, String> of, Predicate<String> which) {
        return of.keySet().stream().filter(which).sorted();
    }

    private static Map<String, String> byName(Collection<String> names) {
        return names.stream().collect(Collectors.toMap(Function.identity(), Function.identity()));
    }

    private static Map<String, String> triggers(FunctionSettings settings) {
        return settings.triggers().stream().collect(Collectors.toMap(Trigger::name, Trigger::cron));
    }
}
