package dev.berth.cli;

import java.util.Objects;
import picocli.CommandLine.IVersionProvider;

/** The version in the jar's manifest. */
final class BerthVersion implements IVersionProvider {
    @Override
    public String[] getVersion() {
        String version = packaged();
        return new String[] {"Berth " + (version.isEmpty() ? "(not packaged)" : version)};
    }

    /** As a server of the same build says it, such as {@code 0.1.0}; the empty text if it is not packaged. */
    static String number() {
        return packaged().replace("-SNAPSHOT", "");
    }

    private static String packaged() {
        return Objects.requireNonNullElse(BerthVersion.class.getPackage().getImplementationVersion(), "");
    }
}
