package dev.berth.gateway;

import java.io.EOFException;
import java.io.IOException;
import java.net.SocketException;
import java.net.SocketTimeoutException;
import java.util.ArrayList;
import java.util.List;

/** Bytes sent over one connection, and what came back until its end: {@code ok} from the service, or a refusal's code. */
final class Conversation {
    private Conversation() {}

    static List<String> hold(int port, String bytes, int patienceMillis) throws IOException {
        List<String> outcomes = new ArrayList<>();
        try (RawClient client = new RawClient(port)) {
            client.socket.setSoTimeout(patienceMillis);
            client.send(bytes);
            for (RawHead head = client.readHead(); !head.isNothing(); head = client.readHead()) {
                if (head.status() >= 200) {
                    outcomes.add(outcome(new RawClient.Answer(head, head.readBody(client.in, false))));
                }
            }
        } catch (SocketTimeoutException waits) {
            outcomes.add("waits");
        } catch (SocketException reset) {
            // as good as an end
        } catch (EOFException none) {
            outcomes.add("no HTTP"); // HTTP/0.9 has bodies only
        }
        return outcomes;
    }

    private static String outcome(RawClient.Answer answer) {
        if (answer.header("X-Served").isPresent()) {
            return answer.text().equals("/probe") ? "probe" : "ok";
        }
        return answer.outcome().split(" ", -1)[0];
    }
}
