package dev.berth.gateway;

import dev.berth.core.Limits;
import io.vertx.core.MultiMap;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpVersion;
import java.util.EnumSet;
import java.util.Locale;

/**
 * The head of a request, read in one pass: what the gateway itself needs, and the headers that may go on to a service.
 * Framing headers are never copied; what goes to the service is framed anew (RFC 9112, sections 6 and 11.2).
 */
final class InboundHead {
    /** Node.js drops what comes after the 2000th header, and with it the identity; nobody needs a tenth of that. */
    private static final int MOST_HEADERS = 100;

    private final HttpServerRequest request;
    private final MultiMap forwarded = MultiMap.caseInsensitiveMultiMap();
    private final EnumSet<HeaderKind> seen = EnumSet.noneOf(HeaderKind.class);
    private final Framing framing;
    private int headers;
    private String connection = "";
    private String forwardedFor = "";
    private String host = "";
    private String contentType = "";
    private String origin = "";
    private String environment = "";
    private String service = "";
    private String session = "";
    private String callId = "";
    private String excludedCredentials = "";
    private String userTimeout = "";
    private String resourceApp = "";
    private String unknownExpectation = "";
    private boolean expectsContinue;
    private boolean berthClient;

    private InboundHead(HttpServerRequest request) {
        this.request = request;
        this.framing = new Framing(request.version());
    }

    static InboundHead read(HttpServerRequest request) {
        InboundHead head = new InboundHead(request);
        request.headers().forEach(head::take);
        head.dropConnectionListed();
        head.framing.conclude();
        return head;
    }

    private void take(String name, String value) {
        if (++headers == MOST_HEADERS + 1) {
            framing.blame("more than " + MOST_HEADERS + " headers");
        }
        if (name.isEmpty()) {
            framing.blame("a header without a name");
            return;
        }
        HeaderKind kind = HeaderKind.of(name);
        switch (kind) {
            case FORWARDED -> forwarded.add(name, value);
            case REMOVED -> {}
            case CONNECTION -> connection = joined(connection, value);
            case FORWARDED_FOR -> forwardedFor = joined(forwardedFor, value);
            case BERTH_CLIENT -> berthClient = true;
            case CONTENT_TYPE -> {
                forwarded.add(name, value);
                contentType = value;
            }
            case ORIGIN -> {
                forwarded.add(name, value);
                origin = value;
            }
            default -> {
                if (!seen.add(kind)) {
                    framing.blame(name + " is given twice");
                }
                takeSingle(kind, value);
            }
        }
    }

    private static String joined(String list, String value) {
        return list.isEmpty() ? value : list + "," + value;
    }

    private void takeSingle(HeaderKind kind, String value) {
        switch (kind) {
            case HOST -> {
                host = value;
                framing.takeHost(value);
            }
            case CONTENT_LENGTH -> framing.takeLength(value);
            case TRANSFER_ENCODING -> framing.takeEncoding(value);
            case EXPECT -> takeExpectation(value);
            case ENVIRONMENT -> environment = value;
            case SERVICE -> service = value;
            case SESSION -> session = value;
            case CALL_ID -> callId = value;
            case EXCLUDED_CREDENTIALS -> excludedCredentials = value;
            case USER_TIMEOUT -> userTimeout = value;
            case RESOURCE_APP -> resourceApp = value;
            default -> throw new IllegalStateException("not a single header: " + kind);
        }
    }

    /** RFC 9110, section 10.1.1: HTTP/1.0 knows none. */
    private void takeExpectation(String value) {
        if (request.version() != HttpVersion.HTTP_1_0) {
            expectsContinue = value.equalsIgnoreCase("100-continue");
            unknownExpectation = expectsContinue ? "" : value;
        }
    }

    /** RFC 9110, section 7.6.1. Identity is written after this, so no caller can list it away. */
    private void dropConnectionListed() {
        if (connection.isEmpty() || connection.equalsIgnoreCase("keep-alive") || connection.equalsIgnoreCase("close")) {
            return;
        }
        for (String name : connection.split(",", -1)) {
            forwarded.remove(name.strip());
        }
    }

    /** CH-138: only a request of the native channel carries one of these. */
    boolean isNative() {
        return seen.contains(HeaderKind.SESSION) || seen.contains(HeaderKind.SERVICE);
    }

    /** CH-140. */
    boolean isPreflight() {
        return request.method().equals(HttpMethod.OPTIONS)
                && !isNative()
                && !origin.isEmpty()
                && forwarded.contains("access-control-request-method");
    }

    /** CH-32, CH-33, CH-39. */
    long bodyLimit() {
        String type = contentType.strip().toLowerCase(Locale.ROOT);
        boolean text = type.startsWith("text/")
                || type.startsWith("application/json")
                || type.startsWith("application/x-www-form-urlencoded");
        return text ? Limits.TEXT_REQUEST : Limits.BINARY_REQUEST;
    }

    /** CH-7: a value that is not in 1…15000 has no effect. */
    long deadlineMillis() {
        long longest = Limits.DEADLINE.toMillis();
        if (userTimeout.isEmpty() || userTimeout.length() > 5) {
            return longest;
        }
        try {
            int wanted = Integer.parseInt(userTimeout);
            return wanted >= 1 && wanted <= longest ? wanted : longest;
        } catch (NumberFormatException e) {
            return longest;
        }
    }

    Framing framing() {
        return framing;
    }

    MultiMap forwarded() {
        return forwarded;
    }

    String host() {
        return host;
    }

    String origin() {
        return origin;
    }

    String environment() {
        return environment;
    }

    String service() {
        return service;
    }

    String session() {
        return session;
    }

    String callId() {
        return callId;
    }

    String excludedCredentials() {
        return excludedCredentials;
    }

    String resourceApp() {
        return resourceApp;
    }

    /** As the caller or a proxy says; never forwarded. */
    String forwardedFor() {
        return forwardedFor;
    }

    /** What the gateway cannot meet; or empty. */
    String unknownExpectation() {
        return unknownExpectation;
    }

    boolean expectsContinue() {
        return expectsContinue;
    }

    boolean berthClient() {
        return berthClient;
    }
}
