import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { after, before, test } from 'node:test';
import { pathToFileURL } from 'node:url';
import { createCloud } from '../../../client-js/dist/index.js';
import { appWith } from './guide.mjs';
import { root, startPlatform } from './platform.mjs';

const OTHER = 'wx2222222222222222';
let platform;

before(async () => {
    platform = await startPlatform('acceptance/services/echo', 'acceptance/services/broken');
});
after(() => platform.stop());

const cloudOf = (user, appid = platform.app) => {
    const cloud = createCloud({ endpoint: platform.doors.gateway, appid, login: platform.login(user, appid) });
    cloud.init({ env: platform.environment });
    return cloud;
};
const call = (cloud, path, options = {}) =>
    cloud.callContainer({ path, ...options, header: { 'X-WX-SERVICE': 'echo', ...options.header } });

test('CH-23 CH-28 CH-41 CH-139 a call is answered with the caller\'s openid', async () => {
    const result = await call(cloudOf('alice'), '/hello?x=1');
    assert.equal(result.errMsg, 'cloud.callContainer:ok');
    assert.equal(result.statusCode, 200);
    assert.equal(result.data.url, '/hello?x=1');
    assert.equal(result.data.headers['x-wx-openid'], await platform.openidOf('alice'));
    assert.equal(result.data.headers['x-wx-call-id'], result.callID);
});

test('CH-3 the option service names the service', async () => {
    const result = await cloudOf('alice').callContainer({ path: '/', service: 'echo', header: {} });
    assert.equal(result.data.headers['x-wx-service'], 'echo');
});

test('CH-5 CH-18 CH-19 CH-20 CH-21 data arrives as wx.request encodes it', async () => {
    const cloud = cloudOf('alice');
    const seen = async (options) => (await call(cloud, '/a', options)).data;
    assert.equal((await seen({ data: { k: '中 文' } })).url, '/a?k=%E4%B8%AD%20%E6%96%87');
    assert.equal((await seen({ method: 'POST', data: { n: 1, gone: undefined } })).body, '{"n":1}');
    const form = { 'content-type': 'application/x-www-form-urlencoded' };
    assert.equal((await seen({ method: 'POST', header: form, data: { k: 'a b', n: 1 } })).body, 'k=a%20b&n=1');
    assert.equal((await seen({ method: 'PUT', data: Uint8Array.of(0, 127).buffer })).body, '\u0000\u007f');
});

test('CH-24 a status of the service is success', async () => {
    const result = await call(cloudOf('alice'), '/status?code=503');
    assert.equal(result.statusCode, 503);
    assert.equal(result.errMsg, 'cloud.callContainer:ok');
});

test('CH-31 CH-140 a redirect is followed by the client, or shown with followRedirect:false', async () => {
    const cloud = cloudOf('alice');
    assert.equal((await call(cloud, '/status?code=302')).data.url, '/elsewhere');
    const shown = await call(cloud, '/status?code=302', { followRedirect: false });
    assert.equal(shown.statusCode, 302);
    assert.equal(shown.header.location, '/elsewhere');
});

