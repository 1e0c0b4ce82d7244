import assert from 'node:assert/strict';
import { test } from 'node:test';
import { createCloud } from '../dist/index.js';
import { failed, returned, startGateway, systemError } from './gateway.mjs';
import { errorOf, on, onEveryPlatform, plain, platforms } from './platforms.mjs';

const CLOCK = '\\d{1,2}:\\d{1,2}:\\d{1,2}';
const lastId = (gateway) => gateway.invocations.at(-1).header['x-wx-call-id'];

onEveryPlatform('WT-67 CH-142 the result, and with what it was asked for', async ({ cloud, gateway }) => {
    gateway.function = () => returned({ sum: 3 });
    const result = await cloud.callFunction({ name: 'add', data: { a: 1, b: 2 } });
    assert.deepEqual(plain(result), { errMsg: 'cloud.callFunction:ok', result: { sum: 3 }, requestID: 'request-7' });
    const [{ method, name, content, header }] = gateway.invocations;
    assert.deepEqual([method, name, content], ['POST', 'add', { data: { a: 1, b: 2 } }]);
    assert.equal(header['x-wx-env'], 'prod-01');
    assert.match(header['content-type'], /^application\/json/);
    assert.match(header['x-wx-call-id'], /^\d{13}-0\.\d+/);
    assert.equal(header['x-wx-service'], undefined);
    assert.equal(gateway.signIns.length, 1);
});

onEveryPlatform('WT-67 AD-81 whatever JSON a function gives is the result', async ({ cloud, gateway }) => {
    for (const value of [null, 'text', 0, false, [], { type: 'Buffer', data: [1] }, '云\u{1F6A2}']) {
        gateway.function = () => returned(value);
        assert.deepEqual(plain((await cloud.callFunction({ name: 'any' })).result), value);
    }
});

onEveryPlatform('AD-75 without data the event is empty', async ({ cloud, gateway }) => {
    for (const data of [undefined, null]) {
        await cloud.callFunction({ name: 'hello', data });
        assert.deepEqual(gateway.invocations.at(-1).content, { data: {} });
    }
});

onEveryPlatform('CH-1 config.env decides, and other options are ignored', async ({ cloud, gateway }) => {
    await cloud.callFunction({ name: 'hello', config: { env: 'test-02' }, slow: true, timeout: 1, header: { a: 'b' } });
    const { header } = gateway.invocations[0];
    assert.equal(header['x-wx-env'], 'test-02');
    assert.equal(header.a ?? header['x-wx-user-timeout'], undefined);
});

onEveryPlatform('CH-30 CH-11 success, fail and complete', async ({ cloud, gateway }) => {
    const outcome = (name) => new Promise((done) => {
        const told = [];
        const tell = (as) => (value) => {
            told.push(as, value.errMsg.split(' ')[0]);
            if (as === 'complete') done(told);
        };
        const given = cloud.callFunction({ name, success: tell('success'), fail: tell('fail'), complete: tell('complete') });
        assert.equal(given, undefined);
    });
    assert.deepEqual(await outcome('hello'), ['success', 'cloud.callFunction:ok', 'complete', 'cloud.callFunction:ok']);
    gateway.function = () => failed(-504002, 'Error: no');
    assert.deepEqual(await outcome('hello'), ['fail', 'cloud.callFunction:fail', 'complete', 'cloud.callFunction:fail']);
});

onEveryPlatform('WT-71 CloudIDs at the top level go apart, in their order; nested ones are strings', async ({ cloud, gateway }) => {
    const data = {
        z: cloud.CloudID('berth1_z'),
        plain: 'berth1_p',
        a: new cloud.CloudID('berth1_a'),
        nested: { deep: cloud.CloudID('berth1_n'), list: [cloud.CloudID('berth1_l')] },
    };
    await cloud.callFunction({ name: 'hello', data });
    assert.equal(
        gateway.invocations[0].body.toString(),
        '{"data":{"plain":"berth1_p","nested":{"deep":"berth1_n","list":["berth1_l"]}},"cloudIds":{"z":"berth1_z","a":"berth1_a"}}',
    );
});

