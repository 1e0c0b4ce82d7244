package dev.berth.simulator;

import java.util.Optional;

/**
 * What became of a call.
 *
 * @param api the name; empty where WeChat has nothing at the path
 * @param appid where it could be told
 */
record Outcome(Reply reply, Optional<String> api, Optional<String> appid, Optional<Fault.Struck> fault) {
    /** A call that reached no API. */
    static Outcome denied(WeChatError error) {
        return new Outcome(Reply.denied(error), Optional.empty(), Optional.empty(), Optional.empty());
    }
}
