/** What one HTTP request looks like on its way to the gateway. */
export interface WireRequest {
    readonly method: string;
    readonly url: string;
    readonly header: Record<string, string>;
    readonly body?: string | ArrayBuffer;
    /** Milliseconds after which the transport gives up with a failure of kind `timeout`. */
    readonly timeout: number;
    readonly redirect: 'manual' | 'follow';
}

export interface WireAnswer {
    readonly status: number;
    /** Flat; values of equal names are joined. Spelled as the platform delivers the names. */
    readonly header: Record<string, string>;
    /** One entry per `Set-Cookie` field that the platform lets the client see. */
    readonly cookies: string[];
    readonly body: ArrayBuffer;
}

/** Sends one request; rejects with a {@link TransportFailure} and nothing else. */
export type Transport = (request: WireRequest) => Promise<WireAnswer>;

/**
 * `unreachable`: no answer head arrived. `cut`: the head arrived, the body did not end.
 * `timeout`: the time of the request was over. `refused`: the platform does not send or show such a thing.
 */
export type FailureKind = 'unreachable' | 'cut' | 'timeout' | 'refused';

export class TransportFailure extends Error {
    constructor(
        readonly kind: FailureKind,
        message: string,
    ) {
        super(message);
    }
}
