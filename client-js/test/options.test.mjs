import assert from 'node:assert/strict';
import { errorOf, on, onEveryPlatform, plain, service } from './platforms.mjs';

onEveryPlatform('CH-1 CH-113 config.env is the env of the call, else that of init', async ({ cloud, gateway }) => {
    await cloud.callContainer({ config: { env: 'other-env' }, path: '/', header: service });
    assert.equal(gateway.lastCall.header['x-wx-env'], 'other-env');
    await cloud.callContainer({ path: '/', header: service });
    assert.equal(gateway.lastCall.header['x-wx-env'], 'prod-01');
});

onEveryPlatform('CH-1 resourceEnv wins over config.env', async ({ cloud, gateway }) => {
    const c = new cloud.Cloud({ resourceAppid: 'wxOWNER', resourceEnv: 'shared-env' });
    await c.init();
    await c.callContainer({ config: { env: 'other-env' }, path: '/', header: service });
    assert.equal(gateway.lastCall.header['x-wx-env'], 'shared-env');
});

onEveryPlatform('CH-2 CH-113 the path reaches the gateway as it is, with its query', async ({ cloud, gateway }) => {
    for (const path of ['/', '/a/b?x=1&y=%2F', '//evil.example/x', '/@evil.example', '/:80/', '/a?u=http://x/']) {
        await cloud.callContainer({ path, header: service });
        assert.equal(gateway.lastCall.url, path);
    }
});

onEveryPlatform('CH-2 what a URL parser would misread is percent-encoded', async ({ cloud, gateway }) => {
    const sent = { '/\\evil.example/x': '/%5Cevil.example/x', '/中 文?q=中\n': '/%E4%B8%AD%20%E6%96%87?q=%E4%B8%AD%0A', '/a#b': '/a' };
    for (const [path, url] of Object.entries(sent)) {
        await cloud.callContainer({ path, header: service });
        assert.equal(gateway.lastCall.url, url);
    }
});

