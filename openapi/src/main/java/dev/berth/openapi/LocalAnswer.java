package dev.berth.openapi;

import java.util.Optional;

/** An open API that Berth answers itself where it can. Asked after the permission check. Computes only; thread-safe. */
interface LocalAnswer {
    /** The only path that it knows, such as {@code /wxa/getopendata}. */
    String path();

    /**
     * @param appId in whose name is asked: the owner of the environment, or the app that {@code from_appid} names (OA-14)
     * @param query as it was sent; or empty
     * @param body whole
     * @return JSON in WeChat's form; empty when WeChat is to be asked
     */
    Optional<byte[]> answer(String appId, String query, byte[] body);
}
