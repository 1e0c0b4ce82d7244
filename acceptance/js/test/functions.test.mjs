import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { createCloud } from '../../../client-js/dist/index.js';
import { startPlatform } from './platform.mjs';

const OTHER = 'wx2222222222222222';
let platform;

before(async () => {
    platform = await startPlatform('acceptance/cloudfunctions');
});
after(() => platform.stop());

const cloudOf = (user, appid = platform.app) => {
    const cloud = createCloud({
        endpoint: platform.doors.gateway,
        appid,
        login: platform.login(user, appid),
        button: (kind) => press({ appid, user, kind }),
    });
    cloud.init({ env: platform.environment });
    return cloud;
};

const failure = (call) => call.then(
    (result) => assert.fail(`succeeded with ${JSON.stringify(result)}`),
    (error) => error,
);

test('WT-67 AD-75 AD-80 the result, the id of the request, and who calls', async () => {
    const called = await cloudOf('alice').callFunction({ name: 'echo', data: { n: 1, s: '文', $url: 'kept' } });
    assert.equal(called.errMsg, 'cloud.callFunction:ok');
    assert.match(called.requestID, /^[0-9a-f-]{36}$/);
    const { event, who } = called.result;
    const openId = await platform.openidOf('alice');
    assert.deepEqual(event, { n: 1, s: '文', $url: 'kept', userInfo: { openId, appId: platform.app } });
    assert.equal(who.WX_OPENID, openId);
    assert.equal(who.TCB_SOURCE, 'wx_client');
});

test('WT-71 AD-76 a CloudID at the top level is opened, one below stays a string', async () => {
    await platform.berth(['users', 'add', 'carol', '--phone', '13800138000']);
    const cloud = cloudOf('carol');
    const { cloudID: id } = await cloud.openData({ kind: 'phoneNumber' });
    const { result } = await cloud.callFunction({
        name: 'echo',
        data: { phone: cloud.CloudID(id), below: { phone: cloud.CloudID(id) }, wrong: cloud.CloudID('43_made-up') },
    });
    assert.equal(result.event.phone.data.purePhoneNumber, '13800138000');
    assert.equal(result.event.phone.cloudID, id);
    assert.equal(result.event.below.phone, id);
    assert.equal(result.event.wrong.errCode, -601005);
});

test('WT-71 AD-81 bytes become a Buffer', async () => {
    const { result } = await cloudOf('alice').callFunction({ name: 'echo', data: { bytes: Uint8Array.of(1, 2, 255).buffer } });
    assert.deepEqual(result.event.bytes, { type: 'Buffer', data: [1, 2, 255] });
});

test('WT-68 WT-69 what a function throws arrives with its stack', async () => {
    const error = await failure(cloudOf('alice').callFunction({ name: 'throws', data: {} }));
    assert.equal(error.errCode, -404011);
    assert.match(error.errMsg, /^cloud\.callFunction:fail -404011 cloud function execution error\. 云函数执行错误/);
    assert.match(error.errMsg, /TypeError: no luck today\n\s+at exports\.main/);
});

test('WT-69 an unknown function is said to be unknown', async () => {
    const error = await failure(cloudOf('alice').callFunction({ name: 'nothing', data: {} }));
    assert.match(error.errMsg, /FunctionName parameter could not be found/);
});

test('AD-75 tcb-router routes by $url', async () => {
    const { result } = await cloudOf('bob').callFunction({ name: 'routed', data: { $url: 'user', name: 'bob' } });
    assert.deepEqual(result, { code: 0, data: { openid: await platform.openidOf('bob'), company: 'Berth', name: 'bob' } });
});

test('CH-44 CH-130 CH-132 AD-80 a function of a shared environment sees who calls from where', async () => {
    await platform.berth(['apps', 'add', OTHER], 'a-secret\n');
    const shared = () => {
        const cloud = createCloud({ endpoint: platform.doors.gateway, appid: OTHER, login: platform.login('alice', OTHER) });
        return new cloud.Cloud({ resourceAppid: platform.app, resourceEnv: platform.environment });
    };
    const refused = shared();
    await refused.init();
    assert.match((await failure(refused.callFunction({ name: 'echo', data: {} }))).errMsg, /Authorization mismatch uin/);

    await platform.berth(['grant', OTHER]);
    const granted = shared();
    await granted.init();
    const { result } = await granted.callFunction({ name: 'echo', data: {} });
    assert.equal(result.who.WX_FROM_OPENID, await platform.openidOf('alice', OTHER));
    assert.equal(result.who.WX_FROM_APPID, OTHER);
    assert.equal(result.who.WX_OPENID, undefined);
});

test('HO-56 beyond twenty at a time the rest are refused, and nobody waits for ever', async () => {
    const cloud = cloudOf('alice');
    const all = await Promise.allSettled(
        Array.from({ length: 40 }, () => cloud.callFunction({ name: 'slow', data: {} })));
    const refused = all.filter(({ status }) => status === 'rejected');
    assert.ok(all.length - refused.length >= 20, `${refused.length} of 40 were refused`);
    for (const { reason } of refused) assert.match(reason.errMsg, /-501004/);
    assert.ok(refused.length > 0);
});

test('every function of the folder was deployed by up, and says so', async () => {
    const listed = JSON.parse(await platform.berth(['functions', '--json'])).functions.map(({ name }) => name);
    assert.deepEqual(listed.sort(), ['echo', 'routed', 'sdk', 'slow', 'throws']);
});

/** An open-data button of the simulator. */
async function press(body) {
    const headers = { 'content-type': 'application/json' };
    const answer = await fetch(`${platform.doors.simulator}/__sim__/open-data`, { method: 'POST', headers, body: JSON.stringify(body) });
    return answer.json();
}
