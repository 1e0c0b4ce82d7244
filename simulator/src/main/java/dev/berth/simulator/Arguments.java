package dev.berth.simulator;

import io.vertx.core.buffer.Buffer;
import java.net.URI;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/**
 * What can be seen wrong in the arguments of any API, from its page alone: an openid that is none, where the page lists
 * that error, and pictures that are none.
 */
final class Arguments {
    private static final int INVALID_FILE_TYPE = 40005;
    private static final int INVALID_OPENID = 40003;
    private static final int INVALID_IMAGE_URL = 101000;
    private static final int INVALID_IMAGE_DATA = 101002;
    private static final List<String> OPENID_FIELDS = List.of("openid", "touser");
    private static final Set<String> SCHEMES = Set.of("http", "https");

    private Arguments() {}

    static Optional<Reply> flaw(ApiCall call) {
        return Stream.of(openid(call), imageUrl(call), image(call))
                .flatMap(Optional::stream)
                .findFirst();
    }

    private static Optional<Reply> openid(ApiCall call) {
        boolean listed = call.api().errors().containsKey(INVALID_OPENID);
        boolean wrong = listed
                && namedOpenids(call)
                        .anyMatch(openid -> People.withOpenid(call.handle(), call.app(), openid)
                                .isEmpty());
        return wrong ? Optional.of(call.denied(INVALID_OPENID)) : Optional.empty();
    }

    private static Stream<String> namedOpenids(ApiCall call) {
        return OPENID_FIELDS.stream()
                .flatMap(field -> Stream.of(call.query(field), call.text(field)))
                .filter(openid -> !openid.isEmpty());
    }

    private static Optional<Reply> imageUrl(ApiCall call) {
        String url = call.query("img_url");
        return url.isEmpty() || isWebAddress(url) ? Optional.empty() : Optional.of(call.denied(INVALID_IMAGE_URL));
    }

    private static boolean isWebAddress(String url) {
        try {
            URI uri = URI.create(url);
            return uri.getScheme() != null
                    && uri.getHost() != null
                    && SCHEMES.contains(uri.getScheme().toLowerCase(Locale.ROOT));
        } catch (IllegalArgumentException e) {
            return false;
        }
    }

    /** An upload in the field {@code img} is always a picture. */
    private static Optional<Reply> image(ApiCall call) {
        return call.media()
                .filter(media -> media.field().equals("img") && !isPicture(media.content()))
                .map(media -> call.denied(
                        call.api().errors().containsKey(INVALID_IMAGE_DATA) ? INVALID_IMAGE_DATA : INVALID_FILE_TYPE));
    }

    private static boolean isPicture(Buffer content) {
        return Stream.of("\u00ff\u00d8\u00ff", "\u0089PNG", "GIF8", "BM")
                .anyMatch(beginning -> content.length() >= beginning.length()
                        && content.getString(0, beginning.length(), "ISO-8859-1")
                                .equals(beginning));
    }
}
