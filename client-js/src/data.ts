/** What became of `data`: bytes for the body, pairs for the query, or neither. */
export interface EncodedData {
    readonly query: string;
    readonly body?: string | ArrayBuffer;
}

// fetch refuses a body with these, and services do not expect one.
const BODILESS = ['GET', 'HEAD', 'TRACE'];

export function encodeData(method: string, contentType: string, data: unknown): EncodedData {
    if (method === 'GET' && isObject(data)) {
        return { query: pairs(data, encodeOnce) }; // CH-18
    }
    if (BODILESS.includes(method)) {
        return { query: '' }; // CH-22
    }
    return { query: '', body: encodeBody(contentType, data) };
}

function encodeBody(contentType: string, data: unknown): string | ArrayBuffer {
    if (data === undefined || data === null) {
        return '{}'; // CH-22
    }
    if (typeof data === 'string') {
        return data; // CH-21
    }
    const bytes = bytesOf(data);
    if (bytes !== undefined) {
        return bytes; // CH-21
    }
    if (contentType.toLowerCase().includes('application/x-www-form-urlencoded') && isObject(data)) {
        return pairs(data, encodeURIComponent); // CH-20
    }
    return JSON.stringify(data); // CH-17 CH-19
}

function pairs(data: Record<string, unknown>, encode: (text: string) => string): string {
    return Object.keys(data)
        .map((key) => `${encode(key)}=${encode(String(data[key]))}`)
        .join('&');
}

function encodeOnce(text: string): string {
    return encodeURIComponent(decodedIfPossible(text));
}

function decodedIfPossible(text: string): string {
    try {
        return decodeURIComponent(text);
    } catch {
        return text;
    }
}

// By tag, not instanceof: the data may come from another realm, such as a mini program's worker.
function bytesOf(data: unknown): ArrayBuffer | undefined {
    if (tagOf(data) === 'ArrayBuffer') {
        return data as ArrayBuffer;
    }
    if (ArrayBuffer.isView(data)) {
        const { buffer, byteOffset, byteLength } = data;
        return buffer.slice(byteOffset, byteOffset + byteLength) as ArrayBuffer;
    }
    return undefined;
}

function isObject(data: unknown): data is Record<string, unknown> {
    return tagOf(data) === 'Object';
}

function tagOf(value: unknown): string {
    return Object.prototype.toString.call(value).slice(8, -1);
}
