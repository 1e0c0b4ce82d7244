package dev.berth.cli;

import java.util.Objects;
import picocli.CommandLine.IVersionProvider;

/** The version in the jar's manifest. */
final class BerthVersion implements IVersionProvider {
    @Override
    public String[] getVersion() {
        String version = BerthVersion.class.getPackage().getImplementationVersion();
        return new String[] {"Berth " + Objects.requireNonNullElse(version, "(not packaged)")};
    }
}
