package dev.berth.cli;

import java.util.Optional;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** What says which service or function a name stands for. */
final class DeployableOptions {
    @Mixin
    private EnvironmentOption environment = new EnvironmentOption();

    @Option(names = "--function", description = "The function of that name, even if a service has it, too.")
    private boolean function;

    /** Whether it was said that a function is meant. */
    boolean isFunction() {
        return function;
    }

    /** As it was given. */
    Optional<String> environment() {
        return environment.given();
    }

    Deployable named(String name, ManagementApi api) {
        String env = environment.in(api);
        return function ? new Deployable(Deployable.Kind.FUNCTION, env, name) : Deployable.find(api, env, name);
    }
}