onEveryPlatform('CH-2 CH-73 a path that no request line can carry fails and is not sent', async ({ cloud, gateway }) => {
    for (const path of [undefined, null, '', 'abc', '@evil.example/', '.evil.example/', 'http://evil.example/', 5, '/\ud800']) {
        const error = await errorOf(cloud.callContainer({ path, header: service }));
        assert.equal(error.errCode, -501000);
        assert.match(error.errMsg, /^cloud\.callContainer:fail Error: errCode: -501000 \| errMsg: Path access permission error \(callId: /);
    }
    assert.equal(gateway.calls.length, 0);
});

onEveryPlatform('CH-3 the option service means X-WX-SERVICE and wins over it', async ({ cloud, gateway }) => {
    await cloud.callContainer({ path: '/', service: 'chosen' });
    assert.equal(gateway.lastCall.header['x-wx-service'], 'chosen');
    await cloud.callContainer({ path: '/', service: 'chosen', header: { 'x-wx-service': 'other' } });
    assert.equal(gateway.lastCall.header['x-wx-service'], 'chosen');
});

onEveryPlatform('CH-4 headers: json by default, null and undefined dropped, others strings', async ({ cloud, gateway }) => {
    const header = { ...service, 'X-A': null, 'X-B': undefined, 'X-C': 5, 'X-D': false, 'X-E': '' };
    await cloud.callContainer({ path: '/', method: 'POST', header });
    const sent = gateway.lastCall.header;
    assert.equal(sent['content-type'], 'application/json');
    assert.equal(sent['x-wx-service'], 'count');
    assert.ok(!('x-a' in sent) && !('x-b' in sent));
    assert.deepEqual([sent['x-c'], sent['x-d'], sent['x-e']], ['5', 'false', '']);
});

onEveryPlatform('CH-4 a content-type of any spelling replaces the default', async ({ cloud, gateway }) => {
    await cloud.callContainer({ path: '/', method: 'POST', data: 'x', header: { ...service, 'Content-Type': 'text/plain' } });
    assert.equal(gateway.lastCall.header['content-type'], 'text/plain');
});

onEveryPlatform('CH-4 the caller cannot set Referer', async ({ cloud, gateway }) => {
    await cloud.callContainer({ path: '/', header: { ...service, Referer: 'https://forged.example/', referer: 'https://forged.example/' } });
    assert.doesNotMatch(String(gateway.lastCall.header.referer), /forged/);
});

onEveryPlatform('CH-56 CH-63 Authorization and the credentials to leave out travel, the session is not the caller\'s to set', async ({ cloud, gateway }) => {
    const header = { ...service, Authorization: 'Bearer mine', 'X-WX-EXCLUDE-CREDENTIALS': 'unionid', 'x-berth-session': 'forged', 'x-wx-env': 'forged' };
    await cloud.callContainer({ path: '/', header });
    const sent = gateway.lastCall.header;
    assert.equal(sent.authorization, 'Bearer mine');
    assert.equal(sent['x-wx-exclude-credentials'], 'unionid');
    assert.equal(sent['x-berth-session'], 's1.wxOWN');
    assert.equal(sent['x-wx-env'], 'prod-01');
});

onEveryPlatform('CH-59 CH-62 fields of the connection are the platform\'s', async ({ cloud, gateway }) => {
    const header = { ...service, Host: 'evil.example', 'Content-Length': '3', Connection: 'close', 'Transfer-Encoding': 'chunked' };
    await cloud.callContainer({ path: '/', method: 'POST', data: 'four', header });
    assert.equal(gateway.lastCall.header.host, gateway.endpoint.slice('http://'.length));
    assert.equal(gateway.lastCall.body.toString(), 'four');
});

onEveryPlatform('CH-6 the method is upper-cased and GET by default', async ({ cloud, gateway }) => {
    await cloud.callContainer({ path: '/', header: service });
    assert.equal(gateway.lastCall.method, 'GET');
    for (const method of ['get', 'post', 'Put', 'delete', 'head', 'patch']) {
        await cloud.callContainer({ path: '/', method, header: service, dataType: 'text' });
        assert.equal(gateway.lastCall.method, method.toUpperCase());
    }
});

on('mini program', 'CF-3 a mini program sends OPTIONS and TRACE', async ({ cloud, gateway }) => {
    for (const method of ['OPTIONS', 'TRACE']) {
        await cloud.callContainer({ path: '/', method, header: service });
        assert.equal(gateway.lastCall.method, method);
    }
});

on('Node', 'CF-3 fetch forbids TRACE, and the error says so', async ({ cloud, gateway }) => {
    const error = await errorOf(cloud.callContainer({ path: '/', method: 'TRACE', header: service }));
    assert.match(error.errMsg, /^cloud\.callContainer:fail -1 method TRACE \(fetch does not send it\) \(callId: /);
    assert.equal(gateway.calls.length, 0);
});

on('Node', 'CH-92 a header that fetch cannot send fails with the reason', async ({ cloud }) => {
    const error = await errorOf(cloud.callContainer({ path: '/', header: { ...service, 'X-Name': '云' } }));
    assert.equal(error.errCode, -1);
    assert.match(error.errMsg, /^cloud\.callContainer:fail -1 fetch does not send this: /);
});

onEveryPlatform('CH-7 CH-113 a timeout of 1 to 15000 is told to the gateway, any other is not', async ({ cloud, gateway }) => {
    for (const timeout of [1, 9000, 15000]) {
        await cloud.callContainer({ path: '/', header: service, timeout: timeout === 1 ? 1.9 : timeout });
        assert.equal(gateway.lastCall.header['x-wx-user-timeout'], String(timeout));
    }
    for (const timeout of [undefined, 0, -1, 15001, NaN, 'abc', null]) {
        await cloud.callContainer({ path: '/', header: service, timeout });
        assert.ok(!('x-wx-user-timeout' in gateway.lastCall.header));
    }
});

onEveryPlatform('CH-11 CH-30 with a callback the call returns nothing', async ({ cloud, gateway }) => {
    const seen = [];
    let returned;
    await new Promise((completed) => {
        returned = cloud.callContainer({
            path: '/',
            header: service,
            success: (result) => seen.push(['success', result]),
            fail: (error) => seen.push(['fail', error]),
            complete: (outcome) => completed(seen.push(['complete', outcome])),
        });
    });
    assert.equal(returned, undefined);
    assert.deepEqual(seen.map(([name]) => name), ['success', 'complete']);
    assert.equal(seen[0][1], seen[1][1]);
    assert.equal(seen[0][1].errMsg, 'cloud.callContainer:ok');
    assert.equal(gateway.calls.length, 1);
});

onEveryPlatform('CH-11 CH-30 a failure goes to fail and complete', async ({ cloud, gateway }) => {
    gateway.service = () => ({ body: 'no json' });
    const seen = await new Promise((resolve) => {
        const errors = [];
        cloud.callContainer({ path: '/', header: service, success: resolve, fail: (error) => errors.push(error), complete: (error) => resolve([...errors, error]) });
    });
    assert.equal(seen.length, 2);
    assert.equal(seen[0], seen[1]);
    assert.equal(seen[0].errCode, -1);
});

onEveryPlatform('CH-11 success alone, fail alone and complete alone return nothing; none returns a promise', async ({ cloud }) => {
    for (const name of ['success', 'complete']) {
        const outcome = await new Promise((resolve) => {
            assert.equal(cloud.callContainer({ path: '/', header: service, [name]: resolve }), undefined);
        });
        assert.equal(outcome.statusCode, 200);
    }
    const error = await new Promise((fail) => assert.equal(cloud.callContainer({ path: 'x', fail }), undefined));
    assert.equal(error.errCode, -501000);
    const promise = cloud.callContainer({ path: '/', header: service });
    assert.equal(typeof promise.then, 'function');
    await promise;
});

onEveryPlatform('CH-10 CH-12 every other option of wx.request is accepted and ignored', async ({ cloud, gateway }) => {
    const options = { url: 'http://evil.example', enableCache: true, enableChunked: true, enableHttp2: true, enableQuic: true, forceCellularNetwork: true, redirect: 'error', verbose: true };
    const result = await cloud.callContainer({ ...options, path: '/', header: service });
    assert.deepEqual(plain(result.data), {});
    assert.equal(gateway.calls.length, 1);
});

onEveryPlatform('CH-12 options that are no object fail with the text of the SDK', async ({ cloud }) => {
    const error = await errorOf(cloud.callContainer());
    assert.equal(error.errMsg, 'parameter should be object instead of undefined;');
    assert.equal(String(error), 'Error: errCode: -401003 api parameter type error | errMsg: parameter should be object instead of undefined;');
});
