package dev.berth.gateway;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;

import dev.berth.gateway.Http2Caller.Frame;
import dev.berth.gateway.Http2Table.Step;
import io.netty.handler.codec.http2.Http2Headers;
import java.io.ByteArrayOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.net.SocketException;
import java.net.SocketTimeoutException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** Frames sent over one connection, and what came back on each stream, then a probe; the HTTP/2 form of {@link Conversation}. */
final class Http2Conversation implements AutoCloseable {
    /** Higher than any in {@code http2.table}. */
    private static final int PROBE = 1001;

    private final Http2Caller caller;
    private final Map<Integer, Stream> streams = new TreeMap<>();
    private boolean ended;

    private Http2Conversation(int port, int patienceMillis) throws IOException {
        caller = new Http2Caller(port);
        caller.socket.setSoTimeout(patienceMillis);
    }

    private static final class Stream {
        private final ByteArrayOutputStream body = new ByteArrayOutputStream();
        private Optional<Http2Headers> head = Optional.empty();
        private String outcome = "";
    }

    /** @param answers of so many streams, before the probe goes out */
    static List<String> hold(int port, List<Step> steps, int answers, String[] probe, int patienceMillis)
            throws Exception {
        List<String> outcomes = new ArrayList<>();
        try (Http2Conversation conversation = new Http2Conversation(port, patienceMillis)) {
            try {
                conversation.send(steps, answers, probe);
            } catch (SocketTimeoutException waits) {
                outcomes.add("waits");
            }
            outcomes.addAll(0, conversation.outcomes());
        }
        return outcomes;
    }

    private void send(List<Step> steps, int answers, String[] probe) throws Exception {
        try {
            ByteArrayOutputStream together = new ByteArrayOutputStream();
            for (Step step : steps) {
                switch (step) {
                    case Step.Send send -> together.writeBytes(send.bytes().getBytes(ISO_8859_1));
                    case Step.Await wait -> {
                        flush(together);
                        readUntilAnswered(wait.stream());
                    }
                }
            }
            flush(together);
            while (!ended && answered() < answers) {
                read();
            }
            // An end that is to come is awaited by the probe.
            if (!ended) {
                caller.head(PROBE, true, probe);
                readUntilAnswered(PROBE);
            }
        } catch (EOFException | SocketException closed) {
            ended = true;
        }
    }

    private void flush(ByteArrayOutputStream bytes) throws IOException {
        caller.socket.getOutputStream().write(bytes.toByteArray());
        bytes.reset();
    }

    private void readUntilAnswered(int stream) throws Exception {
        while (!ended && !isAnswered(stream)) {
            read();
        }
    }

    private boolean isAnswered(int stream) {
        return streams.containsKey(stream) && !streams.get(stream).outcome.isEmpty();
    }

    private long answered() {
        return streams.keySet().stream().filter(this::isAnswered).count();
    }

    private void read() throws Exception {
        Frame frame = caller.next();
        if (frame.type() == Http2Caller.GOAWAY) {
            ended = true;
        }
        if (frame.stream() == 0 || isAnswered(frame.stream())) {
            return;
        }
        Stream stream = streams.computeIfAbsent(frame.stream(), ignored -> new Stream());
        if (frame.type() == Http2Caller.HEADERS) {
            Http2Headers headers = caller.decode(frame);
            if (headers.status() != null && headers.status().charAt(0) != '1') {
                stream.head = Optional.of(headers);
            }
        } else if (frame.type() == Http2Caller.DATA) {
            stream.body.writeBytes(frame.payload());
        } else if (frame.type() == Http2Caller.RESET) {
            stream.outcome = "reset";
        }
        if (frame.endsStream()) {
            stream.outcome = outcome(stream.head.orElseThrow(), stream.body.toString(UTF_8));
        }
    }

    private static String outcome(Http2Headers head, String text) {
        if (head.contains("x-served")) {
            return text.equals("/probe") ? "probe" : "ok";
        }
        CharSequence code = head.get("x-wx-system-error");
        return (code == null ? head.status() : code).toString();
    }

    private List<String> outcomes() {
        List<String> outcomes = new ArrayList<>();
        streams.values().stream()
                .map(stream -> stream.outcome)
                .filter(outcome -> !outcome.isEmpty())
                .filter(outcome -> !ended || !outcome.equals("40097")) // luck, as to the caller it is an end
                .forEach(outcomes::add);
        if (ended) {
            outcomes.add("end");
        }
        return outcomes;
    }

    @Override
    public void close() throws IOException {
        caller.close();
    }
}