onEveryPlatform('WT-71 an ArrayBuffer becomes a Buffer, at any depth', async ({ cloud, gateway }) => {
    const bytes = Uint8Array.of(0, 127, 255).buffer;
    await cloud.callFunction({ name: 'hello', data: { bytes, in: [{ bytes }], empty: new ArrayBuffer(0) } });
    const buffer = { type: 'Buffer', data: [0, 127, 255] };
    assert.deepEqual(gateway.invocations[0].content.data, { bytes: buffer, in: [{ bytes: buffer }], empty: { type: 'Buffer', data: [] } });
});

onEveryPlatform('AD-75 dates and undefined members as JSON has them, keys that begin with $ untouched', async ({ cloud, gateway }) => {
    await cloud.callFunction({ name: 'hello', data: { $url: 'a/b', at: new Date(0), gone: undefined, none: null } });
    assert.deepEqual(gateway.invocations[0].content.data, { $url: 'a/b', at: '1970-01-01T00:00:00.000Z', none: null });
});

onEveryPlatform('WT-68 a function that throws: its stack, with the exact text', async ({ cloud, gateway }) => {
    gateway.function = () => failed(-504002, 'Error: no\n    at exports.main (index.js:3:9)');
    const error = await errorOf(cloud.callFunction({ name: 'hello' }));
    const expected = `cloud.callFunction:fail -404011 cloud function execution error. 云函数执行错误\n云端堆栈信息(error stack)(requestId request-7, callid ${lastId(gateway)}):\nError: no\n    at exports.main (index.js:3:9)`;
    assert.equal(error.errCode, -404011);
    assert.equal(error.errMsg, expected);
    assert.equal(String(error), `Error: ${expected}`);
    assert.equal(error.callID, lastId(gateway));
});

onEveryPlatform('WT-68 WT-69 another failure of the function: its code and text', async ({ cloud, gateway }) => {
    gateway.function = () => failed(-504003, 'Invoking task timed out after 3 seconds');
    const error = await errorOf(cloud.callFunction({ name: 'hello' }));
    assert.equal(error.errCode, -404011);
    assert.equal(
        error.errMsg,
        `cloud.callFunction:fail -404011 cloud function execution error. \n云函数调用失败(requestId request-7, callid ${lastId(gateway)}):\n-504003 Invoking task timed out after 3 seconds`,
    );
});

onEveryPlatform('WT-68 WT-69 what kept a function from running is -1, with the code in the text', async ({ cloud, gateway }) => {
    const cases = [
        [-501000, 'FunctionName parameter could not be found', ' '],
        [-501004, 'exceed concurrent request limit', ' exceed concurrent request limit'],
        [-501013, 'request data size exceeds limit (5M)', ' request data size exceeds limit (5M)'],
    ];
    for (const [code, text, shown] of cases) {
        gateway.function = () => systemError(code, text, { 'x-berth-reason': 'gateway; because' });
        const error = await errorOf(cloud.callFunction({ name: 'hello' }));
        const inner = `Error: errCode: ${code}${shown} | errMsg: ${text}`;
        const start = `cloud.callFunction:fail ${inner} (callId: ${lastId(gateway)}) (trace: `;
        assert.equal(error.errCode, -1);
        assert.ok(error.errMsg.startsWith(start), error.errMsg);
        assert.match(error.errMsg.slice(start.length), new RegExp(`^${CLOCK} start->${CLOCK} system error \\(Error: errCode: ${code} `));
        assert.equal(error.reason, 'gateway; because');
    }
});

onEveryPlatform('WT-68 a name that is none', async ({ cloud, gateway }) => {
    for (const [name, type] of [[undefined, 'undefined'], [null, 'null'], [5, 'number'], [['a'], 'array']]) {
        const error = await errorOf(cloud.callFunction({ name }));
        assert.equal(error.errCode, -401003);
        assert.equal(error.errMsg, `parameter.name should be string instead of ${type};`);
    }
    assert.equal(gateway.invocations.length, 0);
});

