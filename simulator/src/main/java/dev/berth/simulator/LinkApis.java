package dev.berth.simulator;

import io.vertx.core.json.JsonObject;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;

/** Links that users follow to come to a page of a mini program. */
final class LinkApis {
    private static final Duration SHORTEST = Duration.ofMinutes(1);
    private static final Duration LONGEST = Duration.ofDays(30);
    private static final int BY_TIME = 0;
    private static final int BY_INTERVAL = 1;
    private static final int ABOUT_QUOTA = 1;
    private static final int MOST_PERMANENT = 100_000;
    private static final int LONGEST_PAGE = 1024;
    private static final int TICKET_LENGTH = 11;

    /** Visits by scheme and URL link that WeChat permits an app each day; nobody visits by them in the simulator. */
    private static final int DAILY_VISITS = 5_000_000;

    private static final Pattern QUERY = Pattern.compile("[0-9A-Za-z!#$&'()*+,/:;=?@\\-._~%`]{0,1024}");
    private static final Set<String> VERSIONS = Set.of("release", "trial", "develop");

    private LinkApis() {}

    static Reply scheme(ApiCall call) {
        JsonObject target = call.body().getValue("jump_wxa") instanceof JsonObject given ? given : new JsonObject();
        return expiring(call, Link.Kind.SCHEME, target, "openlink");
    }

    static Reply urlLink(ApiCall call) {
        return expiring(call, Link.Kind.URL_LINK, call.body(), "url_link");
    }

    static Reply shortLink(ApiCall call) {
        String page = call.text("page_url");
        if (page.isEmpty()
                || page.length() > LONGEST_PAGE
                || !AppPages.existsWithQuery(call.handle(), call.app().appid(), page)) {
            return call.denied(40066);
        }
        if (call.body().containsKey("page_title") && call.text("page_title").isBlank()) {
            return call.denied(40225);
        }
        boolean permanent = Boolean.TRUE.equals(call.body().getValue("is_permanent"));
        if (permanent
                && Links.countPermanent(call.handle(), call.app().appid(), Link.Kind.SHORT_LINK) >= MOST_PERMANENT) {
            return call.denied(85400);
        }
        Optional<Instant> end =
                permanent ? Optional.empty() : Optional.of(call.now().plus(LONGEST));
        return made(call, Link.Kind.SHORT_LINK, PagePath.of(page), "release", end, "link");
    }

    static Reply queryScheme(ApiCall call) {
        return query(call, Link.Kind.SCHEME, "scheme", "scheme_info");
    }

    static Reply queryUrlLink(ApiCall call) {
        return query(call, Link.Kind.URL_LINK, "url_link", "url_link_info");
    }

    private static Reply expiring(ApiCall call, Link.Kind kind, JsonObject target, String answerField) {
        String path = text(target, "path", "");
        if (!path.isEmpty()
                && (path.contains("?")
                        || !AppPages.existsWithQuery(call.handle(), call.app().appid(), path))) {
            return call.denied(40165);
        }
        String query = text(target, "query", "");
        if (!QUERY.matcher(query).matches()) {
            return call.denied(40212);
        }
        String version = text(target, "env_version", "release");
        if (!VERSIONS.contains(version)) {
            return call.denied(85402);
        }
        Optional<Instant> end = end(call);
        if (end.isEmpty()) {
            return call.denied(85401);
        }
        PagePath page = new PagePath(PagePath.of(path).path(), query);
        return made(call, kind, page, version, end, answerField);
    }

    private static Reply made(
            ApiCall call, Link.Kind kind, PagePath page, String version, Optional<Instant> end, String answerField) {
        Link link = new Link(
                kind,
                call.chance().letters(TICKET_LENGTH),
                call.app().appid(),
                page.path(),
                page.query(),
                version,
                call.now(),
                end,
                kind == Link.Kind.URL_LINK ? cloudBase(call.body()) : new JsonObject());
        Links.add(call.handle(), link);
        return Reply.json(Reply.okBody().put(answerField, link.text()));
    }

    /** Empty when it is nearer than a minute or farther than 30 days, which is also what a call gets that names none. */
    private static Optional<Instant> end(ApiCall call) {
        int type = number(call.body(), "expire_type", BY_TIME).intValue();
        if (type == BY_INTERVAL) {
            long days = number(call.body(), "expire_interval", 0).longValue();
            return days >= 1 && days <= LONGEST.toDays()
                    ? Optional.of(call.now().plus(Duration.ofDays(days)))
                    : Optional.empty();
        }
        if (type != BY_TIME) {
            return Optional.empty();
        }
        long latest = call.now().plus(LONGEST).getEpochSecond();
        long end = number(call.body(), "expire_time", latest).longValue();
        long earliest = call.now().plus(SHORTEST).getEpochSecond();
        return end < earliest || end > latest ? Optional.empty() : Optional.of(Instant.ofEpochSecond(end));
    }

    private static Reply query(ApiCall call, Link.Kind kind, String field, String answerField) {
        JsonObject ok = Reply.okBody().put("quota_info", new JsonObject().put("remain_visit_quota", DAILY_VISITS));
        if (number(call.body(), "query_type", 0).intValue() == ABOUT_QUOTA) {
            return Reply.json(ok);
        }
        if (call.text(field).isEmpty()) {
            return call.denied(40097);
        }
        return Links.find(call.handle(), call.text(field))
                .filter(link ->
                        link.kind() == kind && link.appid().equals(call.app().appid()))
                .map(link -> Reply.json(ok.put(answerField, info(link))))
                .orElseGet(() -> call.denied(85403));
    }

    private static JsonObject info(Link link) {
        JsonObject info = new JsonObject()
                .put("appid", link.appid())
                .put("path", link.path())
                .put("query", link.query())
                .put("create_time", link.createdAt().getEpochSecond())
                .put(
                        "expire_time",
                        link.expiresAt().map(Instant::getEpochSecond).orElse(0L))
                .put("env_version", link.envVersion());
        return link.kind() == Link.Kind.URL_LINK ? info.put("cloud_base", link.cloudBase()) : info;
    }

    /** In the form of the answer, which spells the domain as WeChat's page does. */
    private static JsonObject cloudBase(JsonObject body) {
        JsonObject given = body.getValue("cloud_base") instanceof JsonObject object ? object : new JsonObject();
        return new JsonObject()
                .put("env", text(given, "env", ""))
                .put("doamin", text(given, "domain", ""))
                .put("path", text(given, "path", ""))
                .put("query", text(given, "query", ""))
                .put("resource_appid", text(given, "resource_appid", ""));
    }

    private static String text(JsonObject json, String field, String otherwise) {
        return json.getValue(field) instanceof String text ? text : otherwise;
    }

    private static Number number(JsonObject json, String field, Number otherwise) {
        return json.getValue(field) instanceof Number number ? number : otherwise;
    }
}
