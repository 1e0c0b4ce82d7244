package dev.berth.store;

import dev.berth.core.Directory;
import dev.berth.core.DirectorySource;
import java.util.function.UnaryOperator;

/** The present directory. Only the writer's single thread replaces it, so a change is never lost. */
final class LiveDirectory implements DirectorySource {
    private volatile Directory current;

    LiveDirectory(Directory first) {
        this.current = first;
    }

    @Override
    public Directory current() {
        return current;
    }

    void replace(UnaryOperator<Directory> change) {
        current = change.apply(current);
    }
}
