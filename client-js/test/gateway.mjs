import { createServer } from 'node:http';

/**
 * A double of the gateway's native channel: real HTTP on port 0, sessions, system errors, the header forms of CH-140.
 * What the service behind it answers is `gateway.service`, a function from call to {status, header, body}.
 */
export async function startGateway() {
    const gateway = new Gateway();
    await new Promise((listening) => gateway.server.listen(0, '127.0.0.1', listening));
    gateway.endpoint = `http://127.0.0.1:${gateway.server.address().port}`;
    return gateway;
}

class Gateway {
    calls = [];
    signIns = [];
    signOuts = [];
    sessions = new Map();
    service = () => ({ header: { 'Content-Type': 'application/json' }, body: '{}' });
    refuseSignIn = () => undefined;
    inits = [];
    refuseInit = () => undefined;
    invocations = [];
    function = () => returned(null);
    openDataAsked = [];
    refuseOpenData = () => undefined;
    server = createServer((request, response) => this.#receive(request, response));

    get lastCall() {
        return this.calls.at(-1);
    }

    async close() {
        this.server.closeAllConnections();
        await new Promise((closed) => this.server.close(closed));
    }

    async #receive(request, response) {
        if (request.headers['access-control-request-method']) return preflight(request, response);
        const body = await bytesOf(request);
        const call = { method: request.method, url: request.url, header: request.headers, raw: pairs(request), body };
        if (request.url === '/__berth__/sessions') return this.#signIn(call, response);
        if (request.url === '/__berth__/sessions/current') return this.#signOut(call, response);
        if (request.url === '/__berth__/open-data') return this.#openData(call, response);
        if (request.url === '/__berth__/init') return this.#init(call, response);
        if (request.url.startsWith('/__berth__/functions/')) return this.#invoke(call, response);
        this.calls.push(call);
        const error = this.#refusal(call);
        const answer = error ?? (await this.service(call, response));
        if (answer) send(answer, call, response);
    }

    async #signIn(call, response) {
        const { appid, code } = JSON.parse(call.body);
        this.signIns.push({ appid, code, header: call.header });
        const refused = await this.refuseSignIn({ appid, code });
        if (refused) return send({ status: refused.status, body: JSON.stringify(refused.content) }, call, response);
        const session = `s${this.signIns.length}.${appid}`;
        this.sessions.set(session, 'valid');
        send({ status: 200, body: JSON.stringify({ session, expiresIn: 7200 }) }, call, response);
    }

    #signOut(call, response) {
        this.signOuts.push(call.header['x-berth-session']);
        this.sessions.delete(call.header['x-berth-session']);
        send({ status: 204 }, call, response);
    }

    #openData(call, response) {
        const asked = { session: call.header['x-berth-session'], content: JSON.parse(call.body), header: call.header };
        this.openDataAsked.push(asked);
        const ended = this.sessions.get(asked.session) !== 'valid';
        const refused = ended ? { status: 401, content: { errcode: 42001, errmsg: 'access_token expired' } } : this.refuseOpenData(asked);
        if (refused) return send({ status: refused.status, body: JSON.stringify(refused.content) }, call, response);
        send({ status: 200, body: JSON.stringify({ cloudID: `berth1_of-${asked.content.iv}`, expiresIn: 300 }) }, call, response);
    }

    #init(call, response) {
        this.inits.push(call);
        send(this.#refusal(call) ?? this.refuseInit(call) ?? { body: '{"errcode":0,"errmsg":"ok"}' }, call, response);
    }

    // CH-142
    async #invoke(call, response) {
        this.invocations.push({ ...call, name: call.url.slice('/__berth__/functions/'.length), content: JSON.parse(call.body) });
        const answer = this.#refusal(call) ?? (await this.function(this.invocations.at(-1), response));
        if (answer) send(answer, call, response);
    }

    #refusal(call) {
        const session = call.header['x-berth-session'];
        if (session === undefined) return undefined;
        const state = this.sessions.get(session);
        if (state === 'valid') return undefined;
        return state === 'expired' ? systemError(42001, 'access_token expired') : systemError(40001, 'invalid credential');
    }
}

/** CH-142 */
export function returned(result) {
    return { body: JSON.stringify({ errcode: 0, errmsg: 'ok', requestID: 'request-7', result }) };
}

/** CH-142 */
export function failed(errcode, errmsg) {
    return { body: JSON.stringify({ errcode, errmsg, requestID: 'request-7' }) };
}

/** CH-70 */
export function systemError(code, text, header = {}) {
    return {
        status: 200,
        header: { 'x-wx-system-error': String(code), 'Content-Type': 'application/json; charset=UTF-8', ...header },
        body: JSON.stringify({ base_resp: { ret: code, errmsg: text } }),
    };
}

function send({ status = 200, header = {}, body = '' }, call, response) {
    const fields = new Map(Object.entries(header));
    if (status === 302 && call.header['x-berth-client']) {
        status = 200;
        fields.set('x-berth-status', '302');
        rename(fields, 'location', 'x-berth-location');
    }
    const cookies = valueOf(fields, 'set-cookie');
    if (cookies && call.header['x-berth-client']) fields.set('x-berth-set-cookie', cookies);
    if (call.header.origin) {
        fields.set('access-control-allow-origin', call.header.origin);
        fields.set('access-control-expose-headers', [...fields.keys()].join(', '));
    }
    response.writeHead(status, [...fields].flatMap(([name, value]) => [value].flat().flatMap((one) => [name, one])));
    response.end(body);
}

function preflight(request, response) {
    response.writeHead(204, {
        'access-control-allow-origin': request.headers.origin,
        'access-control-allow-methods': request.headers['access-control-request-method'],
        'access-control-allow-headers': request.headers['access-control-request-headers'] ?? '',
    });
    response.end();
}

function rename(fields, from, to) {
    for (const [name, value] of fields) {
        if (name.toLowerCase() === from) {
            fields.delete(name);
            fields.set(to, value);
        }
    }
}

function valueOf(fields, wanted) {
    return [...fields].find(([name]) => name.toLowerCase() === wanted)?.[1];
}

function pairs({ rawHeaders }) {
    return rawHeaders.flatMap((name, at) => (at % 2 === 0 ? [[name, rawHeaders[at + 1]]] : []));
}

async function bytesOf(stream) {
    const chunks = [];
    for await (const chunk of stream) chunks.push(chunk);
    return Buffer.concat(chunks);
}