test('CH-76 CH-93 a system error has its code and the text of WeChat', async () => {
    await assert.rejects(call(cloudOf('alice'), '/', { header: { 'X-WX-SERVICE': 'nobody' } }), (error) => {
        assert.equal(error.errCode, -501000);
        assert.match(error.errMsg, /^cloud\.callContainer:fail Error: errCode: -501000 \| errMsg: Invalid host \(callId: \S+\) \(trace: /);
        return true;
    });
});

test('CH-80 CH-81 limits are told with their codes', async () => {
    const cloud = cloudOf('alice');
    await assert.rejects(call(cloud, '/', { method: 'POST', data: 'x'.repeat(102_401) }), { errCode: -606001 });
    await assert.rejects(call(cloud, '/bytes?count=1024001', { dataType: 'other' }), { errCode: -606002 });
});

test('CH-87 CH-103 CH-104 a broken service is an answer', async () => {
    for (const [path, code] of [['/garbage', 'BAD_GATEWAY'], ['/nothing', 'REQUEST_SERVICE_FAILED']]) {
        const result = await call(cloudOf('alice'), path, { header: { 'X-WX-SERVICE': 'broken' } });
        assert.equal(result.statusCode, 502);
        assert.equal(result.data.code, code);
    }
});

test('CH-83 CH-139 after signing out the next call signs in again', async () => {
    const cloud = cloudOf('bob');
    await call(cloud, '/');
    await cloud.signOut();
    assert.equal((await call(cloud, '/')).data.headers['x-wx-openid'], await platform.openidOf('bob'));
});

test('CH-136 CH-137 the wrapper of the guide runs unchanged for an own env, several calls at once too', async () => {
    const app = appWith({ cloud: cloudOf('alice') }, { resourceAppid: platform.app, resourceEnv: platform.environment }, 'echo');
    const answers = await Promise.all(['/1', '/2', '/3'].map((path) => app.call({ path })));
    assert.deepEqual(answers.map(({ url }) => url), ['/1', '/2', '/3']);
    for (const { headers } of answers) {
        assert.equal(headers['x-wx-openid'], await platform.openidOf('alice'));
        assert.equal(headers['x-wx-from-openid'], undefined);
    }
    assert.match(app.logged[0], /^微信云托管调用结果cloud\.callContainer:ok \| callid:\S+$/);
    assert.equal((await app.call({ path: '/p', method: 'POST' })).method, 'POST');
});

test('CH-136 CH-74 CH-44 CH-130 CH-132 the wrapper for a shared env: refused, then granted', async () => {
    await platform.berth(['apps', 'add', OTHER], 'a-secret\n');
    const shared = () => appWith({ cloud: cloudOf('alice', OTHER) }, { resourceAppid: platform.app, resourceEnv: platform.environment }, 'echo');
    await assert.rejects(shared().call({ path: '/' }), /^Error: 微信云托管调用失败Error: .*Authorization mismatch uin/);
    await platform.berth(['grant', OTHER]);
    const { headers } = await shared().call({ path: '/' });
    assert.equal(headers['x-wx-from-appid'], OTHER);
    assert.equal(headers['x-wx-from-openid'], await platform.openidOf('alice', OTHER));
    assert.equal(headers['x-wx-openid'], undefined);
});

test('OA-31 a button of the simulator gives Node a CloudID, and a refusal', async () => {
    await platform.berth(['users', 'add', 'carol', '--phone', '13800138000']);
    const cloudAs = (user) => createCloud({
        endpoint: platform.doors.gateway,
        appid: platform.app,
        login: platform.login(user),
        button: (kind, appid) => simulator('open-data', { appid, user, kind }),
    });
    const { cloudID, errMsg, code } = await cloudAs('carol').openData({ kind: 'phoneNumber' });
    assert.match(cloudID, /^berth1_[\w-]+$/);
    assert.equal(errMsg, 'getPhoneNumber:ok');
    assert.ok(code.length > 0);
    await assert.rejects(cloudAs('alice').openData({ kind: 'phoneNumber' }), { errMsg: 'cloud.openData:fail -1 getPhoneNumber:fail user deny' });
});

test('OA-31 what was encrypted for another sign-in is pressed again', async () => {
    const cloudOfAlice = () => createCloud({
        endpoint: platform.doors.gateway,
        appid: platform.app,
        login: platform.login('alice'),
        button: (kind, appid) => simulator('open-data', { appid, user: 'alice', kind }),
    });
    const first = cloudOfAlice();
    await first.signIn();
    await cloudOfAlice().signIn();
    assert.match((await first.openData({ kind: 'userInfo' })).cloudID, /^berth1_/);
});

test('OA-31 the example for Node prints a CloudID', () => {
    const folder = mkdtempSync(path.join(os.tmpdir(), 'berth-example-'));
    try {
        const source = readFileSync(path.join(root, 'examples/node/open-data.mjs'), 'utf8')
            .replace("'berth-client-js'", `'${pathToFileURL(path.join(root, 'client-js/dist/index.js'))}'`)
            .replace('http://127.0.0.1:7080', platform.doors.gateway)
            .replace('http://127.0.0.1:7083', platform.doors.simulator);
        writeFileSync(path.join(folder, 'open-data.mjs'), source);
        assert.match(execFileSync('node', [path.join(folder, 'open-data.mjs')], { encoding: 'utf8' }), /^berth1_[\w-]+\n$/);
    } finally {
        rmSync(folder, { recursive: true });
    }
});

async function simulator(what, body) {
    const headers = { 'content-type': 'application/json' };
    const answer = await fetch(`${platform.doors.simulator}/__sim__/${what}`, { method: 'POST', headers, body: JSON.stringify(body) });
    return answer.json();
}
