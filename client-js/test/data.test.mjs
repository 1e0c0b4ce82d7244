import assert from 'node:assert/strict';
import { onEveryPlatform, service } from './platforms.mjs';

const form = { ...service, 'Content-Type': 'application/x-www-form-urlencoded; charset=utf-8' };

onEveryPlatform('CH-18 GET appends an object to the query, decoding values first', async ({ cloud, gateway }) => {
    await cloud.callContainer({ path: '/a?x=1&', header: service, data: { k: '中 文', p: 'a%20b' } });
    assert.equal(gateway.lastCall.url, '/a?x=1&k=%E4%B8%AD%20%E6%96%87&p=a%20b');
});

onEveryPlatform('CH-18 separators, undefined and null, nested and undecodable values', async ({ cloud, gateway }) => {
    const urls = [
        ['/a', { k: 1 }, '/a?k=1'],
        ['/a?', { k: 1 }, '/a?k=1'],
        ['/a?x=1', { k: 1 }, '/a?x=1&k=1'],
        ['/a', {}, '/a'],
        ['/a', { u: undefined, n: null }, '/a?u=undefined&n=null'],
        ['/a', { l: [1, 2], o: { x: 1 }, '%41 b': '%zz' }, '/a?l=1%2C2&o=%5Bobject%20Object%5D&A%20b=%25zz'],
        ['/a#top', { k: 1 }, '/a?k=1'],
    ];
    for (const [path, data, url] of urls) {
        await cloud.callContainer({ path, header: service, data });
        assert.equal(gateway.lastCall.url, url);
    }
});

onEveryPlatform('CH-22 no body reaches the service with GET and HEAD', async ({ cloud, gateway }) => {
    for (const method of ['GET', 'HEAD']) {
        for (const data of [undefined, 'text', [1], new ArrayBuffer(2)]) {
            await cloud.callContainer({ path: '/p', method, header: service, data });
            assert.equal(gateway.lastCall.url, '/p');
            assert.equal(gateway.lastCall.body.length, 0);
        }
    }
});

onEveryPlatform('CH-17 CH-19 other methods send JSON', async ({ cloud, gateway }) => {
    const bodies = [
        [{ at: new Date(0), no: undefined, z: null, n: '云' }, '{"at":"1970-01-01T00:00:00.000Z","z":null,"n":"云"}'],
        [[1, 'a'], '[1,"a"]'],
        [5, '5'],
        [0, '0'],
        [false, 'false'],
    ];
    for (const method of ['POST', 'PUT', 'DELETE', 'OPTIONS', 'PATCH']) {
        for (const [data, body] of bodies) {
            await cloud.callContainer({ path: '/', method, header: service, data });
            assert.equal(gateway.lastCall.body.toString(), body);
        }
    }
});

onEveryPlatform('CH-17 an object with a content-type that is neither JSON nor form is JSON', async ({ cloud, gateway }) => {
    await cloud.callContainer({ path: '/', method: 'POST', header: { ...service, 'content-type': 'text/plain' }, data: { k: 1 } });
    assert.equal(gateway.lastCall.body.toString(), '{"k":1}');
});

onEveryPlatform('CH-20 an object as a form', async ({ cloud, gateway }) => {
    await cloud.callContainer({ path: '/', method: 'POST', header: form, data: { k: '中 文', n: 1 } });
    assert.equal(gateway.lastCall.body.toString(), 'k=%E4%B8%AD%20%E6%96%87&n=1');
    await cloud.callContainer({ path: '/', method: 'POST', header: form, data: { a: [1, 2], p: 'a%20b', u: undefined, z: null } });
    assert.equal(gateway.lastCall.body.toString(), 'a=1%2C2&p=a%2520b&u=undefined&z=null');
});

onEveryPlatform('CH-21 a string is sent as it is, as UTF-8', async ({ cloud, gateway }) => {
    for (const header of [service, form]) {
        for (const data of ['云 & "%20"', '']) {
            await cloud.callContainer({ path: '/', method: 'POST', header, data });
            assert.equal(gateway.lastCall.body.toString(), data);
        }
    }
});

onEveryPlatform('CH-21 an ArrayBuffer and its views are raw bytes', async ({ cloud, gateway }) => {
    const bytes = Uint8Array.from({ length: 256 }, (_, at) => at);
    for (const data of [bytes.buffer, bytes, new DataView(bytes.buffer)]) {
        await cloud.callContainer({ path: '/', method: 'POST', header: service, data });
        assert.deepEqual([...gateway.lastCall.body], [...bytes]);
    }
    await cloud.callContainer({ path: '/', method: 'POST', header: service, data: bytes.subarray(3, 5) });
    assert.deepEqual([...gateway.lastCall.body], [3, 4]);
});

onEveryPlatform('CH-22 without data other methods send {}', async ({ cloud, gateway }) => {
    for (const method of ['POST', 'PUT', 'DELETE', 'OPTIONS', 'PATCH']) {
        for (const data of [undefined, null]) {
            await cloud.callContainer({ path: '/', method, header: service, data });
            assert.equal(gateway.lastCall.body.toString(), '{}');
        }
    }
});
