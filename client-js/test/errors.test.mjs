import assert from 'node:assert/strict';
import { test } from 'node:test';
import { createCloud } from '../dist/index.js';
import { startGateway, systemError } from './gateway.mjs';
import { errorOf, on, onEveryPlatform, platforms, service } from './platforms.mjs';

const get = (cloud, options) => cloud.callContainer({ path: '/', header: service, ...options });
const CLOCK = '\\d{1,2}:\\d{1,2}:\\d{1,2}';

onEveryPlatform('CH-70 CH-91 CH-93 CH-95 CH-88 a system error has the exact form and the reason', async ({ cloud, gateway }) => {
    gateway.service = () => systemError(-501000, 'Invalid host', { 'x-berth-reason': 'gateway; service count is unknown' });
    const error = await errorOf(get(cloud));
    const id = gateway.lastCall.header['x-wx-call-id'];
    assert.equal(error.errCode, -501000);
    assert.ok(error.errMsg.startsWith(`cloud.callContainer:fail Error: errCode: -501000 | errMsg: Invalid host (callId: ${id}) (trace: `), error.errMsg);
    assert.match(error.errMsg, new RegExp(`\\(trace: ${CLOCK} start->${CLOCK} system error \\(Error: errCode: -501000 \\| errMsg: Invalid host\\), abort\\)$`));
    assert.equal(String(error), `Error: ${error.errMsg}`);
    assert.equal(error.reason, 'gateway; service count is unknown');
    assert.equal(error.callID, id);
});

onEveryPlatform('CH-70 the header decides, whatever status, dataType and responseType say', async ({ cloud, gateway }) => {
    for (const status of [200, 302, 500]) {
        gateway.service = () => ({ ...systemError(102002, '请求超时'), status });
        for (const options of [{}, { dataType: 'text' }, { dataType: 'x', responseType: 'arraybuffer' }, { followRedirect: false }]) {
            const error = await errorOf(get(cloud, options));
            assert.equal(error.errCode, 102002);
            assert.match(error.errMsg, /errCode: 102002 \| errMsg: 请求超时 \(callId: /);
        }
    }
});

onEveryPlatform('CH-70 a body that looks like a system error is an answer without the header', async ({ cloud, gateway }) => {
    gateway.service = () => ({ body: systemError(102002, '请求超时').body });
    assert.equal((await get(cloud)).data.base_resp.ret, 102002);
});

onEveryPlatform('CH-70 a system error without a readable body keeps its code', async ({ cloud, gateway }) => {
    gateway.service = () => ({ ...systemError(-601001, ''), body: '' });
    assert.equal((await errorOf(get(cloud, { method: 'HEAD' }))).errCode, -601001);
});

onEveryPlatform('CH-92 CH-95 no connection: the error names the endpoint and what to do', async ({ cloud, gateway }) => {
    await get(cloud);
    await gateway.close();
    const error = await errorOf(get(cloud));
    assert.equal(error.errCode, -1);
    assert.ok(error.errMsg.startsWith(`cloud.callContainer:fail -1 no connection to ${gateway.endpoint}: `), error.errMsg);
    assert.match(error.errMsg, new RegExp(`Check that Berth runs there .*\\(callId: \\d+-[^ ]+\\) \\(trace: ${CLOCK} start->${CLOCK} abort\\)$`));
    assert.equal(String(error), `Error: ${error.errMsg}`);
});

test('CH-92 no connection at sign-in is told the same way', async () => {
    const gateway = await startGateway();
    await gateway.close();
    for (const create of Object.values(platforms)) {
        const cloud = create(gateway.endpoint);
        cloud.init();
        assert.ok((await errorOf(get(cloud))).errMsg.startsWith(`cloud.callContainer:fail -1 no connection to ${gateway.endpoint}: `));
    }
});

/** Sends the head and some bytes, and resets the stream when told. */
function cutAnswer(response) {
    response.writeHead(200, { 'content-type': 'text/plain' });
    response.write('first bytes');
    return { cut: () => response.destroy() };
}

onEveryPlatform('CH-114 CH-81 a stream reset before the deadline is an answer too large', async ({ cloud, gateway }) => {
    gateway.service = async (call, response) => {
        const answer = cutAnswer(response);
        await new Promise((flushed) => setImmediate(flushed));
        answer.cut();
    };
    const error = await errorOf(get(cloud, { dataType: 'text' }));
    assert.equal(error.errCode, -606002);
    assert.match(error.errMsg, /^cloud\.callContainer:fail Error: errCode: -606002 \| errMsg: 响应包大小超过 1MB \(callId: /);
});

onEveryPlatform('CH-114 CH-71 CH-7 a stream reset at the deadline is a timeout', async ({ cloud, gateway }) => {
    gateway.service = (call, response) => {
        const answer = cutAnswer(response);
        setTimeout(answer.cut, Number(call.header['x-wx-user-timeout']) + 5);
    };
    const error = await errorOf(get(cloud, { dataType: 'text', timeout: 60 }));
    assert.equal(error.errCode, 102002);
    assert.match(error.errMsg, /errCode: 102002 \| errMsg: 请求超时 \(callId: /);
});

onEveryPlatform('CH-7 CH-71 a gateway that stays silent is given up 2 s after the deadline', async ({ cloud, gateway }) => {
    await get(cloud);
    gateway.service = () => undefined;
    const startedAt = Date.now();
    const error = await errorOf(get(cloud, { timeout: 100 }));
    assert.equal(error.errCode, 102002);
    assert.ok(Date.now() - startedAt >= 2_095, 'gave up too early');
    assert.match(error.errMsg, /^cloud\.callContainer:fail Error: errCode: 102002 \| errMsg: 请求超时 \(callId: /);
});

test('CH-35 CH-7 without a usable timeout the client gives up 2 s after 15 s', async () => {
    const timeouts = [];
    const transport = async ({ url, timeout }) => {
        timeouts.push(timeout);
        const body = new TextEncoder().encode(url.endsWith('/sessions') ? '{"session":"s"}' : '{}').buffer;
        return { status: 200, header: {}, cookies: [], body };
    };
    const cloud = createCloud({ endpoint: 'http://gateway.example', appid: 'wxOWN', login: async () => 'code', transport });
    cloud.init();
    for (const timeout of [undefined, 20_000, 9_000]) {
        await get(cloud, { timeout });
    }
    assert.deepEqual(timeouts, [17_000, 17_000, 17_000, 11_000]);
});

on('Node', 'CH-114 content encodings of the service pass', async ({ cloud, gateway }) => {
    const { gzipSync } = await import('node:zlib');
    gateway.service = () => ({ header: { 'content-encoding': 'gzip' }, body: gzipSync('{"a":1}') });
    assert.equal((await get(cloud)).data.a, 1);
});
