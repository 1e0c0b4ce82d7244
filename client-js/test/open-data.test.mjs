import assert from 'node:assert/strict';
import { test } from 'node:test';
import { createCloud, install } from '../dist/index.js';
import { errorOf, on, onEveryPlatform, plain, service } from './platforms.mjs';
import { createWx } from './wx.mjs';

const PHONE = { errMsg: 'getPhoneNumber:ok', code: 'c0de', encryptedData: 'ZGF0YQ==', iv: 'aXY=', cloudID: '43_of-wechat' };
const PROFILE = { encryptedData: 'ZGF0YQ==', iv: 'aXY=', rawData: '{"nickName":"爱"}', signature: '75e8', userInfo: {} };
const stale = (errcode) => ({ status: 400, content: { errcode, errmsg: 'aes decryption failed', component: 'gateway', reason: 'aes decryption failed', hint: 'Sign in again.' } });

onEveryPlatform('OA-31 what a button gave comes back with a CloudID of Berth, and nothing else is changed', async ({ cloud, gateway }) => {
    assert.deepEqual(plain(await cloud.openData(PHONE)), { ...PHONE, cloudID: 'berth1_of-aXY=' });
    assert.deepEqual(PHONE.cloudID, '43_of-wechat');
    const [{ session, content, header }] = gateway.openDataAsked;
    assert.equal(session, 's1.wxOWN');
    assert.deepEqual(content, { encryptedData: 'ZGF0YQ==', iv: 'aXY=' });
    assert.match(header['x-berth-client'], /^berth-client-js\//);
});

onEveryPlatform('OA-31 what WeChat signed goes along', async ({ cloud, gateway }) => {
    assert.equal((await cloud.openData(PROFILE)).cloudID, 'berth1_of-aXY=');
    const { encryptedData, iv, rawData, signature } = PROFILE;
    assert.deepEqual(gateway.openDataAsked[0].content, { encryptedData, iv, rawData, signature });
});

onEveryPlatform('OA-31 open data needs no init, and shares the sign-in of calls', async ({ create, gateway }) => {
    const cloud = create();
    await cloud.openData(PHONE);
    cloud.init();
    await cloud.callContainer({ path: '/', header: service });
    assert.equal(gateway.signIns.length, 1);
});

onEveryPlatform('OA-31 a user who refuses is told in WeChat\'s words, and nobody is asked', async ({ cloud, gateway }) => {
    const error = await errorOf(cloud.openData({ errMsg: 'getPhoneNumber:fail user deny' }));
    assert.equal(error.errCode, -1);
    assert.equal(error.errMsg, 'cloud.openData:fail -1 getPhoneNumber:fail user deny');
    assert.equal(gateway.openDataAsked.length, 0);
});

onEveryPlatform('OA-31 anything else says what is expected', async ({ cloud }) => {
    for (const detail of [undefined, null, {}, 'x', { errMsg: 'getPhoneNumber:ok', code: 'c0de' }, { encryptedData: 'x' }, { encryptedData: 1, iv: 2 }]) {
        assert.match((await errorOf(cloud.openData(detail))).errMsg, /^cloud\.openData:fail -1 no encryptedData and iv \(expected: event\.detail of /);
    }
});

for (const code of [-41003, 87009]) {
    onEveryPlatform(`OA-31 data of another session key (${code}) is tried again after a new sign-in, once`, async ({ cloud, gateway }) => {
        gateway.refuseOpenData = ({ session }) => (session === 's1.wxOWN' ? stale(code) : undefined);
        assert.equal((await cloud.openData(PHONE)).cloudID, 'berth1_of-aXY=');
        assert.equal(gateway.signIns.length, 2);
        gateway.refuseOpenData = () => stale(code);
        const error = await errorOf(cloud.openData(PHONE));
        assert.equal(error.errCode, code);
        assert.equal(error.errMsg, `cloud.openData:fail ${code} aes decryption failed`);
        assert.equal(error.hint, 'Sign in again.');
        assert.equal(error.reason, 'gateway; aes decryption failed');
        assert.equal(gateway.signIns.length, 3);
        assert.equal(gateway.openDataAsked.length, 4);
    });
}

onEveryPlatform('OA-31 CH-83 a session that is over is renewed', async ({ cloud, gateway }) => {
    await cloud.openData(PHONE);
    gateway.sessions.set('s1.wxOWN', 'expired');
    await cloud.openData(PHONE);
    assert.deepEqual(gateway.openDataAsked.map(({ session }) => session), ['s1.wxOWN', 's1.wxOWN', 's2.wxOWN']);
});

onEveryPlatform('OA-31 other refusals are told at once', async ({ cloud, gateway }) => {
    for (const [content, text] of [[{ errcode: 40097, errmsg: 'invalid args' }, '40097 invalid args'], ['no JSON of ours', '-1 open data was answered with status 400']]) {
        gateway.refuseOpenData = () => ({ status: 400, content });
        assert.equal((await errorOf(cloud.openData(PHONE))).errMsg, `cloud.openData:fail ${text}`);
    }
    gateway.refuseOpenData = () => ({ status: 200, content: { welcome: true } });
    assert.match((await errorOf(cloud.openData(PHONE))).errMsg, /gave no CloudID \(expected: \{"cloudID","expiresIn"\}\)$/);
    assert.equal(gateway.signIns.length, 1);
});

onEveryPlatform('OA-31 a gateway that is not there is told with what to do', async ({ create, gateway }) => {
    const cloud = create();
    await cloud.openData(PHONE);
    await gateway.close();
    const error = await errorOf(cloud.openData(PHONE));
    assert.equal(error.errCode, -1);
    assert.match(error.errMsg, /^cloud\.openData:fail -1 no answer of http:\/\/127\.0\.0\.1:\d+: .*berth status/);
    assert.match(error.hint, /berth status/);
    gateway.close = async () => {};
});

for (const platform of ['Node', 'page']) {
    on(platform, 'OA-31 in Node and pages a button is pressed for the user, after the sign-in', async ({ create, gateway }) => {
        const pressed = [];
        const button = async (kind, appid) => {
            pressed.push([kind, appid, gateway.signIns.length]);
            return { ...PHONE, iv: `${pressed.length}` };
        };
        const cloud = create({ button });
        const { cloudID, code } = await cloud.openData({ kind: 'phoneNumber' });
        assert.deepEqual([cloudID, code], ['berth1_of-1', 'c0de']);
        assert.deepEqual(pressed, [['phoneNumber', 'wxOWN', 1]]);
        // Somebody else signed the same user in, so what is encrypted now has another key.
        gateway.refuseOpenData = ({ session }) => (session === 's1.wxOWN' ? stale(-41003) : undefined);
        assert.equal((await cloud.openData({ kind: 'weRun' })).cloudID, 'berth1_of-3');
        assert.deepEqual(pressed.slice(1), [['weRun', 'wxOWN', 1], ['weRun', 'wxOWN', 2]]);
    });
}

on('Node', 'OA-31 a button that gives nothing is told', async ({ create }) => {
    for (const [button, text] of [
        [async () => ({ errMsg: 'getPhoneNumber:fail user deny' }), '-1 getPhoneNumber:fail user deny'],
        [async () => Promise.reject(new Error('no simulator')), '-1 button gave no data: Error: no simulator'],
        [undefined, '-1 kind: phoneNumber, but there is no button (expected: event.detail, or createCloud({…, button}))'],
    ]) {
        const error = await errorOf(create({ button }).openData({ kind: 'phoneNumber' }));
        assert.equal(error.errMsg, `cloud.openData:fail ${text}`);
    }
});

onEveryPlatform('WT-71 CloudID marks a string, which JSON and text give back', async ({ cloud, gateway }) => {
    for (const marked of [cloud.CloudID('berth1_a'), new cloud.CloudID('berth1_a')]) {
        assert.ok(marked instanceof cloud.CloudID);
        assert.deepEqual(Object.keys(marked), []);
        assert.equal(JSON.stringify({ phone: marked }), '{"phone":"berth1_a"}');
        assert.equal(`${marked}`, 'berth1_a');
        await cloud.callContainer({ path: '/', method: 'POST', header: service, data: { phone: marked } });
        assert.equal(String(gateway.lastCall.body), '{"phone":"berth1_a"}');
        await cloud.callContainer({ path: '/', header: service, data: { phone: marked } });
        assert.equal(gateway.lastCall.url, '/?phone=berth1_a');
    }
});

test('WT-71 WeChat\'s own CloudID gives way, for callFunction is Berth\'s', () => {
    class CloudID {}
    const wx = createWx({ cloud: { CloudID, callFunction() {} } });
    const cloud = install(wx, { endpoint: 'http://127.0.0.1:9' });
    assert.equal(wx.cloud.CloudID, cloud.CloudID);
    assert.equal(wx.cloud.callFunction, cloud.callFunction);
    assert.equal(wx.cloud.openData, cloud.openData);
});

on('Node', 'CH-139 signIn signs in before the first call, and tells a failure', async ({ create, gateway }) => {
    const cloud = create();
    await cloud.signIn();
    await cloud.signIn();
    assert.equal(gateway.signIns.length, 1);
    await assert.rejects(createCloud({ endpoint: gateway.endpoint, appid: 'wxOWN', login: () => Promise.reject(new Error('nobody')) }).signIn(), /nobody/);
});
