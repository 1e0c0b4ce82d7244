import { request as send } from 'node:http';

/** A double of the mini program's `wx`: documented conversions of `wx.request`, over real HTTP. */
export function createWx({ appId = 'wxOWN', cloud } = {}) {
    let codes = 0;
    return {
        cloud,
        request: wxRequest,
        login: ({ success }) => setImmediate(() => success({ code: `code-${++codes}`, errMsg: 'login:ok' })),
        getAccountInfoSync: () => ({ miniProgram: { appId, envVersion: 'develop' } }),
    };
}

function wxRequest(options) {
    const method = options.method ?? 'GET';
    const header = { 'content-type': 'application/json', ...withoutReferer(options.header) };
    const { url, body } = convertData(method, header, options);
    const listeners = [];
    let over = false;
    const settle = (callback, value) => {
        if (!over) {
            over = true;
            callback?.(value);
        }
    };
    const fail = (text) => settle(options.fail, { errMsg: `request:fail ${text}`, errno: 600001 });
    const request = send(url, { method, headers: { referer: 'https://servicewechat.com/wxOWN/0/page-frame.html', ...header } });
    request.on('error', (error) => fail(`errcode:-101 cronet_error_code:-101 error_msg:${error.code}`));
    request.setTimeout(options.timeout ?? 60_000, () => {
        fail('timeout');
        request.destroy();
    });
    request.on('response', (response) => {
        const head = { statusCode: response.statusCode, header: flat(response), cookies: response.headers['set-cookie'] ?? [] };
        listeners.forEach((listener) => listener(head));
        if (response.statusCode >= 300 && response.statusCode < 400 && response.headers.location) {
            request.destroy();
            if (options.redirect === 'manual') return fail('redirect intercepted');
            return wxRequest({ ...options, url: new URL(response.headers.location, url).href });
        }
        const chunks = [];
        response.on('data', (chunk) => chunks.push(chunk));
        response.on('error', () => fail('net::ERR_INCOMPLETE_CHUNKED_ENCODING'));
        response.on('end', () => settle(options.success, { ...head, data: convertBody(chunks, options), errMsg: 'request:ok' }));
    });
    if (body !== undefined) request.setHeader('content-length', Buffer.byteLength(body));
    request.end(body);
    return { onHeadersReceived: (listener) => listeners.push(listener), abort: () => request.destroy() };
}

function convertData(method, header, { url, data }) {
    if (data === undefined) return { url };
    if (Object.prototype.toString.call(data) === '[object ArrayBuffer]') return { url, body: Buffer.from(data) };
    if (typeof data === 'string') return method === 'GET' ? { url } : { url, body: data };
    if (method === 'GET') return { url: url + (url.includes('?') ? '&' : '?') + new URLSearchParams(data) };
    const form = /urlencoded/.test(header['content-type']);
    return { url, body: form ? String(new URLSearchParams(data)) : JSON.stringify(data) };
}

function convertBody(chunks, { dataType = 'json', responseType = 'text' }) {
    const bytes = Buffer.concat(chunks);
    if (responseType === 'arraybuffer') return bytes.buffer.slice(bytes.byteOffset, bytes.byteOffset + bytes.byteLength);
    const text = bytes.toString();
    try {
        return dataType === 'json' ? JSON.parse(text) : text;
    } catch {
        return text;
    }
}

// As the wire spells the names; equal names are joined by a comma.
function flat({ rawHeaders }) {
    const header = {};
    for (let at = 0; at < rawHeaders.length; at += 2) {
        const name = rawHeaders[at];
        header[name] = name in header ? `${header[name]},${rawHeaders[at + 1]}` : rawHeaders[at + 1];
    }
    return header;
}

function withoutReferer(header = {}) {
    return Object.fromEntries(Object.entries(header).filter(([name]) => name.toLowerCase() !== 'referer'));
}
