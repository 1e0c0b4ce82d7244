package dev.berth.simulator;

import io.vertx.core.json.JsonObject;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.regex.Pattern;

/** Codes that users scan to come to a page of a mini program. */
final class CodeApis {
    /** Of getwxacode and createwxaqrcode together. */
    static final int MOST_CODES = 100_000;

    private static final int DEFAULT_WIDTH = 430;
    private static final int SMALLEST_WIDTH = 280;
    private static final int LARGEST_WIDTH = 1280;
    private static final int LONGEST_PATH = 1024;
    private static final int LONGEST_QR_CODE_PATH_BYTES = 128;
    private static final int LONGEST_SCENE = 32;
    private static final int COLOURS = 256;
    private static final int TICKET_LENGTH = 20;
    private static final String RESERVED = "scancode_time";
    private static final Pattern SCENE = Pattern.compile("[0-9A-Za-z!#$&'()*+,/:;=?@\\-._~]*");
    private static final Set<String> VERSIONS = Set.of("release", "trial", "develop");

    private CodeApis() {}

    static Reply miniProgramCode(ApiCall call) {
        String path = call.text("path");
        return path.isEmpty() || path.length() > LONGEST_PATH ? call.denied(40159) : limited(call, path);
    }

    static Reply qrCode(ApiCall call) {
        String path = call.text("path");
        int bytes = path.getBytes(StandardCharsets.UTF_8).length;
        return path.isEmpty() || bytes > LONGEST_QR_CODE_PATH_BYTES ? call.denied(40159) : limited(call, path);
    }

    static Reply unlimited(ApiCall call) {
        String scene = call.text("scene");
        if (scene.isEmpty() || scene.length() > LONGEST_SCENE) {
            return call.denied(40169);
        }
        if (!SCENE.matcher(scene).matches()) {
            return call.denied(40129);
        }
        String page = call.text("page");
        if (page.contains(RESERVED)) {
            return reserved(call);
        }
        boolean checked = !Boolean.FALSE.equals(call.body().getValue("check_path"));
        if (!page.isEmpty() && !isPage(call, page, checked)) {
            return call.denied(41030);
        }
        String query = "scene=" + URLEncoder.encode(scene, StandardCharsets.UTF_8);
        return drawn(call, Link.Kind.UNLIMITED_CODE, new PagePath(page, query));
    }

    private static boolean isPage(ApiCall call, String page, boolean checked) {
        return checked ? AppPages.exists(call.handle(), call.app().appid(), page) : AppPages.isPath(page);
    }

    private static Reply reserved(ApiCall call) {
        String text = call.api().errors().getOrDefault(85096, "not allow include scancode_time field");
        return Reply.denied(85096, text);
    }

    private static Reply limited(ApiCall call, String path) {
        if (path.contains(RESERVED)) {
            return reserved(call);
        }
        return Links.count(call.handle(), call.app().appid(), Link.Kind.CODE) >= MOST_CODES
                ? call.denied(45029)
                : drawn(call, Link.Kind.CODE, PagePath.of(path));
    }

    private static Reply drawn(ApiCall call, Link.Kind kind, PagePath target) {
        String version = call.body().containsKey("env_version") ? call.text("env_version") : "release";
        Optional<CodeImage> image = image(call.body());
        if (image.isEmpty() || !VERSIONS.contains(version)) {
            return call.denied(40097);
        }
        Link link = new Link(
                kind,
                call.chance().letters(TICKET_LENGTH),
                call.app().appid(),
                target.path(),
                target.query(),
                version,
                call.now(),
                Optional.empty(),
                new JsonObject());
        Links.add(call.handle(), link);
        return image.get().draw(link.text());
    }

    private static Optional<CodeImage> image(JsonObject body) {
        OptionalInt width = body.containsKey("width")
                ? within(body.getValue("width"), SMALLEST_WIDTH, LARGEST_WIDTH)
                : OptionalInt.of(DEFAULT_WIDTH);
        OptionalInt colour = colour(body);
        boolean transparent = Boolean.TRUE.equals(body.getValue("is_hyaline"));
        return width.isPresent() && colour.isPresent()
                ? Optional.of(new CodeImage(width.getAsInt(), colour.getAsInt(), transparent))
                : Optional.empty();
    }

    /** Black when WeChat is to choose: an app of the simulator has no picture whose colour it could take. */
    private static OptionalInt colour(JsonObject body) {
        if (!body.containsKey("line_color") || Boolean.TRUE.equals(body.getValue("auto_color"))) {
            return OptionalInt.of(0);
        }
        if (!(body.getValue("line_color") instanceof JsonObject given)) {
            return OptionalInt.empty();
        }
        int rgb = 0;
        for (String part : new String[] {"r", "g", "b"}) {
            OptionalInt value = within(given.getValue(part), 0, COLOURS - 1);
            if (value.isEmpty()) {
                return value;
            }
            rgb = rgb * COLOURS + value.getAsInt();
        }
        return OptionalInt.of(rgb);
    }

    /** A number, or its decimal digits. */
    private static OptionalInt within(Object value, int least, int most) {
        String text = String.valueOf(value);
        if (!text.matches("[0-9]{1,4}")) {
            return OptionalInt.empty();
        }
        int number = Integer.parseInt(text);
        return number >= least && number <= most ? OptionalInt.of(number) : OptionalInt.empty();
    }
}
