import { TransportFailure, type Transport, type WireAnswer, type WireRequest } from './transport.js';

/** For pages and Node. */
export const fetchTransport: Transport = async (request) => {
    refuseWhatFetchForbids(request);
    const stop = new AbortController();
    const timer = setTimeout(() => stop.abort(), request.timeout);
    try {
        return await answerOf(await headOf(request, stop.signal), stop.signal);
    } finally {
        clearTimeout(timer);
    }
};

function refuseWhatFetchForbids(request: WireRequest): void {
    if (/^(CONNECT|TRACE|TRACK)$/.test(request.method)) {
        throw new TransportFailure('refused', `method ${request.method} (fetch does not send it)`);
    }
    try {
        new Request(request.url, { method: request.method, headers: request.header });
    } catch (error) {
        throw new TransportFailure('refused', `fetch does not send this: ${(error as Error).message}`);
    }
}

async function headOf(request: WireRequest, signal: AbortSignal): Promise<Response> {
    try {
        return await fetch(request.url, {
            method: request.method,
            headers: request.header,
            body: request.body,
            redirect: request.redirect,
            signal,
            credentials: 'omit', // CH-140
            cache: 'no-store', // an answer belongs to one session, which no cache knows
        });
    } catch (error) {
        throw failure('unreachable', error, signal);
    }
}

async function answerOf(response: Response, signal: AbortSignal): Promise<WireAnswer> {
    if (response.type === 'opaqueredirect') {
        throw new TransportFailure('refused', 'the service redirects with a status that a page must not see (expected: 302)');
    }
    try {
        const body = await response.arrayBuffer();
        const cookies = response.headers.getSetCookie?.() ?? [];
        return { status: response.status, header: flat(response.headers), cookies, body };
    } catch (error) {
        throw failure('cut', error, signal);
    }
}

function failure(kind: 'unreachable' | 'cut', error: unknown, signal: AbortSignal): TransportFailure {
    if (signal.aborted) {
        return new TransportFailure('timeout', 'the answer did not come in time');
    }
    const { message, cause } = error as { message: string; cause?: { code?: string; message?: string } };
    return new TransportFailure(kind, cause?.code ?? cause?.message ?? message);
}

// CH-29: fetch joins equal names, except those of cookies.
function flat(headers: Headers): Record<string, string> {
    const header: Record<string, string> = {};
    headers.forEach((value, name) => {
        header[name] = name in header ? `${header[name]},${value}` : value;
    });
    return header;
}
