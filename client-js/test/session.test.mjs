import assert from 'node:assert/strict';
import { install } from '../dist/index.js';
import { systemError } from './gateway.mjs';
import { errorOf, on, onEveryPlatform, service } from './platforms.mjs';
import { createWx } from './wx.mjs';

const get = (cloud, path = '/') => cloud.callContainer({ path, header: service });

onEveryPlatform('CH-113 CH-139 the first call signs in, the next ones use its session', async ({ cloud, gateway }) => {
    await get(cloud);
    await get(cloud);
    assert.deepEqual(gateway.signIns.map(({ appid, code }) => ({ appid, code })), [{ appid: 'wxOWN', code: 'code-1' }]);
    assert.deepEqual(gateway.calls.map((call) => call.header['x-berth-session']), ['s1.wxOWN', 's1.wxOWN']);
});

onEveryPlatform('CH-139 many calls at once, of instances too, share one sign-in', async ({ cloud, gateway }) => {
    const c = new cloud.Cloud({ resourceEnv: 'prod-01' });
    await c.init();
    await Promise.all([...Array(20)].map((_, at) => get(at % 2 ? cloud : c)));
    assert.equal(gateway.signIns.length, 1);
    assert.equal(gateway.calls.length, 20);
});

for (const [state, code] of [['expired', 42001], ['forged', 40001]]) {
    onEveryPlatform(`CH-83 a session refused with ${code} is renewed once, for all calls, and they are repeated`, async ({ cloud, gateway }) => {
        await get(cloud);
        gateway.sessions.set('s1.wxOWN', state);
        const results = await Promise.all([...Array(10)].map(() => cloud.callContainer({ path: '/x', method: 'POST', header: service, data: { k: 1 } })));
        assert.ok(results.every((result) => result.statusCode === 200));
        assert.equal(gateway.signIns.length, 2);
        const repeated = gateway.calls.filter((call) => call.header['x-berth-session'] === 's2.wxOWN');
        assert.equal(repeated.length, 10);
        assert.ok(repeated.every((call) => call.url === '/x' && call.body.toString() === '{"k":1}'));
    });
}

onEveryPlatform('CH-83 CH-93 a call is repeated exactly once', async ({ cloud, gateway }) => {
    await get(cloud);
    gateway.sessions.set('s1.wxOWN', 'expired');
    gateway.sessions.set = () => gateway.sessions;
    const error = await errorOf(get(cloud));
    assert.equal(error.errCode, 40001);
    assert.match(error.errMsg, /^cloud\.callContainer:fail Error: errCode: 40001 \| errMsg: invalid credential \(callId: /);
    assert.equal(gateway.calls.length, 3);
    assert.equal(gateway.signIns.length, 2);
});

onEveryPlatform('CH-83 other system errors end no session', async ({ cloud, gateway }) => {
    gateway.service = () => systemError(-501000, 'Invalid host');
    await errorOf(get(cloud));
    await errorOf(get(cloud));
    assert.equal(gateway.signIns.length, 1);
    assert.equal(gateway.calls.length, 2);
});

onEveryPlatform('CH-139 CH-93 a refused sign-in is told with code, text, reason and what to do', async ({ cloud, gateway }) => {
    const content = { errcode: 40029, errmsg: 'invalid code', component: 'openapi', reason: 'code is used up', callId: '1-2', hint: 'call wx.login again' };
    gateway.refuseSignIn = () => ({ status: 401, content });
    const errors = await Promise.all([errorOf(get(cloud)), errorOf(get(cloud))]);
    assert.equal(gateway.signIns.length, 1);
    for (const error of errors) {
        assert.equal(error.errCode, 40029);
        assert.match(error.errMsg, /^cloud\.callContainer:fail Error: errCode: 40029 \| errMsg: invalid code \(callId: \d+-[^ ]+\) \(trace: /);
        assert.equal(error.reason, 'openapi; code is used up');
        assert.equal(error.hint, 'call wx.login again');
    }
    gateway.refuseSignIn = () => undefined;
    assert.equal((await get(cloud)).statusCode, 200);
});

onEveryPlatform('CH-139 a sign-in answer that is not the gateway\'s names the endpoint or the status', async ({ cloud, gateway }) => {
    gateway.refuseSignIn = () => ({ status: 502, content: 'bad gateway' });
    assert.match((await errorOf(get(cloud))).errMsg, /errCode: -1 \| errMsg: sign-in was answered with status 502 /);
    gateway.refuseSignIn = () => ({ status: 200, content: { welcome: true } });
    const { errMsg } = await errorOf(get(cloud));
    assert.ok(errMsg.includes(`sign-in at ${gateway.endpoint} gave no session (expected: {"session","expiresIn"})`), errMsg);
});

on('Node', 'CH-139 a login that fails is told and tried again by the next call', async ({ create, gateway }) => {
    const outcomes = [() => Promise.reject(new Error('no user')), () => Promise.reject({ errMsg: 'login:fail timeout' }), () => Promise.resolve('good')];
    const cloud = create({ login: () => outcomes.shift()() });
    cloud.init();
    assert.match((await errorOf(get(cloud))).errMsg, /login gave no code: Error: no user /);
    assert.match((await errorOf(get(cloud))).errMsg, /login gave no code: login:fail timeout /);
    await get(cloud);
    assert.deepEqual(gateway.signIns.map(({ code }) => code), ['good']);
});

for (const platform of ['Node', 'page']) {
    on(platform, 'CH-139 signOut ends the session, the next call signs in again', ({ cloud, gateway }) => signOut(cloud, gateway));
}

on('mini program', 'CH-139 what install returns can sign out', async ({ gateway }) => {
    const cloud = install(createWx(), { endpoint: gateway.endpoint });
    cloud.init();
    await signOut(cloud, gateway);
});

async function signOut(cloud, gateway) {
    await cloud.signOut();
    assert.deepEqual(gateway.signOuts, []);
    await get(cloud);
    await cloud.signOut();
    assert.deepEqual(gateway.signOuts, ['s1.wxOWN']);
    await get(cloud);
    assert.equal(gateway.lastCall.header['x-berth-session'], 's2.wxOWN');
}
