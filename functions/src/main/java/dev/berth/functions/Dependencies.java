package dev.berth.functions;

import static java.util.Objects.requireNonNull;

import dev.berth.artifacts.ContentDigest;
import dev.berth.artifacts.NpmInstall;
import dev.berth.core.BerthException;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Optional;

/** What a function needs from npm besides what was sent. */
sealed interface Dependencies {
    /** For the digest of a version. */
    String mark();

    /** Nothing. */
    record AsSent() implements Dependencies {
        @Override
        public String mark() {
            return "as sent";
        }
    }

    /**
     * An installation of its own.
     *
     * @param reason for people: why it shares none
     * @param key of what besides the function's files decides what is installed
     */
    record Own(String reason, String key) implements Dependencies {
        public Own {
            requireNonNull(reason, "reason is null");
            requireNonNull(key, "key is null");
        }

        @Override
        public String mark() {
            return "own modules " + key;
        }
    }

    /** The same as any function with this recipe. */
    record Shared(ModuleRecipe recipe, String key) implements Dependencies {
        public Shared {
            requireNonNull(recipe, "recipe is null");
            requireNonNull(key, "key is null");
        }

        @Override
        public String mark() {
            return "modules " + key;
        }
    }

    /** @throws BerthException {@code PACKAGE_JSON_INVALID}, {@code NODE_MISSING} */
    static Dependencies of(Path folder, NpmInstall npm, NpmSurroundings surroundings) throws IOException {
        if (!npm.isNeeded(folder)) {
            return new AsSent();
        }
        Optional<String> reason = OwnModules.reason(folder);
        if (reason.isPresent()) {
            ContentDigest digest = new ContentDigest();
            surroundings.addTo(digest);
            return new Own(reason.get(), digest.hex());
        }
        ModuleRecipe recipe = ModuleRecipe.of(folder);
        return new Shared(recipe, recipe.key(surroundings));
    }
}