onEveryPlatform('WT-68 data that is no object', async ({ cloud, gateway }) => {
    for (const [data, type] of [[5, 'number'], ['a', 'string'], [[], 'array'], [new ArrayBuffer(1), 'arraybuffer']]) {
        const error = await errorOf(cloud.callFunction({ name: 'hello', data }));
        assert.equal(error.errCode, -401003);
        assert.equal(error.errMsg, `parameter should be object instead of ${type};`);
    }
    assert.equal((await errorOf(cloud.callFunction())).errMsg, 'parameter should be object instead of undefined;');
    assert.equal(gateway.invocations.length, 0);
});

onEveryPlatform('WT-68 data that is no JSON', async ({ cloud, gateway }) => {
    const circle = {};
    circle.circle = circle;
    for (const data of [circle, { big: 1n }]) {
        const error = await errorOf(cloud.callFunction({ name: 'hello', data }));
        assert.equal(error.errCode, -401002);
        assert.match(error.errMsg, /^parameter\.data cannot be written as JSON: /);
    }
    assert.equal(gateway.invocations.length, 0);
});

onEveryPlatform('CH-16 before init it fails like every other call', async ({ gateway, create }) => {
    const cloud = create();
    const error = await errorOf(cloud.callFunction({ name: 'hello' }));
    assert.equal(error.errCode, -1);
    assert.match(error.errMsg, /^Cloud API isn't enabled/);
    assert.equal(gateway.invocations.length + gateway.signIns.length, 0);
});

onEveryPlatform('CH-139 CH-83 a session that has ended is renewed, once', async ({ cloud, gateway }) => {
    await cloud.callFunction({ name: 'hello' });
    gateway.sessions.set([...gateway.sessions.keys()][0], 'expired');
    assert.equal((await cloud.callFunction({ name: 'hello' })).errMsg, 'cloud.callFunction:ok');
    assert.equal(gateway.signIns.length, 2);
});

onEveryPlatform('CH-142 a name of any letters is one segment of the path', async ({ cloud, gateway }) => {
    await cloud.callFunction({ name: 'a/../b?c 云' });
    assert.equal(gateway.invocations[0].name, 'a%2F..%2Fb%3Fc%20%E4%BA%91');
});

onEveryPlatform('WT-68 an answer that no gateway gives is told with its status', async ({ cloud, gateway }) => {
    for (const answer of [{ status: 502, body: '<h1>Bad gateway</h1>' }, { body: '' }, { body: 'null' }, { body: '{"errcode":0}' }]) {
        gateway.function = () => answer;
        const error = await errorOf(cloud.callFunction({ name: 'hello' }));
        assert.equal(error.errCode, -1);
        assert.ok(error.errMsg.startsWith(`cloud.callFunction:fail -1 status ${answer.status ?? 200} and no result (expected: `), error.errMsg);
    }
});

onEveryPlatform('CH-92 no connection: the error names the endpoint', async ({ cloud, gateway }) => {
    await cloud.callFunction({ name: 'hello' });
    await gateway.close();
    const error = await errorOf(cloud.callFunction({ name: 'hello' }));
    assert.equal(error.errCode, -1);
    assert.ok(error.errMsg.startsWith(`cloud.callFunction:fail -1 no connection to ${gateway.endpoint}: `), error.errMsg);
});

onEveryPlatform('CH-92 an answer that breaks off is no matter of its size', async ({ cloud, gateway }) => {
    gateway.function = async (call, response) => {
        response.writeHead(200, { 'content-type': 'application/json' });
        response.write('{"errcode":0');
        await new Promise((flushed) => setImmediate(flushed));
        response.destroy();
    };
    const error = await errorOf(cloud.callFunction({ name: 'hello' }));
    assert.equal(error.errCode, -1);
    assert.match(error.errMsg, /^cloud\.callFunction:fail -1 the answer broke off \(callId: /);
});

test('CH-142 HO-54 the client waits longer than any function may take', async () => {
    const timeouts = [];
    const transport = async ({ url, timeout }) => {
        timeouts.push(timeout);
        const body = new TextEncoder().encode(url.endsWith('/sessions') ? '{"session":"s"}' : returned(1).body).buffer;
        return { status: 200, header: {}, cookies: [], body };
    };
    const cloud = createCloud({ endpoint: 'http://gateway.example', appid: 'wxOWN', login: async () => 'code', transport });
    cloud.init();
    assert.equal((await cloud.callFunction({ name: 'hello' })).result, 1);
    assert.deepEqual(timeouts, [17_000, 92_000]);
});

onEveryPlatform('CH-130 CH-1 CH-115 an instance of a shared env', async ({ cloud, gateway }) => {
    const shared = new cloud.Cloud({ resourceAppid: 'wxAAA', resourceEnv: 'env-a' });
    await shared.init();
    await shared.callFunction({ name: 'hello', config: { env: 'ignored' } });
    const { header } = gateway.invocations[0];
    assert.equal(header['x-wx-env'], 'env-a');
    assert.equal(header['x-wx-resource-appid'], 'wxAAA');
    assert.match(header['x-berth-session'], /\.wxOWN$/);
});

onEveryPlatform('CH-133 CH-143 init of a shared env asks the owner; that of an own env asks nobody', async ({ cloud, gateway }) => {
    await new cloud.Cloud({ resourceAppid: 'wxAAA', resourceEnv: 'env-a' }).init();
    await new cloud.Cloud({ resourceAppid: 'wxOWN', resourceEnv: 'prod-01' }).init();
    await new cloud.Cloud({ resourceEnv: 'prod-01' }).init();
    await new cloud.Cloud({ resourceAppid: 'wxAAA', resourceEnv: 'env-a', identityless: true }).init();
    assert.equal(gateway.inits.length, 1);
    const { method, header } = gateway.inits[0];
    assert.equal(method, 'POST');
    assert.equal(header['x-wx-env'], 'env-a');
    assert.equal(header['x-wx-resource-appid'], 'wxAAA');
    assert.match(header['x-berth-session'], /\.wxOWN$/);
});

onEveryPlatform('CH-85 CH-133 init tells the refusal of the owner, and the calls after it theirs', async ({ cloud, gateway }) => {
    const text = 'access denied (cloudbase_auth returns non-zero errCode)';
    gateway.refuseInit = () => systemError(-601017, text);
    gateway.function = () => systemError(-601017, text);
    const shared = new cloud.Cloud({ resourceAppid: 'wxAAA', resourceEnv: 'env-a' });
    const error = await errorOf(shared.init());
    assert.equal(error.errCode, -601017);
    assert.ok(error.errMsg.startsWith(`cloud.init:fail Error: errCode: -601017 | errMsg: ${text} (callId: `), error.errMsg);
    assert.match((await errorOf(shared.callFunction({ name: 'hello' }))).errMsg, /errCode: -601017 access denied \(cloudbase_auth /);
});

onEveryPlatform('CH-136 CH-143 init leaves every other trouble to the calls', async ({ cloud, gateway }) => {
    for (const [code, text] of [[-501000, 'Authorization mismatch uin'], [-601001, 'system error']]) {
        gateway.refuseInit = () => systemError(code, text);
        const shared = new cloud.Cloud({ resourceAppid: 'wxAAA', resourceEnv: 'env-a' });
        await shared.init();
        assert.equal((await shared.callFunction({ name: 'hello' })).errMsg, 'cloud.callFunction:ok');
    }
});

test('CH-136 CH-143 init of a shared env without a network resolves', async () => {
    const gateway = await startGateway();
    await gateway.close();
    for (const create of Object.values(platforms)) {
        const cloud = create(gateway.endpoint);
        const shared = new cloud.Cloud({ resourceAppid: 'wxAAA', resourceEnv: 'env-a' });
        await shared.init();
        assert.match((await errorOf(shared.callFunction({ name: 'hello' }))).errMsg, /no connection to /);
    }
});

on('mini program', 'WT-71 CH-13 what WeChat\'s CloudID was is Berth\'s after install', async ({ cloud, gateway }) => {
    await cloud.callFunction({ name: 'hello', data: { phone: cloud.CloudID('berth1_a') } });
    assert.deepEqual(gateway.invocations[0].content, { data: {}, cloudIds: { phone: 'berth1_a' } });
});
