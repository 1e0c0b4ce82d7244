import assert from 'node:assert/strict';
import { startGateway } from './gateway.mjs';
import { errorOf, on, onEveryPlatform, plain, service } from './platforms.mjs';

const redirectTo = (location) => ({ status: 302, header: location === undefined ? {} : { Location: location }, body: '<p>moved' });

onEveryPlatform('CH-31 a relative location repeats method, body and headers with the new path', async ({ cloud, gateway }) => {
    gateway.service = ({ url }) => (url === '/a?x=1' ? redirectTo('/b?y=2') : { body: '{"at":"b"}' });
    const result = await cloud.callContainer({ path: '/a?x=1', method: 'POST', header: { ...service, 'X-A': '1' }, data: { k: 1 } });
    assert.deepEqual(plain(result.data), { at: 'b' });
    assert.equal(gateway.calls.length, 2);
    const { method, url, header, body } = gateway.lastCall;
    assert.deepEqual([method, url, header['x-a'], header['x-wx-service'], body.toString()], ['POST', '/b?y=2', '1', 'count', '{"k":1}']);
    assert.equal(result.callID, header['x-wx-call-id']);
});

onEveryPlatform('CH-31 locations relative to the path, and the gateway\'s own address in full', async ({ cloud, gateway }) => {
    const goals = { c: '/a/c', '?q=1': '/a/b?q=1', '//evil.example/x': '//evil.example/x', [`${gateway.endpoint}/z`]: '/z' };
    for (const [location, url] of Object.entries(goals)) {
        gateway.service = (call) => (call.url === '/a/b?x=/y' ? redirectTo(location) : { body: '{}' });
        await cloud.callContainer({ path: '/a/b?x=/y', header: service });
        assert.equal(gateway.lastCall.url, url);
        assert.equal(gateway.lastCall.header['x-berth-session'], 's1.wxOWN');
    }
});

onEveryPlatform('CH-31 CH-95 after 6 repetitions the error', async ({ cloud, gateway }) => {
    gateway.service = () => redirectTo('/again');
    const error = await errorOf(cloud.callContainer({ path: '/', method: 'POST', header: service }));
    assert.equal(gateway.calls.length, 7);
    assert.equal(error.errCode, -1);
    assert.equal(error.errMsg, 'cloud.callContainer:fail reach the max redirect count');
    assert.equal(String(error), 'Error: cloud.callContainer:fail reach the max redirect count');
});

onEveryPlatform('CH-31 six repetitions are allowed', async ({ cloud, gateway }) => {
    gateway.service = ({ url }) => (url === '/6' ? { body: '{}' } : redirectTo(`/${Number(url.slice(1)) + 1}`));
    assert.equal((await cloud.callContainer({ path: '/0', header: service })).statusCode, 200);
    assert.equal(gateway.calls.length, 7);
});

onEveryPlatform('CH-10 CH-31 CH-140 followRedirect:false returns the 302 itself', async ({ cloud, gateway }) => {
    gateway.service = () => redirectTo('/b');
    const result = await cloud.callContainer({ path: '/', header: service, followRedirect: false });
    assert.equal(result.statusCode, 302);
    assert.equal(result.header.location ?? result.header.Location, '/b');
    assert.equal(result.data, '<p>moved');
    assert.equal(gateway.calls.length, 1);
});

onEveryPlatform('CH-31 a 302 without location is an answer', async ({ cloud, gateway }) => {
    gateway.service = () => redirectTo(undefined);
    const result = await cloud.callContainer({ path: '/', header: service });
    assert.equal(result.statusCode, 302);
});

for (const platform of ['Node', 'mini program']) {
    on(platform, 'CH-31 other redirects are answers', async ({ cloud, gateway }) => {
        for (const status of [301, 303, 307, 308]) {
            gateway.service = () => ({ status, header: { location: '/b' } });
            const result = await cloud.callContainer({ path: '/', header: service });
            assert.equal(result.statusCode, status);
            assert.equal(result.header.location, '/b');
        }
        assert.equal(gateway.calls.length, 4);
    });
}

on('page', 'CH-140 a redirect that a page cannot see fails with the reason', async ({ cloud, gateway }) => {
    gateway.service = () => ({ status: 301, header: { location: '/b' } });
    const error = await errorOf(cloud.callContainer({ path: '/', header: service }));
    assert.match(error.errMsg, /^cloud\.callContainer:fail -1 the service redirects with a status that a page must not see/);
});

onEveryPlatform('CH-31 CH-63 an absolute location is requested directly, without session and credentials', async ({ cloud, gateway }) => {
    const elsewhere = await startGateway();
    try {
        gateway.service = () => redirectTo(`${elsewhere.endpoint}/x?y=1`);
        elsewhere.service = () => ({ header: { 'Set-Cookie': 'a=1' }, body: 'plain text' });
        const header = { ...service, 'X-A': '1', Authorization: 'secret', Cookie: 'secret=1', 'X-WX-EXCLUDE-CREDENTIALS': 'openid' };
        const result = await cloud.callContainer({ path: '/', method: 'POST', header, data: { k: 1 }, timeout: 9000 });
        assert.equal(result.data, 'plain text');
        assert.equal(result.errMsg, 'cloud.callContainer:ok');
        const { method, url, header: seen, body } = elsewhere.lastCall;
        assert.deepEqual([method, url, seen['x-a'], body.toString()], ['POST', '/x?y=1', '1', '{"k":1}']);
        assert.deepEqual(Object.keys(seen).filter((name) => /^x-(wx|berth)-|^authorization$|^cookie$/.test(name)), []);
    } finally {
        await elsewhere.close();
    }
});
