package dev.berth.openapi;

import static java.nio.charset.StandardCharsets.UTF_8;
import static java.util.Objects.requireNonNull;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.util.RawValue;
import dev.berth.core.CloudIdOpener;
import java.io.IOException;
import java.net.URLDecoder;
import java.util.List;
import java.util.Optional;
import java.util.stream.StreamSupport;

/**
 * {@code POST /wxa/getopendata?openid=…} {@code {"cloudid_list":[…]}} for CloudIDs of Berth (OA-30, OA-31). A list with
 * anything else in it is WeChat's to answer. Thread-safe.
 */
final class OpenDataAnswer implements LocalAnswer {
    private static final String OPENID = "openid=";

    private final ObjectMapper json = new ObjectMapper();
    private final CloudIdOpener opener;

    OpenDataAnswer(CloudIdOpener opener) {
        this.opener = requireNonNull(opener, "opener is null");
    }

    @Override
    public String path() {
        return "/wxa/getopendata";
    }

    @Override
    public Optional<byte[]> answer(String appId, String query, byte[] body) {
        List<String> ids = listed(body);
        return !ids.isEmpty() && ids.stream().allMatch(CloudIds::isOurs)
                ? Optional.of(bytes(answer(appId, openId(query), ids)))
                : Optional.empty();
    }

    private List<String> listed(byte[] body) {
        try {
            JsonNode list = json.readTree(body).path("cloudid_list");
            return StreamSupport.stream(list.spliterator(), false)
                    .map(id -> id.isTextual() ? id.asText() : "")
                    .toList();
        } catch (IOException notJson) {
            return List.of();
        }
    }

    private static String openId(String query) {
        for (String parameter : query.split("&", -1)) {
            if (parameter.startsWith(OPENID)) {
                return decoded(parameter.substring(OPENID.length()));
            }
        }
        return "";
    }

    private static String decoded(String value) {
        try {
            return URLDecoder.decode(value, UTF_8);
        } catch (IllegalArgumentException brokenEscape) {
            return value;
        }
    }

    private ObjectNode answer(String appId, String openId, List<String> ids) {
        ObjectNode answer = json.createObjectNode().put("errcode", 0).put("errmsg", "ok");
        var list = answer.putArray("data_list");
        for (String id : ids) {
            // A text, not an object: CF-15.
            list.addObject()
                    .put("cloud_id", id)
                    .put("json", item(appId, openId, id).toString());
        }
        return answer;
    }

    private ObjectNode item(String appId, String openId, String id) {
        ObjectNode item = json.createObjectNode().put("cloudID", id);
        return switch (opener.open(appId, Optional.of(openId), id)) {
            case CloudIdOpener.Opened opened -> item.putRawValue("data", new RawValue(opened.data()));
            // AD-76 has the form.
            case CloudIdOpener.Unopened failed ->
                item.put("errCode", failed.errcode()).put("errMsg", failed.errmsg());
        };
    }

    private byte[] bytes(ObjectNode answer) {
        try {
            return json.writeValueAsBytes(answer);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("a tree that cannot be written", e);
        }
    }
}
