import assert from 'node:assert/strict';
import { errorOf, on, onEveryPlatform, platforms, service } from './platforms.mjs';

const TEXT = "Cloud API isn't enabled, please call wx.cloud.init first\n请先调用 wx.cloud.init() 完成初始化后再调用其他云 API。";

function assertNotEnabled(error) {
    assert.equal(error.errCode, -1);
    assert.equal(error.errMsg, TEXT);
    assert.equal(String(error), `Error: errCode: -1  | errMsg: ${TEXT}`);
}

onEveryPlatform('CH-16 a call before init fails with the exact text and sends nothing', async ({ create, gateway }) => {
    const cloud = create();
    assertNotEnabled(await errorOf(cloud.callContainer({ path: '/', header: service })));
    assertNotEnabled(await new Promise((fail) => cloud.callContainer({ path: '/', header: service, fail })));
    assert.equal(gateway.calls.length + gateway.signIns.length, 0);
});

onEveryPlatform('CH-16 CH-136 an instance fails the same way until its init has finished', async ({ cloud }) => {
    const c = new cloud.Cloud({ resourceAppid: 'wxOWN', resourceEnv: 'prod-01' });
    assertNotEnabled(await errorOf(c.callContainer({ path: '/', header: service })));
    const pending = c.init();
    const early = errorOf(c.callContainer({ path: '/', header: service }));
    assertNotEnabled(await early);
    assert.equal(await pending, undefined);
    assert.equal((await c.callContainer({ path: '/', header: service })).statusCode, 200);
});

onEveryPlatform('CH-14 any env, an empty value or none is accepted, and init makes no request', async ({ create, gateway }) => {
    const inits = [[], [undefined], [null], [''], [{}], [{ env: '' }], [{ env: null }], [{ env: { functions: 'f' } }], ['e-1'], [{ env: 'e-1', traceUser: true }]];
    for (const [at, init] of inits.entries()) {
        const cloud = create();
        assert.equal(cloud.init(...init), undefined);
        assert.equal(gateway.signIns.length, at);
        await cloud.callContainer({ path: '/', header: service });
        assert.equal(gateway.lastCall.header['x-wx-env'], at < 8 ? undefined : 'e-1');
    }
});

onEveryPlatform('CH-14 an env given at creation holds where init names none', async ({ create, gateway }) => {
    for (const [init, env] of [[undefined, 'created'], [{ env: '' }, 'created'], [{ env: 'given' }, 'given']]) {
        const cloud = create({ env: 'created' });
        cloud.init(init);
        await cloud.callContainer({ path: '/', header: service });
        assert.equal(gateway.lastCall.header['x-wx-env'], env);
    }
});

onEveryPlatform('CH-14 only the first init counts', async ({ cloud, gateway }) => {
    cloud.init({ env: 'later' });
    await cloud.callContainer({ path: '/', header: service });
    assert.equal(gateway.lastCall.header['x-wx-env'], 'prod-01');
});

onEveryPlatform('CH-15 an instance needs resourceEnv', async ({ cloud }) => {
    for (const options of [undefined, {}, { resourceAppid: 'wxOWN' }, { resourceEnv: '' }]) {
        assert.throws(() => new cloud.Cloud(options), /resourceEnv must be provided/);
    }
});

onEveryPlatform('CH-15 the default cloud needs no init for an instance of its own', async ({ create }) => {
    const c = new (create().Cloud)({ resourceEnv: 'prod-01' });
    await c.init();
    assert.equal((await c.callContainer({ path: '/', header: service })).statusCode, 200);
});

on('page', 'CH-15 a page names the calling app per instance', async ({ cloud, gateway }) => {
    const c = new cloud.Cloud({ appid: 'wxOTHER', resourceAppid: 'wxOTHER', resourceEnv: 'prod-01', config: {} });
    await c.init();
    await c.callContainer({ path: '/', header: service });
    assert.equal(gateway.signIns.at(-1).appid, 'wxOTHER');
    assert.equal(gateway.lastCall.header['x-berth-session'], 's1.wxOTHER');
});

on('page', 'CH-15 CH-57 an identity-less instance signs nobody in', async ({ cloud, gateway }) => {
    const c = new cloud.Cloud({ identityless: true, resourceAppid: 'wxOWNER', resourceEnv: 'prod-01' });
    await c.init();
    await c.callContainer({ path: '/', header: service });
    assert.equal(gateway.signIns.length, 0);
    assert.ok(!('x-berth-session' in gateway.lastCall.header));
});

onEveryPlatform('CH-115 CH-130 an env of another app is called with its AppID', async ({ cloud, gateway }) => {
    const c = new cloud.Cloud({ resourceAppid: 'wxOWNER', resourceEnv: 'shared-env' });
    await c.init();
    await c.callContainer({ path: '/', header: service });
    const { header } = gateway.lastCall;
    assert.deepEqual([header['x-wx-resource-appid'], header['x-wx-env'], header['x-berth-session']], ['wxOWNER', 'shared-env', 's1.wxOWN']);
});

onEveryPlatform('CH-137 resourceAppid of the caller\'s own app is no sharing', async ({ cloud, gateway }) => {
    const c = new cloud.Cloud({ resourceAppid: 'wxOWN', resourceEnv: 'prod-01' });
    await c.init();
    await c.callContainer({ path: '/', header: { ...service, 'X-WX-RESOURCE-APPID': 'wxFORGED' } });
    assert.ok(!('x-wx-resource-appid' in gateway.lastCall.header));
    await cloud.callContainer({ path: '/', header: service });
    assert.ok(!('x-wx-resource-appid' in gateway.lastCall.header));
});

on('Node', 'CH-113 the endpoint is a plain http address', async () => {
    const refused = ['', 'ftp://h', 'h:7080', 'http://', 'http://user@h', 'http://h?x', 'http://h#x', 'http://h/a?b', 'http://h\\x', 'http:///x'];
    for (const endpoint of refused) {
        assert.throws(() => platforms.Node(endpoint), /endpoint: .* \(expected: http\[s\]:\/\/host/, endpoint);
    }
});

on('Node', 'CH-113 slashes at the end of the endpoint and a prefix before the path', async ({ gateway }) => {
    for (const [suffix, url] of [['//', '/a'], ['/berth', '/berth/a'], ['/berth/', '/berth/a']]) {
        const { hostname, port } = new URL(gateway.endpoint);
        const cloud = platforms.Node(`http://${hostname}:${port}${suffix}`);
        const c = new cloud.Cloud({ identityless: true, resourceEnv: 'e' });
        await c.init();
        await c.callContainer({ path: '/a', header: service });
        assert.equal(gateway.lastCall.url, url);
    }
});
