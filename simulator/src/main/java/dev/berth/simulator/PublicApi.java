package dev.berth.simulator;

/** What an open API does that needs no token, for it is how an app signs users in or comes by a token. */
@FunctionalInterface
interface PublicApi {
    /** As {@link Api#answer}; the app has not proven itself yet. */
    Reply answer(ApiRequest request);
}
