package dev.berth.openapi;

import dev.berth.core.Asker;
import dev.berth.core.Directory.EnvironmentEntry;
import dev.berth.core.DirectorySource;
import dev.berth.core.VersionId;
import io.vertx.core.http.HttpHeaders;
import java.time.InstantSource;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * Who may call what, and in whose name. Reads the directory with each call, so that a change holds at once (OA-3).
 * Thread-safe.
 */
final class Permissions {
    private static final String PAY = "/_/pay/";

    /** Only what commands take is offered for pasting: the application wrote it. */
    private static final Pattern PLAIN_PATH = Pattern.compile("(/[A-Za-z0-9_.~-]+)+");

    private static final Pattern APP_ID = Pattern.compile("wx[0-9A-Za-z]{4,30}");

    private final DirectorySource directory;
    private final DenyForm form;
    private final InstantSource clock;

    Permissions(DirectorySource directory, DenyForm form, InstantSource clock) {
        this.directory = directory;
        this.form = form;
        this.clock = clock;
    }

    Verdict decide(Question question) {
        return switch (question.asker()) {
            case Asker.InstanceAsker instance -> ofInstance(instance.version(), question);
            case Asker.FunctionAsker function -> ofFunction(function, question);
            case Asker.OperatorAsker operator -> ofOwn(question);
            case Asker.PlatformAsker platform -> ofOwn(question);
        };
    }

    private static Verdict ofOwn(Question question) {
        if (question.fromApp().isEmpty()) {
            throw new IllegalArgumentException("fromApp is empty (expected: the AppID in whose name to ask)");
        }
        return new Verdict.Allowed(question.fromApp());
    }

    /** What the function itself may is decided by its config.json, before this (HO-53). */
    private Verdict ofFunction(Asker.FunctionAsker function, Question question) {
        String env = function.function().environmentId();
        Optional<EnvironmentEntry> found = directory.current().environment(env);
        if (found.isEmpty()) {
            return gone(env);
        }
        String owner = found.get().environment().appId();
        String app = question.fromApp().isEmpty() ? owner : question.fromApp(); // AD-38
        return app.equals(owner) || found.get().grants().contains(app)
                ? new Verdict.Allowed(app)
                : new Verdict.Denied(owner, Denial.foreignApp(Rid.next(clock), noGrant(env, owner, app)));
    }

    private Verdict.Denied gone(String env) {
        return new Verdict.Denied("", Denial.off(Rid.next(clock), "environment %s is gone".formatted(env)));
    }

    private Verdict ofInstance(VersionId version, Question question) {
        String env = version.environmentId();
        Optional<EnvironmentEntry> found = directory.current().environment(env);
        if (found.isEmpty()) {
            return gone(env);
        }
        EnvironmentEntry entry = found.get();
        String owner = entry.environment().appId();
        if (!entry.cloudCall().on()) {
            return new Verdict.Denied(
                    owner,
                    Denial.off(
                            Rid.next(clock),
                            "cloud call is off in environment %s; turn it on: berth permissions on --env %s"
                                    .formatted(env, env)));
        }
        boolean pay = question.path().startsWith(PAY);
        if (!pay && !entry.cloudCall().allows(question.path())) {
            return new Verdict.Denied(owner, Denial.notListed(form, Rid.next(clock), notListed(env, question.path())));
        }
        String app = question.fromApp().isEmpty() ? owner : question.fromApp(); // OA-11, CF-14
        if (!app.equals(owner) && !entry.grants().contains(app)) { // OA-13
            return new Verdict.Denied(owner, Denial.foreignApp(Rid.next(clock), noGrant(env, owner, app)));
        }
        return pay ? new Verdict.Denied(app, pay(question)) : new Verdict.Allowed(app);
    }

    private static String noGrant(String env, String owner, String app) {
        return APP_ID.matcher(app).matches()
                ? "from_appid %s has no grant for environment %s; its owner %s can give it: berth grant %s --env %s"
                        .formatted(app, env, owner, app, env)
                : "from_appid is no AppID (expected: that of the app that uses environment %s)".formatted(env);
    }

    private static String notListed(String env, String path) {
        return PLAIN_PATH.matcher(path).matches() && !path.contains("/.")
                ? "%s is not in the permission list of environment %s; add it: berth permissions add %s --env %s"
                        .formatted(path, env, path, env)
                : "%s is no plain path (expected: no escapes, semicolons, dot segments or empty segments), so that no entry of the permission list of environment %s allows it"
                        .formatted(path, env);
    }

    private static Denial pay(Question question) {
        String type = question.headers().get(HttpHeaders.CONTENT_TYPE);
        return type == null || !type.toLowerCase(Locale.ROOT).startsWith("application/json")
                ? Denial.payWithoutJson("%s needs Content-Type: application/json".formatted(question.path()))
                : Denial.payNotBound("WeChat Pay is not there yet in this version of Berth: no merchant can be bound");
    }
}
