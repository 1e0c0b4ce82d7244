package dev.berth.openapi;

import static java.util.Objects.requireNonNull;

/**
 * An answer that Berth gives in WeChat's place (OA-15 to OA-23).
 *
 * @param status HTTP status
 * @param contentType of the body
 * @param withSeqid whether the answer carries {@code x-openapi-seqid}
 * @param errcode as in the body; 0 if it has none
 * @param reason for people, for {@code x-berth-reason} and the log (OA-25): printable ASCII, no line break, no secret
 */
public record Denial(int status, String contentType, String body, boolean withSeqid, int errcode, String reason) {
    public Denial {
        requireNonNull(contentType, "contentType is null");
        requireNonNull(body, "body is null");
        requireNonNull(reason, "reason is null");
    }
}
