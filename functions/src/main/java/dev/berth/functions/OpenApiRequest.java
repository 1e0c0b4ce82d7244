package dev.berth.functions;

import static java.nio.charset.StandardCharsets.UTF_8;
import static java.util.Objects.requireNonNull;

import berth.wx.Openapi.KeyValuePair;
import java.net.URLEncoder;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.StringJoiner;

/**
 * What WeChat is asked over HTTP, of the parameters of a cloud call (AD-37, AD-39).
 *
 * @param query escaped, or empty
 */
@SuppressWarnings("ArrayRecordComponent")
record OpenApiRequest(String method, String path, String query, Optional<String> contentType, byte[] body) {
    private static final String JSON = "application/json";

    OpenApiRequest {
        requireNonNull(method, "method is null");
        requireNonNull(path, "path is null");
        requireNonNull(query, "query is null");
        requireNonNull(contentType, "contentType is null");
        requireNonNull(body, "body is null");
    }

    /** An application may put anything into query and body. */
    @Override
    public String toString() {
        return "OpenApiRequest[%s %s]".formatted(method, path);
    }

    static OpenApiRequest of(Api api, List<KeyValuePair> pairs) {
        List<KeyValuePair> files = new ArrayList<>();
        List<KeyValuePair> fields = new ArrayList<>();
        StringJoiner query = new StringJoiner("&");
        for (KeyValuePair pair : pairs) {
            if (pair.hasFilename()) {
                files.add(pair);
            } else if (api.isGet() || api.query().contains(pair.getKey())) {
                query.add(escaped(pair.getKey()) + "=" + escaped(unquoted(pair)));
            } else {
                fields.add(pair);
            }
        }
        if (!files.isEmpty()) {
            MultipartForm form = new MultipartForm();
            fields.forEach(field -> form.addField(field.getKey(), unquoted(field)));
            files.forEach(file -> form.addFile(
                    file.getKey(), file.getFilename(), file.getValue().toByteArray()));
            return new OpenApiRequest(
                    api.method(), api.path(), query.toString(), Optional.of(form.contentType()), form.bytes());
        }
        boolean json = api.isAlwaysJson() || !fields.isEmpty();
        return new OpenApiRequest(
                api.method(),
                api.path(),
                query.toString(),
                json ? Optional.of(JSON) : Optional.empty(),
                json ? object(fields) : new byte[0]);
    }

    /** Of the values as they were written: no number is read and written again. */
    private static byte[] object(List<KeyValuePair> fields) {
        StringJoiner object = new StringJoiner(",", "{", "}");
        fields.forEach(field -> object.add(RawJson.quoted(field.getKey()) + ":" + value(field)));
        return object.toString().getBytes(UTF_8);
    }

    /** What is no JSON can only be a text that somebody else than the SDK sent. */
    private static String value(KeyValuePair field) {
        String text = field.getValue().toStringUtf8();
        return RawJson.isValue(text) ? text : RawJson.quoted(text);
    }

    private static String unquoted(KeyValuePair pair) {
        String text = pair.getValue().toStringUtf8();
        return RawJson.text(text).orElse(text);
    }

    private static String escaped(String text) {
        return URLEncoder.encode(text, UTF_8).replace("+", "%20");
    }
}
