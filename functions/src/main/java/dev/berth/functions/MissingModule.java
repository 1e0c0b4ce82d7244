package dev.berth.functions;

import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** What to do about Node's "Cannot find module". */
final class MissingModule {
    private static final Pattern NODE_SAYS = Pattern.compile("\\bCannot find (?:module|package) '([^'\n]+)'");
    private static final Pattern PACKAGE = Pattern.compile("(?:@[^/]+/)?[^/]+");

    private MissingModule() {}

    /**
     * For the person who wrote the function.
     *
     * @param thrown message or stack
     * @return empty if it is about anything else
     */
    static Optional<String> advice(String thrown) {
        Matcher missing = NODE_SAYS.matcher(thrown);
        return missing.find() ? Optional.of(whatToDo(missing.group(1))) : Optional.empty();
    }

    private static String whatToDo(String module) {
        if (module.startsWith(".") || module.startsWith("/")) {
            return "%s is not among the function's files: it has those of its own folder only, as on WeChat"
                    .formatted(module);
        }
        Matcher name = PACKAGE.matcher(module);
        return "%s has to be in dependencies of the function's package.json"
                .formatted(name.lookingAt() ? name.group() : module);
    }
}
