import { CALL_CONTAINER, type Api } from './api.js';
import { encodeData } from './data.js';
import { deadlineOf, shortened } from './deadline.js';
import { headerOf, without, type Headers } from './headers.js';
import type { CallContainerOptions } from './options.js';
import { withQuery, wirePath } from './path.js';

/** A call with all rules of the options applied; what a redirect repeats with another path. */
export interface Call {
    readonly api: Api;
    readonly method: string;
    readonly path: string;
    readonly header: Headers;
    readonly body?: string | ArrayBuffer;
    readonly deadline: number;
    readonly parsesJson: boolean;
    readonly wantsBytes: boolean;
    readonly followsRedirects: boolean;
}

// The channel writes these itself, and the platform those that describe the connection and the length.
const CHANNEL_FIELDS = ['x-wx-env', 'x-wx-call-id', 'x-wx-user-timeout', 'x-wx-resource-appid'];
const CONNECTION_FIELDS = ['connection', 'content-length', 'expect', 'host', 'keep-alive', 'transfer-encoding', 'upgrade'];

export function callOf(options: CallContainerOptions): Call {
    const method = String(options.method || 'GET').toUpperCase(); // CH-6
    const header = headersOf(options);
    const { query, body } = encodeData(method, headerOf(header, 'content-type')!, options.data);
    return {
        api: CALL_CONTAINER,
        method,
        path: withQuery(wirePath(options.path), query),
        header,
        body,
        deadline: deadlineOf(options.timeout),
        parsesJson: (options.dataType ?? 'json') === 'json', // CH-8
        wantsBytes: options.responseType === 'arraybuffer', // CH-9
        followsRedirects: options.followRedirect !== false, // CH-10
    };
}

function headersOf(options: CallContainerOptions): Headers {
    const header = without(texts(options.header ?? {}), isReserved);
    if (headerOf(header, 'content-type') === undefined) {
        header['content-type'] = 'application/json'; // CH-4
    }
    const timeout = shortened(options.timeout);
    if (timeout !== undefined) {
        header['X-WX-USER-TIMEOUT'] = String(timeout); // CH-7
    }
    return options.service ? withService(header, options.service) : header;
}

// CH-3
function withService(header: Headers, service: string): Headers {
    return { ...without(header, (name) => name === 'x-wx-service'), 'X-WX-SERVICE': service };
}

// CH-4
function texts(header: Record<string, unknown>): Headers {
    const written: Headers = {};
    for (const name of Object.keys(header)) {
        const value = header[name];
        if (value !== null && value !== undefined) {
            written[name] = String(value);
        }
    }
    return written;
}

function isReserved(name: string): boolean {
    return (
        name === 'referer' || // CH-4
        name.startsWith('x-berth-') ||
        CHANNEL_FIELDS.includes(name) ||
        CONNECTION_FIELDS.includes(name)
    );
}
